import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { YamlMapping, YamlNode, YamlScalar, YamlSequence } from './ast.js';

/** SAFETY: nodes of a stream, those that aliases repeat counted each time. */
export const maxAliasExpansion = 1_000_000;

/** SAFETY: how high a tree may be, aliases followed. Whoever walks a tree by recursion relies on it. */
export const maxYamlHeight = 500;

export interface YamlProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly isLimit?: boolean;
  readonly isUnderIndented?: boolean;
}

/** A finished node: what it weighs with aliases followed, and how high it is. */
interface Built {
  readonly node: YamlNode;
  readonly weight: number;
  readonly height: number;
}

interface Frame {
  readonly kind: 'document' | 'mapping' | 'sequence';
  readonly start: number;
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
  readonly isFlow: boolean;
  readonly children: YamlNode[];
  weight: number;
  height: number;
}

const styles: Record<number, YamlScalar['style']> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
};

/**
 * Trees over a parser's events; `place` says where an offset of the text stands in its file. A document with a problem is
 * left out.
 */
export function buildDocuments(
  events: readonly Event[],
  text: string,
  place: (offset: number) => number,
): { readonly documents: readonly YamlNode[]; readonly problems: readonly YamlProblem[] } {
  const builder = new DocumentBuilder(text, place);
  for (const event of events) builder.accept(event);
  return { documents: builder.documents, problems: builder.problems };
}

class DocumentBuilder {
  readonly documents: YamlNode[] = [];
  readonly problems: YamlProblem[] = [];
  private readonly stack: Frame[] = [];
  private readonly anchors = new Map<string, Built | 'open'>();
  private tagHandles = new Map<string, string>();
  /** Where the last token that is known ended, in the text. */
  private lastEnd = 0;
  private isBroken = false;
  private total = 0;

  constructor(
    private readonly text: string,
    private readonly place: (offset: number) => number,
  ) {}

