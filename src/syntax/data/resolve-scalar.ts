import type { DataDialect } from './ast.js';
import { cloudFormationNumber, kubernetesNumber } from './numbers.js';

/**
 * What a plain scalar is: undefined for a text, else null, a boolean, or a number as its exact decimal text. What is no
 * finite number is `Infinity`, `-Infinity` or `NaN`.
 */
export type PlainValue = undefined | null | boolean | string;

/** SAFETY: longer ones are texts. */
const maxNumberLength = 1_000;

const words = new Map<string, PlainValue>([
  ['', null],
  ['~', null],
  ...['null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);

/** YAML 1.1 has them, and of its readers only Go's. */
const letters = new Map<string, PlainValue>([
  ['y', true],
  ['Y', true],
  ['n', false],
  ['N', false],
]);

/** Whether a text may be something else, by its first character: digits, signs, dot, tilde, and the letters of the words. */
const canBegin = new Uint8Array(128);
for (const c of '0123456789+-.~nNtTfFyYoO') canBegin[c.charCodeAt(0)] = 1;

export function resolvePlain(text: string, dialect: DataDialect): PlainValue {
  const first = text.charCodeAt(0);
  if (text.length === 0) return null;
  if (first >= 128 || canBegin[first] === 0) return undefined;
  if (first > 57) {
    if (text.length > 5) return undefined;
    const word = words.get(text);
    if (word !== undefined || text.length > 1) return word;
    return dialect === 'kubernetes' ? letters.get(text) : undefined;
  }
  if (text.length > maxNumberLength) return undefined;
  return dialect === 'kubernetes' ? kubernetesNumber(text) : cloudFormationNumber(text);
}
