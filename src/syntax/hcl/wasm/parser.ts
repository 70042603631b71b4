import {
  ARGUMENT_WITHOUT_NEWLINE,
  ATTRIBUTE,
  BINARY,
  BLOCK,
  BLOCK_WITHOUT_NEWLINE,
  BODY,
  BRACE_ON_ANOTHER_LINE,
  CALL,
  CHAINED_INDEXES,
  CONDITIONAL,
  CONSTANT,
  DATA_SHIFT,
  DUPLICATE_ARGUMENT,
  ERROR,
  EXPECTED_CALL,
  EXPECTED_CALL_END,
  EXPECTED_CLOSING_PARENTHESIS,
  EXPECTED_COMMA,
  EXPECTED_ELSE,
  EXPECTED_END,
  EXPECTED_FOR_COLON,
  EXPECTED_FUNCTION,
  EXPECTED_IN,
  EXPECTED_ITEM,
  EXPECTED_LABEL,
  EXPECTED_NEWLINE_AFTER_ARGUMENT,
  EXPECTED_NEWLINE_AFTER_BLOCK,
  EXPECTED_OBJECT_VALUE,
  EXPECTED_VALUE,
  EXPECTED_VARIABLE,
  FALSE,
  FOR,
  FOR_LIST_GROUPED,
  FOR_LIST_WITH_KEY,
  FOR_OBJECT_WITHOUT_KEY,
  FOUND_END_OF_LINE,
  FOUND_END_OF_TEXT,
  FOUND_TOKEN,
  GET_ATTRIBUTE,
  IN_CALL,
  IN_FOR,
  IN_INDEX,
  IN_LIST,
  IN_OBJECT,
  IN_PARENTHESIS,
  INDEX,
  INVALID_CHARACTER,
  KIND_MASK,
  LABEL,
  MARK,
  MISSING_ATTRIBUTE_NAME,
  MISSING_VALUE,
  maxNestingDepth,
  NEITHER_ARGUMENT_NOR_BLOCK,
  NOT_A_NUMBER,
  NULL,
  OBJECT,
  ONE_LINE_BLOCK_OF_MORE,
  ONE_LINE_BLOCK_OPEN,
  OPERATOR_AND,
  OPERATOR_DIVIDE,
  OPERATOR_EQUAL,
  OPERATOR_GREATER,
  OPERATOR_GREATER_EQUAL,
  OPERATOR_LESS,
  OPERATOR_LESS_EQUAL,
  OPERATOR_MINUS,
  OPERATOR_MODULO,
  OPERATOR_NOT_EQUAL,
  OPERATOR_OR,
  OPERATOR_PLUS,
  OPERATOR_TIMES,
  PARENTHESIS,
  PLAIN,
  QUOTED_NAME,
  SPLAT,
  STAR_NOT_CLOSED,
  STEP_ATTRIBUTE,
  STEP_INDEX,
  STEP_SPLAT,
  NUMBER as TAPE_NUMBER,
  TEMPLATE_LABEL,
  TEXT,
  TOO_DEEP,
  TRUE,
  TUPLE,
  UNARY,
  UNCLOSED,
  UNCLOSED_BLOCK,
  VARIABLE,
  WORD,
} from '../tape.js';
import { isNameTaken } from './host.js';
import {
  AND,
  CLOSE_BRACE,
  DOUBLE_COLON,
  ELLIPSIS,
  EOF,
  EQUAL,
  FAT_ARROW,
  findNewline,
  GREATER_EQUAL,
  HEREDOC,
  IDENTIFIER,
  INVALID,
  indentationOf,
  LESS_EQUAL,
  Lexer,
  markerEnd,
  markerStart,
  NEWLINE,
  NOT_EQUAL,
  NUMBER,
  next,
  note,
  noteWith,
  OPEN_BRACE,
  OR,
  QUOTE,
  startLexer,
  TILDE_BRACE,
  Token,
} from './lexer.js';
import {
  allocate,
  endOf,
  isSame,
  moveList,
  push,
  read,
  record,
  stackAt,
  stackTop,
  startOf,
  truncateStack,
  unitAt,
  write,
} from './memory.js';
import { parseHeredoc, parseQuoted } from './template.js';

export const COMMA = 44;
export const DOT = 46;
export const OPEN_BRACKET = 91;
export const CLOSE_BRACKET = 93;
export const OPEN_PARENTHESIS = 40;
export const CLOSE_PARENTHESIS = 41;
export const ASSIGN = 61;
export const COLON = 58;
export const QUESTION = 63;
export const STAR = 42;
export const MINUS = 45;
export const BANG = 33;
export const TILDE = 126;
export const BACKSLASH = 92;
export const DOLLAR = 36;
export const PERCENT = 37;

/** Words as their ASCII characters, the first in the lowest byte. */
const WORD_TRUE: u64 = 0x65757274;
const WORD_FALSE: u64 = 0x65736c6166;
const WORD_NULL: u64 = 0x6c6c756e;
export const WORD_FOR: u64 = 0x726f66;
export const WORD_IN: u64 = 0x6e69;
export const WORD_IF: u64 = 0x6669;
export const WORD_ELSE: u64 = 0x65736c65;
export const WORD_ENDIF: u64 = 0x6669646e65;
export const WORD_ENDFOR: u64 = 0x726f66646e65;

/** Attributes that are compared with one another before JavaScript is asked to remember names. */
const maxComparedNames = 12;

