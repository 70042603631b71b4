import { memberNamed, type Resource } from '../model/resource.js';
import { compareText } from '../source/compare-text.js';
import { LineIndex } from '../source/line-index.js';
import type { SourceFile, SourceRange } from '../source/source-file.js';
import { compareInstances } from './baseline.js';
import { type BuildFindingsInput, type Candidate, rootOrder } from './candidate.js';
import { type Finding, type FindingInstance, type FindingResource, NESTED_BY_NAME } from './finding.js';
import { fingerprintOf, withoutInstanceKeys } from './fingerprint.js';
import { isExternal } from './places.js';
import { compareSeverity } from './severity.js';
import { readScalar, valueAt } from './value-at.js';

/** Groups fail and unknown by cause; each pass and skip stands alone. In no particular order. */
export function toFindings(candidates: readonly Candidate[], input: BuildFindingsInput): Finding[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const { outcome } = candidate.evaluation;
    const isCounted = outcome === 'fail' || outcome === 'unknown' || input.include.has(outcome);
    if (!isCounted) continue;
    const key = groupKey(candidate);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [candidate]);
    else group.push(candidate);
  }
  const context: FindingContext = {
    byRoot: rootOrder(input.roots),
    accepted: acceptedByCause(candidates),
    resources: new Map(),
  };
  return [...groups.values()].map((group) => toFinding(group, context));
}

interface FindingContext {
  readonly byRoot: ReturnType<typeof rootOrder>;
  readonly accepted: ReadonlyMap<string, number>;
  /** What findings say of resources, once for all findings of one. */
  readonly resources: Map<Resource, FindingResource>;
}

/** Policy, outcome, block and cause, and what else must be equal for one entry to speak for all. */
function groupKey(candidate: Candidate): string {
  const { evaluation, places, suppression, expired, severity } = candidate;
  const { element, outcome } = evaluation;
  const key = `${causeKey(candidate)}\0${severity}\0${element === undefined ? '' : JSON.stringify(element.key)}`;
  const isAlone = places.cause === null || outcome === 'pass' || outcome === 'skip';
  if (!isAlone && suppression === undefined && expired === undefined) return key;
  const alone = isAlone ? [evaluation.resource, element?.path] : [];
  const shown = [suppression, expired].map((one) => one && [one.kind, one.reason, rangeKey(one.location)]);
  return `${key}\0${JSON.stringify([shown, alone])}`;
}

function causeKey(candidate: Candidate): string {
  const { evaluation, places, resource } = candidate;
  const { outcome, policy } = evaluation;
  const { cause, declaring } = places;
  const isPlan = resource.language === 'terraform-plan' || resource.language === 'terraform-state';
  if (isPlan && cause !== null && !CONFIGURATION.test(cause.file.path))
    return `${policy}\0${outcome}\0${plannedKey(candidate, cause)}`;
  // A region that was denied is denied for one reason, as its neighbours are.
  if (resource.language === 'live' && cause !== null) return `${policy}\0${outcome}\0${rangeKey(cause)}`;
  return `${policy}\0${outcome}\0${rangeKey(declaring.header)}\0${rangeKey(cause)}`;
}

/** What is written by somebody, and not by Terraform. */
const CONFIGURATION = /\.(?:tf|tofu|tfvars)(?:\.json)?$/;

/**
 * A plan or state repeats a block for each of its instances: those that say the same at the same place have one cause, as
 * far as can be told without the source.
 */
function plannedKey({ places, address }: Candidate, { file, start, end }: SourceRange): string {
  const { declaring, isMissing, causeName } = places;
  const blocks = [declaring.address, address].map(withoutInstanceKeys);
  return [file.path, ...blocks, causeName, isMissing ? '' : file.text.slice(start, end)].join('\0');
}

function rangeKey(range: SourceRange | null | undefined): string {
  return range === null || range === undefined ? '' : `${range.file.path}:${range.start}:${range.end}`;
}

