/** A stretch of a decoded scalar and where it is written; `isVerbatim`: one unit of the value is one of the source. */
export interface ScalarPiece {
  readonly at: number;
  readonly start: number;
  readonly length: number;
  readonly isVerbatim: boolean;
}

/**
 * Where the text of a scalar is written that stands at `start` to `end` of a source, quotes and a block's header included,
 * in order and without gaps in the value. What is not written as it is read (an escape, a folded line end) is a piece of its
 * own. A line break that a block scalar ends with stands behind `end`.
 */
export function scalarPieces(source: string, start: number, end: number, value: string): readonly ScalarPiece[] {
  const first = source.charCodeAt(start);
  const pieces = new Pieces(source);
  if (first === DOUBLE || first === SINGLE) flowScalar(pieces, start + 1, end - 1, first);
  else if (first === PIPE || first === GREATER) blockScalar(pieces, start, value, first === GREATER);
  else flowScalar(pieces, start, end, 0);
  return pieces.list;
}

const DOUBLE = 34;
const SINGLE = 39;
const PIPE = 124;
const GREATER = 62;
const BACKSLASH = 92;

/** Collects pieces; verbatim stretches that go on where the last one ended become one. */
class Pieces {
  readonly list: ScalarPiece[] = [];
  /** How much of the value is told. */
  at = 0;

  constructor(readonly source: string) {}

  verbatim(start: number, end: number): void {
    if (end <= start) return;
    const last = this.list[this.list.length - 1];
    if (last?.isVerbatim === true && last.start + last.length === start) {
      this.list[this.list.length - 1] = { at: last.at, start: last.start, length: end - last.start, isVerbatim: true };
    } else this.list.push({ at: this.at, start, length: end - start, isVerbatim: true });
    this.at += end - start;
  }

  /** What is written at `start` stands for `length` units. */
  other(start: number, length: number): void {
    if (length === 0) return;
    this.list.push({ at: this.at, start, length, isVerbatim: false });
    this.at += length;
  }

  /** The line break at `start` as the value's `\n`. */
  newline(start: number): void {
    if (this.source.charCodeAt(start) === 10) this.verbatim(start, start + 1);
    else this.other(start, 1);
  }
}

/** `plain`, `'single'` and `"double"`: blanks around a line break go with it, one break is a space, more are one less. */
function flowScalar(pieces: Pieces, start: number, end: number, quote: number): void {
  const { source } = pieces;
  let captured = start;
  let captureEnd = start;
  for (let at = start; at < end; ) {
    const c = source.charCodeAt(at);
    if (c === 10 || c === 13) {
      pieces.verbatim(captured, captureEnd);
      const fold = skipBreaks(source, at, end);
      pieces.other(captureEnd, fold.breaks === 1 ? 1 : fold.breaks - 1);
      at = captured = captureEnd = fold.at;
    } else if (c === BACKSLASH && quote === DOUBLE) {
      pieces.verbatim(captured, at);
      at = captured = captureEnd = escapeSequence(pieces, at, end);
    } else if (c === SINGLE && quote === SINGLE) {
      pieces.verbatim(captured, at);
      pieces.other(at, 1);
      at = captured = captureEnd = at + 2;
    } else {
      at++;
      if (c !== 32 && c !== 9) captureEnd = at;
    }
  }
  pieces.verbatim(captured, end);
}

/** Behind the escape at `start`. */
function escapeSequence(pieces: Pieces, start: number, end: number): number {
  const { source } = pieces;
  const c = source.charCodeAt(start + 1);
  if (c === 10 || c === 13) return skipBreaks(source, start + 1, end).at;
  const digits = c === 120 ? 2 : c === 117 ? 4 : c === 85 ? 8 : 0;
  const isPair = digits === 8 && Number.parseInt(source.slice(start + 2, start + 10), 16) > 0xffff;
  pieces.other(start, isPair ? 2 : 1);
  return start + 2 + digits;
}

function skipBreaks(source: string, start: number, end: number): { readonly at: number; readonly breaks: number } {
  let breaks = 0;
  let at = start;
  for (; at < end; at++) {
    const c = source.charCodeAt(at);
    if (c === 10 || c === 13) {
      breaks++;
      if (c === 13 && source.charCodeAt(at + 1) === 10) at++;
    } else if (c !== 32 && c !== 9) break;
  }
  return { at, breaks };
}

/** A block scalar by its lines. How far they are indented is what the value's first line with content lacks of its line. */
function blockScalar(pieces: Pieces, header: number, value: string, isFolded: boolean): void {
  const { source } = pieces;
  const contentLength = value.replace(/\n+$/, '').length;
  let line = afterBreak(source, lineEnd(source, header));
  const indent = contentIndent(source, line, value);
  // Line breaks since the last line with content.
  let breaks: number[] = [];
  let hasContent = false;
  let wasMoreIndented = false;
  while (pieces.at < contentLength && line < source.length) {
    const end = lineEnd(source, line);
    const start = contentStart(source, line, end, indent);
    if (start < end) {
      const isMoreIndented = source.charCodeAt(start) === 32 || source.charCodeAt(start) === 9;
      if (isFolded && hasContent && !isMoreIndented && !wasMoreIndented) {
        // One break is a space; of more the first does not count.
        if (breaks.length === 1) pieces.other(breaks[0] ?? line, 1);
        else for (const at of breaks.slice(1)) pieces.newline(at);
      } else for (const at of breaks) pieces.newline(at);
      pieces.verbatim(start, end);
      wasMoreIndented = isMoreIndented;
      hasContent = true;
      breaks = [];
    }
    breaks.push(end);
    line = afterBreak(source, end);
  }
  for (const at of breaks) if (pieces.at < value.length) pieces.newline(at);
  // The breaks of blank lines at the end, or one that the end of the file lacks.
  while (pieces.at < value.length) {
    const end = lineEnd(source, line);
    pieces.newline(end);
    line = afterBreak(source, end);
  }
}

function contentIndent(source: string, firstLine: number, value: string): number {
  const content = /[^\n]/.exec(value)?.index;
  if (content === undefined) return 0;
  let line = firstLine;
  for (let blank = 0; blank < content; blank++) line = afterBreak(source, lineEnd(source, line));
  return spacesAt(source, line) - spacesAt(value, content);
}

function spacesAt(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32) at++;
  return at - from;
}

/** Where the content of a line begins; its end if it is blank. */
function contentStart(source: string, line: number, end: number, indent: number): number {
  return line + Math.min(spacesAt(source, line), indent) >= end ? end : line + indent;
}

function lineEnd(source: string, from: number): number {
  let at = from;
  while (at < source.length && source.charCodeAt(at) !== 10 && source.charCodeAt(at) !== 13) at++;
  return at;
}

function afterBreak(source: string, at: number): number {
  if (at >= source.length) return source.length;
  return source.charCodeAt(at) === 13 && source.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
}
