import type { SourceFile } from '../../source/source-file.js';
import type { Node } from './ast.js';
import { at, parseNative } from './native-parser.js';

/** By the numbers that `tape.ts` gives them. */
const kinds = [
  'space',
  'newline',
  'comment',
  'identifier',
  'number',
  'operator',
  /** The quotes of a string. */
  'quote',
  /** `<<EOT` with its newline, and the closing marker. */
  'heredoc',
  /** Literal text of a string or heredoc, as written. */
  'text',
  /** `${`, `%{`, `}`, with their `~`. */
  'sequence',
  'invalid',
] as const;

export type HclTokenKind = (typeof kinds)[number];

export interface HclToken extends Node {
  readonly kind: HclTokenKind;
}

/**
 * Splits a text into tokens that follow on one another without a gap, white space and comments among them: put together
 * they are the text. It takes any text; what is not HCL is `invalid` or ends where its line does.
 */
export function tokenizeHcl(source: SourceFile): HclToken[] {
  const tape = parseNative('tokenize', { source, start: 0, end: source.text.length });
  const tokens: HclToken[] = [];
  for (let token = tape.root; token !== 0; token = at(tape, token + 3)) {
    tokens.push({ kind: kinds[at(tape, token)] ?? 'invalid', start: at(tape, token + 1), end: at(tape, token + 2) });
  }
  return tokens.reverse();
}
