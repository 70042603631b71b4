import {
  COMMENT_BLOCK,
  COMMENT_HASH,
  COMMENT_SIZE,
  COMMENT_SLASHES,
  DIAGNOSTIC_SIZE,
  MORE_ERRORS,
  maxDiagnostics,
  maxTokens,
  TOO_LONG,
  UNTERMINATED_COMMENT,
} from '../tape.js';
import { identifierLength } from './host.js';
import { allocate, isSame, pointAt, unitAt, write } from './memory.js';

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

const IDENTIFIER_START: u8 = 1;
const IDENTIFIER_PART: u8 = 2;
const DIGIT: u8 = 4;
/** A character that is a token of its own and begins no longer one. */
const SINGLE: u8 = 8;
/** Address of a table of what each ASCII character is, in the page before the text. */
const CLASSES: usize = 0x8000;

function setClass(from: i32, to: i32, flags: u8): void {
  for (let c = from; c <= to; c++) store<u8>(c, load<u8>(c, CLASSES) | flags, CLASSES);
}

/** Fills the table of characters. */
export function prepareClasses(): void {
  setClass(65, 90, IDENTIFIER_START | IDENTIFIER_PART);
  setClass(97, 122, IDENTIFIER_START | IDENTIFIER_PART);
  setClass(95, 95, IDENTIFIER_START | IDENTIFIER_PART);
  setClass(48, 57, IDENTIFIER_PART | DIGIT);
  setClass(45, 45, IDENTIFIER_PART);
  // ! " % ( ) * + , - . / : < = > ? [ ] { } ~
  setClass(33, 34, SINGLE);
  setClass(37, 37, SINGLE);
  setClass(40, 47, SINGLE);
  setClass(58, 58, SINGLE);
  setClass(60, 63, SINGLE);
  setClass(91, 91, SINGLE);
  setClass(93, 93, SINGLE);
  setClass(123, 123, SINGLE);
  setClass(125, 126, SINGLE);
}

function classOf(c: i32): u8 {
  return c < 128 ? load<u8>(c, CLASSES) : 0;
}

/** The current token. Strings and heredocs are only announced by their opening; whoever parses them sets `end` behind. */
export class Token {
  static kind: i32 = EOF;
  static start: i32 = 0;
  static end: i32 = 0;
  /** Where the token before it ended. */
  static previousEnd: i32 = 0;
}

export class Lexer {
  static limit: i32 = 0;
  /** Newlines are tokens; inside brackets they are white space. */
  static newlines: bool = true;
  /** Something swallowed the rest of the text. */
  static isCut: bool = false;
  /** The text was given up: what is not closed there is no error of its own. */
  static isTooLong: bool = false;
  static remaining: i32 = 0;
  static lastComment: i32 = 0;
  static lastDiagnostic: i32 = 0;
  static diagnosticCount: i32 = 0;
}

export function startLexer(start: i32, limit: i32): void {
  Token.kind = EOF;
  Token.start = start;
  Token.end = start;
  Token.previousEnd = start;
  Lexer.limit = limit;
  Lexer.newlines = true;
  Lexer.isCut = false;
  Lexer.isTooLong = false;
  Lexer.remaining = maxTokens;
  Lexer.lastComment = 0;
  Lexer.lastDiagnostic = 0;
  Lexer.diagnosticCount = 0;
}

function addDiagnostic(message: i32, start: i32, end: i32): i32 {
  const at = allocate(DIAGNOSTIC_SIZE);
  write(at, message);
  write(at + 1, start);
  write(at + 2, end);
  write(at + 3, 0);
  write(at + 4, 0);
  write(at + 5, 0);
  write(at + 6, Lexer.lastDiagnostic);
  Lexer.lastDiagnostic = at;
  Lexer.diagnosticCount++;
  return at;
}

/** Lists a diagnostic; its record, or 0 where no more are listed. */
export function note(message: i32, start: i32, end: i32): i32 {
  if (Lexer.diagnosticCount > maxDiagnostics || Lexer.isTooLong) return 0;
  return addDiagnostic(Lexer.diagnosticCount < maxDiagnostics ? message : MORE_ERRORS, start, end);
}

