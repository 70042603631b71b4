import { at, type Tape } from './native-parser.js';

/** A NAME of several words. */
export function namespacedName(tape: Tape, name: number): string {
  const words: string[] = [];
  const last = name + 2 * at(tape, name);
  for (let i = name + 1; i < last; i += 2) words.push(tape.text.slice(at(tape, i), at(tape, i + 1)));
  return words.join('::');
}
