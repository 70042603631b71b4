import type { EventRun } from '../yaml/read-events.js';
import { type Anchor, type Frame, type Place, type ScalarText, TreeBuilder } from '../yaml/tree-builder.js';
import type { DataDocument, DataInvalid, DataNode } from './ast.js';
import { addOwn, type Entries, mergeInto } from './entries.js';
import { maxMergedEntries } from './limits.js';
import type { Reading } from './reading.js';
import { localTag, scalarNode } from './scalar-node.js';

/** The documents of a YAML stream, as its service reads them. */
export class DataBuilder extends TreeBuilder<DataNode> {
  readonly documents: DataDocument[] = [];
  /** Plain `<<` in the place of a key. */
  private readonly mergeKeys = new Set<DataNode>();
  private readonly toldTags = new Set<string>();
  /** Where the document begins that is read. */
  private documentStart = 0;
  private isBroken = false;
  private isLastKept = false;

  constructor(private readonly reading: Reading) {
    super();
  }

  /** An error is in the last document that the run has, also where it stands behind it. */
  override read(run: EventRun): void {
    const hasError = run.error !== undefined;
    const runEnd = run.base + run.text.length;
    this.documentStart = run.start;
    this.isLastKept = false;
    super.read(run);
    this.mergeKeys.clear();
    const last = this.isLastKept ? this.documents.pop() : undefined;
    if (last !== undefined) {
      const { start, root } = last;
      this.documents.push({ start, end: runEnd, root, isBroken: last.isBroken || hasError });
    } else if (hasError) {
      const start = this.documentStart;
      this.documents.push({ start, end: runEnd, root: invalidNode({ start, end: start }), isBroken: true });
    }
  }

  protected override document(root: DataNode | undefined, end: number): void {
    this.isLastKept = root !== undefined;
    if (root !== undefined) this.documents.push({ start: this.documentStart, end, root, isBroken: this.isBroken });
    this.isBroken = false;
    this.documentStart = end;
  }

  protected override scalar(scalar: ScalarText, isKey: boolean): DataNode {
    const node = scalarNode(scalar, isKey, this.reading);
    if (node.tag !== undefined) this.tagOf(node.tag, node.start, node.end);
    const { tag, style, text } = scalar;
    if (isKey && text === '<<' && (tag === '!!merge' || (style === 'plain' && tag === undefined)))
      this.mergeKeys.add(node);
    return node;
  }

  protected override alias(place: Place, name: string, anchor: Anchor<DataNode> | undefined): DataNode {
    const { start, end } = place;
    if (anchor?.node !== undefined) return { kind: 'alias', start, end, tag: undefined, name, target: anchor.node };
    const problem = anchor === undefined ? `There is no anchor "${name}" before here.` : `"${name}" contains itself.`;
    this.reading.notes.note('yaml-bad-alias', problem, place);
    return invalidNode(place);
  }

  protected override beyondLimit(place: Place): DataInvalid {
    return { kind: 'invalid', start: place.start, end: place.end, tag: undefined, reason: 'limit-reached' };
  }

  protected override refuse(code: 'limit-reached' | 'yaml-invalid-syntax', message: string, place: Place): void {
    if (!this.isBroken) this.reading.notes.note(code, message, place);
    this.isBroken = true;
  }

  protected override sequence({ tag, children }: Frame<DataNode>, { start, end }: Place): DataNode {
    return { kind: 'sequence', start, end, tag: this.tagOf(tag, start, end), items: children };
  }

  protected override mapping({ tag, children }: Frame<DataNode>, place: Place): DataNode {
    const entries: Entries = new Map();
    let merged = 0;
    let isReadable = true;
    for (let i = 0; i + 1 < children.length; i += 2) {
      const key = children[i];
      const value = children[i + 1];
      if (key === undefined || value === undefined) continue;
      if (this.mergeKeys.size === 0 || !this.mergeKeys.has(key)) addOwn(entries, key, value, this.reading);
      else {
        const count = merged > maxMergedEntries ? 0 : mergeInto(entries, key, value, this.reading);
        if (count === undefined) isReadable = this.unreadableMerge(value);
        else merged += count;
        if (merged > maxMergedEntries)
          this.refuse('limit-reached', `A mapping merges more than ${maxMergedEntries} keys.`, key);
      }
    }
    // Which keys it has is not known; of a document's own mapping what is written is told all the same.
    if (!isReadable && !this.isAtRoot) return invalidNode(place);
    const { start, end } = place;
    return { kind: 'mapping', start, end, tag: this.tagOf(tag, start, end), entries };
  }

  /** A collection's tag, if it is a local one. Kubernetes reads over those: each is told once. */
  private tagOf(written: string | undefined, start: number, end: number): string | undefined {
    const tag = written === undefined ? undefined : localTag(written);
    if (tag === undefined || this.reading.dialect !== 'kubernetes' || this.toldTags.has(tag)) return tag;
    this.toldTags.add(tag);
    this.reading.notes.note('yaml-unusual-stream', `Kubernetes reads over the tag "${tag}".`, { start, end });
    return tag;
  }

  private unreadableMerge(value: DataNode): false {
    if (this.isAtRoot) {
      this.refuse('yaml-invalid-syntax', '"<<" at the root of a document merges what is no mapping.', value);
    } else if (value.kind !== 'invalid') {
      this.reading.notes.note('yaml-invalid-value', '"<<" merges what is no mapping.', value);
    }
    return false;
  }
}

function invalidNode({ start, end }: Place): DataInvalid {
  return { kind: 'invalid', start, end, tag: undefined, reason: 'invalid-value' };
}