export class Parser {
  static isPanicking: bool = false;
  /** The text is a file, in which a newline must follow a heredoc. */
  static isFile: bool = false;
  static depth: i32 = 0;
  /** Height of the expression that was parsed last. */
  static height: i32 = 0;
  /** Brackets open in the current item. */
  static openBrackets: i32 = 0;
  /** A first reading found a block without its brace: now an item that is not indented more than its block ends it. */
  static closesByIndentation: bool = false;
  /** A block was not closed before the end of the file. */
  static isBlockUnclosed: bool = false;
  static bodies: i32 = 0;
}

/** A body while it is read. Its items lie on the stack from `base` on. */
@unmanaged
class OpenBody {
  base: i32;
  attributes: i32;
  /** Number by which JavaScript knows its names; 0 as long as they are compared. */
  names: i32;
  isIncomplete: bool;
  isBlock: bool;
  /** How its block began: its indentation (-1: unknown) tells an item of an outer body from one of its own. */
  start: i32;
  typeEnd: i32;
  headerEnd: i32;
  indentation: i32;
}

/** Address of the open bodies, one a level, in the page before the text. */
const BODIES: usize = 0x9000;
const BODY_SIZE: usize = 64;

function openBody(level: i32): OpenBody {
  const body = changetype<OpenBody>(BODIES + (level as usize) * BODY_SIZE);
  body.base = stackTop();
  body.attributes = 0;
  body.names = 0;
  body.isIncomplete = false;
  body.isBlock = false;
  body.start = 0;
  body.typeEnd = 0;
  body.headerEnd = 0;
  body.indentation = -1;
  return body;
}

export function startParser(start: i32, limit: i32, closesByIndentation: bool): void {
  startLexer(start, limit);
  Parser.isPanicking = false;
  Parser.isFile = false;
  Parser.depth = 0;
  Parser.height = 0;
  Parser.openBrackets = 0;
  Parser.closesByIndentation = closesByIndentation;
  Parser.isBlockUnclosed = false;
}

export function kindOf(at: i32): i32 {
  return read(at) & KIND_MASK;
}

/** Whether a stretch of the text is this word. */
function isText(start: i32, end: i32, word: u64): bool {
  let rest = word;
  for (let at = start; at < end; at++) {
    if ((unitAt(at) as u64) !== (rest & 0xff) || rest === 0) return false;
    rest >>= 8;
  }
  return rest === 0;
}

/** Whether the current token is this word. */
export function isWord(word: u64): bool {
  return Token.kind === IDENTIFIER && isText(Token.start, Token.end, word);
}

// ---- bodies ---------------------------------------------------------------------------------------------------------

/** The whole text as a body. */
export function parseBody(): i32 {
  Parser.isFile = true;
  next();
  const body = openBody(0);
  parseItems(body, 0);
  return closeBody(body, 0, Lexer.limit);
}

/** The whole text as one expression, with newlines as white space. */
export function parseLoneExpression(): i32 {
  Lexer.newlines = false;
  next();
  const start = Token.start;
  const expression = parseExpression();
  if (!Parser.isPanicking && Token.kind !== EOF) failUnexpected(EXPECTED_END);
  return Parser.isPanicking ? record(ERROR, start, Lexer.limit, 0) : expression;
}

function closeBody(body: OpenBody, start: i32, end: i32): i32 {
  const top = stackTop();
  const isIncomplete = body.isIncomplete || (Lexer.isCut && Token.kind === EOF);
  const count = top - body.base;
  const at = record(BODY | (isIncomplete ? MARK : 0), start, end, 2 + count);
  write(at + 3, body.attributes);
  write(at + 4, count - body.attributes);
  let attribute = at + 5;
  let block = attribute + body.attributes;
  for (let i = body.base; i < top; i++) {
    const item = stackAt(i);
    if (kindOf(item) === ATTRIBUTE) write(attribute++, item);
    else write(block++, item);
  }
  truncateStack(body.base);
  return at;
}

/** Items up to the closing brace, which is then the current token (true), or to where the body is given up (false). */
function parseItems(body: OpenBody, level: i32): bool {
  while (true) {
    const kind = Token.kind;
    if (kind === NEWLINE) next();
    else if (kind === IDENTIFIER) {
      if (Parser.closesByIndentation && isOutdented(body, 1)) return reportUnclosed(body);
      parseItem(body, level);
    } else if (kind === CLOSE_BRACE && body.isBlock) {
      if (Parser.closesByIndentation && isOutdented(body, 0)) return reportUnclosed(body);
      return true;
    } else if (kind === EOF) return reportUnclosed(body);
    else parseStray(body);
  }
}

function isOutdented(body: OpenBody, margin: i32): bool {
  if (body.indentation < 0) return false;
  const indentation = indentationOf(Token.start);
  return indentation >= 0 && indentation < body.indentation + margin;
}

function reportUnclosed(body: OpenBody): bool {
  if (!body.isBlock || Lexer.isTooLong) return false;
  body.isIncomplete = true;
  Parser.isBlockUnclosed = true;
  noteWith(UNCLOSED_BLOCK, body.start, body.headerEnd, body.start, body.typeEnd, 0);
  return false;
}

/** A token that begins no item. */
function parseStray(body: OpenBody): void {
  const start = Token.start;
  Parser.openBrackets = 0;
  if (Token.kind === QUOTE) fail(QUOTED_NAME, start, Token.end);
  else failUnexpected(EXPECTED_ITEM);
  if (Token.kind === CLOSE_BRACE) {
    Parser.isPanicking = false;
    body.isIncomplete = true;
    next();
  } else recoverItem(body, indentationOf(start));
}

