import type { Value } from '../../model/value.js';

/** Whether NEW allows a request that OLD does not. */
export type CompareAnswer =
  /** `assumes`: for what the answer holds, the catalogue of actions at least. */
  | { readonly kind: 'no'; readonly assumes: readonly string[] }
  | {
      readonly kind: 'yes';
      readonly witness: Witness;
      readonly assumes: readonly string[];
      /** The statements of NEW that allow it. */
      readonly statements: readonly GrantingStatement[];
    }
  | { readonly kind: 'unknown'; readonly constructs: readonly string[] };

/** A request that NEW allows and OLD does not, re-checked by the engine. */
export interface Witness {
  readonly action: string;
  readonly resource: string;
  /** Keys of the request, in lower case. What is not here is absent. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export interface GrantingStatement {
  readonly policy: string | undefined;
  readonly source: Value;
  readonly attachedBy?: Value | undefined;
  readonly assumed?: readonly string[] | undefined;
}
