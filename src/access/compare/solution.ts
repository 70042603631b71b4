import type { Signed } from './literals.js';
import type { Word } from './tokens.js';

/** A value of a space that meets all literals on it. */
export interface Solution {
  /** Of a resource one; of a key its values, none where it is absent. */
  readonly words: readonly Word[];
  /** Not found by all rules: perhaps no value meets them. */
  readonly isRough: boolean;
}

/** A literal, and whether a value has to pass its test. */
export interface Demand {
  readonly signed: Signed;
  readonly passes: boolean;
}
