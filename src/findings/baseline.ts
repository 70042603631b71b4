import { compareText } from '../source/compare-text.js';
import type { Diagnostic } from '../source/diagnostic.js';
import type { SourceFile } from '../source/source-file.js';
import type { FindingInstance } from './finding.js';

/** One accepted finding: its fingerprint, and the instances for which it was accepted. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly policy: string;
  readonly outcome: 'fail' | 'unknown';
  /** For the reader; matching does not look at it. Relative to the project root. */
  readonly file: string | null;
  readonly instances: readonly FindingInstance[];
}

/** Accepted findings, or those of an earlier revision. */
export interface Baseline {
  readonly entries: readonly BaselineEntry[];
}

export const EMPTY_BASELINE: Baseline = { entries: [] };

// SAFETY: limits for a file that anyone may have written.
const MAX_ENTRIES = 100_000;

/** Reads a baseline file. What is wrong in it is one diagnostic, and no entry is then read. Never throws. */
export function parseBaseline(source: SourceFile): {
  readonly baseline: Baseline;
  readonly diagnostics: readonly Diagnostic[];
} {
  const fail = (message: string) => ({
    baseline: EMPTY_BASELINE,
    diagnostics: [{ code: 'baseline-invalid' as const, message, path: source.path }],
  });
  let data: unknown;
  try {
    data = JSON.parse(source.text);
  } catch {
    return fail('The baseline is not valid JSON. Write it anew with --write-baseline.');
  }
  if (!isRecord(data) || !Array.isArray(data['entries'])) return fail('The baseline has no list "entries".');
  if (data['version'] !== 1)
    return fail(`Version "${String(data['version'])}" of the baseline is not known; this release reads version 1.`);
  if (data['entries'].length > MAX_ENTRIES) return fail(`The baseline has more than ${MAX_ENTRIES} entries.`);
  const entries: BaselineEntry[] = [];
  for (const [index, item] of data['entries'].entries()) {
    const entry = readEntry(item);
    if (entry === undefined)
      return fail(`Entry ${index + 1} of the baseline needs "policy", "fingerprint" and "instances".`);
    entries.push(entry);
  }
  return { baseline: { entries }, diagnostics: [] };
}

function readEntry(item: unknown): BaselineEntry | undefined {
  if (!isRecord(item)) return undefined;
  const { policy, fingerprint, outcome, file, instances } = item;
  if (typeof policy !== 'string' || typeof fingerprint !== 'string' || !isRecord(instances)) return undefined;
  const read: FindingInstance[] = [];
  for (const [root, addresses] of Object.entries(instances)) {
    if (!Array.isArray(addresses)) return undefined;
    for (const address of addresses) {
      if (typeof address !== 'string') return undefined;
      read.push({ root, address });
    }
  }
  return {
    fingerprint,
    policy,
    outcome: outcome === 'unknown' ? 'unknown' : 'fail',
    file: typeof file === 'string' ? file : null,
    instances: read,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a baseline file: one entry a line, sorted by policy, file and fingerprint, so that its diff can be read. */
export function renderBaseline(baseline: Baseline): string {
  const lines = toBaseline(baseline.entries).entries.map((entry) => `    ${renderEntry(entry)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "version": 1,\n  "entries": ${list}\n}\n`;
}

function renderEntry({ policy, file, outcome, fingerprint, instances }: BaselineEntry): string {
  const roots = new Map<string, string[]>();
  for (const { root, address } of instances) roots.set(root, [...(roots.get(root) ?? []), address]);
  const fields = [
    ['policy', policy],
    ...(file === null ? [] : [['file', file]]),
    ...(outcome === 'unknown' ? [['outcome', outcome]] : []),
    ['fingerprint', fingerprint],
  ].map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const places = [...roots].map(
    ([root, addresses]) =>
      `${JSON.stringify(root)}: [${addresses.map((address) => JSON.stringify(address)).join(', ')}]`,
  );
  return `{ ${fields.join(', ')}, "instances": { ${places.join(', ')} } }`;
}

/** A baseline of these entries: one for each fingerprint and outcome, sorted, each instance once. */
export function toBaseline(entries: readonly BaselineEntry[]): Baseline {
  const merged = new Map<string, { entry: BaselineEntry; instances: FindingInstance[] }>();
  for (const entry of entries) {
    const key = entryKey(entry);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { entry, instances: [...entry.instances] });
    else known.instances.push(...entry.instances);
  }
  const sorted = [...merged.values()].map(({ entry, instances }) => ({
    ...entry,
    instances: uniqueInstances(instances),
  }));
  return { entries: sorted.sort(compareEntries) };
}

function entryKey({ outcome, fingerprint }: BaselineEntry): string {
  return `${outcome} ${fingerprint}`;
}

function compareEntries(a: BaselineEntry, b: BaselineEntry): number {
  return (
    compareText(a.policy, b.policy) ||
    compareText(a.file ?? '', b.file ?? '') ||
    compareText(a.fingerprint, b.fingerprint) ||
    compareText(a.outcome, b.outcome)
  );
}

/** Sorted by root and address, each once. */
export function uniqueInstances(instances: readonly FindingInstance[]): FindingInstance[] {
  return [...instances].sort(compareInstances).filter((instance, index, sorted) => {
    const previous = sorted[index - 1];
    return previous?.root !== instance.root || previous.address !== instance.address;
  });
}

/** By root, then address. */
export function compareInstances(a: FindingInstance, b: FindingInstance): number {
  return compareText(a.root, b.root) || compareText(a.address, b.address);
}

/** Answers, for one instance at a time, whether a baseline accepts it, and remembers which entries were met. */
export class BaselineIndex {
  readonly #entries = new Map<string, { readonly entry: BaselineEntry; readonly instances: ReadonlySet<string> }[]>();
  readonly #met = new Set<BaselineEntry>();

  constructor(baseline: Baseline) {
    for (const entry of baseline.entries) {
      const key = entryKey(entry);
      const instances = new Set(entry.instances.map(({ root, address }) => `${root}\0${address}`));
      this.#entries.set(key, [...(this.#entries.get(key) ?? []), { entry, instances }]);
    }
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  accepts(outcome: 'fail' | 'unknown', fingerprint: string, instance: FindingInstance): boolean {
    let isAccepted = false;
    for (const { entry, instances } of this.#entries.get(`${outcome} ${fingerprint}`) ?? []) {
      if (!instances.has(`${instance.root}\0${instance.address}`)) continue;
      this.#met.add(entry);
      isAccepted = true;
    }
    return isAccepted;
  }

  /** Entries none of whose instances was met. */
  unmet(): BaselineEntry[] {
    const all = [...this.#entries.values()].flat().map(({ entry }) => entry);
    return all.filter((entry) => !this.#met.has(entry));
  }
}
