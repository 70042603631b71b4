import type { Evaluation, Outcome } from '../findings/evaluation.js';
import type { PolicyMetadata } from '../findings/policy-metadata.js';
import type { Resource, ResourceGraph } from '../model/resource.js';
import { LineIndex } from '../source/line-index.js';
import { baseName } from '../source/paths.js';
import type { SourceFile, SourceRange } from '../source/source-file.js';
import { parsePath, renderPath, valueAt } from './location.js';
import type { Policy } from './policy.js';

/** `# expect: fail at versioning.status` on the line above a block or an element. */
export interface Marker {
  readonly outcome: Outcome;
  /** A path in normal form. */
  readonly at?: string | undefined;
  readonly range: SourceRange;
  /** The line that it stands above, from 1. */
  readonly line: number;
}

/** What scanning an example with only its policy gives. */
export interface ExampleScan {
  readonly graph: ResourceGraph;
  readonly evaluations: readonly Evaluation[];
}

export interface ExampleProblem {
  readonly message: string;
  /** The example's path. */
  readonly path: string;
  /** From 1; absent where the whole file is meant. */
  readonly line?: number | undefined;
}

export type ScanExample = (files: readonly SourceFile[], policy: Policy) => ExampleScan;

const MARKER = /(?:#|\/\/)\s*expect:\s*(pass|fail|unknown|skip)(?:\s+at\s+(\S+))?[^\S\n]*$/gm;
const EXCUSE = /(?:#|\/\/)\s*expect:\s*no\s+(pass|fail|unknown)\s+because\s+\S/gm;
const ANY_MARKER = /(?:#|\/\/)\s*expect:.*$/gm;

/** The markers of a file, each with the line it stands above: the next one that is neither blank nor a comment. */
export function parseMarkers(file: SourceFile): {
  readonly markers: readonly Marker[];
  readonly problems: readonly ExampleProblem[];
} {
  const index = new LineIndex(file.text);
  const lines = file.text.split('\n');
  const markers: Marker[] = [];
  for (const match of file.text.matchAll(MARKER)) {
    const start = match.index;
    let line = index.position(start).line + 1;
    while (line <= lines.length && /^\s*(#|\/\/|$)/.test(lines[line - 1] ?? '')) line++;
    const range = { file, start, end: start + match[0].length };
    const outcome = OUTCOMES.find((known) => known === match[1]);
    if (outcome !== undefined) markers.push({ outcome, at: match[2], range, line });
  }
  const understood = new Set(
    [...file.text.matchAll(MARKER), ...file.text.matchAll(EXCUSE)].map((match) => match.index),
  );
  const problems = [...file.text.matchAll(ANY_MARKER)].flatMap((match) =>
    understood.has(match.index)
      ? []
      : [{ message: `"${match[0]}" is no expectation.`, path: file.path, line: index.position(match.index).line }],
  );
  return { markers, problems };
}

const OUTCOMES: readonly Outcome[] = ['pass', 'fail', 'unknown', 'skip'];

/**
 * Compares the markers of an example with its evaluations, both ways. An evaluation belongs to the nearest marker: above the
 * element or what decided, the companion or document that declares it, the resource. A block's outcome is the worst of what
 * belongs to it.
 */
export function checkExample(file: SourceFile, scan: ExampleScan): readonly ExampleProblem[] {
  const { markers, problems: unreadable } = parseMarkers(file);
  const problems = [...unreadable];
  const index = new LineIndex(file.text);
  const groups = new Map<Marker, Judged[]>();
  const judgedLines = new Set<number>();
  for (const evaluation of scan.evaluations) {
    const resource = scan.graph.resources.get(evaluation.resource);
    if (resource === undefined) continue;
    const lines = linesOf({ resource, evaluation }, scan.graph, file, index);
    for (const line of lines) judgedLines.add(line);
    const marker = firstMarker(markers, lines);
    if (marker !== undefined) groups.set(marker, [...(groups.get(marker) ?? []), { resource, evaluation }]);
    else if (lines.length > 0) problems.push(unmarked(file, resource, evaluation, lines));
  }
  for (const marker of markers) {
    const group = groups.get(marker) ?? [];
    // What a companion says of the resource belongs to the companion's marker: nothing is wrong with the rest.
    const isRest = group.length === 0 && marker.outcome === 'pass' && judgedLines.has(marker.line);
    const problem = group.length > 0 ? compareGroup(marker, group) : isRest ? undefined : NOTHING_JUDGED;
    if (problem !== undefined) problems.push({ message: problem, path: file.path, line: marker.line });
  }
  return problems;
}

const NOTHING_JUDGED = 'Nothing that the policy judges stands under this expectation.';

interface Judged {
  readonly resource: Resource;
  readonly evaluation: Evaluation;
}

/** From the worst down. */
const WORST_FIRST: readonly Outcome[] = ['fail', 'unknown', 'pass', 'skip'];

function compareGroup(marker: Marker, group: readonly Judged[]): string | undefined {
  const worst = WORST_FIRST.find((outcome) => group.some(({ evaluation }) => evaluation.outcome === outcome));
  const deciding = group.filter(({ evaluation }) => evaluation.outcome === worst);
  // Elements that the policy does not apply to leave a block in which nothing is wrong.
  const isAllSkipped =
    worst === 'skip' && marker.outcome === 'pass' && group.every(({ evaluation }) => evaluation.element);
  if (isAllSkipped) return undefined;
  const problems = deciding.map(({ resource, evaluation }) => compare(marker, resource, evaluation));
  return problems.includes(undefined) ? undefined : problems[0];
}

/** Lines at which a marker for the evaluation may stand, the nearest first. */
function linesOf(
  { resource, evaluation }: Judged,
  graph: ResourceGraph,
  file: SourceFile,
  index: LineIndex,
): readonly number[] {
  const ranges: (SourceRange | undefined)[] = [];
  const { element, place } = evaluation;
  for (const path of [element?.path, place?.path]) {
    if (path === undefined) continue;
    for (let steps = parsePath(path); steps.length > 0; steps = steps.slice(0, -1)) {
      const value = valueAt(resource, steps);
      const origin = value !== undefined && 'origin' in value ? value.origin : undefined;
      ranges.push(origin, ...headersAround(origin, resource, graph), ...declarersOf(resource, renderPath(steps)));
    }
  }
  const members = resource.members.map(({ header }) => header);
  ranges.push(resource.header, resource.range, ...members);
  // A scan may know the example by its name alone.
  const name = baseName(file.path);
  return ranges.flatMap((range) =>
    range !== undefined && baseName(range.file.path) === name ? [index.position(range.start).line] : [],
  );
}

/** Headers of the companion or the data document in whose block a value is written. */
function headersAround(
  origin: SourceRange | undefined,
  resource: Resource,
  graph: ResourceGraph,
): readonly (SourceRange | undefined)[] {
  if (origin === undefined) return [];
  const holds = (range: SourceRange | undefined) =>
    range !== undefined && range.file === origin.file && range.start <= origin.start && origin.end <= range.end;
  const members = resource.members.filter(({ range }) => holds(range)).map(({ header }) => header);
  const others = [...graph.resources.values()].filter((other) => other !== resource && holds(other.range));
  return [...members, ...others.map(({ header }) => header)];
}

function declarersOf(resource: Resource, path: string): readonly SourceRange[] {
  const declared = resource.declaredIn.get(path);
  return resource.members
    .filter((member) => member.address === declared || member.path === path)
    .map(({ header }) => header);
}

function firstMarker(markers: readonly Marker[], lines: readonly number[]): Marker | undefined {
  for (const line of lines) {
    const found = markers.find((marker) => marker.line === line);
    if (found !== undefined) return found;
  }
  return undefined;
}

function nameOf(resource: Resource, { element }: Evaluation): string {
  return element === undefined ? `"${resource.address}"` : `"${element.path}" of "${resource.address}"`;
}

function unmarked(
  file: SourceFile,
  resource: Resource,
  evaluation: Evaluation,
  lines: readonly number[],
): ExampleProblem {
  const message = `${nameOf(resource, evaluation)} is judged (${evaluation.outcome}) and has no expectation.`;
  return { message, path: file.path, line: lines.at(-1) };
}

function compare(marker: Marker, resource: Resource, evaluation: Evaluation): string | undefined {
  const { outcome, place, unknowns, errors } = evaluation;
  if (outcome !== marker.outcome) {
    const why = [
      ...unknowns.map(({ path, reason, subject }) => `${path} ${reason} ${subject ?? ''}`.trim()),
      ...errors.map(({ message }) => message),
    ];
    const because = why.length > 0 ? ` (${why.join('; ')})` : '';
    return `${nameOf(resource, evaluation)} is ${outcome}${because}, expected ${marker.outcome}.`;
  }
  if (marker.at === undefined || isSamePath(marker.at, resource, evaluation)) return undefined;
  return `${nameOf(resource, evaluation)} is ${outcome} at "${place?.path ?? 'no place'}", expected at "${marker.at}".`;
}

/**
 * The whole path, with or without positions; the path below the element or the companion; or, for what is missing, a block
 * above it.
 */
function isSamePath(wanted: string, resource: Resource, { place, element }: Evaluation): boolean {
  if (place === undefined) return false;
  const outer = [element?.path, ...resource.members.map((member) => member.path)];
  const below = outer.flatMap((path) =>
    path !== undefined && place.path.startsWith(`${path}.`) ? [place.path.slice(path.length + 1)] : [],
  );
  const paths = [place.path, ...below];
  const plain = [...paths, ...paths.map((path) => path.replace(/\[\d+\]/g, ''))];
  return plain.some((path) => path === wanted || (place.origin === undefined && path.startsWith(`${wanted}.`)));
}

/**
 * Compares evaluations with `snapshot.expected.json`, for JSON has no comments: address → `fail at path`, or for policies
 * with `each` address → element path → outcome.
 */
export function checkExpectedJson(
  expected: SourceFile,
  { graph, evaluations }: ExampleScan,
): readonly ExampleProblem[] {
  const problems: ExampleProblem[] = [];
  const fail = (message: string) => problems.push({ message, path: expected.path });
  const entries = readExpected(expected.text);
  if (entries === undefined)
    return [{ message: 'The file is no JSON object of addresses and outcomes.', path: expected.path }];
  const used = new Set<string>();
  for (const evaluation of evaluations) {
    const resource = graph.resources.get(evaluation.resource);
    if (resource === undefined) continue;
    const keys = [`${resource.address} ${evaluation.element?.path ?? ''}`, `${resource.address} `];
    const key = keys.find((candidate) => entries.has(candidate));
    const marker = key === undefined ? undefined : entries.get(key);
    if (key === undefined || marker === undefined) {
      fail(`${nameOf(resource, evaluation)} is judged (${evaluation.outcome}) and has no expectation.`);
      continue;
    }
    used.add(key);
    const problem = compare({ ...marker, line: 1, range: { file: expected, start: 0, end: 0 } }, resource, evaluation);
    if (problem !== undefined) fail(problem);
  }
  for (const key of entries.keys()) if (!used.has(key)) fail(`Nothing is judged at "${key.trim()}".`);
  return problems;
}

type Expectation = Pick<Marker, 'outcome' | 'at'>;

function readExpected(text: string): ReadonlyMap<string, Expectation> | undefined {
  const entries = new Map<string, Expectation>();
  const read = (key: string, value: unknown): boolean => {
    const match = typeof value === 'string' ? /^(pass|fail|unknown|skip)(?: at (\S+))?$/.exec(value) : null;
    const outcome = OUTCOMES.find((known) => known === match?.[1]);
    if (outcome === undefined) return false;
    entries.set(key, { outcome, at: match?.[2] });
    return true;
  };
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  for (const [address, value] of Object.entries(data)) {
    const isNested = typeof value === 'object' && value !== null;
    const inner = isNested ? Object.entries(value) : [['', value] as const];
    if (!inner.every(([element, outcome]) => read(`${address} ${element}`, outcome))) return undefined;
  }
  return entries;
}

/** Every example of a policy: each file by itself; `fixed` ones must not fail; pass, fail and unknown each occur, or a comment says why not. */
export function checkExamples(
  policy: Policy,
  files: readonly SourceFile[],
  scanExample: ScanExample,
): readonly ExampleProblem[] {
  const problems: ExampleProblem[] = [];
  const seen = new Set<Outcome>();
  const expectations = new Map(files.map((file) => [file.path, file]));
  for (const file of files) {
    if (/\.expected\.json$/.test(file.path)) continue;
    const scan = scanExample([file], policy);
    if (/\.fixed\.[a-z]+$/.test(file.path)) {
      problems.push(...checkFixed(file, scan));
      continue;
    }
    for (const { outcome } of scan.evaluations) seen.add(outcome);
    // What a marker expects and does not get is a problem of its own.
    for (const { outcome } of parseMarkers(file).markers) seen.add(outcome);
    const expected = expectations.get(file.path.replace(/\.json$/, '.expected.json'));
    problems.push(
      ...(expected === undefined || expected === file ? checkExample(file, scan) : checkExpectedJson(expected, scan)),
    );
  }
  return [...problems, ...missingOutcomes(policy.metadata, files, seen)];
}

function checkFixed(file: SourceFile, { graph, evaluations }: ExampleScan): readonly ExampleProblem[] {
  return evaluations.flatMap((evaluation) => {
    const resource = graph.resources.get(evaluation.resource);
    if (evaluation.outcome !== 'fail' || resource === undefined) return [];
    return [{ message: `${nameOf(resource, evaluation)} still fails.`, path: file.path }];
  });
}

function missingOutcomes(
  { id }: PolicyMetadata,
  files: readonly SourceFile[],
  seen: ReadonlySet<Outcome>,
): readonly ExampleProblem[] {
  const excused = new Set(files.flatMap(({ text }) => [...text.matchAll(EXCUSE)].map((match) => match[1])));
  const path = files[0]?.path ?? id;
  return (['pass', 'fail', 'unknown'] as const).flatMap((outcome) => {
    if (seen.has(outcome) && excused.has(outcome))
      return [{ message: `"${outcome}" occurs, though a comment says why not.`, path }];
    if (seen.has(outcome) || excused.has(outcome)) return [];
    return [
      {
        message: `No example of "${id}" is ${outcome}: add one, or a comment "expect: no ${outcome} because …".`,
        path,
      },
    ];
  });
}
