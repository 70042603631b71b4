import {
  CONSTANT,
  DATA_SHIFT,
  DECODED,
  DIRECTIVE_NOT_CLOSED,
  DIRECTIVE_WITHOUT_OPENING,
  DIRECTIVES_TOO_DEEP,
  ELSE,
  END_FOR,
  END_IF,
  ERROR,
  EXPECTED_SEQUENCE_END,
  FOR_PART,
  FORM_BARE,
  FORM_HEREDOC,
  FORM_QUOTED,
  HEREDOC_WITHOUT_NEWLINE,
  HIGH,
  IF,
  INTERPOLATION,
  INVALID_ESCAPE,
  LINE_START,
  maxNestingDepth,
  PLAIN,
  SETTLED,
  TEMPLATE,
  TEXT,
  UNCLOSED_SEQUENCE,
  UNKNOWN_DIRECTIVE,
  UNTERMINATED_HEREDOC,
  UNTERMINATED_STRING,
} from '../tape.js';
import {
  CLOSE_BRACE,
  EOF,
  findNewline,
  isSpace,
  Lexer,
  markerEnd,
  markerStart,
  NEWLINE,
  next,
  note,
  noteWith,
  OPEN_BRACE,
  QUOTE,
  TILDE_BRACE,
  Token,
} from './lexer.js';
import {
  allocate,
  decodedAt,
  decodedEnd,
  endOf,
  moveList,
  pointAt,
  push,
  pushUnit,
  pushUnits,
  read,
  record,
  release,
  stackAt,
  stackTop,
  startOf,
  truncateStack,
  unitAt,
  write,
} from './memory.js';
import {
  BACKSLASH,
  DOLLAR,
  fail,
  failUnexpected,
  failWith,
  grow,
  isWord,
  kindOf,
  MINUS,
  Parser,
  PERCENT,
  parseExpression,
  parseForHeader,
  skipQuoted,
  TILDE,
  WORD_ELSE,
  WORD_ENDFOR,
  WORD_ENDIF,
  WORD_FOR,
  WORD_IF,
} from './parser.js';

/** A unit from here on may be part of what normalisation changes. */
const FIRST_HIGH = 0x300;
const NO_INDENTATION = 0x7fffffff;
/** Integers of a TEXT. */
const TEXT_SIZE = 5;

/** What is known of the template that is being read; whoever reads an inner one keeps it meanwhile. */
class Template {
  /** Where its tokens begin on the stack. */
  static base: i32 = 0;
  static isFlush: bool = false;
  static isLineStart: bool = false;
  static smallest: i32 = NO_INDENTATION;
  static isHigh: bool = false;
  /** How deep its directives are nested. */
  static depth: i32 = 0;
}

/** From the opening quote; `end` is then behind the closing one. */
export function parseQuoted(): i32 {
  const limit = Lexer.limit;
  const start = Token.start;
  let at = start + 1;
  let flags = PLAIN | CONSTANT;
  while (at < limit) {
    const c = unitAt(at);
    if (c < 93) {
      if (c === QUOTE) {
        Token.end = at + 1;
        Parser.height = 2;
        return record(flags, start, at + 1, 0);
      }
      if (c === BACKSLASH || c === 10 || c === 13) break;
      if (c === DOLLAR || c === PERCENT) {
        const following = unitAt(at + 1);
        if (following === OPEN_BRACE || following === c) break;
      }
    } else if (c >= FIRST_HIGH) flags |= HIGH;
    at++;
  }
  return finishTemplate(FORM_QUOTED, start, start + 1, 0, 0);
}

export function parseHeredoc(): i32 {
  const start = Token.start;
  const marker = markerStart(start);
  const length = Token.end - marker;
  const content = Token.end + (unitAt(Token.end) === 13 ? 2 : 1);
  return finishTemplate(FORM_HEREDOC, start, content, marker, length);
}

/** The text between `start` and the limit as a template without delimiters. */
export function parseBareTemplate(): i32 {
  return finishTemplate(FORM_BARE, Token.start, Token.start, 0, 0);
}

