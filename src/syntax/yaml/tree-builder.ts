import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { EventRun } from './read-events.js';

/** SAFETY: nodes of a stream, those that aliases repeat counted each time. */
export const maxAliasExpansion = 1_000_000;

/** SAFETY: how high a tree may be, aliases followed. Whoever walks a tree by recursion relies on it. */
export const maxYamlHeight = 500;

export interface Place {
  readonly start: number;
  readonly end: number;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** A scalar of the text: decoded, in the place that its node has. */
export interface ScalarText extends Place {
  readonly style: ScalarStyle;
  readonly tag: string | undefined;
  readonly text: string;
  /** A block scalar that the end of the file cuts: its last newline is not in the file. */
  readonly isCutShort: boolean;
}

/** What an anchor stands for: no node while it is still being read. */
export interface Anchor<N> {
  node: N | undefined;
  /** How many nodes it is, aliases followed. */
  weight: number;
  height: number;
}

export interface Frame<N> {
  readonly kind: 'document' | 'mapping' | 'sequence';
  readonly start: number;
  readonly tag: string | undefined;
  readonly anchor: Anchor<N> | undefined;
  /** It stands between brackets of its own, or of the list whose pair it is. */
  readonly isFlow: boolean;
  readonly isBracketed: boolean;
  /** Keys and values in turn of a mapping. */
  readonly children: N[];
  weight: number;
  height: number;
}

const styles: readonly ScalarStyle[] = ['plain', 'plain', 'single', 'double', 'literal', 'folded'];

/**
 * What every tree over a parser's events needs: places in the file, anchors, the limits, comments. What the nodes are is
 * the subclass's to say. Offsets of events are those of the run; places are those of the stream.
 */
export abstract class TreeBuilder<N extends Place> {
  /** `#` to the end of its line, in order; those behind an error are not among them. */
  readonly comments: Place[] = [];
  /** Of the current run. */
  protected text = '';
  protected base = 0;
  private readonly stack: Frame<N>[] = [];
  private anchors = new Map<string, Anchor<N>>();
  private tagHandles = new Map<string, string>();
  /** Where the last token that is known ended, in the run. */
  private lastEnd = 0;
  /** Where the node ends that the token belongs to: of a block scalar before the blank lines at its end. */
  private lastNodeEnd = 0;
  /** The next `#` of the run at or behind `lastEnd`: a comment, or within a token. */
  private nextHash = 0;
  private isEmptyDocument = false;
  private isUnderIndented = false;
  private expansion = 0;

  /** A node for a scalar; `isKey` where a mapping awaits one. */
  protected abstract scalar(scalar: ScalarText, isKey: boolean): N;
  /** `anchor` is undefined where there is none before the alias; it has no node where the alias stands in it. */
  protected abstract alias(place: Place, name: string, anchor: Anchor<N> | undefined): N;
  /** In place of an alias that would repeat too much. */
  protected abstract beyondLimit(place: Place): N;
  protected abstract mapping(frame: Frame<N>, place: Place): N;
  protected abstract sequence(frame: Frame<N>, place: Place): N;
  /** A document ends; `root` is undefined where it is empty, or where nothing was read of it before an error. */
  protected abstract document(root: N | undefined, end: number): void;
  /** The document cannot be read: what is beyond a limit, or wrong where the parser sees no error. */
  protected abstract refuse(code: 'limit-reached' | 'yaml-invalid-syntax', message: string, place: Place): void;

  read(run: EventRun): void {
    const { events } = run;
    this.text = run.text;
    this.base = run.base;
    this.isUnderIndented = run.underIndented.length > 0;
    this.lastEnd = 0;
    this.lastNodeEnd = 0;
    this.nextHash = hashFrom(run.text, 0);
    for (let i = 0; i < events.length; i++) {
      const event = events[i];
      if (event !== undefined) this.accept(event, events[i + 1]);
    }
    if (run.error === undefined) this.note(this.text.length);
    // What an error leaves open ends there.
    while (this.stack.length > 0) this.close();
  }

