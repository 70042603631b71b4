import type { UnknownReason } from '../model/unknown-reason.js';
import type { Diagnostic } from '../source/diagnostic.js';
import { invariant } from '../source/invariant.js';
import { type Baseline, BaselineIndex, EMPTY_BASELINE, toBaseline } from './baseline.js';
import type { BuildFindingsInput, Candidate, IncludedOutcome } from './candidate.js';
import { orderFindings, toFindings } from './collect-findings.js';
import type { Evaluation, Outcome } from './evaluation.js';
import type { Finding, FindingSuppression } from './finding.js';
import { fingerprintOf } from './fingerprint.js';
import { SuppressionIndex } from './match-suppressions.js';
import { resolvePlaces } from './places.js';
import { applySeverityRules, isMandatory } from './rules.js';
import { compareSeverity, type Severity } from './severity.js';

export type { BuildFindingsInput, FindingRoot, IncludedOutcome } from './candidate.js';

export interface BuiltFindings {
  /** What is listed, in the order of every report: severity, file, line, policy, address. */
  readonly findings: readonly Finding[];
  readonly diagnostics: readonly Diagnostic[];
  /** Per policy, resource and element; what the baseline hides counts as suppressed too. */
  readonly outcomes: Readonly<Record<Outcome | 'suppressed', number>>;
  /** Failing findings by severity. */
  readonly severities: Readonly<Record<Severity, number>>;
  readonly unknownReasons: ReadonlyMap<UnknownReason, number>;
  readonly waitingFor: readonly WaitingFor[];
  /** What was not seen of live accounts left policies undecided; absent: none. */
  readonly notJudged?: NotJudged | undefined;
  readonly suppressionsUnused: number;
  /** Ids of other scanners in their comments for which there is no policy here. */
  readonly foreignSuppressions: number;
  readonly baseline: { readonly matched: number; readonly stale: number };
  /**
   * What `--write-baseline` writes: all that is reported as failing or was accepted before, and what the old baseline
   * holds of roots and policies that were not looked at.
   */
  readonly accepted: Baseline;
  /** All that fails or is undecided and not suppressed: what a later revision gives as `before`. */
  readonly present: Baseline;
  /** Undecided findings that nothing hides, listed or not: `--fail-on-unknown` looks at them. */
  readonly undecided: readonly Finding[];
}

export interface NotJudged {
  /** How many. */
  readonly policies: number;
  /** Permissions and operations. */
  readonly missing: readonly string[];
}

export interface WaitingFor {
  readonly root: string;
  readonly subject: string;
  readonly reason: UnknownReason;
  readonly count: number;
}

/** Evaluations → findings: severity, suppressions, baseline, grouping by cause, order and counts. */
export function buildFindings(input: BuildFindingsInput): BuiltFindings {
  const suppressions = new SuppressionIndex({
    ...input,
    workspaces: new Map(input.roots.map(({ root, workspace }) => [root, workspace ?? 'default'])),
  });
  const baseline = new BaselineIndex(input.baseline ?? EMPTY_BASELINE);
  const before = new BaselineIndex(input.before ?? EMPTY_BASELINE);
  const candidates: Candidate[] = [];
  const accepting: Candidate[] = [];
  const present: Candidate[] = [];
  const unseen = { pass: 0, skip: 0 };
  for (const evaluation of input.evaluations) {
    const { outcome } = evaluation;
    if ((outcome === 'pass' || outcome === 'skip') && isOnlyCounted(outcome, input)) {
      unseen[outcome]++;
      continue;
    }
    const candidate = toCandidate(evaluation, input, suppressions);
    if (candidate === undefined) continue;
    const isOpen = candidate.suppression === undefined;
    // Looked up first: an entry is not stale because the finding is old.
    const isInBaseline = isOpen && isAccepted(candidate, baseline, input);
    if (isOpen && isAccepted(candidate, before, input)) continue;
    if (isOpen && isJudged(evaluation)) present.push(candidate);
    const accepted = isInBaseline ? { ...candidate, suppression: ACCEPTED } : candidate;
    const isReported = isSelected(accepted, input.selection);
    if (isReported) candidates.push(accepted);
    // What was not asked for stays accepted, and is not accepted anew.
    if (isOpen && evaluation.outcome === 'fail' && (isReported || accepted !== candidate)) accepting.push(candidate);
  }
  const { diagnostics, unused, foreignIds } = suppressions.finish();
  diagnostics.push(...failureDiagnostics(candidates));
  const stale = staleEntries(baseline, input);
  const all = toFindings(candidates, input);
  return {
    findings: orderFindings(all.filter((finding) => isListed(finding, input.include))),
    diagnostics: [...diagnostics, ...stale.map(staleDiagnostic)],
    outcomes: countOutcomes(candidates, unseen),
    severities: countSeverities(all),
    ...countUnknowns(candidates),
    notJudged: findNotJudged(candidates),
    suppressionsUnused: unused,
    foreignSuppressions: foreignIds,
    baseline: {
      matched: candidates.filter(({ suppression }) => suppression === ACCEPTED).length,
      stale: stale.length,
    },
    // Made when they are asked for: most runs write no baseline and compare with no earlier revision.
    get accepted() {
      return toBaseline([...accepting.map(toEntry), ...baseline.unmet().filter((entry) => !stale.includes(entry))]);
    },
    get present() {
      return toBaseline(present.map(toEntry));
    },
    undecided: orderFindings(all.filter(({ outcome, suppression }) => outcome === 'unknown' && suppression === null)),
  };
}

