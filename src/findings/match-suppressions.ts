import type { AttachedComment } from '../model/raw-resource.js';
import type { Resource } from '../model/resource.js';
import type { Diagnostic } from '../source/diagnostic.js';
import type { SourceRange } from '../source/source-file.js';
import { suggest } from '../source/suggest.js';
import type { FindingSuppression } from './finding.js';
import { withoutInstanceKeys } from './fingerprint.js';
import { type FindingPlaces, holds } from './places.js';
import type { PolicyMetadata } from './policy-metadata.js';
import { type ConfigSuppression, type FindingRules, policyNames } from './rules.js';
import { daysBetween, type InlineSuppression, normalizeId, parseSuppressions } from './suppressions.js';
import { readScalar } from './value-at.js';
import { hasWildcards, matchesWildcards } from './wildcard.js';

/** One outcome, as far as suppressions look at it. */
export interface SuppressionCandidate {
  readonly policy: PolicyMetadata;
  readonly resource: Resource;
  readonly address: string;
  readonly element: string | null;
  readonly places: FindingPlaces;
  readonly isMandatory: boolean;
}

export interface SuppressionMatch {
  readonly hiding?: FindingSuppression | undefined;
  readonly expired?: FindingSuppression | undefined;
}

export interface SuppressionInput {
  readonly comments: readonly AttachedComment[];
  readonly rules: FindingRules;
  /** Those that ran. */
  readonly policies: ReadonlyMap<string, PolicyMetadata>;
  /** Ids and aliases of every policy there is, run or not; absent: those that ran. */
  readonly knownPolicies?: ReadonlySet<string> | undefined;
  readonly asOf: string;
  /** Root → its workspace. */
  readonly workspaces: ReadonlyMap<string, string>;
}

interface Inline extends InlineSuppression {
  readonly names: ReadonlySet<string>;
  readonly isExpired: boolean;
}

interface Configured {
  readonly written: ConfigSuppression;
  readonly isExpired: boolean;
}

/** Holds every suppression of a scan, says what hides an outcome, and afterwards which hid nothing. */
export class SuppressionIndex {
  readonly #input: SuppressionInput;
  readonly #inlineByFile = new Map<string, Inline[]>();
  readonly #configured: Configured[];
  readonly #used = new Set<Inline | Configured>();
  readonly #refused = new Set<Inline | Configured>();
  readonly #known: ReadonlySet<string>;
  readonly #ran: ReadonlySet<string>;
  readonly #problems: Diagnostic[] = [];
  #foreignIds = 0;

