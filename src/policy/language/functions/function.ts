import type { EvaluationContext } from '../frame.js';
import { overAlternatives } from '../lift.js';
import { FALSE, policyError, type RuntimeValue, typeName, UNSET, unknownFrom } from '../runtime-value.js';

/**
 * A function of the language. Arguments include the receiver, first. `name` begins with a dot for a function that is
 * called on a receiver (`.startsWith`), else is the full name (`sets.contains`).
 */
export interface FunctionDefinition {
  /** Overloads as `(string, list(A)): bool`, for the type checker. */
  readonly signatures: readonly string[];
  /** Over known values; undefined where no overload takes them. */
  call(values: readonly RuntimeValue[], context: EvaluationContext): RuntimeValue | undefined;
  /** What is decided although an argument is unknown; undefined where nothing is. */
  partial?(values: readonly RuntimeValue[], context: EvaluationContext): RuntimeValue | undefined;
  /** What it gives when an argument reads as null; without it null is an argument like any other. */
  readonly overNull?: 'false' | 'null' | undefined;
  /** It sees errors and unknowns itself. */
  readonly isLazy?: boolean | undefined;
}

export type FunctionTable = Readonly<Record<string, FunctionDefinition>>;

/** Calls a function: errors first, then null, then what is known of the unknowns. */
export function invoke(
  name: string,
  definition: FunctionDefinition,
  values: readonly RuntimeValue[],
  context: EvaluationContext,
): RuntimeValue {
  if (definition.isLazy === true) return definition.call(values, context) ?? noOverload(name, values);
  let hasUnknown = false;
  for (const value of values) {
    if (value.kind === 'error') return value;
    if (value.kind === 'unknown') hasUnknown = true;
  }
  if (definition.overNull !== undefined && values.some(isUnset)) {
    return definition.overNull === 'false' ? FALSE : UNSET;
  }
  if (hasUnknown) return invokeUnknown(name, definition, values, context);
  return definition.call(values, context) ?? noOverload(name, values);
}

function isUnset(value: RuntimeValue): boolean {
  return value.kind === 'null' && value.isLiteral !== true;
}

function invokeUnknown(
  name: string,
  definition: FunctionDefinition,
  values: readonly RuntimeValue[],
  context: EvaluationContext,
): RuntimeValue {
  const decided = definition.partial?.(values, context);
  if (decided !== undefined) return decided;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value?.kind !== 'unknown') continue;
    const lifted = overAlternatives(value, (known) => invoke(name, definition, values.with(index, known), context));
    if (lifted !== undefined) return lifted;
  }
  // What `null` over null gives may be null over an unknown.
  return unknownFrom(values, { notNull: definition.overNull === 'null' ? undefined : true });
}

export function noOverload(name: string, values: readonly RuntimeValue[]): RuntimeValue {
  return policyError(`"${name.replace(/^\./, '')}" does not take ${values.map(typeName).join(', ') || 'no argument'}.`);
}