function parseItem(body: OpenBody, level: i32): void {
  const start = Token.start;
  const end = Token.end;
  const top = stackTop();
  Parser.openBrackets = 0;
  const kind = next();
  if (kind === ASSIGN) parseAttribute(body, start, end, false);
  else if (kind === QUOTE || kind === OPEN_BRACE || kind === IDENTIFIER) parseBlock(body, level, start, end);
  else if (kind === INVALID) fail(INVALID_CHARACTER, Token.start, Token.end);
  else fail(NEITHER_ARGUMENT_NOR_BLOCK, start, end);
  if (Parser.isPanicking) {
    truncateStack(top);
    recoverItem(body, indentationOf(start));
  }
}

function parseAttribute(body: OpenBody, nameStart: i32, nameEnd: i32, isOneLine: bool): void {
  const assignEnd = Token.end;
  const top = stackTop();
  next();
  let expression = parseExpression();
  const kind = Token.kind;
  if (kind === CLOSE_BRACE && !Parser.isPanicking) {
    if (!isOneLine) note(ARGUMENT_WITHOUT_NEWLINE, Token.start, Token.end);
  } else if (kind !== NEWLINE && kind !== EOF && !Parser.isPanicking) failUnexpected(EXPECTED_NEWLINE_AFTER_ARGUMENT);
  if (Parser.isPanicking) {
    truncateStack(top);
    const end = max(assignEnd, recoverItem(body, indentationOf(nameStart)));
    expression = record(ERROR, min(max(startOf(expression), assignEnd), end), end, 0);
  }
  const at = record(ATTRIBUTE, nameStart, endOf(expression), 2);
  write(at + 3, nameEnd);
  write(at + 4, expression);
  addAttribute(body, at);
}

function addAttribute(body: OpenBody, attribute: i32): void {
  const start = startOf(attribute);
  const end = read(attribute + 3);
  if (body.names !== 0 ? isNameTaken(body.names, start, end) : hasName(body, start, end)) {
    note(DUPLICATE_ARGUMENT, start, end);
    return;
  }
  push(attribute);
  body.attributes++;
  if (body.names !== 0 || body.attributes <= maxComparedNames) return;
  body.names = ++Parser.bodies;
  const top = stackTop();
  for (let i = body.base; i < top; i++) {
    const item = stackAt(i);
    if (kindOf(item) === ATTRIBUTE) isNameTaken(body.names, startOf(item), read(item + 3));
  }
}

function hasName(body: OpenBody, start: i32, end: i32): bool {
  const length = end - start;
  const top = stackTop();
  for (let i = body.base; i < top; i++) {
    const item = stackAt(i);
    if (kindOf(item) !== ATTRIBUTE) continue;
    const other = startOf(item);
    if (read(item + 3) - other === length && isSame(other, start, length)) return true;
  }
  return false;
}

function parseBlock(body: OpenBody, level: i32, start: i32, typeEnd: i32): void {
  const base = stackTop();
  parseLabels(start, typeEnd);
  // What a block without a readable header holds cannot be told from what follows: it is left out, and the body says so.
  if (Parser.isPanicking) return;
  if (Parser.depth >= maxNestingDepth) {
    fail(TOO_DEEP, Token.start, Token.end);
    return;
  }
  Parser.depth++;
  const headerEnd = Token.end;
  const labels = stackTop() - base;
  const block = record(BLOCK, start, 0, 4 + labels);
  write(block + 3, typeEnd);
  write(block + 4, headerEnd);
  moveList(block + 6, labels, base);
  const inner = openBody(level + 1);
  inner.isBlock = true;
  inner.start = start;
  inner.typeEnd = typeEnd;
  inner.headerEnd = headerEnd;
  inner.indentation = indentationOf(start);
  next();
  if (Token.kind !== NEWLINE && Token.kind !== EOF && Token.kind !== CLOSE_BRACE) parseOneLine(inner);
  const isClosed = parseItems(inner, level + 1);
  Parser.depth--;
  const bodyEnd = isClosed ? Token.start : max(headerEnd, Token.previousEnd);
  write(block + 2, isClosed ? Token.end : bodyEnd);
  write(block + 5, closeBody(inner, headerEnd, bodyEnd));
  push(block);
  if (!isClosed) {
    body.isIncomplete = true;
    return;
  }
  Parser.openBrackets = 0;
  next();
  if (Token.kind === NEWLINE || Token.kind === EOF) return;
  if (Token.kind === CLOSE_BRACE) note(BLOCK_WITHOUT_NEWLINE, Token.start, Token.end);
  else {
    failUnexpected(EXPECTED_NEWLINE_AFTER_BLOCK);
    recoverItem(body, indentationOf(start));
  }
}

/** The one argument of `block { name = value }`. Anything else is said once, and then read as if on lines of its own. */
function parseOneLine(body: OpenBody): void {
  if (Token.kind === IDENTIFIER) {
    const start = Token.start;
    const end = Token.end;
    Parser.openBrackets = 0;
    next();
    if (Token.kind === ASSIGN) {
      parseAttribute(body, start, end, true);
      if (Token.kind === CLOSE_BRACE || body.isIncomplete) return;
      note(ONE_LINE_BLOCK_OPEN, Token.start, Token.end);
      return;
    }
    Token.start = start;
    Token.end = end;
    Token.kind = IDENTIFIER;
  }
  note(ONE_LINE_BLOCK_OF_MORE, Token.start, Token.end);
}