function finishTemplate(form: i32, start: i32, content: i32, marker: i32, markerLength: i32): i32 {
  const outerBrackets = Parser.openBrackets;
  const outerBase = Template.base;
  const outerFlush = Template.isFlush;
  const outerLineStart = Template.isLineStart;
  const outerSmallest = Template.smallest;
  const outerHigh = Template.isHigh;
  const base = stackTop();
  Template.base = base;
  Template.isFlush = form === FORM_HEREDOC && unitAt(start + 2) === MINUS;
  Template.isLineStart = true;
  Template.smallest = NO_INDENTATION;
  Template.isHigh = false;
  Parser.height = 1;
  Parser.depth++;
  const height = scanTemplate(form, content, marker, markerLength);
  Parser.depth--;
  const end = Token.end;
  if (Parser.isPanicking) {
    // The string ends where its line does; the brackets that were open inside it are gone with it.
    Parser.openBrackets = outerBrackets;
    next();
  }
  settleTop();
  if (Template.isFlush && Template.smallest > 0) removeIndentation(Template.smallest);
  mergeTexts();
  const result = nestDirectives(form, start, end);
  Parser.height = height + Template.depth;
  Template.base = outerBase;
  Template.isFlush = outerFlush;
  Template.isLineStart = outerLineStart;
  Template.smallest = outerSmallest;
  Template.isHigh = outerHigh;
  grow(Parser.height, start);
  return result;
}

/**
 * Splits a template into tokens on the stack and sets `end` behind its closing delimiter. Literal text is one token in a
 * quoted string and one a line elsewhere, which is how far `~` trims. Returns the height of the highest expression.
 */
function scanTemplate(form: i32, from: i32, marker: i32, markerLength: i32): i32 {
  const limit = Lexer.limit;
  const opening = Token.start;
  const isQuoted = form === FORM_QUOTED;
  let height = 1;
  let at = from;
  let runStart = from;
  let sliceStart = from;
  // Where the run's value begins among the decoded units; -1 as long as it is as written.
  let decoded = -1;
  let isTrimmed = false;
  let isLineStart = form === FORM_HEREDOC;
  while (true) {
    if (isLineStart) {
      isLineStart = false;
      const end = markerEnd(at, marker, markerLength);
      if (end !== -1) {
        closeHeredoc(end, marker, markerLength);
        return height;
      }
    }
    if (at >= limit) {
      pushText(runStart, sliceStart, at, decoded, isTrimmed);
      Token.end = limit;
      if (form !== FORM_BARE) failOpenTemplate(isQuoted, opening, marker, markerLength);
      return height;
    }
    const c = unitAt(at);
    if (c > PERCENT && c !== BACKSLASH) {
      if (c >= FIRST_HIGH) Template.isHigh = true;
      at++;
    } else if (c === DOLLAR || c === PERCENT) {
      const following = at + 1 < limit ? unitAt(at + 1) : 0;
      if (following === OPEN_BRACE) {
        pushText(runStart, sliceStart, at, decoded, isTrimmed);
        decoded = -1;
        isTrimmed = parseSequence(form, at);
        height = max(height, Parser.height);
        at = Token.end;
        runStart = at;
        sliceStart = at;
        if (Parser.isPanicking) return height;
      } else if (following === c && at + 2 < limit && unitAt(at + 2) === OPEN_BRACE) {
        if (decoded < 0) decoded = beginDecoded();
        pushUnits(false, sliceStart, at + 1);
        sliceStart = at + 2;
        at += 3;
      } else at++;
    } else if (c === 10 || (c === 13 && isQuoted)) {
      if (isQuoted) {
        pushText(runStart, sliceStart, at, decoded, isTrimmed);
        Token.end = at;
        failOpenTemplate(true, opening, marker, markerLength);
        return height;
      }
      at++;
      pushText(runStart, sliceStart, at, decoded, isTrimmed);
      isTrimmed = false;
      decoded = -1;
      runStart = at;
      sliceStart = at;
      isLineStart = form === FORM_HEREDOC;
    } else if (isQuoted && c === QUOTE) {
      pushText(runStart, sliceStart, at, decoded, isTrimmed);
      Token.end = at + 1;
      return height;
    } else if (isQuoted && c === BACKSLASH) {
      if (decoded < 0) decoded = beginDecoded();
      pushUnits(false, sliceStart, at);
      parseEscape(at);
      at = Token.end;
      sliceStart = at;
    } else at++;
  }
}