function acceptedByCause(candidates: readonly Candidate[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const candidate of candidates) {
    if (candidate.suppression?.kind !== 'baseline') continue;
    const key = causeKey(candidate);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function toFinding(
  group: readonly Candidate[],
  { byRoot, accepted: acceptedCounts, resources }: FindingContext,
): Finding {
  const keyed = group.map((candidate) => ({ candidate, instance: toInstance(candidate) }));
  keyed.sort((a, b) => byRoot(a.instance, b.instance) || compareInstances(a.instance, b.instance));
  const first = keyed[0]?.candidate;
  if (first === undefined) throw new RangeError('a group has at least one member');
  const { evaluation, policy, places, resource, suppression, expired } = first;
  const accepted = suppression === undefined ? acceptedCounts.get(causeKey(first)) : undefined;
  const declaredIn = places.declaring.address;
  const actual = actualValue(first);
  const created = resource.construct?.created;
  return {
    policy: policy.id,
    aliases: policy.aliases,
    severity: first.severity,
    outcome: evaluation.outcome,
    title: policy.title,
    // A message says what is wrong; of an undecided outcome that may be so.
    message:
      evaluation.outcome === 'unknown' && evaluation.message !== ''
        ? `Perhaps: ${evaluation.message}`
        : evaluation.message,
    remediation: policy.remediation,
    controls: policy.controls,
    resource: sharedResource(first, resources),
    element: evaluation.element?.path ?? null,
    declaredIn: declaredIn === first.address || declaredIn === resource.address ? null : declaredIn,
    attribute: evaluation.place?.path || null,
    location: created ?? places.location,
    isMissing: places.isMissing,
    cause: evaluation.place === undefined ? null : (created ?? places.cause),
    resourceLocation: places.resourceLocation,
    via: places.via,
    also: alsoRanges(first),
    assumed: assumedOf(first),
    unknowns:
      evaluation.unknowns.length === 0
        ? NONE
        : evaluation.unknowns.map(({ path, reason, subject }) => ({ path, reason, subject: subject ?? null })),
    instances: uniqueInstances(keyed.map(({ instance }) => instance)),
    suppression: suppression ?? null,
    ...(expired && { expired }),
    ...(actual !== undefined && { actual }),
    ...(accepted !== undefined && { acceptedInstances: accepted }),
    fixable: policy.isFixable && evaluation.outcome === 'fail' && !isOutOfReach(first),
    fingerprint: fingerprintOf(first),
  };
}

/** What is written only in a remote module or in no file at all cannot be changed here. */
function isOutOfReach({ places, resource }: Candidate): boolean {
  if (resource.language === 'live' || places.cause === null) return true;
  const { range } = places.declaring;
  return places.isMissing && range !== undefined && isExternal(range);
}

function toInstance({ resource, address }: Candidate): FindingInstance {
  return { root: resource.root, address };
}

function uniqueInstances(sorted: readonly FindingInstance[]): FindingInstance[] {
  return sorted.filter((instance, index) => {
    const previous = sorted[index - 1];
    return previous?.root !== instance.root || previous.address !== instance.address;
  });
}

const NONE: readonly never[] = [];

function sharedResource(candidate: Candidate, known: Map<Resource, FindingResource>): FindingResource {
  const { resource, address } = candidate;
  const present = known.get(resource);
  if (present?.address === address) return present;
  const made = toFindingResource(candidate);
  known.set(resource, made);
  return made;
}

function toFindingResource({ resource, address }: Candidate): FindingResource {
  const { scope, values } = resource;
  const known = (value: typeof scope.account) =>
    value.kind === 'string' && value.sensitive !== true ? value.value : null;
  const member = resource.presence === 'stand-in' ? memberNamed(resource, address) : undefined;
  return {
    root: resource.root,
    address,
    type: member?.type ?? resource.type,
    provider: scope.provider,
    language: resource.language,
    account: known(scope.account),
    region: known(scope.region),
    arn: readScalar(values, 'arn') ?? null,
    existence: resource.existence.kind,
    construct: resource.construct?.path,
  };
}

function assumedOf({ evaluation: { assumed }, resource: { calls } }: Candidate): readonly string[] {
  const isByName = calls.some(({ isAssumed }) => isAssumed === true);
  if (assumed.length === 0 && !isByName) return NONE;
  return [...new Set(isByName ? [...assumed, NESTED_BY_NAME] : assumed)].sort(compareText);
}

/** The deciding value as it would be written, where that says more than the source line. */
function actualValue({ evaluation, resource, places }: Candidate): string | undefined {
  const { place, outcome } = evaluation;
  if (outcome !== 'fail' || place === undefined || places.isMissing || place.resource !== resource.key)
    return undefined;
  const value = valueAt(resource.values, place.path);
  if (value === undefined || value.sensitive === true) return undefined;
  if (value.kind === 'string') return value.value.length <= 80 ? JSON.stringify(value.value) : undefined;
  return value.kind === 'number' || value.kind === 'bool' ? String(value.value) : undefined;
}

/** Other places that mattered; of what a program generated, first where it stands in the template. */
function alsoRanges({ evaluation, places, resource }: Candidate): readonly SourceRange[] {
  const generated = resource.construct?.created === undefined ? null : places.location;
  if (evaluation.also.length === 0) return generated === null ? NONE : [generated];
  const known = new Set([places.location, places.cause].map(rangeKey));
  const ranges: SourceRange[] = generated === null ? [] : [generated];
  for (const { origin, block } of evaluation.also) {
    const range = origin ?? block;
    if (range === undefined || known.has(rangeKey(range))) continue;
    known.add(rangeKey(range));
    ranges.push({ file: range.file, start: range.start, end: range.end });
  }
  return ranges;
}

const lineIndexes = new WeakMap<SourceFile, LineIndex>();

/** Sorted as every report lists them: severity, file, line, policy, address; what has no place comes last in its severity. */
export function orderFindings(findings: readonly Finding[]): Finding[] {
  const keyed = findings.map((finding) => ({ finding, line: lineOf(finding.location) }));
  keyed.sort(({ finding: a, line: x }, { finding: b, line: y }) => {
    return (
      compareSeverity(a.severity, b.severity) ||
      Number(a.location === null) - Number(b.location === null) ||
      compareText(a.location?.file.path ?? '', b.location?.file.path ?? '') ||
      x - y ||
      compareText(a.policy, b.policy) ||
      compareInstances(a.resource, b.resource) ||
      compareText(a.element ?? '', b.element ?? '') ||
      (a.location?.start ?? 0) - (b.location?.start ?? 0) ||
      compareText(a.outcome, b.outcome) ||
      compareText(a.fingerprint, b.fingerprint)
    );
  });
  return keyed.map(({ finding }) => finding);
}

function lineOf(range: SourceRange | null): number {
  if (range === null) return 0;
  let index = lineIndexes.get(range.file);
  if (index === undefined) {
    index = new LineIndex(range.file.text);
    lineIndexes.set(range.file, index);
  }
  return index.position(range.start).line;
}