/** Nothing is asked of it but its number: its places and its fingerprint are not worked out. */
function isOnlyCounted(outcome: 'pass' | 'skip', { include, selection, minSeverity }: BuildFindingsInput): boolean {
  return !include.has(outcome) && selection === undefined && minSeverity === undefined;
}

function isJudged({ outcome }: Evaluation): boolean {
  return outcome === 'fail' || outcome === 'unknown';
}

const ACCEPTED: FindingSuppression = { kind: 'baseline', reason: null, until: null, owner: null, location: null };

function toCandidate(
  evaluation: Evaluation,
  input: BuildFindingsInput,
  suppressions: SuppressionIndex,
): Candidate | undefined {
  const { graph, policies, rules, minSeverity } = input;
  const policy = policies.get(evaluation.policy);
  const resource = graph.resources.get(evaluation.resource);
  invariant(policy !== undefined, `an evaluation names the policy "${evaluation.policy}", which did not run`);
  invariant(resource !== undefined, 'an evaluation names a resource that is not in the graph');
  const places = resolvePlaces(evaluation, resource, graph);
  const file = (places.location ?? places.resourceLocation)?.file.path ?? null;
  const { severity, disabledBy } = applySeverityRules(policy, evaluation.severity, file, rules);
  if (minSeverity !== undefined && compareSeverity(severity, minSeverity) > 0) return undefined;
  const address = resource.presence === 'stand-in' ? places.declaring.address : resource.address;
  const toResult = (suppression?: FindingSuppression, expired?: FindingSuppression): Candidate => {
    return { evaluation, policy, resource, severity, places, address, suppression, expired };
  };
  if (evaluation.outcome !== 'fail' && evaluation.outcome !== 'unknown') return toResult();
  const match = suppressions.match({
    policy,
    resource,
    address,
    element: evaluation.element?.path ?? null,
    places,
    isMandatory: isMandatory(policy, severity, rules.mandatory),
  });
  const disabled: FindingSuppression | undefined = disabledBy && {
    kind: 'config',
    reason: disabledBy.reason ?? null,
    until: null,
    owner: null,
    location: disabledBy.range ?? null,
  };
  return toResult(match.hiding ?? disabled, match.expired);
}

/** Whether a baseline holds the outcome, under its address now or one that a `moved` block gave up. */
function isAccepted(candidate: Candidate, baseline: BaselineIndex, input: BuildFindingsInput): boolean {
  const { evaluation, resource, address } = candidate;
  const { outcome } = evaluation;
  const { root } = resource;
  if (baseline.isEmpty || (outcome !== 'fail' && outcome !== 'unknown')) return false;
  if (baseline.accepts(outcome, fingerprintOf(candidate), { root, address })) return true;
  return earlierAddresses(address, input.moved?.get(root)).some((earlier) =>
    baseline.accepts(outcome, fingerprintOf(candidate, earlier), { root, address: earlier }),
  );
}

// SAFETY: `moved` blocks may form a ring.
const MAX_MOVES = 20;

function earlierAddresses(address: string, moved: ReadonlyMap<string, string> | undefined): string[] {
  const earlier: string[] = [];
  let current = [address];
  while (moved !== undefined && current.length > 0 && earlier.length < MAX_MOVES) {
    const next = current.flatMap((name) => [...moved].flatMap(([from, to]) => replaceStart(name, to, from) ?? []));
    current = next.filter((name) => name !== address && !earlier.includes(name));
    earlier.push(...current);
  }
  return earlier.slice(0, MAX_MOVES);
}

function replaceStart(address: string, start: string, replacement: string): string | undefined {
  if (address === start) return replacement;
  const next = address[start.length];
  return address.startsWith(start) && (next === '.' || next === '[')
    ? replacement + address.slice(start.length)
    : undefined;
}

function isSelected({ places, resource }: Candidate, selection: BuildFindingsInput['selection']): boolean {
  if (selection === undefined) return true;
  const { location, cause, resourceLocation, via } = places;
  const ranges = [location, cause, resourceLocation, ...via.map(({ range }) => range)].filter(
    (range) => range !== null,
  );
  // What lives in an account has no place; it is asked for with its root.
  if (ranges.length === 0) return selection(undefined, resource.root);
  return ranges.some((range) => selection(range, resource.root));
}

function isListed(finding: Finding, include: ReadonlySet<IncludedOutcome>): boolean {
  const { outcome, suppression } = finding;
  if (suppression !== null && !include.has('suppressed')) return false;
  return outcome === 'fail' || include.has(outcome) || (outcome === 'unknown' && finding.unknowns.some(isUnseen));
}

/** What could have been seen and was not: whoever reads a report without it would take silence for a pass. */
function isUnseen({ reason }: { readonly reason: UnknownReason }): boolean {
  return reason === 'permission-denied' || reason === 'not-collected';
}

