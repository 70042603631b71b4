/** Whether NEW allows a request that OLD does not. */
export type CompareAnswer =
  | { readonly kind: 'no'; readonly assumes: readonly string[] }
  | { readonly kind: 'yes'; readonly witness: Witness; readonly assumes: readonly string[] }
  | { readonly kind: 'unknown'; readonly constructs: readonly string[] };

/** A request that NEW allows and OLD does not, re-checked by the engine. */
export interface Witness {
  readonly action: string;
  readonly resource: string;
  /** Keys of the request, in lower case. What is not here is absent. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}