function closeHeredoc(end: i32, marker: i32, markerLength: i32): void {
  if (Parser.isFile && findNewline(end) === -1) {
    noteWith(HEREDOC_WITHOUT_NEWLINE, end, end, marker, marker + markerLength, 0);
  }
  Token.end = end;
}

function failOpenTemplate(isQuoted: bool, opening: i32, marker: i32, markerLength: i32): void {
  if (isQuoted) {
    fail(UNTERMINATED_STRING, opening, Token.end);
    return;
  }
  failWith(UNTERMINATED_HEREDOC, opening, opening + 2, marker, marker + markerLength, 0);
  Lexer.isCut = true;
}

// ---- texts: TEXT records, whose value stands in the text or in the decoded units ----------------------------------------

function isDecoded(text: i32): bool {
  return (read(text) & DECODED) !== 0;
}

function valueUnit(isInDecoded: bool, at: i32): i32 {
  return isInDecoded ? decodedAt(at) : unitAt(at);
}

/** From here on the value of a run of text is not as it is written. */
function beginDecoded(): i32 {
  // So that the units of neighbouring texts follow on one another, which lets them be merged without a copy each.
  settleTop();
  mergeTexts();
  return decodedEnd();
}

/** Pushes the run of text that ends here, if there is any. */
function pushText(runStart: i32, sliceStart: i32, end: i32, decoded: i32, isTrimmed: bool): void {
  if (end <= runStart) return;
  let flags = TEXT;
  let from = sliceStart;
  let to = end;
  if (decoded >= 0) {
    pushUnits(false, sliceStart, end);
    flags |= DECODED;
    from = decoded;
    to = decodedEnd();
  }
  if (isTrimmed) while (from < to && isSpace(valueUnit(decoded >= 0, from))) from++;
  settleTop();
  mergeTexts();
  const text = record(flags, runStart, end, 2);
  write(text + 3, from);
  write(text + 4, to);
  push(text);
}

function trimEnd(text: i32): void {
  const from = read(text + 3);
  let to = read(text + 4);
  while (to > from && isSpace(valueUnit(isDecoded(text), to - 1))) to--;
  write(text + 4, to);
}

/** Takes the part of the token on top in the indentation of a `<<-` heredoc; nothing is trimmed from it any more. */
function settleTop(): void {
  if (!Template.isFlush || stackTop() === Template.base) return;
  const top = stackAt(stackTop() - 1);
  const header = read(top);
  if ((header & SETTLED) !== 0) return;
  write(top, header | SETTLED);
  const isLineStart = Template.isLineStart;
  Template.isLineStart = false;
  let spaces = 0;
  if (kindOf(top) === TEXT) {
    const from = read(top + 3);
    const to = read(top + 4);
    const isInDecoded = isDecoded(top);
    const isWholeLine = to > from && valueUnit(isInDecoded, to - 1) === 10;
    Template.isLineStart = isWholeLine;
    if (!isLineStart) return;
    while (from + spaces < to && isSpace(valueUnit(isInDecoded, from + spaces))) spaces++;
    if (isWholeLine && spaces === to - from) return;
    write(top, header | SETTLED | LINE_START);
  } else if (!isLineStart) return;
  if (spaces < Template.smallest) Template.smallest = spaces;
}

