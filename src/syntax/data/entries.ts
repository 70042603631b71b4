import type { Notes } from '../yaml/notes.js';
import type { DataEntry, DataNode } from './ast.js';
import { keyText } from './key-text.js';
import { maxMergedEntries } from './limits.js';
import type { Reading } from './reading.js';

export type Entries = Map<string, DataEntry>;

/** Adds an entry that is written in the mapping: of equal keys the last one counts. */
export function addOwn(entries: Entries, keyNode: DataNode, value: DataNode, { dialect, notes }: Reading): void {
  const key = keyText(keyNode, dialect);
  const { start: keyStart, end: keyEnd } = keyNode;
  if (key === undefined) {
    if (keyNode.kind !== 'invalid') notes.note('yaml-invalid-key', 'A key must be a text.', keyNode);
    return;
  }
  addEntry(entries, { key, spelling: spellingOf(keyNode, key), keyStart, keyEnd, value, mergedAt: undefined }, notes);
}

/** As `addOwn`, of an entry that is read. */
export function addEntry(entries: Entries, entry: DataEntry, notes: Notes): void {
  const { key } = entry;
  const before = entries.get(key);
  if (before !== undefined) {
    // The entry stands where the one that counts is written.
    entries.delete(key);
    if (before.mergedAt === undefined) {
      notes.note(
        'yaml-duplicate-key',
        `The key "${key}" is written again below, and that one counts.`,
        placeOf(before),
      );
    }
  }
  entries.set(key, entry);
}

function spellingOf(node: DataNode, key: string): string {
  if (node.kind === 'alias') return spellingOf(node.target, key);
  return node.kind === 'number' || node.kind === 'bool' ? node.spelling : key;
}

/**
 * Adds what a merge key gives. Of a list of mappings the first counts most. CloudFormation keeps what the mapping has
 * already; Go, and so kubectl, takes what is merged in its stead. Returns how many entries were added or replaced;
 * undefined where something is merged that is no mapping: what it would give is not known.
 */
export function mergeInto(
  entries: Entries,
  keyNode: DataNode,
  value: DataNode,
  { dialect, notes }: Reading,
): number | undefined {
  const sources = sourcesOf(value);
  if (sources === undefined) return undefined;
  const mergedAt = { start: keyNode.start, end: value.end };
  const isLastCounted = dialect === 'kubernetes';
  let count = 0;
  for (const source of isLastCounted ? sources.toReversed() : sources) {
    for (const { key, spelling, keyStart, keyEnd, value: merged } of source.values()) {
      const before = entries.get(key);
      if (before !== undefined && before.mergedAt?.start !== mergedAt.start) noteOverlap(before, isLastCounted, notes);
      if (before !== undefined && !isLastCounted) continue;
      if (before !== undefined) entries.delete(key);
      entries.set(key, { key, spelling, keyStart, keyEnd, value: merged, mergedAt });
      count++;
      if (count > maxMergedEntries) return count;
    }
  }
  return count;
}

/** The mappings that are merged; undefined where one is none. */
function sourcesOf(value: DataNode): readonly ReadonlyMap<string, DataEntry>[] | undefined {
  const node = value.kind === 'alias' ? value.target : value;
  const sources: ReadonlyMap<string, DataEntry>[] = [];
  for (const item of node.kind === 'sequence' ? node.items : [node]) {
    const source = item.kind === 'alias' ? item.target : item;
    if (source.kind !== 'mapping') return undefined;
    sources.push(source.entries);
  }
  return sources;
}

/** Programs differ in what counts where a key stands before the merge that gives it again. */
function noteOverlap(before: DataEntry, isLastCounted: boolean, notes: Notes): void {
  const counts = isLastCounted
    ? 'kubectl takes that one, other programs this one'
    : 'this one counts, for other programs that one';
  const message = `The key "${before.key}" is merged again by a "<<" below: ${counts}.`;
  notes.note('yaml-duplicate-key', message, before.mergedAt ?? placeOf(before));
}

function placeOf({ keyStart, keyEnd }: DataEntry): { readonly start: number; readonly end: number } {
  return { start: keyStart, end: keyEnd };
}
