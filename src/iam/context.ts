import type { Cause } from './answer.js';
import { type Hole, type Text, type Token, textOf, type VariableReader } from './text.js';

/** What is known of a condition key in a request. */
export type KeyState =
  | { readonly kind: 'known'; readonly values: readonly Text[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly cause: Cause };

/** The keys of a request by their names in lower case. */
export type Context = (key: string) => KeyState;

export const ABSENT: KeyState = { kind: 'absent' };

export function known(...values: readonly (string | Text)[]): KeyState {
  return { kind: 'known', values: values.map((value) => (typeof value === 'string' ? textOf(value) : value)) };
}

export function unknownKey(key: string): KeyState {
  return { kind: 'unknown', cause: { kind: 'key', name: key } };
}

/** Policy variables by the keys of a request. A key of several values cannot be one: what happens then no page says. */
export function variablesOf(context: Context): VariableReader {
  return (key) => {
    const state = context(key);
    if (state.kind === 'absent') return undefined;
    if (state.kind === 'unknown') return [holeFor(`key ${key}`, state.cause)];
    const [value, ...others] = state.values;
    if (others.length > 0) return [holeFor(`variable ${key}`, { kind: 'construct', name: `variable:${key}` })];
    return value;
  };
}

function holeFor(identity: string, cause: Cause): Token {
  const hole: Hole = { identity, cause, isName: false };
  return hole;
}
