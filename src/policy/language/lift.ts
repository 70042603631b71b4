import { isIdentical } from './equality.js';
import { alternativesOf, type RuntimeUnknown, type RuntimeValue, unknownFrom } from './runtime-value.js';

/** How many ways to turn out an unknown keeps. */
export const MAX_ALTERNATIVES = 4;

/** Applies an operation to every way an unknown can turn out; undefined where the ways are not known. */
export function overAlternatives(
  unknown: RuntimeUnknown,
  operation: (value: RuntimeValue) => RuntimeValue,
): RuntimeValue | undefined {
  const alternatives = alternativesOf(unknown);
  if (alternatives === undefined || alternatives.length === 0) return undefined;
  return joinOutcomes(alternatives.map(operation), [unknown]);
}

/**
 * One value for several ways to turn out: the value where all agree, else an unknown that remembers them. An error in
 * some of them is only possible, so it gives way to the unknown.
 */
export function joinOutcomes(outcomes: readonly RuntimeValue[], causes: readonly RuntimeValue[]): RuntimeValue {
  const [first] = outcomes;
  if (first === undefined) return unknownFrom(causes);
  if (outcomes.every((outcome) => outcome.kind === 'error')) return first;
  if (outcomes.every((outcome) => isIdentical(first, outcome))) return first;
  const possible = flatten(outcomes);
  const alternatives = possible === undefined || possible.length > MAX_ALTERNATIVES ? undefined : possible;
  const values = outcomes.filter((outcome) => outcome.kind === 'unknown');
  const notNull = outcomes.every((outcome) =>
    outcome.kind === 'unknown' ? outcome.notNull === true || outcome.parts !== undefined : outcome.kind !== 'null',
  );
  return unknownFrom([...causes, ...values], { alternatives, notNull });
}

function flatten(outcomes: readonly RuntimeValue[]): RuntimeValue[] | undefined {
  const flat: RuntimeValue[] = [];
  for (const outcome of outcomes) {
    if (outcome.kind === 'error') return undefined;
    const inner = outcome.kind === 'unknown' ? (alternativesOf(outcome) ?? [outcome]) : [outcome];
    for (const value of inner) if (!flat.some((other) => isIdentical(other, value))) flat.push(value);
  }
  return flat;
}