/** The policies that are undecided somewhere because something was not seen, and what is missing, permissions first. */
function findNotJudged(candidates: readonly Candidate[]): NotJudged | undefined {
  const policies = new Set<string>();
  const permissions = new Set<string>();
  const others = new Set<string>();
  for (const { evaluation, suppression } of candidates) {
    if (evaluation.outcome !== 'unknown' || suppression !== undefined) continue;
    for (const unknown of evaluation.unknowns) {
      if (!isUnseen(unknown)) continue;
      policies.add(evaluation.policy);
      const missing = unknown.subject ?? unknown.path;
      if (missing !== '') (unknown.reason === 'permission-denied' ? permissions : others).add(missing);
    }
  }
  if (policies.size === 0) return undefined;
  return { policies: policies.size, missing: [...[...permissions].sort(), ...[...others].sort()] };
}

function countOutcomes(
  candidates: readonly Candidate[],
  unseen: Readonly<Record<'pass' | 'skip', number>>,
): Record<Outcome | 'suppressed', number> {
  const counts = { pass: unseen.pass, fail: 0, unknown: 0, skip: unseen.skip, suppressed: 0 };
  for (const { evaluation, suppression } of candidates) {
    counts[suppression === undefined ? evaluation.outcome : 'suppressed']++;
  }
  return counts;
}

function countSeverities(findings: readonly Finding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { outcome, suppression, severity } of findings) {
    if (outcome === 'fail' && suppression === null) counts[severity]++;
  }
  return counts;
}

function countUnknowns(candidates: readonly Candidate[]): Pick<BuiltFindings, 'unknownReasons' | 'waitingFor'> {
  const reasons = new Map<UnknownReason, number>();
  const waiting = new Map<string, WaitingFor>();
  for (const { evaluation, resource, suppression } of candidates) {
    // The first read that was unknown is the one that stopped the decision.
    const read = evaluation.unknowns[0];
    if (evaluation.outcome !== 'unknown' || suppression !== undefined) continue;
    const failure = evaluation.errors[0]?.kind;
    const reason = failure === 'limit-reached' ? failure : (read?.reason ?? failure ?? 'uncertain-existence');
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    if (read?.subject === undefined || reason !== read.reason) continue;
    const key = JSON.stringify([resource.root, read.subject, reason]);
    const count = (waiting.get(key)?.count ?? 0) + 1;
    waiting.set(key, { root: resource.root, subject: read.subject, reason, count });
  }
  const byCount = (a: number, b: number, x: string, y: string) => b - a || (x < y ? -1 : x > y ? 1 : 0);
  return {
    unknownReasons: new Map([...reasons].sort(([x, a], [y, b]) => byCount(a, b, x, y))),
    waitingFor: [...waiting].sort(([x, a], [y, b]) => byCount(a.count, b.count, x, y)).map(([, entry]) => entry),
  };
}

const FAILURES = {
  'limit-reached': 'limit-reached',
  'policy-error': 'policy-error',
  'invalid-value': 'policy-value-invalid',
} as const;

/** Where a policy was stopped by a limit or by a mistake in it: the first resource of each. */
function failureDiagnostics(candidates: readonly Candidate[]): Diagnostic[] {
  const first = new Map<string, Diagnostic>();
  for (const { evaluation, policy, places, address } of candidates) {
    const { errors, outcome } = evaluation;
    const limit = errors.find(({ kind }) => kind === 'limit-reached');
    const failure = limit ?? (outcome === 'unknown' ? errors[0] : undefined);
    if (failure === undefined) continue;
    const code = FAILURES[failure.kind];
    const key = `${policy.id} ${code}`;
    if (first.has(key)) continue;
    const why = failure.message.replace(/\.$/, '').replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
    const message = `"${policy.id}" is not decided on "${address}": ${why}.`;
    const range = (code === 'policy-error' ? failure.range : undefined) ?? places.resourceLocation;
    first.set(key, { code, message, ...(range !== null && { range }) });
  }
  return [...first.values()];
}

/** Entries that nothing matched although everything they speak of was looked at. */
function staleEntries(baseline: BaselineIndex, { roots, policies }: BuildFindingsInput) {
  const evaluated = new Set(roots.map(({ root }) => root));
  return baseline
    .unmet()
    .filter(({ policy, instances }) => policies.has(policy) && instances.every(({ root }) => evaluated.has(root)));
}

function staleDiagnostic({ policy, file }: Baseline['entries'][number]): Diagnostic {
  const message = `The baseline accepts a finding of "${policy}" that is no longer there.`;
  return { code: 'baseline-stale', message, ...(file !== null && { path: file }) };
}

function toEntry(candidate: Candidate): Baseline['entries'][number] {
  const { evaluation, policy, places, resource, address } = candidate;
  return {
    fingerprint: fingerprintOf(candidate),
    policy: policy.id,
    outcome: evaluation.outcome === 'unknown' ? 'unknown' : 'fail',
    file: (places.cause ?? places.location)?.file.path ?? null,
    instances: [{ root: resource.root, address }],
  };
}