export function noteWith(message: i32, start: i32, end: i32, a: i32, b: i32, c: i32): void {
  const at = note(message, start, end);
  if (at === 0) return;
  write(at + 3, a);
  write(at + 4, b);
  write(at + 5, c);
}

function accept(kind: i32, start: i32, end: i32): i32 {
  Token.kind = kind;
  Token.start = start;
  Token.end = end;
  return kind;
}

/** Goes on to the next token and returns its kind. */
export function next(): i32 {
  const limit = Lexer.limit;
  const newlines = Lexer.newlines;
  let at = Token.end;
  Token.previousEnd = at;
  let c = 0;
  if (--Lexer.remaining < 0) at = cut(at);
  while (true) {
    if (at >= limit) return accept(EOF, limit, limit);
    c = unitAt(at);
    if (c === 32 || c === 9) at++;
    else if (c === 10) {
      if (newlines) return accept(NEWLINE, at, at + 1);
      at++;
    } else if (c === 13 && at + 1 < limit && unitAt(at + 1) === 10) {
      if (newlines) return accept(NEWLINE, at, at + 2);
      at += 2;
    } else if (c === 35) at = lineComment(at, COMMENT_HASH);
    else if (c === 47 && at + 1 < limit && unitAt(at + 1) === 47) at = lineComment(at, COMMENT_SLASHES);
    else if (c === 47 && at + 1 < limit && unitAt(at + 1) === 42) at = blockComment(at);
    else break;
  }
  const flags = classOf(c);
  if ((flags & IDENTIFIER_START) !== 0) return identifier(at, at + 1);
  if ((flags & DIGIT) !== 0) return number(at);
  if (c >= 128) return beyondAscii(at);
  return punctuation(c, at);
}

/** Gives the rest of the text up; where it ends. */
function cut(at: i32): i32 {
  if (!Lexer.isTooLong) {
    addDiagnostic(TOO_LONG, at, at);
    Lexer.isCut = true;
    Lexer.isTooLong = true;
  }
  return Lexer.limit;
}

function identifier(start: i32, from: i32): i32 {
  const limit = Lexer.limit;
  let at = from;
  while (at < limit) {
    const c = unitAt(at);
    if (c < 128) {
      if ((load<u8>(c, CLASSES) & IDENTIFIER_PART) === 0) break;
      at++;
    } else {
      const length = identifierLength(pointAt(at), false);
      if (length === 0) break;
      at += length;
    }
  }
  return accept(IDENTIFIER, start, at);
}

function beyondAscii(at: i32): i32 {
  const point = pointAt(at);
  const length = identifierLength(point, true);
  if (length > 0) return identifier(at, at + length);
  return accept(INVALID, at, at + (point > 0xffff && at + 1 < Lexer.limit ? 2 : 1));
}

/** Digits, dots and exponents as long as the last of them is not a dot: `1.2.3` is one (wrong) number, `1...` is not. */
function number(start: i32): i32 {
  const limit = Lexer.limit;
  let at = start + 1;
  let end = at;
  while (at < limit) {
    const c = unitAt(at);
    if (c >= 48 && c <= 57) end = ++at;
    else if (c === 46) at++;
    else if (c === 101 || c === 69) {
      const sign = unitAt(at + 1);
      const digit = at + (sign === 43 || sign === 45 ? 2 : 1);
      const d = unitAt(digit);
      if (!(digit < limit && d >= 48 && d <= 57)) break;
      at = digit + 1;
      end = at;
    } else break;
  }
  return accept(NUMBER, start, end);
}

function punctuation(c: i32, at: i32): i32 {
  const following = at + 1 < Lexer.limit ? unitAt(at + 1) : 0;
  const pair = pairKind(c, following);
  if (pair !== 0) return accept(pair, at, at + 2);
  if (c === 46 && following === 46 && at + 2 < Lexer.limit && unitAt(at + 2) === 46)
    return accept(ELLIPSIS, at, at + 3);
  if (c === 60 && following === 60) {
    const end = heredocOpening(at);
    if (end !== 0) return accept(HEREDOC, at, end);
  }
  return accept((classOf(c) & SINGLE) !== 0 ? c : INVALID, at, at + 1);
}

