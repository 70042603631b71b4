import type { Diagnostic, DiagnosticCode } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import type { Comment } from './ast.js';
import { isSpace } from './template-parts.js';

/** Kinds of tokens; a single punctuation character is its own code. */
export const EOF = 0;
export const NEWLINE = 10;
export const IDENTIFIER = 256;
export const NUMBER = 257;
export const HEREDOC = 258;
export const EQUAL = 259;
export const NOT_EQUAL = 260;
export const LESS_EQUAL = 261;
export const GREATER_EQUAL = 262;
export const AND = 263;
export const OR = 264;
export const DOUBLE_COLON = 265;
export const ELLIPSIS = 266;
export const FAT_ARROW = 267;
/** `~}`, which ends a template sequence and trims what follows. */
export const TILDE_BRACE = 268;
export const INVALID = 269;
export const QUOTE = 34;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;

/** SAFETY: a file may be wrong in every line; the report need not grow with it. */
export const maxDiagnostics = 1_000;

/** SAFETY: a file of ten megabytes has some two million tokens; each takes a hundred bytes as a tree. */
export const maxTokens = 2_000_000;

const IDENTIFIER_START = 1;
const IDENTIFIER_PART = 2;
const DIGIT = 4;
const classes = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  const isLetter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;
  const isDigit = c >= 48 && c <= 57;
  if (isLetter) classes[c] = IDENTIFIER_START | IDENTIFIER_PART;
  else if (isDigit) classes[c] = IDENTIFIER_PART | DIGIT;
  else if (c === 45) classes[c] = IDENTIFIER_PART;
}
const unicodeStart = /^\p{ID_Start}$/u;
const unicodePart = /^\p{ID_Continue}$/u;

/** Characters that are a token of their own and begin no longer one. */
const single = new Uint8Array(128);
for (const c of '[](){},*/%+-?"~.:=<>!') single[c.charCodeAt(0)] = 1;

/** Length in UTF-16 units of the identifier character at an offset beyond ASCII; 0 where there is none. */
function unicodeIdentifierLength(text: string, at: number, pattern: RegExp): number {
  const point = text.codePointAt(at);
  if (point === undefined || !pattern.test(String.fromCodePoint(point))) return 0;
  return point > 0xffff ? 2 : 1;
}

/**
 * Reads one token at a time: `kind`, `start` and `end` are the current token. Strings and heredocs are only announced by
 * their opening; whoever parses them sets `end` behind them.
 */
export class Lexer {
  readonly source: SourceFile;
  readonly text: string;
  readonly limit: number;
  readonly comments: Comment[] = [];
  readonly diagnostics: Diagnostic[] = [];
  kind = EOF;
  start = 0;
  end = 0;
  /** Where the token before the current one ended. */
  previousEnd = 0;
  /** Newlines are tokens; inside brackets they are white space. */
  newlines = true;
  /** Something swallowed the rest of the text. */
  isCut = false;
  private remaining = maxTokens;
  /** The text was given up: what is not closed there is no error of its own. */
  protected isTooLong = false;

  constructor(source: SourceFile, start: number, limit: number) {
    this.source = source;
    this.text = source.text;
    this.limit = limit;
    this.start = start;
    this.end = start;
    this.previousEnd = start;
  }

  note(code: DiagnosticCode, message: string, start: number, end: number): void {
    const count = this.diagnostics.length;
    if (count > maxDiagnostics || this.isTooLong) return;
    const range = { file: this.source, start, end };
    if (count < maxDiagnostics) this.diagnostics.push({ code, message, range });
    else this.diagnostics.push({ code: 'limit-reached', message: 'The file has more errors than are listed.', range });
  }