  accept(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        this.anchors.clear();
        this.tagHandles = new Map();
        for (const directive of event.directives) {
          if (directive.kind === 'tag') this.tagHandles.set(directive.handle, directive.prefix);
        }
        this.isBroken = false;
        this.open('document', this.lastEnd, {}, false);
        break;
      case EVENT_ID.MAPPING:
        this.open('mapping', event.start, event, event.style === COLLECTION_STYLE.FLOW);
        break;
      case EVENT_ID.SEQUENCE:
        this.open('sequence', event.start, event, event.style === COLLECTION_STYLE.FLOW);
        break;
      case EVENT_ID.SCALAR:
        this.add(this.scalar(event), this.slice(event.anchorStart, event.anchorEnd));
        break;
      case EVENT_ID.ALIAS:
        this.alias(event.anchorStart, event.anchorEnd);
        break;
      case EVENT_ID.POP:
        this.close();
        break;
    }
  }

  private slice(start: number, end: number): string | undefined {
    return start < 0 ? undefined : this.text.slice(start, end);
  }

  private fail(message: string, start: number, end: number, isLimit = false): void {
    this.failAt(message, this.place(start), this.place(end), isLimit);
  }

  /** As `fail`, with places of the file. */
  private failAt(message: string, start: number, end: number, isLimit: boolean): void {
    if (!this.isBroken) this.problems.push({ message, start, end, isLimit });
    this.isBroken = true;
  }

  private open(kind: Frame['kind'], start: number, event: Properties, isFlow: boolean): void {
    const anchor = this.slice(event.anchorStart ?? -1, event.anchorEnd ?? -1);
    const tag = this.tag(event.tagStart ?? -1, event.tagEnd ?? -1);
    if (anchor !== undefined) this.anchors.set(anchor, 'open');
    this.lastEnd = Math.max(this.lastEnd, isFlow ? start + 1 : start);
    this.stack.push({ kind, start, tag, anchor, isFlow, children: [], weight: 1, height: 1 });
  }

  private close(): void {
    const frame = this.stack.pop();
    if (frame === undefined) return;
    if (frame.kind === 'document') {
      const root = frame.children[0];
      const isEmpty =
        root?.kind === 'scalar' && root.start === root.end && root.tag === undefined && root.style === 'plain';
      if (root !== undefined && !this.isBroken && !isEmpty) this.documents.push(root);
      return;
    }
    if (frame.isFlow) this.lastEnd = this.flowEnd(frame.kind === 'mapping' ? '}' : ']');
    const { weight, height } = frame;
    this.add({ node: this.collection(frame), weight, height: height + 1 }, frame.anchor);
  }

  private collection(frame: Frame): YamlMapping | YamlSequence {
    const start = this.place(frame.start);
    const end = this.place(Math.max(this.lastEnd, frame.start));
    const { tag, children } = frame;
    if (frame.kind === 'sequence') return { kind: 'sequence', start, end, tag, items: children };
    const entries: { key: YamlNode; value: YamlNode }[] = [];
    for (let i = 0; i + 1 < children.length; i += 2) {
      const key = children[i];
      const value = children[i + 1];
      if (key !== undefined && value !== undefined) entries.push({ key, value });
    }
    return { kind: 'mapping', start, end, tag, entries };
  }

  /** Behind the bracket that closes a flow collection; only white space, indicators and comments stand before it. */
  private flowEnd(closer: string): number {
    const { text } = this;
    for (let at = this.lastEnd; at < text.length; at++) {
      const c = text.charAt(at);
      if (c === closer) return at + 1;
      if (c === '#') {
        const newline = text.indexOf('\n', at);
        if (newline === -1) break;
        at = newline;
      } else if (!' \t\r\n,:?'.includes(c)) break;
    }
    // A pair in a flow sequence, `[a: b, c]`, is a mapping without brackets.
    return this.lastEnd;
  }

  private add(built: Built, anchor: string | undefined): void {
    const parent = this.stack[this.stack.length - 1];
    if (parent === undefined) return;
    if (anchor !== undefined) this.anchors.set(anchor, built);
    const { start, end } = built.node;
    this.total += 1;
    parent.weight += built.weight;
    parent.height = Math.max(parent.height, built.height);
    parent.children.push(built.node);
    if (parent.height > maxYamlHeight) {
      this.failAt(`Nested more than ${maxYamlHeight} deep.`, start, end, true);
    }
  }

  private alias(start: number, end: number): void {
    const name = this.text.slice(start, end);
    const target = this.anchors.get(name);
    this.lastEnd = end;
    if (typeof target === 'object') {
      this.total += target.weight;
      if (this.total > maxAliasExpansion) {
        this.fail(`Aliases repeat more than ${maxAliasExpansion} nodes.`, start - 1, end, true);
        // Nothing of the document is kept; a small node in place of the alias keeps the rest of the work small.
        this.add(this.emptyScalar(start), undefined);
        return;
      }
      this.add(target, undefined);
      return;
    }
    const isOpen = target === 'open';
    this.fail(isOpen ? `"${name}" contains itself.` : `There is no anchor "${name}" before here.`, start - 1, end);
    this.add(this.emptyScalar(start), undefined);
  }

  private emptyScalar(at: number): Built {
    const start = this.place(at);
    return { node: { kind: 'scalar', start, end: start, style: 'plain', text: '' }, weight: 1, height: 1 };
  }

  private scalar(event: ScalarEvent): Built {
    const tag = this.tag(event.tagStart, event.tagEnd);
    this.lastEnd = Math.max(this.lastEnd, event.anchorEnd, event.tagEnd);
    const style = styles[event.style] ?? 'plain';
    const isQuoted = style === 'single' || style === 'double';
    const isEmpty = event.valueStart < 0;
    const from = isEmpty ? this.lastEnd : event.valueStart - (isQuoted ? 1 : 0);
    const to = isEmpty ? this.lastEnd : event.valueEnd + (isQuoted ? 1 : 0);
    this.lastEnd = Math.max(this.lastEnd, to);
    const value = isEmpty ? '' : getScalarValue(this.text, event);
    const isBlock = style === 'literal' || style === 'folded';
    const isCutShort = isBlock && to >= this.text.length && !this.text.endsWith('\n') && value.endsWith('\n');
    const start = this.place(from);
    const end = this.place(to);
    const node: YamlScalar = {
      kind: 'scalar',
      start,
      end,
      tag,
      style,
      text: value,
      ...(isCutShort ? { isCutShort } : undefined),
    };
    return { node, weight: 1, height: 1 };
  }

  /** A tag with its handle resolved, those of YAML itself as `!!name`, local ones as `!name`. */
  private tag(start: number, end: number): string | undefined {
    const written = this.slice(start, end);
    if (written === undefined) return undefined;
    let full = written;
    if (written.startsWith('!<')) full = written.slice(2, -1);
    else {
      const handle = /^!(?:[0-9A-Za-z-]*!)?/.exec(written)?.[0] ?? '';
      const prefix = this.tagHandles.get(handle);
      if (prefix !== undefined) full = prefix + written.slice(handle.length);
    }
    const core = 'tag:yaml.org,2002:';
    return full.startsWith(core) ? `!!${full.slice(core.length)}` : full;
  }
}

interface Properties {
  readonly anchorStart?: number;
  readonly anchorEnd?: number;
  readonly tagStart?: number;
  readonly tagEnd?: number;
}