  constructor(input: SuppressionInput) {
    this.#input = input;
    this.#ran = new Set([...input.policies.values()].flatMap(policyNames));
    this.#known = new Set([...this.#ran, ...[...(input.knownPolicies ?? [])].map(normalizeId)]);
    this.#configured = input.rules.suppressions.map((written) => ({
      written,
      isExpired: written.until !== undefined && written.until < input.asOf,
    }));
    if (!input.rules.inline.isEnabled) return;
    for (const suppression of input.comments.flatMap(parseSuppressions)) this.#add(suppression);
  }

  #add(suppression: InlineSuppression): void {
    const problem = suppression.problem ?? this.#ruleProblem(suppression);
    if (problem !== undefined) {
      const code = problem.kind === 'no-reason' ? 'suppression-without-reason' : 'suppression-invalid';
      this.#report(code, problem.message, suppression.comment);
      return;
    }
    const unknown = suppression.ids.filter((id) => id !== '*' && !this.#known.has(normalizeId(id)));
    if (suppression.form === 'ours') this.#reportUnknown(suppression, unknown);
    else this.#foreignIds += unknown.length;
    const { until, comment } = suppression;
    const isExpired = until !== null && until < this.#input.asOf;
    const inline = { ...suppression, names: new Set(suppression.ids.map(normalizeId)), isExpired };
    if (isExpired) {
      this.#report(
        'suppression-expired',
        `The suppression of "${suppression.ids.join('", "')}" expired on ${until}.`,
        comment,
      );
    }
    const { path } = comment.file;
    const present = this.#inlineByFile.get(path);
    if (present === undefined) this.#inlineByFile.set(path, [inline]);
    else present.push(inline);
  }

  #reportUnknown({ comment }: InlineSuppression, ids: readonly string[]): void {
    const names = [...(this.#input.knownPolicies ?? this.#input.policies.keys())];
    for (const id of ids) {
      this.#report('suppression-unknown-policy', `No policy is called "${id}".${suggest(id, names)}`, comment);
    }
  }

  #ruleProblem({ form, ids, reason, owner, until }: InlineSuppression): InlineSuppression['problem'] {
    const { requireReason, requireOwner, maxDays } = this.#input.rules.inline;
    const named = `The suppression of "${ids.join('", "')}"`;
    if (requireReason === 'all' && reason === null) {
      return { kind: 'no-reason', message: `${named} has no reason and hides nothing.` };
    }
    if (form !== 'ours') return undefined;
    if (requireOwner && owner === null) {
      return { kind: 'invalid', message: `${named} names no owner and hides nothing. Add owner=NAME.` };
    }
    if (maxDays === undefined) return undefined;
    if (until !== null && daysBetween(this.#input.asOf, until) <= maxDays) return undefined;
    const message = `${named} may last at most ${maxDays} days and hides nothing. Set until=YYYY-MM-DD to a day within them.`;
    return { kind: 'invalid', message };
  }

  #report(code: Diagnostic['code'], message: string, { file, start, end }: SourceRange): void {
    this.#problems.push({ code, message, range: { file, start, end } });
  }

  /** What hides the outcome; else what did so until it expired. Remembers what was used. */
  match(candidate: SuppressionCandidate): SuppressionMatch {
    if (this.#inlineByFile.size === 0 && this.#configured.length === 0) return {};
    const names = policyNames(candidate.policy);
    const matching = [...this.#matchingInline(candidate, names), ...this.#matchingConfigured(candidate, names)];
    if (candidate.isMandatory) {
      for (const { source } of matching) this.#refused.add(source);
      return {};
    }
    const hiding = matching.find(({ source }) => !source.isExpired);
    if (hiding === undefined) return { expired: matching[0]?.shown };
    this.#used.add(hiding.source);
    return { hiding: hiding.shown };
  }

  #matchingInline(candidate: SuppressionCandidate, names: readonly string[]) {
    const files = new Set(candidate.places.suppressible.map(({ file }) => file.path));
    const matching: { source: Inline; shown: FindingSuppression }[] = [];
    for (const file of [...files].sort()) {
      for (const source of this.#inlineByFile.get(file) ?? []) {
        if (!source.names.has('*') && !names.some((name) => source.names.has(name))) continue;
        if (!reaches(source, candidate.places) || !this.#holdsConditions(source, candidate)) continue;
        const { reason, until, owner, comment } = source;
        const location = { file: comment.file, start: comment.start, end: comment.end };
        matching.push({ source, shown: { kind: 'inline', reason, until, owner, location } });
      }
    }
    return matching;
  }

  #holdsConditions({ workspace, parameters }: Inline, candidate: SuppressionCandidate): boolean {
    if (workspace !== undefined && this.#input.workspaces.get(candidate.resource.root) !== workspace) return false;
    return (parameters ?? []).every(({ name, value }) => {
      const paths = candidate.element === null ? [name] : [`${candidate.element}.${name}`, name];
      return paths.some((path) => readScalar(candidate.resource.values, path) === value);
    });
  }

  #matchingConfigured(candidate: SuppressionCandidate, names: readonly string[]) {
    return this.#configured
      .filter(({ written }) => names.includes(normalizeId(written.policy)) && selectsResource(written, candidate))
      .map((source) => {
        const { reason, until, owner, range } = source.written;
        const shown: FindingSuppression = {
          kind: 'config',
          reason: reason ?? null,
          until: until ?? null,
          owner: owner ?? null,
          location: range ?? null,
        };
        return { source, shown };
      });
  }

  /** What is wrong with the suppressions, and which hid nothing although their policies ran. */
  finish(): { readonly diagnostics: Diagnostic[]; readonly unused: number; readonly foreignIds: number } {
    const diagnostics = [...this.#problems];
    let unused = 0;
    const judge = (source: Inline | Configured, ids: readonly string[], range: SourceRange | undefined) => {
      if (source.isExpired || this.#used.has(source)) return;
      const isRefused = this.#refused.has(source);
      if (!isRefused && !ids.some((id) => this.#ran.has(normalizeId(id)))) return;
      unused++;
      const named = `"${ids.join('", "')}"`;
      const message = isRefused
        ? `${named} is mandatory here: this suppression hides nothing.`
        : `This suppression of ${named} hides nothing.`;
      diagnostics.push({
        code: isRefused ? 'suppression-invalid' : 'suppression-unused',
        message,
        ...(range && { range }),
      });
    };
    for (const source of [...this.#inlineByFile.values()].flat()) {
      const { file, start, end } = source.comment;
      // Another scanner's comment may hide something there; it is no mistake that it hides nothing here.
      if (source.form === 'ours') judge(source, source.ids, { file, start, end });
    }
    for (const source of this.#configured) {
      const { policy, until, range } = source.written;
      if (source.isExpired) {
        const message = `The suppression of "${policy}" expired on ${until ?? ''}.`;
        diagnostics.push({ code: 'suppression-expired', message, ...(range && { range }) });
      }
      judge(source, [policy], range);
    }
    return { diagnostics, unused, foreignIds: this.#foreignIds };
  }
}

function reaches({ reach, comment }: Inline, places: FindingPlaces): boolean {
  const { target } = comment;
  switch (reach) {
    case 'file':
      return [places.declaring.range, places.location].some((range) => range?.file.path === comment.file.path);
    case 'line':
      return places.suppressible[0] !== undefined && startsOnNextLine(places.suppressible[0], comment);
    case 'block':
      // At the end of a block's last line it stands beside something in the block, and behind the block.
      if (places.suppressible.some((range) => holds(range, comment) || (target && holds(range, target)))) return true;
  }
  return target !== undefined && places.suppressible.some((range) => holds(target, range));
}

/** KICS means the line below its comment. */
function startsOnNextLine(range: SourceRange, comment: AttachedComment): boolean {
  if (range.file.path !== comment.file.path || range.start < comment.end) return false;
  return (
    comment.file.text.slice(comment.end, range.start).trimEnd().split('\n').length <= 2 &&
    isOneLineApart(range, comment)
  );
}

function isOneLineApart(range: SourceRange, comment: AttachedComment): boolean {
  const between = comment.file.text.slice(comment.end, range.start);
  // A comment's range may or may not end with its line break.
  const breaks = between.split('\n').length - 1 + (comment.file.text[comment.end - 1] === '\n' ? 1 : 0);
  return breaks === 1;
}

function selectsResource(suppression: ConfigSuppression, candidate: SuppressionCandidate): boolean {
  const { resource } = candidate;
  const { address, arn, tag, root } = suppression;
  if (address === undefined && arn === undefined && tag === undefined) return false;
  if (root !== undefined && normalizeRoot(root) !== normalizeRoot(resource.root)) return false;
  if (arn !== undefined && !isLike(readScalar(resource.values, 'arn'), arn)) return false;
  if (tag !== undefined && !hasTag(resource, tag)) return false;
  const addresses = [candidate.address, resource.address, candidate.places.declaring.address];
  return address === undefined || addresses.some((candidateAddress) => isAt(candidateAddress, address));
}

/** A folder configured several times is selected by the folder alone, or with its name. */
function normalizeRoot(root: string): string {
  return root.replace(/^\.\//, '').replace(/\/$/, '') || '.';
}

/** Of what is not known it does not speak. */
function isLike(text: string | undefined, pattern: string): boolean {
  return text !== undefined && (text === pattern || matchesWildcards(pattern, text));
}

function hasTag({ values }: Resource, { key, value }: { key: string; value: string }): boolean {
  return ['tags', 'tags_all', 'labels'].some((attribute) =>
    isLike(readScalar(values, `${attribute}[${JSON.stringify(key)}]`), value),
  );
}

function isAt(address: string, wanted: string): boolean {
  return [address, withoutInstanceKeys(address)].some(
    (candidate) =>
      candidate === wanted ||
      candidate.startsWith(`${wanted}.`) ||
      candidate.startsWith(`${wanted}[`) ||
      (hasWildcards(wanted) && matchesWildcards(wanted, candidate)),
  );
}
