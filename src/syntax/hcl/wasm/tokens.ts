import {
  TOKEN_COMMENT,
  TOKEN_HEREDOC,
  TOKEN_IDENTIFIER,
  TOKEN_INVALID,
  TOKEN_NEWLINE,
  TOKEN_NUMBER,
  TOKEN_OPERATOR,
  TOKEN_QUOTE,
  TOKEN_SEQUENCE,
  TOKEN_SPACE,
  TOKEN_TEXT,
} from '../tape.js';
import {
  CLOSE_BRACE,
  EOF,
  HEREDOC,
  IDENTIFIER,
  INVALID,
  Lexer,
  markerEnd,
  markerStart,
  NEWLINE,
  NUMBER,
  next,
  OPEN_BRACE,
  QUOTE,
  TILDE_BRACE,
  Token,
} from './lexer.js';
import { push, read, record, stackAt, stackTop, truncateStack, unitAt, write } from './memory.js';

/**
 * What is open around the current place lies on the stack: 0 or more for the braces of code, QUOTED, or a heredoc as its
 * marker's start, its length and HEREDOC_TEXT.
 */
const QUOTED = -1;
const HEREDOC_TEXT = -2;

class Tokenizer {
  static at: i32 = 0;
  static last: i32 = 0;
}

function add(kind: i32, end: i32): void {
  if (end <= Tokenizer.at) return;
  const token = record(kind, Tokenizer.at, end, 1);
  write(token + 3, Tokenizer.last);
  Tokenizer.last = token;
  Tokenizer.at = end;
}

function top(): i32 {
  return stackAt(stackTop() - 1);
}

function pop(count: i32): void {
  truncateStack(stackTop() - count);
}

/** Writes tokens that follow on one another without a gap to the tape; returns the last, or 0. */
export function writeTokens(): i32 {
  const limit = Lexer.limit;
  Tokenizer.at = 0;
  Tokenizer.last = 0;
  push(0);
  if (unitAt(0) === 0xfeff) add(TOKEN_SPACE, 1);
  while (Tokenizer.at < limit && stackTop() > 0) {
    if (top() >= 0) writeCode(top());
    else writeText(top() === QUOTED, limit);
  }
  return Tokenizer.last;
}

/** The comments that were read last, from the first of them on. */
function writeComments(comment: i32, known: i32): void {
  const base = stackTop();
  for (let at = comment; at !== known; at = read(at + 3)) push(at);
  for (let i = stackTop() - 1; i >= base; i--) {
    add(TOKEN_SPACE, read(stackAt(i)));
    add(TOKEN_COMMENT, read(stackAt(i) + 1));
  }
  truncateStack(base);
}

/** One token outside strings, with the white space and comments before it. */
function writeCode(braces: i32): void {
  const known = Lexer.lastComment;
  Token.end = Tokenizer.at;
  const kind = next();
  writeComments(Lexer.lastComment, known);
  add(TOKEN_SPACE, Token.start);
  const end = Token.end;
  if (kind === EOF) return;
  if (kind === NEWLINE) add(TOKEN_NEWLINE, end);
  else if (kind === IDENTIFIER) add(TOKEN_IDENTIFIER, end);
  else if (kind === NUMBER) add(TOKEN_NUMBER, end);
  else if (kind === INVALID) add(TOKEN_INVALID, end);
  else if (kind === QUOTE) {
    add(TOKEN_QUOTE, end);
    push(QUOTED);
  } else if (kind === HEREDOC) openHeredoc();
  else if ((kind === CLOSE_BRACE || kind === TILDE_BRACE) && braces === 0 && stackTop() > 1) {
    add(TOKEN_SEQUENCE, end);
    pop(1);
  } else {
    if (kind === OPEN_BRACE) setBraces(braces + 1);
    else if (kind === CLOSE_BRACE && braces > 0) setBraces(braces - 1);
    add(TOKEN_OPERATOR, end);
  }
}

function setBraces(braces: i32): void {
  pop(1);
  push(braces);
}

function openHeredoc(): void {
  const marker = markerStart(Token.start);
  const end = Token.end;
  add(TOKEN_HEREDOC, end + (unitAt(end) === 13 ? 2 : 1));
  push(marker);
  push(end - marker);
  push(HEREDOC_TEXT);
  closeHeredoc();
}

function closeHeredoc(): bool {
  const end = markerEnd(Tokenizer.at, stackAt(stackTop() - 3), stackAt(stackTop() - 2));
  if (end === -1) return false;
  add(TOKEN_HEREDOC, end);
  pop(3);
  return true;
}

/** Literal text, and what ends it. */
function writeText(isQuoted: bool, limit: i32): void {
  let end = Tokenizer.at;
  for (; end < limit; end++) {
    const c = unitAt(end);
    const following = unitAt(end + 1);
    if (c === 36 || c === 37) {
      if (following === OPEN_BRACE) {
        add(TOKEN_TEXT, end);
        add(TOKEN_SEQUENCE, end + (unitAt(end + 2) === 126 ? 3 : 2));
        push(0);
        return;
      }
      if (following === c && unitAt(end + 2) === OPEN_BRACE) end += 2;
    } else if (c === 10) {
      if (isQuoted) break;
      add(TOKEN_TEXT, end + 1);
      if (closeHeredoc()) return;
    } else if (isQuoted) {
      if (c === QUOTE) break;
      if (c === 92 && following !== 10) end++;
    }
  }
  add(TOKEN_TEXT, min(end, limit));
  if (isQuoted && unitAt(Tokenizer.at) === QUOTE) add(TOKEN_QUOTE, Tokenizer.at + 1);
  // A quoted string that its line does not close ends there.
  pop(isQuoted ? 1 : 3);
}
