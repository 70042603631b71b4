import { RESULT_ADDRESS } from '../tape.js';
import { Lexer, prepareClasses } from './lexer.js';
import { addressOfDecoded, addressOfTape, decodedEnd, lengthOfTape, reserve, rewind } from './memory.js';
import { Parser, parseBody, parseLoneExpression, startParser } from './parser.js';
import { parseBareTemplate } from './template.js';
import { writeTokens } from './tokens.js';

prepareClasses();

/** Makes room for a text of so many units, which is then written to `TEXT_ADDRESS`. */
export { reserve };

function finish(root: i32): void {
  store<i32>(RESULT_ADDRESS, root);
  store<i32>(RESULT_ADDRESS, addressOfTape(), 4);
  store<i32>(RESULT_ADDRESS, lengthOfTape(), 8);
  store<i32>(RESULT_ADDRESS, addressOfDecoded(), 12);
  store<i32>(RESULT_ADDRESS, decodedEnd(), 16);
  store<i32>(RESULT_ADDRESS, Lexer.lastComment, 20);
  store<i32>(RESULT_ADDRESS, Lexer.lastDiagnostic, 24);
}

/** The text up to the limit as a file. */
export function parseFile(start: i32, limit: i32): void {
  Parser.bodies = 0;
  startParser(start, limit, false);
  let root = parseBody();
  if (Parser.isBlockUnclosed) {
    // A brace is missing somewhere: the second reading finds by indentation which block it belongs to.
    rewind();
    startParser(start, limit, true);
    root = parseBody();
  }
  finish(root);
}

/** The text up to the limit as one expression. */
export function parseExpression(start: i32, limit: i32): void {
  startParser(start, limit, false);
  finish(parseLoneExpression());
}

/** The text up to the limit as a template without delimiters. */
export function parseTemplate(start: i32, limit: i32): void {
  startParser(start, limit, false);
  finish(parseBareTemplate());
}

/** The text up to the limit as tokens without a gap. */
export function tokenize(start: i32, limit: i32): void {
  startParser(start, limit, false);
  finish(writeTokens());
}