/** Pushes the labels: each a bare word's LABEL, or a template. */
function parseLabels(typeStart: i32, typeEnd: i32): void {
  while (Token.kind !== OPEN_BRACE) {
    if (Token.kind === IDENTIFIER) push(record(LABEL, Token.start, Token.end, 0));
    else if (Token.kind === QUOTE) {
      const template = parseQuoted();
      if (Parser.isPanicking) return;
      if (!isPlainLabel(template)) note(TEMPLATE_LABEL, startOf(template), endOf(template));
      push(template);
    } else if (Token.kind === NEWLINE || Token.kind === EOF) {
      failWith(BRACE_ON_ANOTHER_LINE, Token.start, Token.end, typeStart, typeEnd, 0);
      return;
    } else {
      failUnexpectedOf(EXPECTED_LABEL, typeStart, typeEnd);
      return;
    }
    next();
  }
}

function isPlainLabel(template: i32): bool {
  if (kindOf(template) === PLAIN) return true;
  const count = read(template + 3);
  return count === 0 || (count === 1 && kindOf(read(template + 4)) === TEXT);
}

// ---- recovery -------------------------------------------------------------------------------------------------------

export function fail(message: i32, start: i32, end: i32): void {
  failWith(message, start, end, 0, 0, 0);
}

export function failWith(message: i32, start: i32, end: i32, a: i32, b: i32, c: i32): void {
  if (Parser.isPanicking) return;
  noteWith(message, start, end, a, b, c);
  Parser.isPanicking = true;
}

export function failUnexpected(expected: i32): void {
  failUnexpectedOf(expected, 0, 0);
}

/** The name that the message says: its start and end, or a NAME and -1. */
function failUnexpectedOf(expected: i32, nameStart: i32, nameEnd: i32): void {
  const kind = Token.kind;
  if (kind === INVALID) {
    fail(INVALID_CHARACTER, Token.start, Token.end);
    return;
  }
  const found = kind === EOF ? FOUND_END_OF_TEXT : kind === NEWLINE ? FOUND_END_OF_LINE : FOUND_TOKEN;
  failWith(expected, Token.start, Token.end, found, nameStart, nameEnd);
}

function failTooDeep(): i32 {
  const start = Token.start;
  fail(TOO_DEEP, start, Token.end);
  return error(start);
}

function failMissing(): i32 {
  const kind = Token.kind;
  const start = Token.start;
  if (kind === EOF || kind === NEWLINE) fail(MISSING_VALUE, start, Token.end);
  else failUnexpected(EXPECTED_VALUE);
  return error(start);
}

function failUnclosed(open: i32, construct: i32, nameStart: i32, nameEnd: i32): void {
  if (Token.kind === EOF) failWith(UNCLOSED, open, open + 1, construct, nameStart, nameEnd);
  else failUnexpectedOf(EXPECTED_COMMA + construct, nameStart, nameEnd);
}

function error(start: i32): i32 {
  Parser.height = 1;
  return record(ERROR, start, max(start, Token.previousEnd), 0);
}

/**
 * Skips what is left of a broken item: to the end of its line, or of the line on which its brackets close. A line that is
 * indented like an item of this or an outer body ends it sooner, so that an open bracket does not swallow the file.
 * Returns the end of what was skipped.
 */
function recoverItem(body: OpenBody, indentation: i32): i32 {
  body.isIncomplete = true;
  Parser.isPanicking = false;
  Lexer.newlines = true;
  let open = Parser.openBrackets;
  Parser.openBrackets = 0;
  let end = Token.previousEnd;
  while (true) {
    const kind = Token.kind;
    if (kind === EOF || (kind === CLOSE_BRACE && open === 0)) return end;
    if (kind === NEWLINE) {
      if (open === 0) {
        next();
        return end;
      }
    } else {
      if (isNextItem(indentation)) return end;
      if (kind === OPEN_PARENTHESIS || kind === OPEN_BRACKET || kind === OPEN_BRACE) open++;
      else if (open > 0 && isCloser(kind)) open--;
      else if (kind === QUOTE) skipQuoted();
      else if (kind === HEREDOC) skipHeredoc();
      end = Token.end;
    }
    next();
  }
}

function isCloser(kind: i32): bool {
  return kind === CLOSE_PARENTHESIS || kind === CLOSE_BRACKET || kind === CLOSE_BRACE || kind === TILDE_BRACE;
}

function isNextItem(indentation: i32): bool {
  if (indentation < 0) return false;
  if (Token.kind !== IDENTIFIER && Token.kind !== CLOSE_BRACE) return false;
  const here = indentationOf(Token.start);
  if (here < 0 || here > indentation) return false;
  if (Token.kind === CLOSE_BRACE) return here < indentation;
  let at = Token.end;
  while (unitAt(at) === 32 && at < Lexer.limit) at++;
  const c = unitAt(at);
  if (c === ASSIGN) return unitAt(at + 1) !== ASSIGN;
  return c === QUOTE || c === OPEN_BRACE;
}

/** From an opening quote to behind its closing one, or to the end of the line. */
export function skipQuoted(): void {
  const limit = Lexer.limit;
  const base = stackTop();
  // Per open template: -1 inside its text, else the braces open in its interpolation.
  push(-1);
  let at = Token.start + 1;
  while (at < limit && stackTop() > base) {
    const c = unitAt(at);
    if (c === 10) break;
    const top = stackTop() - 1;
    const braces = stackAt(top);
    at++;
    if (braces === -1) {
      if (c === BACKSLASH) at++;
      else if (c === QUOTE) truncateStack(top);
      else if (c === DOLLAR || c === PERCENT) {
        if (unitAt(at) === c && unitAt(at + 1) === OPEN_BRACE) at += 2;
        else if (unitAt(at) === OPEN_BRACE) {
          push(0);
          at++;
        }
      }
    } else if (c === QUOTE) push(-1);
    else if (c === OPEN_BRACE) {
      truncateStack(top);
      push(braces + 1);
    } else if (c === CLOSE_BRACE) {
      truncateStack(top);
      if (braces > 0) push(braces - 1);
    }
  }
  truncateStack(base);
  Token.end = min(at, limit);
}

