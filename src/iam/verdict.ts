import type { UnknownValue, Value } from '../model/value.js';

/** Kleene's third value is `undefined`: it depends on something that is not known. */
export type Ternary = boolean | undefined;

/** An answer with what decided it: the statements, or the parts of one, and what was not known. */
export interface Verdict {
  readonly value: Ternary;
  readonly decidedBy: readonly Value[];
  readonly unknowns: readonly UnknownValue[];
  /** What was taken for granted, in sentences. */
  readonly assumed?: readonly string[] | undefined;
}

export function and(...operands: readonly Ternary[]): Ternary {
  if (operands.includes(false)) return false;
  return operands.includes(undefined) ? undefined : true;
}

export function or(...operands: readonly Ternary[]): Ternary {
  if (operands.includes(true)) return true;
  return operands.includes(undefined) ? undefined : false;
}

export function not(operand: Ternary): Ternary {
  return operand === undefined ? undefined : !operand;
}
