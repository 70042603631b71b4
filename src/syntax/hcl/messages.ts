import type { Diagnostic, DiagnosticCode } from '../../source/diagnostic.js';
import { namespacedName } from './names.js';
import { at as integerAt, placeOf, type Tape } from './native-parser.js';
import * as Said from './tape.js';

/** What the parser found wrong, in the order in which it found it. */
export function diagnosticsOf(tape: Tape): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (let at = tape.lastDiagnostic; at !== 0; at = integerAt(tape, at + 6)) {
    const range = {
      file: tape.source,
      start: placeOf(tape, integerAt(tape, at + 1)),
      end: placeOf(tape, integerAt(tape, at + 2)),
    };
    diagnostics.push({ code: codeOf(integerAt(tape, at)), message: messageOf(tape, at), range });
  }
  return diagnostics.reverse();
}

const codes: Readonly<Record<number, DiagnosticCode>> = {
  [Said.MORE_ERRORS]: 'limit-reached',
  [Said.TOO_LONG]: 'limit-reached',
  [Said.UNTERMINATED_COMMENT]: 'hcl-unterminated-comment',
  [Said.UNCLOSED_BLOCK]: 'hcl-unclosed-block',
  [Said.ARGUMENT_WITHOUT_NEWLINE]: 'hcl-missing-newline',
  [Said.BLOCK_WITHOUT_NEWLINE]: 'hcl-missing-newline',
  [Said.DUPLICATE_ARGUMENT]: 'hcl-duplicate-attribute',
  [Said.ONE_LINE_BLOCK_OPEN]: 'hcl-missing-newline',
  [Said.TOO_DEEP]: 'hcl-nesting-too-deep',
  [Said.MISSING_VALUE]: 'hcl-missing-expression',
  [Said.UNCLOSED]: 'hcl-unclosed-bracket',
  [Said.CHAINED_INDEXES]: 'hcl-invalid-number',
  [Said.STAR_NOT_CLOSED]: 'hcl-unclosed-bracket',
  [Said.NOT_A_NUMBER]: 'hcl-invalid-number',
  [Said.DIRECTIVES_TOO_DEEP]: 'hcl-nesting-too-deep',
  [Said.DIRECTIVE_WITHOUT_OPENING]: 'hcl-invalid-directive',
  [Said.DIRECTIVE_NOT_CLOSED]: 'hcl-invalid-directive',
  [Said.HEREDOC_WITHOUT_NEWLINE]: 'hcl-unterminated-heredoc',
  [Said.UNTERMINATED_STRING]: 'hcl-unterminated-string',
  [Said.UNTERMINATED_HEREDOC]: 'hcl-unterminated-heredoc',
  [Said.INVALID_ESCAPE]: 'hcl-invalid-escape',
  [Said.UNCLOSED_SEQUENCE]: 'hcl-unclosed-template',
  [Said.UNKNOWN_DIRECTIVE]: 'hcl-invalid-directive',
  [Said.INVALID_CHARACTER]: 'hcl-invalid-character',
  [Said.EXPECTED_NEWLINE_AFTER_ARGUMENT]: 'hcl-missing-newline',
  [Said.EXPECTED_NEWLINE_AFTER_BLOCK]: 'hcl-missing-newline',
  [Said.EXPECTED_VALUE]: 'hcl-missing-expression',
  [Said.EXPECTED_CLOSING_PARENTHESIS]: 'hcl-unclosed-bracket',
  [Said.EXPECTED_SEQUENCE_END]: 'hcl-unclosed-template',
};

function codeOf(message: number): DiagnosticCode {
  return codes[message] ?? 'hcl-unexpected-token';
}

/** Messages that name nothing. */
const plain: Readonly<Record<number, string>> = {
  [Said.MORE_ERRORS]: 'The file has more errors than are listed.',
  [Said.TOO_LONG]: `The file is read up to here: it has more than ${Said.maxTokens} words and signs.`,
  [Said.UNTERMINATED_COMMENT]: 'The comment is not closed by "*/".',
  [Said.QUOTED_NAME]: 'The name of an argument must not be quoted.',
  [Said.ARGUMENT_WITHOUT_NEWLINE]: 'An argument must end with a newline.',
  [Said.BLOCK_WITHOUT_NEWLINE]: 'A block must end with a newline.',
  [Said.ONE_LINE_BLOCK_OPEN]: 'A block that begins on one line must end on it.',
  [Said.ONE_LINE_BLOCK_OF_MORE]: 'A block on one line can hold only one argument.',
  [Said.TEMPLATE_LABEL]: 'A label cannot hold a template.',
  [Said.TOO_DEEP]: `Nested more than ${Said.maxNestingDepth} deep.`,
  [Said.MISSING_VALUE]: 'A value is missing here.',
  [Said.MISSING_ATTRIBUTE_NAME]: 'An attribute name is required after a dot.',
  [Said.STAR_NOT_CLOSED]: 'The star of a splat must be followed by "]".',
  [Said.FOR_OBJECT_WITHOUT_KEY]: 'A "for" that makes an object needs "key => value".',
  [Said.FOR_LIST_WITH_KEY]: 'A "for" that makes a list cannot have a key.',
  [Said.FOR_LIST_GROUPED]: 'A "for" that makes a list cannot be grouped by "...".',
  [Said.DIRECTIVES_TOO_DEEP]: 'Directives are nested too deep.',
  [Said.UNTERMINATED_STRING]: 'The string is not closed on its line.',
  [Said.UNCLOSED_SEQUENCE]: 'The template sequence is not closed by "}".',
  [Said.UNKNOWN_DIRECTIVE]: 'A directive begins with "if", "else", "endif", "for" or "endfor".',
};