function skipHeredoc(): void {
  const marker = markerStart(Token.start);
  const length = Token.end - marker;
  let at = Token.end;
  while (true) {
    const newline = findNewline(at);
    if (newline === -1) break;
    at = newline + 1;
    const end = markerEnd(at, marker, length);
    if (end !== -1) {
      Token.end = end;
      return;
    }
  }
  Token.end = Lexer.limit;
}

// ---- expressions ----------------------------------------------------------------------------------------------------

export function parseExpression(): i32 {
  if (Parser.depth >= maxNestingDepth) return failTooDeep();
  Parser.depth++;
  const condition = parseBinary(1);
  const result = Token.kind === QUESTION && !Parser.isPanicking ? parseConditional(condition) : condition;
  Parser.depth--;
  return result;
}

/** `condition ? then : else`, from the question mark. */
function parseConditional(condition: i32): i32 {
  const start = startOf(condition);
  let height = Parser.height;
  next();
  const whenTrue = parseExpression();
  height = max(height, Parser.height);
  if (Parser.isPanicking) return error(start);
  if (Token.kind !== COLON) {
    failUnexpected(EXPECTED_ELSE);
    return error(start);
  }
  next();
  const otherwise = parseExpression();
  if (Parser.isPanicking || !grow(max(height, Parser.height), start)) return error(start);
  const at = record(CONDITIONAL, start, endOf(otherwise), 3);
  write(at + 3, condition);
  write(at + 4, whenTrue);
  write(at + 5, otherwise);
  return at;
}

/** Sets the height of a node over children of the given height; false where that is too high. */
export function grow(height: i32, start: i32): bool {
  Parser.height = height + 1;
  if (height < maxNestingDepth) return true;
  fail(TOO_DEEP, start, Token.previousEnd);
  error(start);
  return false;
}

/** The operator that a token is, and its precedence in the bits from 8 on; 0 where it is none. */
function operatorOf(kind: i32): i32 {
  switch (kind) {
    case OR:
      return OPERATOR_OR | 0x100;
    case AND:
      return OPERATOR_AND | 0x200;
    case EQUAL:
      return OPERATOR_EQUAL | 0x300;
    case NOT_EQUAL:
      return OPERATOR_NOT_EQUAL | 0x300;
    case 62:
      return OPERATOR_GREATER | 0x400;
    case GREATER_EQUAL:
      return OPERATOR_GREATER_EQUAL | 0x400;
    case 60:
      return OPERATOR_LESS | 0x400;
    case LESS_EQUAL:
      return OPERATOR_LESS_EQUAL | 0x400;
    case 43:
      return OPERATOR_PLUS | 0x500;
    case MINUS:
      return OPERATOR_MINUS | 0x500;
    case STAR:
      return OPERATOR_TIMES | 0x600;
    case 47:
      return OPERATOR_DIVIDE | 0x600;
    case PERCENT:
      return OPERATOR_MODULO | 0x600;
    default:
      return 0;
  }
}

function parseBinary(precedence: i32): i32 {
  let left = parsePostfix();
  while (!Parser.isPanicking) {
    const operator = operatorOf(Token.kind);
    const own = operator >> 8;
    if (operator === 0 || own < precedence) break;
    const height = Parser.height;
    const start = startOf(left);
    next();
    const right = parseBinary(own + 1);
    if (Parser.isPanicking || !grow(max(height, Parser.height), start)) return error(start);
    const at = record(BINARY | ((operator & 0xff) << DATA_SHIFT), start, endOf(right), 2);
    write(at + 3, left);
    write(at + 4, right);
    left = at;
  }
  return left;
}

/** A term with its traversals: attributes, indexes, splats. */
function parsePostfix(): i32 {
  let result = parseTerm();
  while (!Parser.isPanicking) {
    const kind = Token.kind;
    if (kind !== DOT && kind !== OPEN_BRACKET) return result;
    const start = startOf(result);
    result = kind === DOT ? parseDot(result) : parseIndex(result);
    if (Parser.isPanicking) return error(start);
  }
  return result;
}

function parseDot(object: i32): i32 {
  const start = startOf(object);
  const stepStart = Token.start;
  const kind = next();
  const nameStart = Token.start;
  const nameEnd = Token.end;
  if (!grow(Parser.height, start)) return object;
  if (kind === IDENTIFIER) {
    next();
    const at = record(GET_ATTRIBUTE, start, nameEnd, 2);
    write(at + 3, object);
    write(at + 4, nameStart);
    return at;
  }
  if (kind === NUMBER) {
    const key = parseLegacyKey();
    const at = record(INDEX | MARK, start, nameEnd, 2);
    write(at + 3, object);
    write(at + 4, key);
    return at;
  }
  if (kind === STAR) {
    next();
    const base = stackTop();
    parseAttributeSteps();
    return splat(object, base, 0);
  }
  fail(MISSING_ATTRIBUTE_NAME, stepStart, stepStart + 1);
  return object;
}

