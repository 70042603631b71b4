import type { Value } from '../model/value.js';
import type { Condition } from './condition.js';
import type { Principals } from './principal.js';
import type { Texts } from './texts.js';
import type { Ternary } from './verdict.js';

/** A statement, taken apart once. */
export interface Statement {
  readonly source: Value;
  readonly isAllow: Ternary;
  readonly actions: Texts | undefined;
  readonly notActions: Texts | undefined;
  readonly resources: Texts | undefined;
  readonly notResources: Texts | undefined;
  readonly principals: Principals | undefined;
  readonly notPrincipals: Principals | undefined;
  readonly conditions: readonly { readonly condition: Condition; readonly perhaps: boolean }[];
  readonly areConditionsOpen: boolean;
  /** Why it is perhaps not there. */
  readonly perhaps: boolean;
}
