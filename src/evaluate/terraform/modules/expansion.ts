import type { Existence } from '../../../model/raw-resource.js';
import type { UnknownValue, Value } from '../../../model/value.js';
import { unknownValue } from '../../../model/values.js';
import type { Diagnostic } from '../../../source/diagnostic.js';
import type { PlacedAttribute } from '../configuration/declarations.js';
import type { InstanceSlot } from './instance-slot.js';
import { keySetOf, noteKeySet } from './key-sets.js';

export interface Expansion {
  readonly kind: 'single' | 'count' | 'for-each';
  readonly slots: readonly InstanceSlot[];
  /** Equal for expansions over the same unknown collection. */
  readonly keySet?: string | undefined;
  /** The keys are not all known. */
  readonly isOpen: boolean;
}

export interface ExpansionInput {
  readonly count: PlacedAttribute | undefined;
  readonly forEach: PlacedAttribute | undefined;
  /** Whether there is room for so many instances. */
  readonly fits: (count: number) => boolean;
  evaluate(attribute: PlacedAttribute): Value;
  report(diagnostic: Diagnostic): void;
  /** As `report`, once for all module instances that meet the limit. */
  reportOnce(limit: string, diagnostic: Diagnostic): void;
  readonly root: string;
  /** The address of the module instance, empty for the root module. */
  readonly module: string;
  /** What is expanded: `module.a.aws_s3_bucket.b`. */
  readonly address: string;
}

/** Reports what is wrong with the `count` or `for_each`. */
export function problem(
  input: ExpansionInput,
  { file, attribute: { expression } }: PlacedAttribute,
  code: Diagnostic['code'],
  message: string,
): void {
  const { start, end } = expression;
  input.report({ code, message, range: { file, start, end } });
}

/** The existence of an instance that a value decides of. */
export function uncertain(value: Value): Existence & { readonly kind: 'unknown' } {
  if (value.kind === 'unknown')
    return { kind: 'unknown', reason: value.reason, subject: value.subject, origin: value.origin };
  return { kind: 'unknown', reason: 'uncertain-existence', origin: value.origin };
}

/** Of too many instances; equal for all, so that companions exist as surely as what they belong to. */
export const BEYOND_LIMIT: Existence = { kind: 'unknown', reason: 'limit-reached' };

/** SAFETY: why one instance stands for all where they are more than there is room for, which is reported. */
export function tooMany(
  input: ExpansionInput,
  { file, attribute: { expression } }: PlacedAttribute,
  count: number,
): UnknownValue {
  const { start, end } = expression;
  input.reportOnce(`instances\0${file.path}\0${start}`, {
    code: 'limit-reached',
    message: `"${input.address}" has ${count} instances, more than Trueline allows: they are judged as one.`,
    range: { file, start, end },
  });
  return unknownValue('limit-reached', { subject: input.address });
}

/** The name of the key set of a collection; what is expanded over the same collection has the same. */
export function collectionKeySet(input: ExpansionInput, over: Value): string {
  const known = keySetOf(over);
  if (known !== undefined) return known;
  const keySet = ownKeySet(input);
  noteKeySet(over, keySet);
  return keySet;
}

export function ownKeySet({ root, address }: ExpansionInput): string {
  return `${root}\0${address}`;
}