  /** Goes on to the next token and returns its kind. */
  next(): number {
    const { text, limit } = this;
    this.previousEnd = this.end;
    let at = this.end;
    let c = 0;
    if (--this.remaining < 0) at = this.cut(at);
    for (;;) {
      if (at >= limit) return this.set(EOF, limit, limit);
      c = text.charCodeAt(at);
      if (c === 32 || c === 9) at++;
      else if (c === 10) {
        if (this.newlines) return this.set(NEWLINE, at, at + 1);
        at++;
      } else if (c === 13 && at + 1 < limit && text.charCodeAt(at + 1) === 10) {
        if (this.newlines) return this.set(NEWLINE, at, at + 2);
        at += 2;
      } else if (c === 35) at = this.lineComment(at, '#');
      else if (c === 47 && at + 1 < limit && text.charCodeAt(at + 1) === 47) at = this.lineComment(at, '//');
      else if (c === 47 && at + 1 < limit && text.charCodeAt(at + 1) === 42) at = this.blockComment(at);
      else break;
    }
    const characterClass = c < 128 ? (classes[c] ?? 0) : 0;
    if ((characterClass & IDENTIFIER_START) !== 0) return this.identifier(at, at + 1);
    if ((characterClass & DIGIT) !== 0) return this.number(at);
    if (c >= 128) return this.beyondAscii(at);
    return this.punctuation(c, at);
  }

  /** Gives the rest of the text up; where it ends. */
  private cut(at: number): number {
    if (!this.isTooLong) {
      const range = { file: this.source, start: at, end: at };
      const message = `The file is read up to here: it has more than ${maxTokens} words and signs.`;
      this.diagnostics.push({ code: 'limit-reached', message, range });
      this.isCut = true;
      this.isTooLong = true;
    }
    return this.limit;
  }

  private set(kind: number, start: number, end: number): number {
    this.kind = kind;
    this.start = start;
    this.end = end;
    return kind;
  }

  private identifier(start: number, from: number): number {
    const { text, limit } = this;
    let at = from;
    while (at < limit) {
      const c = text.charCodeAt(at);
      if (c < 128) {
        if (((classes[c] ?? 0) & IDENTIFIER_PART) === 0) break;
        at++;
      } else {
        const length = unicodeIdentifierLength(text, at, unicodePart);
        if (length === 0) break;
        at += length;
      }
    }
    return this.set(IDENTIFIER, start, at);
  }

  private beyondAscii(at: number): number {
    const length = unicodeIdentifierLength(this.text, at, unicodeStart);
    if (length > 0) return this.identifier(at, at + length);
    return this.set(INVALID, at, at + ((this.text.codePointAt(at) ?? 0) > 0xffff && at + 1 < this.limit ? 2 : 1));
  }

  /** Digits, dots and exponents as long as the last of them is not a dot: `1.2.3` is one (wrong) number, `1...` is not. */
  private number(start: number): number {
    const { text, limit } = this;
    let at = start + 1;
    let end = at;
    while (at < limit) {
      const c = text.charCodeAt(at);
      if (c >= 48 && c <= 57) end = ++at;
      else if (c === 46) at++;
      else if (c === 101 || c === 69) {
        const sign = text.charCodeAt(at + 1);
        const digit = at + (sign === 43 || sign === 45 ? 2 : 1);
        const d = text.charCodeAt(digit);
        if (!(digit < limit && d >= 48 && d <= 57)) break;
        at = digit + 1;
        end = at;
      } else break;
    }
    return this.set(NUMBER, start, end);
  }

  private punctuation(c: number, at: number): number {
    const following = at + 1 < this.limit ? this.text.charCodeAt(at + 1) : 0;
    const pair = pairKind(c, following);
    if (pair !== 0) return this.set(pair, at, at + 2);
    if (c === 46 && following === 46 && at + 2 < this.limit && this.text.charCodeAt(at + 2) === 46) {
      return this.set(ELLIPSIS, at, at + 3);
    }
    if (c === 60 && following === 60) {
      const end = this.heredocOpening(at);
      if (end !== 0) return this.set(HEREDOC, at, end);
    }
    return this.set((single[c] ?? 0) === 1 ? c : INVALID, at, at + 1);
  }