/** Of the steps that lie on the stack. */
function splat(source: i32, base: i32, flags: i32): i32 {
  const count = stackTop() - base;
  const at = record(SPLAT | flags, startOf(source), Token.previousEnd, 2 + count);
  write(at + 3, source);
  moveList(at + 4, count, base);
  return at;
}

function parseLegacyKey(): i32 {
  const start = Token.start;
  const end = Token.end;
  for (let at = start; at < end; at++) {
    if (unitAt(at) !== DOT) continue;
    fail(CHAINED_INDEXES, start, end);
    break;
  }
  next();
  return record(TAPE_NUMBER | CONSTANT, start, end, 0);
}

/** The brackets are open and the current token is the first of the key. */
function parseKey(open: i32): i32 {
  const key = parseExpression();
  if (!Parser.isPanicking && Token.kind !== CLOSE_BRACKET) failUnclosed(open, IN_INDEX, 0, 0);
  return key;
}

function parseIndex(collection: i32): i32 {
  const start = startOf(collection);
  const open = Token.start;
  const height = Parser.height;
  const newlines = openBracket();
  if (Token.kind === STAR) {
    if (!closeStar(open, newlines)) return collection;
    if (!grow(height, start)) return collection;
    const own = Parser.height;
    const base = stackTop();
    parseFullSteps();
    Parser.height = max(own, Parser.height);
    return splat(collection, base, MARK);
  }
  const key = parseKey(open);
  if (Parser.isPanicking || !grow(max(height, Parser.height), start)) return collection;
  const end = Token.end;
  closeBracket(newlines);
  const at = record(INDEX, start, end, 2);
  write(at + 3, collection);
  write(at + 4, key);
  return at;
}

function closeStar(open: i32, newlines: bool): bool {
  next();
  if (Token.kind !== CLOSE_BRACKET) {
    fail(STAR_NOT_CLOSED, open, Token.previousEnd);
    return false;
  }
  closeBracket(newlines);
  return true;
}

function openBracket(): bool {
  const newlines = Lexer.newlines;
  Parser.openBrackets++;
  Lexer.newlines = false;
  next();
  return newlines;
}

function closeBracket(newlines: bool): void {
  Parser.openBrackets--;
  Lexer.newlines = newlines;
  next();
}

function attributeStep(start: i32, end: i32, nameStart: i32): i32 {
  const at = record(STEP_ATTRIBUTE, start, end, 1);
  write(at + 3, nameStart);
  return at;
}

function indexStep(start: i32, end: i32, key: i32): i32 {
  const at = record(STEP_INDEX, start, end, 1);
  write(at + 3, key);
  return at;
}

/** Of the steps that lie on the stack. */
function splatStep(start: i32, base: i32, flags: i32): i32 {
  const count = stackTop() - base;
  const at = record(STEP_SPLAT | flags, start, Token.previousEnd, 1 + count);
  moveList(at + 3, count, base);
  return at;
}

/** What follows `.*`: only attributes and legacy indexes. */
function parseAttributeSteps(): void {
  while (Token.kind === DOT && !Parser.isPanicking) {
    const start = Token.start;
    next();
    const nameStart = Token.start;
    const end = Token.end;
    if (Token.kind === IDENTIFIER) {
      push(attributeStep(start, end, nameStart));
      next();
    } else if (Token.kind === NUMBER) push(indexStep(start, end, parseLegacyKey()));
    else fail(MISSING_ATTRIBUTE_NAME, start, start + 1);
  }
}

/** What follows `[*]`: everything to the end of the traversal. */
function parseFullSteps(): void {
  if (Parser.depth >= maxNestingDepth) failTooDeep();
  Parser.depth++;
  while (!Parser.isPanicking && (Token.kind === DOT || Token.kind === OPEN_BRACKET)) {
    push(Token.kind === DOT ? parseDotStep() : parseBracketStep());
  }
  Parser.depth--;
}

function parseDotStep(): i32 {
  const start = Token.start;
  next();
  const nameStart = Token.start;
  const end = Token.end;
  if (Token.kind === STAR) {
    next();
    const base = stackTop();
    parseAttributeSteps();
    return splatStep(start, base, 0);
  }
  if (Token.kind === NUMBER) return indexStep(start, end, parseLegacyKey());
  if (Token.kind === IDENTIFIER) next();
  else fail(MISSING_ATTRIBUTE_NAME, start, start + 1);
  return attributeStep(start, end, nameStart);
}

function parseBracketStep(): i32 {
  const start = Token.start;
  const newlines = openBracket();
  if (Token.kind === STAR) {
    const isClosed = closeStar(start, newlines);
    const base = stackTop();
    if (isClosed) parseFullSteps();
    return splatStep(start, base, MARK);
  }
  const key = parseKey(start);
  const end = max(Token.end, endOf(key));
  if (!Parser.isPanicking) closeBracket(newlines);
  return indexStep(start, end, key);
}

function parseTerm(): i32 {
  Parser.height = 1;
  const kind = Token.kind;
  if (kind === IDENTIFIER) return parseName();
  if (kind === QUOTE) {
    const template = parseQuoted();
    if (!Parser.isPanicking) next();
    return template;
  }
  switch (kind) {
    case NUMBER:
      return parseNumber();
    case OPEN_BRACKET:
      return parseTuple();
    case OPEN_BRACE:
      return parseObject();
    case OPEN_PARENTHESIS:
      return parseParenthesis();
    case MINUS:
    case BANG:
      return parseUnary();
    case HEREDOC: {
      const template = parseHeredoc();
      if (!Parser.isPanicking) next();
      return template;
    }
    default:
      return failMissing();
  }
}

