import type { Outcome } from '../findings/evaluation.js';
import type { UnknownValue } from '../model/value.js';
import type { ErrorValue, RuntimeValue } from './language/runtime-value.js';

/** What was decided on a resource or an element, before anything is said about it. */
export interface Judgement {
  readonly outcome: Outcome;
  readonly when: RuntimeValue;
  readonly assert: RuntimeValue | undefined;
  readonly causes: readonly UnknownValue[];
  readonly error?: ErrorValue | undefined;
  /** Which elements there are is not known. */
  readonly isOpen?: boolean | undefined;
}

/** An element that `each` bound: the values of its names, and whether all of them are certain to be there. */
export interface BoundElement {
  readonly values: readonly RuntimeValue[];
  readonly indexes: readonly (number | undefined)[];
  readonly doubt: readonly UnknownValue[];
  readonly isCertain: boolean;
}
