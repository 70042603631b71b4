import type { DiagnosticCode } from '../../source/diagnostic.js';
import type { EventRun } from '../yaml/read-events.js';
import { type Anchor, type Frame, type Place, type ScalarText, TreeBuilder } from '../yaml/tree-builder.js';
import type { DataDialect, DataDocument, DataEntry, DataInvalid, DataNode } from './ast.js';
import { keyText } from './key-text.js';
import { type DataNotes, scalarNode } from './scalar-node.js';

/** SAFETY: entries that merge keys may give one mapping. */
export const maxMergedEntries = 10_000;

/** The documents of a YAML stream, as its service reads them. */
export class DataBuilder extends TreeBuilder<DataNode> {
  readonly documents: DataDocument[] = [];
  /** Plain `<<` in the place of a key. */
  private readonly mergeKeys = new Set<DataNode>();
  private runStart = 0;
  private runEnd = 0;
  private isBroken = false;
  private isLastKept = false;

  constructor(
    private readonly dialect: DataDialect,
    private readonly notes: DataNotes,
  ) {
    super();
  }

  /** An error is in the last document that the run has, also where it stands behind it. */
  override read(run: EventRun): void {
    this.runStart = run.start;
    this.runEnd = run.base + run.text.length;
    this.isLastKept = false;
    super.read(run);
    this.mergeKeys.clear();
    const last = this.documents[this.documents.length - 1];
    if (last === undefined || !this.isLastKept) {
      if (run.error !== undefined) this.keep(this.invalid({ start: run.base, end: run.base }), this.runEnd, true);
    } else {
      const isBroken = last.isBroken || run.error !== undefined;
      this.documents[this.documents.length - 1] = { ...last, end: this.runEnd, isBroken };
    }
  }

  protected override document(root: DataNode | undefined, end: number): void {
    this.isLastKept = root !== undefined;
    if (root !== undefined) this.keep(root, end, this.isBroken);
    this.isBroken = false;
    this.runStart = end;
  }

  private keep(root: DataNode, end: number, isBroken: boolean): void {
    this.documents.push({ start: this.runStart, end, root, isBroken });
  }

  protected override scalar(scalar: ScalarText, isKey: boolean): DataNode {
    const node = scalarNode(scalar, this.dialect, this.notes);
    const { tag, style, text } = scalar;
    if (isKey && text === '<<' && ((style === 'plain' && tag === undefined) || tag === '!!merge'))
      this.mergeKeys.add(node);
    return node;
  }

  protected override alias(place: Place, name: string, anchor: Anchor<DataNode> | undefined): DataNode {
    const { start, end } = place;
    if (anchor?.node !== undefined) return { kind: 'alias', start, end, tag: undefined, name, target: anchor.node };
    const problem = anchor === undefined ? `There is no anchor "${name}" before here.` : `"${name}" contains itself.`;
    return this.refuse('yaml-bad-alias', problem, place);
  }

  protected override beyondLimit(place: Place): DataInvalid {
    return { kind: 'invalid', start: place.start, end: place.end, tag: undefined, reason: 'limit-reached' };
  }

  protected override limit(message: string, place: Place): void {
    if (!this.isBroken) this.notes.note('limit-reached', message, place);
    this.isBroken = true;
  }

  protected override sequence({ tag, children }: Frame<DataNode>, { start, end }: Place): DataNode {
    return { kind: 'sequence', start, end, tag: localTag(tag), items: children };
  }

  protected override mapping(frame: Frame<DataNode>, { start, end }: Place): DataNode {
    const { children } = frame;
    const entries = new Map<string, DataEntry>();
    const merges: Merge[] = [];
    for (let i = 0; i + 1 < children.length; i += 2) {
      const key = children[i];
      const value = children[i + 1];
      if (key === undefined || value === undefined) continue;
      if (this.mergeKeys.size > 0 && this.mergeKeys.has(key)) merges.push({ key, value, before: entries.size });
      else this.own(entries, key, value);
    }
    if (merges.length > 0) {
      const merged = this.merge(entries, merges);
      if (merged === undefined) return this.invalid({ start, end });
      return { kind: 'mapping', start, end, tag: localTag(frame.tag), entries: merged };
    }
    return { kind: 'mapping', start, end, tag: localTag(frame.tag), entries };
  }

  private own(entries: Map<string, DataEntry>, keyNode: DataNode, value: DataNode): void {
    const key = keyText(keyNode, this.dialect);
    const { start: keyStart, end: keyEnd } = keyNode;
    if (key === undefined) {
      if (keyNode.kind !== 'invalid') this.notes.note('yaml-invalid-key', 'A key must be a text.', keyNode);
      return;
    }
    const before = entries.get(key);
    if (before !== undefined) {
      entries.delete(key);
      this.notes.duplicate(key, before);
    }
    const spelling = 'spelling' in keyNode ? keyNode.spelling : key;
    entries.set(key, { key, spelling, keyStart, keyEnd, value, mergedAt: undefined });
  }

  /** The mapping with what its merge keys give it; undefined where one of them cannot be read. */
  private merge(own: Map<string, DataEntry>, merges: readonly Merge[]): Map<string, DataEntry> | undefined {
    const entries = new Map<string, DataEntry>();
    let isReadable = true;
    for (const { key, value } of merges) {
      const mergedAt = { start: key.start, end: value.end };
      for (const source of sourcesOf(value)) {
        if (source?.kind !== 'mapping') {
          isReadable = false;
          continue;
        }
        for (const entry of source.entries.values()) {
          if (own.has(entry.key) || entries.has(entry.key)) continue;
          const { spelling, keyStart, keyEnd } = entry;
          entries.set(entry.key, { key: entry.key, spelling, keyStart, keyEnd, value: entry.value, mergedAt });
        }
      }
    }
    for (const [key, entry] of own) entries.set(key, entry);
    return isReadable ? entries : undefined;
  }

  private refuse(code: DiagnosticCode, message: string, place: Place): DataInvalid {
    this.notes.note(code, message, place);
    return this.invalid(place);
  }

  private invalid({ start, end }: Place): DataInvalid {
    return { kind: 'invalid', start, end, tag: undefined, reason: 'invalid-value' };
  }
}

interface Merge {
  readonly key: DataNode;
  readonly value: DataNode;
  /** How many own keys stand before it. */
  readonly before: number;
}

function sourcesOf(value: DataNode): readonly DataNode[] {
  const node = value.kind === 'alias' ? value.target : value;
  if (node.kind !== 'sequence') return [node];
  return node.items.map((item) => (item.kind === 'alias' ? item.target : item));
}

/** The tags of YAML itself are resolved; `!` says nothing more. */
function localTag(tag: string | undefined): string | undefined {
  return tag === undefined || tag.startsWith('!!') || tag === '!' ? undefined : tag;
}