function parseNumber(): i32 {
  const start = Token.start;
  const end = Token.end;
  next();
  if (isNumber(start, end)) return record(TAPE_NUMBER | CONSTANT, start, end, 0);
  note(NOT_A_NUMBER, start, end);
  return record(ERROR, start, end, 0);
}

/** Digits with at most one dot, before at most one exponent: the lexer takes more into one token. */
function isNumber(start: i32, end: i32): bool {
  if (end - start < 3) return true;
  let dots = 0;
  let exponents = 0;
  for (let at = start; at < end; at++) {
    const c = unitAt(at);
    if (c === DOT) {
      if (++dots > 1 || exponents > 0) return false;
    } else if ((c === 101 || c === 69) && ++exponents > 1) return false;
  }
  return true;
}

function parseUnary(): i32 {
  const start = Token.start;
  const operator = Token.kind === MINUS ? OPERATOR_MINUS : 0;
  if (Parser.depth >= maxNestingDepth) return failTooDeep();
  Parser.depth++;
  next();
  const operand = parsePostfix();
  Parser.depth--;
  if (Parser.isPanicking || !grow(Parser.height, start)) return error(start);
  const at = record(UNARY | (operator << DATA_SHIFT), start, endOf(operand), 1);
  write(at + 3, operand);
  return at;
}

function parseParenthesis(): i32 {
  const start = Token.start;
  const newlines = openBracket();
  const expression = parseExpression();
  if (!Parser.isPanicking && Token.kind !== CLOSE_PARENTHESIS) {
    if (Token.kind === EOF) failUnclosed(start, IN_PARENTHESIS, 0, 0);
    else failUnexpected(EXPECTED_CLOSING_PARENTHESIS);
  }
  if (Parser.isPanicking || !grow(Parser.height, start)) return error(start);
  const end = Token.end;
  closeBracket(newlines);
  const at = record(PARENTHESIS | (read(expression) & CONSTANT), start, end, 1);
  write(at + 3, expression);
  return at;
}

function parseName(): i32 {
  const start = Token.start;
  const end = Token.end;
  const kind = next();
  if (kind === OPEN_PARENTHESIS || kind === DOUBLE_COLON) return parseCall(start, end);
  const length = end - start;
  if (length === 4) {
    if (isText(start, end, WORD_TRUE)) return record(TRUE | CONSTANT, start, end, 0);
    if (isText(start, end, WORD_NULL)) return record(NULL | CONSTANT, start, end, 0);
  } else if (length === 5 && isText(start, end, WORD_FALSE)) return record(FALSE | CONSTANT, start, end, 0);
  return record(VARIABLE, start, end, 0);
}

/** From the parenthesis or the `::` behind the first word of the name. */
function parseCall(start: i32, firstEnd: i32): i32 {
  let nameEnd = firstEnd;
  let name = 0;
  if (Token.kind === DOUBLE_COLON) {
    name = parseNamespace(start, firstEnd);
    if (Parser.isPanicking) return error(start);
    nameEnd = read(name + 2 * read(name));
  }
  // How messages say it.
  const said = name === 0 ? start : name;
  const saidEnd = name === 0 ? firstEnd : -1;
  if (Token.kind !== OPEN_PARENTHESIS) {
    failUnexpectedOf(EXPECTED_CALL, said, saidEnd);
    return error(start);
  }
  const open = Token.start;
  const newlines = openBracket();
  const base = stackTop();
  let height = 1;
  let flags = 0;
  while (Token.kind !== CLOSE_PARENTHESIS) {
    push(parseExpression());
    if (Parser.isPanicking) return error(start);
    height = max(height, Parser.height);
    if (Token.kind === ELLIPSIS) {
      flags = MARK;
      next();
      if (Token.kind !== CLOSE_PARENTHESIS) failUnexpected(EXPECTED_CALL_END);
    } else if (Token.kind === COMMA) next();
    else if (Token.kind !== CLOSE_PARENTHESIS) failUnclosed(open, IN_CALL, said, saidEnd);
    if (Parser.isPanicking) return error(start);
  }
  if (!grow(height, start)) return error(start);
  const end = Token.end;
  closeBracket(newlines);
  const count = stackTop() - base;
  const at = record(CALL | flags, start, end, 3 + count);
  write(at + 3, nameEnd);
  write(at + 4, name);
  moveList(at + 5, count, base);
  return at;
}

/** What follows the first word of a name: its NAME. */
function parseNamespace(start: i32, end: i32): i32 {
  const base = stackTop();
  push(start);
  push(end);
  while (Token.kind === DOUBLE_COLON) {
    next();
    if (Token.kind !== IDENTIFIER) {
      failUnexpected(EXPECTED_FUNCTION);
      return 0;
    }
    push(Token.start);
    push(Token.end);
    next();
  }
  const length = stackTop() - base;
  const name = allocate(1 + length);
  moveList(name, length >> 1, base);
  return name;
}

function parseTuple(): i32 {
  const start = Token.start;
  const newlines = openBracket();
  if (isWord(WORD_FOR)) return parseFor(start, CLOSE_BRACKET, newlines);
  const base = stackTop();
  let height = 1;
  let constant = CONSTANT;
  while (Token.kind !== CLOSE_BRACKET) {
    const element = parseExpression();
    if (!Parser.isPanicking && Token.kind !== COMMA && Token.kind !== CLOSE_BRACKET) failUnclosed(start, IN_LIST, 0, 0);
    if (Parser.isPanicking) return error(start);
    push(element);
    constant &= read(element);
    height = max(height, Parser.height);
    if (Token.kind === COMMA) next();
  }
  if (!grow(height, start)) return error(start);
  const end = Token.end;
  closeBracket(newlines);
  const count = stackTop() - base;
  const at = record(TUPLE | constant, start, end, 1 + count);
  moveList(at + 3, count, base);
  return at;
}