/** Makes one of the two texts on top, if there are two. */
function mergeTexts(): void {
  const top = stackTop();
  if (top - Template.base < 2) return;
  const first = stackAt(top - 2);
  const second = stackAt(top - 1);
  if (kindOf(first) !== TEXT || kindOf(second) !== TEXT) return;
  truncateStack(top - 1);
  appendText(first, second);
  // A heredoc of a million lines needs no million records.
  release(second, TEXT_SIZE);
}

function appendText(first: i32, second: i32): void {
  write(first + 2, endOf(second));
  const from = read(second + 3);
  const to = read(second + 4);
  if (from === to) return;
  const start = read(first + 3);
  const end = read(first + 4);
  if (end === from && isDecoded(first) === isDecoded(second)) {
    write(first + 4, to);
    return;
  }
  if (!isDecoded(first) || end !== decodedEnd()) {
    const copy = decodedEnd();
    pushUnits(isDecoded(first), start, end);
    write(first, read(first) | DECODED);
    write(first + 3, copy);
  }
  pushUnits(isDecoded(second), from, to);
  write(first + 4, decodedEnd());
}

/**
 * Removes the smallest indentation of a `<<-` heredoc's lines. It works on what trimming has left: a line whose newline
 * was trimmed away joins the next one, which then keeps its indentation. Lines of nothing but white space keep it too.
 */
function removeIndentation(smallest: i32): void {
  const top = stackTop();
  for (let i = Template.base; i < top; i++) {
    const token = stackAt(i);
    if (kindOf(token) === TEXT) removeFrom(token, smallest);
  }
}

function removeFrom(text: i32, smallest: i32): void {
  const header = read(text);
  const isInDecoded = (header & DECODED) !== 0;
  const end = read(text + 4);
  let at = read(text + 3);
  let isLineStart = (header & LINE_START) !== 0;
  const copy = decodedEnd();
  while (at < end) {
    const line = at;
    let isBlank = true;
    let c = 0;
    while (at < end) {
      c = valueUnit(isInDecoded, at++);
      if (c === 10) break;
      if (isBlank && !isSpace(c)) isBlank = false;
    }
    const isKept = !isLineStart || (isBlank && c === 10);
    pushUnits(isInDecoded, isKept ? line : line + smallest, at);
    isLineStart = c === 10;
  }
  write(text, header | DECODED);
  write(text + 3, copy);
  write(text + 4, decodedEnd());
}

// ---- escapes and sequences ------------------------------------------------------------------------------------------

/** Pushes what an escape stands for; `end` is then behind it. */
function parseEscape(at: i32): void {
  const limit = Lexer.limit;
  const c = at + 1 < limit ? unitAt(at + 1) : 0;
  Token.end = min(at + 2, limit);
  const simple = simpleEscape(c);
  if (simple !== 0) {
    pushUnit(simple);
    return;
  }
  if (c === 10 || c === 13 || at + 1 >= limit) {
    Token.end = at + 1;
    return;
  }
  if (c === 117 || c === 85) {
    const length = c === 117 ? 4 : 8;
    const point = hexadecimal(at + 2, length);
    if (point >= 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)) {
      Token.end = at + 2 + length;
      pushPoint(point);
      return;
    }
  }
  const character = pointAt(at + 1);
  Token.end = at + (character > 0xffff ? 3 : 2);
  note(INVALID_ESCAPE, at, Token.end);
  pushPoint(character);
}

function simpleEscape(c: i32): i32 {
  if (c === 110) return 10;
  if (c === 114) return 13;
  if (c === 116) return 9;
  return c === QUOTE || c === BACKSLASH ? c : 0;
}

function pushPoint(point: i32): void {
  if (point >= FIRST_HIGH) Template.isHigh = true;
  if (point > 0xffff) {
    pushUnit(0xd800 + ((point - 0x10000) >> 10));
    pushUnit(0xdc00 + ((point - 0x10000) & 0x3ff));
  } else pushUnit(point);
}