  private accept(event: Event, next: Event | undefined): void {
    if (this.isUnderIndented && event.type !== EVENT_ID.POP) this.checkLine();
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        this.anchors = new Map();
        this.tagHandles = new Map();
        for (const directive of event.directives) {
          if (directive.kind === 'tag') this.tagHandles.set(directive.handle, directive.prefix);
        }
        this.isEmptyDocument = false;
        this.stack.push(documentFrame(this.lastEnd));
        break;
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE: {
        const tag = this.properties(event);
        const anchor = this.anchor(event);
        this.note(event.start);
        const isFlow = event.style === COLLECTION_STYLE.FLOW;
        const isBracketed = isFlow && this.hasBracket(event, next);
        this.reach(isBracketed ? event.start + 1 : event.start);
        const kind = event.type === EVENT_ID.MAPPING ? 'mapping' : 'sequence';
        const { start } = event;
        this.stack.push({ kind, start, tag, anchor, isFlow, isBracketed, children: [], weight: 1, height: 1 });
        break;
      }
      case EVENT_ID.SCALAR:
        this.acceptScalar(event);
        break;
      case EVENT_ID.ALIAS:
        this.acceptAlias(event.anchorStart, event.anchorEnd);
        break;
      case EVENT_ID.POP:
        this.close();
        break;
    }
  }

  /**
   * With brackets and quotes at any column the parser no longer sees that a block's next key or item stands on the line
   * where they close: `[⏎] b: 1`.
   */
  private checkLine(): void {
    const parent = this.stack[this.stack.length - 1];
    if (parent === undefined || parent.kind === 'document' || parent.isFlow) return;
    const { length } = parent.children;
    if (length === 0 || (parent.kind === 'mapping' && length % 2 === 1)) return;
    let at = this.lastEnd;
    // A block scalar ends behind its last line break.
    if (isBreak(this.text.charCodeAt(at - 1))) return;
    while (isBlank(this.text.charCodeAt(at))) at++;
    const c = this.text.charCodeAt(at);
    if (at >= this.text.length || isBreak(c) || c === 35) return;
    this.refuse('yaml-invalid-syntax', 'This must stand on a line of its own.', this.place(at, at + 1));
  }

  /** A pair between brackets, `[a: b]`, is a mapping without brackets of its own, even where its key has some. */
  private hasBracket({ start }: { readonly start: number }, next: Event | undefined): boolean {
    const c = this.text.charCodeAt(start);
    if (c !== 91 && c !== 123) return false;
    const isCollection = next?.type === EVENT_ID.MAPPING || next?.type === EVENT_ID.SEQUENCE;
    return !isCollection || next.start !== start;
  }

  /** Whether the collection that ends is the document's own. */
  protected get isAtRoot(): boolean {
    return this.stack.length === 1;
  }

  private place(start: number, end: number): Place {
    return { start: this.base + start, end: this.base + end };
  }

  /** Passes tag and anchor; the tag comes back with its handle resolved. */
  private properties({ anchorStart, anchorEnd, tagStart, tagEnd }: Properties): string | undefined {
    if (tagStart < 0 && anchorStart < 0) return undefined;
    const anchorFirst = tagStart < 0 || (anchorStart >= 0 && anchorStart < tagStart);
    this.note(anchorFirst ? anchorStart - 1 : tagStart);
    this.reach(anchorFirst ? anchorEnd : tagEnd);
    if (tagStart >= 0 && anchorStart >= 0) {
      this.note(anchorFirst ? tagStart : anchorStart - 1);
      this.reach(anchorFirst ? tagEnd : anchorEnd);
    }
    return tagStart < 0 ? undefined : this.tag(this.text.slice(tagStart, tagEnd));
  }

  /** Registers an anchor where it is written: of two with a name the later one counts, even if it ends first. */
  private anchor({ anchorStart, anchorEnd }: Properties): Anchor<N> | undefined {
    if (anchorStart < 0) return undefined;
    const anchor: Anchor<N> = { node: undefined, weight: 1, height: 1 };
    this.anchors.set(this.text.slice(anchorStart, anchorEnd), anchor);
    return anchor;
  }

  /** A tag with its handle resolved, those of YAML itself as `!!name`, local ones as `!name`. */
  private tag(written: string): string {
    let full = written;
    if (written.startsWith('!<')) full = written.slice(2, -1);
    else if (this.tagHandles.size > 0) {
      const handle = /^!(?:[0-9A-Za-z-]*!)?/.exec(written)?.[0] ?? '';
      const prefix = this.tagHandles.get(handle);
      if (prefix !== undefined) full = prefix + written.slice(handle.length);
    }
    const core = 'tag:yaml.org,2002:';
    return full.startsWith(core) ? `!!${full.slice(core.length)}` : full;
  }