function parseObject(): i32 {
  const start = Token.start;
  const newlines = openBracket();
  if (isWord(WORD_FOR)) return parseFor(start, CLOSE_BRACE, newlines);
  // Newlines separate the items. Those before the first one were skipped as white space, which is the same.
  Lexer.newlines = true;
  const base = stackTop();
  let height = 1;
  let constant = CONSTANT;
  while (Token.kind !== CLOSE_BRACE) {
    if (Token.kind === NEWLINE) {
      next();
      continue;
    }
    if (Token.kind === EOF) failUnclosed(start, IN_OBJECT, 0, 0);
    constant &= parseObjectItem();
    height = max(height, Parser.height);
    if (Token.kind === COMMA || Token.kind === NEWLINE) next();
    else if (Token.kind !== CLOSE_BRACE) failUnclosed(start, IN_OBJECT, 0, 0);
    if (Parser.isPanicking) return error(start);
  }
  if (!grow(height, start)) return error(start);
  const end = Token.end;
  closeBracket(newlines);
  const count = (stackTop() - base) >> 1;
  const at = record(OBJECT | constant, start, end, 1 + 2 * count);
  moveList(at + 3, count, base);
  return at;
}

/** Pushes a key and its value; whether both are constant. */
function parseObjectItem(): i32 {
  const key = parseExpression();
  const height = Parser.height;
  const kind = kindOf(key);
  // A bare word is a string, `true` and `null` as well. A bare reference names providers; elsewhere it is ambiguous.
  if (kind === VARIABLE || kind === TRUE || kind === FALSE || kind === NULL) write(key, WORD | CONSTANT);
  if (!Parser.isPanicking && Token.kind !== ASSIGN && Token.kind !== COLON) failUnexpected(EXPECTED_OBJECT_VALUE);
  if (Parser.isPanicking) {
    error(endOf(key));
    return 0;
  }
  next();
  const value = parseExpression();
  Parser.height = max(height, Parser.height);
  push(key);
  push(value);
  return read(key) & read(value) & CONSTANT;
}

/** `for k, v in c : key => value... if condition`, from the word `for` to the closing bracket. */
function parseFor(start: i32, closer: i32, newlines: bool): i32 {
  const header = parseForHeader(FOR, start, 3);
  let height = Parser.height;
  if (!Parser.isPanicking && Token.kind !== COLON) failUnexpected(EXPECTED_FOR_COLON);
  if (Parser.isPanicking) return error(start);
  next();
  let value = parseExpression();
  height = max(height, Parser.height);
  let key = 0;
  if (Token.kind === FAT_ARROW && !Parser.isPanicking) {
    key = value;
    next();
    value = parseExpression();
    height = max(height, Parser.height);
  }
  const isGrouped = Token.kind === ELLIPSIS;
  if (isGrouped && !Parser.isPanicking) next();
  let condition = 0;
  if (isWord(WORD_IF) && !Parser.isPanicking) {
    next();
    condition = parseExpression();
    height = max(height, Parser.height);
  }
  if (!Parser.isPanicking && Token.kind !== closer) failUnclosed(start, IN_FOR, 0, 0);
  if (Parser.isPanicking || !grow(height, start)) return error(start);
  const end = Token.end;
  closeBracket(newlines);
  const wrong = wrongFor(closer === CLOSE_BRACE, key, isGrouped);
  if (wrong !== 0) {
    note(wrong, start, end);
    return record(ERROR, start, end, 0);
  }
  write(header, FOR | (isGrouped ? MARK : 0));
  write(header + 2, end);
  write(header + 8, key);
  write(header + 9, value);
  write(header + 10, condition);
  return header;
}

function wrongFor(isObject: bool, key: i32, isGrouped: bool): i32 {
  if (isObject) return key === 0 ? FOR_OBJECT_WITHOUT_KEY : 0;
  if (key !== 0) return FOR_LIST_WITH_KEY;
  return isGrouped ? FOR_LIST_GROUPED : 0;
}

/** `for k, v in collection`, from the word `for`: a record with its variables and collection, and room for more. */
export function parseForHeader(kind: i32, start: i32, more: i32): i32 {
  const at = record(kind, start, start, 5 + more);
  next();
  let keyStart = -1;
  let keyEnd = -1;
  let valueStart = Token.start;
  let valueEnd = Token.end;
  parseVariable();
  if (Token.kind === COMMA && !Parser.isPanicking) {
    next();
    keyStart = valueStart;
    keyEnd = valueEnd;
    valueStart = Token.start;
    valueEnd = Token.end;
    parseVariable();
  }
  if (!isWord(WORD_IN)) failUnexpected(EXPECTED_IN);
  let collection = 0;
  if (Parser.isPanicking) collection = error(Token.start);
  else {
    next();
    collection = parseExpression();
  }
  write(at + 3, keyStart);
  write(at + 4, keyEnd);
  write(at + 5, valueStart);
  write(at + 6, valueEnd);
  write(at + 7, collection);
  return at;
}

function parseVariable(): void {
  if (Token.kind !== IDENTIFIER) failUnexpected(EXPECTED_VARIABLE);
  else if (!Parser.isPanicking) next();
}