/** The number that so many hexadecimal digits are; -1 where they are none, or too large for a code point. */
function hexadecimal(start: i32, length: i32): i32 {
  if (start + length > Lexer.limit) return -1;
  let value = 0;
  for (let at = start; at < start + length; at++) {
    const c = unitAt(at);
    const lower = c | 32;
    if (c >= 48 && c <= 57) value = value * 16 + (c - 48);
    else if (lower >= 97 && lower <= 102) value = value * 16 + (lower - 87);
    else return -1;
    if (value > 0x10ffff) return -1;
  }
  return value;
}

function expressionPart(kind: i32, start: i32, end: i32, expression: i32): i32 {
  // An `if` gets its two lists behind the condition.
  const at = record(kind, start, end, 3);
  write(at + 3, expression);
  write(at + 4, 0);
  write(at + 5, 0);
  return at;
}

/** `${…}` or `%{…}`; `end` is then behind it. Returns whether what follows is to be trimmed. */
function parseSequence(form: i32, at: i32): bool {
  const newlines = Lexer.newlines;
  const openBrackets = Parser.openBrackets;
  const top = stackTop();
  const isDirective = unitAt(at) === PERCENT;
  const isTrimming = at + 2 < Lexer.limit && unitAt(at + 2) === TILDE;
  if (isTrimming && top > Template.base) {
    const last = stackAt(top - 1);
    if (kindOf(last) === TEXT && endOf(last) === at) trimEnd(last);
  }
  Token.end = at + (isTrimming ? 3 : 2);
  Lexer.newlines = false;
  next();
  Parser.height = 1;
  let token = isDirective ? parseDirective(at) : expressionPart(INTERPOLATION, at, at, parseExpression());
  const kind = Token.kind;
  if (!Parser.isPanicking && kind !== CLOSE_BRACE && kind !== TILDE_BRACE) {
    if (kind === EOF || kind === QUOTE) fail(UNCLOSED_SEQUENCE, at, at + 2);
    else failUnexpected(EXPECTED_SEQUENCE_END);
  }
  const isBroken = Parser.isPanicking;
  if (isBroken) recoverSequence(form);
  const isTrimmingNext = !isBroken && Token.kind === TILDE_BRACE;
  Lexer.newlines = newlines;
  Parser.openBrackets = openBrackets;
  truncateStack(top);
  if (isBroken) token = expressionPart(INTERPOLATION, at, at, record(ERROR, at, Token.end, 0));
  write(token + 2, Token.end);
  settleTop();
  mergeTexts();
  push(token);
  return isTrimmingNext;
}

function parseDirective(start: i32): i32 {
  let kind = 0;
  if (isWord(WORD_ELSE)) kind = ELSE;
  else if (isWord(WORD_ENDIF)) kind = END_IF;
  else if (isWord(WORD_ENDFOR)) kind = END_FOR;
  if (kind !== 0) {
    next();
    return record(kind, start, start, 0);
  }
  if (isWord(WORD_IF)) {
    next();
    return expressionPart(IF, start, start, parseExpression());
  }
  if (isWord(WORD_FOR)) return parseForHeader(FOR_PART, start, 1);
  fail(UNKNOWN_DIRECTIVE, Token.start, Token.end);
  return 0;
}

/**
 * After an error inside `${…}`: goes on behind its closing brace if that is on the same line. Otherwise a heredoc goes on
 * at the end of the line, and a quoted string is given up there. Sets `end`.
 */
function recoverSequence(form: i32): void {
  const isQuoted = form === FORM_QUOTED;
  for (let at = Token.previousEnd; at < Token.start; at++) {
    if (unitAt(at) !== 10) continue;
    Token.end = at;
    Parser.isPanicking = isQuoted;
    return;
  }
  Lexer.newlines = true;
  let braces = 0;
  let isFirst = true;
  while (true) {
    const kind = Token.kind;
    if (kind === EOF || kind === NEWLINE || (kind === QUOTE && isFirst && isQuoted)) {
      Token.end = Token.start;
      Parser.isPanicking = isQuoted && kind !== QUOTE;
      return;
    }
    isFirst = false;
    if (kind === OPEN_BRACE) braces++;
    else if (kind === CLOSE_BRACE || kind === TILDE_BRACE) {
      if (braces-- === 0) {
        Parser.isPanicking = false;
        return;
      }
    } else if (kind === QUOTE) skipQuoted();
    next();
  }
}