  private close(): void {
    const frame = this.stack.pop();
    if (frame === undefined) return;
    if (frame.kind === 'document') {
      this.lastNodeEnd = this.lastEnd;
      this.document(this.isEmptyDocument ? undefined : frame.children[0], this.base + this.lastEnd);
      return;
    }
    if (frame.isBracketed) this.reachBracket(frame.kind === 'mapping' ? 125 : 93);
    const place = this.place(frame.start, Math.max(this.lastNodeEnd, frame.start));
    const node = frame.kind === 'mapping' ? this.mapping(frame, place) : this.sequence(frame, place);
    this.add(node, frame.anchor, frame.weight, frame.height + 1);
  }

  private add(node: N, anchor: Anchor<N> | undefined, weight: number, height: number): void {
    if (anchor !== undefined) {
      anchor.node = node;
      anchor.weight = weight;
      anchor.height = height;
    }
    const parent = this.stack[this.stack.length - 1];
    if (parent === undefined) return;
    parent.weight += weight;
    if (height > parent.height) parent.height = height;
    parent.children.push(node);
    if (parent.height > maxYamlHeight && height <= maxYamlHeight + 1) {
      this.refuse('limit-reached', `Nested more than ${maxYamlHeight} deep.`, node);
    }
  }

  private acceptAlias(nameStart: number, end: number): void {
    this.note(nameStart - 1);
    this.reach(end);
    const place = this.place(nameStart - 1, end);
    const name = this.text.slice(nameStart, end);
    const anchor = this.anchors.get(name);
    if (anchor?.node === undefined) {
      this.add(this.alias(place, name, anchor), undefined, 1, 1);
      return;
    }
    this.expansion += anchor.weight;
    if (this.expansion > maxAliasExpansion) {
      this.refuse('limit-reached', `Aliases repeat more than ${maxAliasExpansion} nodes.`, place);
      // Nothing of the document counts; a small node in place of the alias keeps the rest of the work small.
      this.add(this.beyondLimit(place), undefined, 1, 1);
    } else this.add(this.alias(place, name, anchor), undefined, anchor.weight, anchor.height);
  }

  private acceptScalar(event: ScalarEvent): void {
    const tag = this.properties(event);
    const anchor = this.anchor(event);
    const parent = this.stack[this.stack.length - 1];
    const isKey = parent?.kind === 'mapping' && parent.children.length % 2 === 0;
    const isEmpty = event.valueStart < 0;
    if (isEmpty && parent?.kind === 'document') this.isEmptyDocument = tag === undefined && anchor === undefined;
    const scalar = isEmpty ? this.emptyScalar(tag, parent?.kind, isKey) : this.scalarText(event, tag);
    this.add(this.scalar(scalar, isKey), anchor, 1, 1);
  }

  private scalarText(event: ScalarEvent, tag: string | undefined): ScalarText {
    const { valueStart, valueEnd } = event;
    if (event.fast && event.style === SCALAR_STYLE.PLAIN) {
      this.note(valueStart);
      this.reach(valueEnd);
      const text = this.text.slice(valueStart, valueEnd);
      const start = this.base + valueStart;
      return { start, end: this.base + valueEnd, style: 'plain', tag, text, isCutShort: false };
    }
    const text = getScalarValue(this.text, event);
    const style = styles[event.style] ?? 'plain';
    if (style === 'literal' || style === 'folded') return this.blockScalar(event, style, tag, text);
    const quote = style === 'plain' ? 0 : 1;
    this.note(valueStart - quote);
    this.reach(valueEnd + quote);
    const { start, end } = this.place(valueStart - quote, valueEnd + quote);
    return { start, end, style, tag, text, isCutShort: false };
  }

  /** From its indicator to the last line that is not blank: the line break at its end is not in its place. */
  private blockScalar(event: ScalarEvent, style: ScalarStyle, tag: string | undefined, value: string): ScalarText {
    const { text } = this;
    const { valueStart, valueEnd } = event;
    const header = this.skipToBlockHeader(valueStart);
    this.note(header);
    this.reach(header + 1);
    this.note(valueStart);
    let end = header + 1;
    while (end < valueStart && !isBlankOrBreak(text.charCodeAt(end))) end++;
    end = Math.max(end, contentEnd(text, valueStart, valueEnd));
    this.reach(Math.max(valueEnd, end), end);
    const isCutShort = valueEnd >= text.length && !text.endsWith('\n') && value.endsWith('\n');
    const place = this.place(header, end);
    return { start: place.start, end: place.end, style, tag, text: value, isCutShort };
  }