/** What was expected, where it has no name. */
const expected: Readonly<Record<number, string>> = {
  [Said.EXPECTED_ITEM]: 'the name of an argument or the type of a block',
  [Said.EXPECTED_NEWLINE_AFTER_ARGUMENT]: 'a newline after the argument',
  [Said.EXPECTED_NEWLINE_AFTER_BLOCK]: 'a newline after the block',
  [Said.EXPECTED_VALUE]: 'a value',
  [Said.EXPECTED_END]: 'the end of the expression',
  [Said.EXPECTED_ELSE]: '":" and the value for false',
  [Said.EXPECTED_CLOSING_PARENTHESIS]: '")"',
  [Said.EXPECTED_FUNCTION]: 'the name of a function after "::"',
  [Said.EXPECTED_CALL_END]: '")" after "..."',
  [Said.EXPECTED_OBJECT_VALUE]: '"=" and a value after the key',
  [Said.EXPECTED_FOR_COLON]: '":" after the collection of the "for"',
  [Said.EXPECTED_IN]: '"in" after the variables of the "for"',
  [Said.EXPECTED_VARIABLE]: 'the name of a variable after "for"',
  [Said.EXPECTED_SEQUENCE_END]: '"}" at the end of the template sequence',
};

function messageOf(tape: Tape, at: number): string {
  const message = integerAt(tape, at);
  const fixed = plain[message];
  if (fixed !== undefined) return fixed;
  if (message >= Said.EXPECTED_ITEM) return `Expected ${expectedAt(tape, at)}, found ${foundAt(tape, at)}.`;
  const text = tape.text.slice(integerAt(tape, at + 1), integerAt(tape, at + 2));
  const [a, b, c] = [integerAt(tape, at + 3), integerAt(tape, at + 4), integerAt(tape, at + 5)];
  switch (message) {
    case Said.UNCLOSED_BLOCK:
      return `The block "${tape.text.slice(a, b)}" is not closed by "}".`;
    case Said.NEITHER_ARGUMENT_NOR_BLOCK:
      return `"${text}" is followed neither by "=" and a value nor by the "{" of a block.`;
    case Said.DUPLICATE_ARGUMENT:
      return `The argument "${text}" is already set in this body.`;
    case Said.BRACE_ON_ANOTHER_LINE:
      return `The "{" of the block "${tape.text.slice(a, b)}" must stand on the line of its type.`;
    case Said.UNCLOSED:
      return `The ${construct(a, nameAt(tape, b, c))} is not closed before the end of the text.`;
    case Said.CHAINED_INDEXES:
      return `Two indexes cannot be chained as "${text}": write them in brackets.`;
    case Said.NOT_A_NUMBER:
      return `"${text.slice(0, 40)}" is not a number.`;
    case Said.DIRECTIVE_WITHOUT_OPENING:
      return `The directive "${directive(a)}" has no opening that it belongs to.`;
    case Said.DIRECTIVE_NOT_CLOSED:
      return `The directive "${directive(a)}" is not closed by "end${directive(a)}".`;
    case Said.HEREDOC_WITHOUT_NEWLINE:
      return `A newline must follow the "${tape.text.slice(a, b)}" of a heredoc.`;
    case Said.UNTERMINATED_HEREDOC:
      return `The heredoc is not closed by "${tape.text.slice(a, b)}" on a line of its own.`;
    case Said.INVALID_ESCAPE:
      return `"${text}" is not a valid escape.`;
    default:
      return `The character U+${codePoint(tape, integerAt(tape, at + 1))} cannot stand here.`;
  }
}

function expectedAt(tape: Tape, at: number): string {
  const message = integerAt(tape, at);
  const fixed = expected[message];
  if (fixed !== undefined) return fixed;
  const name = nameAt(tape, integerAt(tape, at + 4), integerAt(tape, at + 5));
  if (message === Said.EXPECTED_LABEL) return `a label or the "{" of the block "${name}"`;
  if (message === Said.EXPECTED_CALL) return `the "(" of the call of "${name}"`;
  return `a comma or the end of the ${construct(message - Said.EXPECTED_COMMA, name)}`;
}

function foundAt(tape: Tape, at: number): string {
  const found = integerAt(tape, at + 3);
  if (found === Said.FOUND_END_OF_TEXT) return 'the end of the text';
  if (found === Said.FOUND_END_OF_LINE) return 'the end of the line';
  const start = integerAt(tape, at + 1);
  return `"${tape.text.slice(start, Math.min(integerAt(tape, at + 2), start + 40))}"`;
}

/** A name by its start and end, or a NAME and -1. */
function nameAt(tape: Tape, start: number, end: number): string {
  return end < 0 ? namespacedName(tape, start) : tape.text.slice(start, end);
}

function construct(construct: number, name: string): string {
  if (construct === Said.IN_INDEX) return 'index';
  if (construct === Said.IN_LIST) return 'list';
  if (construct === Said.IN_OBJECT) return 'object';
  if (construct === Said.IN_FOR) return '"for" expression';
  return construct === Said.IN_CALL ? `call of "${name}"` : 'parenthesis';
}

function directive(kind: number): string {
  if (kind === Said.IF) return 'if';
  if (kind === Said.FOR_PART) return 'for';
  if (kind === Said.ELSE) return 'else';
  return kind === Said.END_IF ? 'endif' : 'endfor';
}

function codePoint(tape: Tape, offset: number): string {
  const point = tape.text.slice(offset, offset + 2).codePointAt(0) ?? 0;
  return point.toString(16).toUpperCase().padStart(4, '0');
}