// ---- directives -----------------------------------------------------------------------------------------------------

/** Address of the open directives: the opening's record, where its content lies on the stack, the content of its `if`. */
const FRAMES: usize = 0xd000;
const FRAME_SIZE: usize = 12;

function frame(index: i32): usize {
  return FRAMES + (index as usize) * FRAME_SIZE;
}

function takeList(base: i32): i32 {
  const count = stackTop() - base;
  const list = allocate(1 + count);
  moveList(list, count, base);
  return list;
}

/**
 * Makes a template of the tokens on the stack, directives nested over their contents. Where they are unbalanced, that is
 * said and an erroneous part stands in the template, so that what is there is not taken for the whole.
 */
function nestDirectives(form: i32, start: i32, end: i32): i32 {
  const base = Template.base;
  const top = stackTop();
  let frames = 0;
  let depth = 0;
  let constant = CONSTANT;
  let problem = 0;
  let cause = 0;
  for (let i = base; i < top; i++) {
    const token = stackAt(i);
    const kind = kindOf(token);
    if (kind === TEXT) {
      if (Template.isHigh) write(token, read(token) | HIGH);
      push(token);
    } else if (kind === INTERPOLATION) {
      constant = 0;
      push(token);
    } else if (kind === IF || kind === FOR_PART) {
      constant = 0;
      if (frames === maxNestingDepth) {
        depth = frames + 1;
        problem = DIRECTIVES_TOO_DEEP;
        cause = token;
        break;
      }
      store<i32>(frame(frames), token);
      store<i32>(frame(frames), stackTop(), 4);
      store<i32>(frame(frames), 0, 8);
      frames++;
      depth = max(depth, frames);
    } else if (frames === 0 || !fits(kind, frame(frames - 1))) {
      problem = DIRECTIVE_WITHOUT_OPENING;
      cause = token;
      break;
    } else if (kind === ELSE) store<i32>(frame(frames - 1), takeList(load<i32>(frame(frames - 1), 4)), 8);
    else push(closeDirective(frame(--frames), endOf(token)));
  }
  if (problem === 0 && frames > 0) {
    problem = DIRECTIVE_NOT_CLOSED;
    cause = load<i32>(frame(frames - 1));
  }
  if (problem !== 0) {
    constant = 0;
    if (frames > 0) truncateStack(load<i32>(frame(0), 4));
    const last = endOf(stackAt(top - 1));
    const from = startOf(cause);
    push(expressionPart(INTERPOLATION, from, last, record(ERROR, from, last, 0)));
    if (!Parser.isPanicking) noteWith(problem, from, endOf(cause), kindOf(cause), 0, 0);
  }
  Template.depth = depth;
  const count = stackTop() - top;
  const result = record(TEMPLATE | constant | (form << DATA_SHIFT), start, end, 1 + count);
  moveList(result + 3, count, top);
  truncateStack(base);
  return result;
}

function fits(kind: i32, open: usize): bool {
  const opening = kindOf(load<i32>(open));
  if (kind === END_FOR) return opening === FOR_PART;
  if (opening !== IF) return false;
  return kind === END_IF || load<i32>(open, 8) === 0;
}

function closeDirective(open: usize, end: i32): i32 {
  const opening = load<i32>(open);
  const content = takeList(load<i32>(open, 4));
  write(opening + 2, end);
  if (kindOf(opening) === FOR_PART) write(opening + 8, content);
  else {
    const whenTrue = load<i32>(open, 8);
    write(opening + 4, whenTrue === 0 ? content : whenTrue);
    write(opening + 5, whenTrue === 0 ? 0 : content);
  }
  return opening;
}