  /** The end of `<<EOT` or `<<-EOT` if a newline follows it; 0 otherwise. The newline is not part of the token. */
  private heredocOpening(at: number): number {
    const start = this.text.charCodeAt(at + 2) === 45 ? at + 3 : at + 2;
    const c = start < this.limit ? this.text.charCodeAt(start) : 0;
    const startLength =
      c < 128 ? (classes[c] ?? 0) & IDENTIFIER_START : unicodeIdentifierLength(this.text, start, unicodeStart);
    if (startLength === 0) return 0;
    this.identifier(at, start + startLength);
    const end = this.end;
    const after = this.text.charCodeAt(end) === 13 ? end + 1 : end;
    return after < this.limit && this.text.charCodeAt(after) === 10 ? end : 0;
  }

  private lineComment(start: number, style: '#' | '//'): number {
    const newline = this.find('\n', start);
    let end = newline === -1 ? this.limit : newline;
    if (end > start && newline === end && this.text.charCodeAt(end - 1) === 13) end--;
    this.comments.push({ start, end, style });
    return end;
  }

  private blockComment(start: number): number {
    const close = this.find('*/', start + 2);
    const isOpen = close === -1;
    const end = isOpen ? this.limit : close + 2;
    this.comments.push({ start, end, style: '/*' });
    if (isOpen) {
      this.isCut = true;
      this.note('hcl-unterminated-comment', 'The comment is not closed by "*/".', start, start + 2);
    }
    return end;
  }

  /** Offset of a text before the limit, or -1; never reads beyond the limit, or many short ranges would cost the file each. */
  protected find(text: string, from: number): number {
    if (this.limit === this.text.length) return this.text.indexOf(text, from);
    const found = this.text.slice(from, this.limit).indexOf(text);
    return found === -1 ? -1 : from + found;
  }

  is(kind: number): boolean {
    return this.kind === kind;
  }

  /** Whether the current token is this word. */
  isWord(word: string): boolean {
    return this.kind === IDENTIFIER && this.end - this.start === word.length && this.text.startsWith(word, this.start);
  }

  /** The word that closes the heredoc which the current token opens. */
  heredocMarker(): string {
    const from = this.text.charCodeAt(this.start + 2) === 45 ? 3 : 2;
    return this.text.slice(this.start + from, this.end);
  }

  /** The end of the heredoc's marker if it stands alone on the line that begins here; -1 otherwise. */
  markerEnd(lineStart: number, marker: string): number {
    const { text, limit } = this;
    let at = lineStart;
    while (at < limit && text.charCodeAt(at) !== 10 && isSpace(text.charCodeAt(at))) at++;
    if (!text.startsWith(marker, at)) return -1;
    const end = at + marker.length;
    if (end > limit) return -1;
    at = end;
    while (at < limit && text.charCodeAt(at) !== 10 && isSpace(text.charCodeAt(at))) at++;
    return at >= limit || text.charCodeAt(at) === 10 ? end : -1;
  }

  /** Column of an offset, from 0, if only white space stands before it on its line; undefined otherwise. */
  indentationOf(offset: number): number | undefined {
    let at = offset - 1;
    while (at >= 0) {
      const c = this.text.charCodeAt(at);
      if (c === 10 || c === 0xfeff) break;
      if (c !== 32 && c !== 9) return undefined;
      at--;
    }
    return offset - 1 - at;
  }
}

function pairKind(c: number, following: number): number {
  if (following === 61) {
    if (c === 61) return EQUAL;
    if (c === 33) return NOT_EQUAL;
    if (c === 60) return LESS_EQUAL;
    if (c === 62) return GREATER_EQUAL;
    return 0;
  }
  if (c === 61 && following === 62) return FAT_ARROW;
  if (c !== following) return c === 126 && following === CLOSE_BRACE ? TILDE_BRACE : 0;
  if (c === 38) return AND;
  if (c === 124) return OR;
  if (c === 58) return DOUBLE_COLON;
  return 0;
}