  /** The indicator `|` or `>`; before it stand white space, comments and the signs of its parent only. */
  private skipToBlockHeader(limit: number): number {
    const { text } = this;
    let at = this.lastEnd;
    for (; at < limit; at++) {
      const c = text.charCodeAt(at);
      if (c === 124 || c === 62) return at;
      if (c === 35 && isBlankOrBreak(text.charCodeAt(at - 1))) at = lineEnd(text, at);
    }
    return this.lastEnd;
  }

  /** A value that is not there stands behind its `:` or `-`, if that follows on the line. */
  private emptyScalar(tag: string | undefined, parent: Frame<N>['kind'] | undefined, isKey: boolean): ScalarText {
    const { text } = this;
    if (tag === undefined && !isKey && parent !== 'document') {
      const sign = parent === 'mapping' ? 58 : 45;
      const limit = Math.min(this.lastEnd + 200, text.length);
      let at = this.lastEnd;
      while (at < limit && isBlankOrBreak(text.charCodeAt(at))) at++;
      if (text.charCodeAt(at) === sign) this.reach(at + 1);
    }
    const at = this.base + this.lastNodeEnd;
    return { start: at, end: at, style: 'plain', tag, text: '', isCutShort: false };
  }

  /** To behind the bracket that closes a flow collection; only white space, indicators and comments stand before it. */
  private reachBracket(closer: number): void {
    const { text } = this;
    for (let at = this.lastEnd; at < text.length; at++) {
      const c = text.charCodeAt(at);
      if (c === closer) {
        this.note(at);
        this.reach(at + 1);
        return;
      }
      if (c === 35) at = lineEnd(text, at);
      // White space, `,`, `:` and `?`.
      else if (!isBlankOrBreak(c) && c !== 44 && c !== 58 && c !== 63) return;
    }
  }

  /** Finds the comments between the last token and the one that begins at `start`. */
  private note(start: number): void {
    while (this.nextHash < start) {
      const at = this.nextHash;
      // In a directive or behind an anchor a `#` may be a part of a word.
      const isComment = at === 0 || isBlankOrBreak(this.text.charCodeAt(at - 1));
      const end = isComment ? lineEnd(this.text, at) : at + 1;
      if (isComment) this.comments.push(this.place(at, end));
      this.nextHash = hashFrom(this.text, end);
    }
  }

  /** A token ends at `end`; `nodeEnd` is where the place of its node ends. */
  private reach(end: number, nodeEnd = end): void {
    if (end > this.lastEnd) {
      this.lastEnd = end;
      this.lastNodeEnd = nodeEnd;
    }
    if (this.nextHash < end) this.nextHash = hashFrom(this.text, end);
  }
}

interface Properties {
  readonly anchorStart: number;
  readonly anchorEnd: number;
  readonly tagStart: number;
  readonly tagEnd: number;
}

function documentFrame<N>(start: number): Frame<N> {
  const [tag, anchor, isFlow, isBracketed] = [undefined, undefined, false, false];
  return { kind: 'document', start, tag, anchor, isFlow, isBracketed, children: [], weight: 1, height: 1 };
}

function hashFrom(text: string, from: number): number {
  const at = text.indexOf('#', from);
  return at === -1 ? Number.POSITIVE_INFINITY : at;
}

function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
  return at;
}

function isBlankOrBreak(c: number): boolean {
  return c === 32 || c === 10 || c === 13 || c === 9 || c === 0xfeff;
}

/** Without the line breaks and blank lines at the end. */
function contentEnd(text: string, start: number, end: number): number {
  for (let at = end; at > start; ) {
    while (at > start && isBreak(text.charCodeAt(at - 1))) at--;
    let line = at;
    while (line > start && isBlank(text.charCodeAt(line - 1))) line--;
    if (line > start && !isBreak(text.charCodeAt(line - 1))) return at;
    at = line;
  }
  return start;
}

function isBreak(c: number): boolean {
  return c === 10 || c === 13;
}

function isBlank(c: number): boolean {
  return c === 32 || c === 9;
}
