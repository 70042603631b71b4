import type { Tape } from './native-parser.js';

/** A NAME of several words. */
export function namespacedName(tape: Tape, at: number): string {
  const words: string[] = [];
  for (let i = at + 1; i < at + 2 * tape.at(at); i += 2) words.push(tape.slice(tape.at(i), tape.at(i + 1)));
  return words.join('::');
}