function pairKind(c: i32, following: i32): i32 {
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

/** The end of `<<EOT` or `<<-EOT` if a newline follows it; 0 otherwise. The newline is not part of the token. */
function heredocOpening(at: i32): i32 {
  const start = unitAt(at + 2) === 45 ? at + 3 : at + 2;
  const c = start < Lexer.limit ? unitAt(start) : 0;
  const length = c < 128 ? ((classOf(c) & IDENTIFIER_START) as i32) : identifierLength(pointAt(start), true);
  if (length === 0) return 0;
  identifier(at, start + length);
  const end = Token.end;
  const after = unitAt(end) === 13 ? end + 1 : end;
  return after < Lexer.limit && unitAt(after) === 10 ? end : 0;
}

function addComment(start: i32, end: i32, style: i32): void {
  const at = allocate(COMMENT_SIZE);
  write(at, start);
  write(at + 1, end);
  write(at + 2, style);
  write(at + 3, Lexer.lastComment);
  Lexer.lastComment = at;
}

function lineComment(start: i32, style: i32): i32 {
  const newline = findNewline(start);
  let end = newline === -1 ? Lexer.limit : newline;
  if (end > start && newline === end && unitAt(end - 1) === 13) end--;
  addComment(start, end, style);
  return end;
}

function blockComment(start: i32): i32 {
  const limit = Lexer.limit;
  let at = start + 2;
  while (at + 1 < limit && !(unitAt(at) === 42 && unitAt(at + 1) === 47)) at++;
  const isOpen = at + 1 >= limit;
  const end = isOpen ? limit : at + 2;
  addComment(start, end, COMMENT_BLOCK);
  if (isOpen) {
    Lexer.isCut = true;
    note(UNTERMINATED_COMMENT, start, start + 2);
  }
  return end;
}

/** Offset of the next newline before the limit, or -1. */
export function findNewline(from: i32): i32 {
  const limit = Lexer.limit;
  for (let at = from; at < limit; at++) if (unitAt(at) === 10) return at;
  return -1;
}

/** Go's `unicode.IsSpace`, which trimming and indentation follow. */
export function isSpace(c: i32): bool {
  if (c === 32 || (c >= 9 && c <= 13)) return true;
  if (c < 0x85) return false;
  return (
    c === 0x85 ||
    c === 0xa0 ||
    c === 0x1680 ||
    (c >= 0x2000 && c <= 0x200a) ||
    c === 0x2028 ||
    c === 0x2029 ||
    c === 0x202f ||
    c === 0x205f ||
    c === 0x3000
  );
}

/** Where the word begins that closes the heredoc whose opening begins here. */
export function markerStart(opening: i32): i32 {
  return opening + (unitAt(opening + 2) === 45 ? 3 : 2);
}

/** The end of a heredoc's marker if it stands alone on the line that begins here; -1 otherwise. */
export function markerEnd(lineStart: i32, marker: i32, length: i32): i32 {
  const limit = Lexer.limit;
  let at = lineStart;
  while (at < limit && unitAt(at) !== 10 && isSpace(unitAt(at))) at++;
  const end = at + length;
  if (end > limit || !isSame(at, marker, length)) return -1;
  at = end;
  while (at < limit && unitAt(at) !== 10 && isSpace(unitAt(at))) at++;
  return at >= limit || unitAt(at) === 10 ? end : -1;
}

/** Column of an offset, from 0, if only white space stands before it on its line; -1 otherwise. */
export function indentationOf(offset: i32): i32 {
  let at = offset - 1;
  while (at >= 0) {
    const c = unitAt(at);
    if (c === 10 || c === 0xfeff) break;
    if (c !== 32 && c !== 9) return -1;
    at--;
  }
  return offset - 1 - at;
}
