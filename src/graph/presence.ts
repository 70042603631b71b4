import type { ElementExistence, ListValue, Rest, UnknownValue, Value } from '../model/value.js';
import { unknownValue } from '../model/values.js';

export type Presence = 'set' | 'unset' | 'perhaps';

/** Whether a value is there; `rest` says why the object that lacks it may hold more. */
export function presenceOf(value: Value | undefined, rest?: Rest | undefined): Presence {
  if (value === undefined) return rest === undefined ? 'unset' : 'perhaps';
  if (value.kind === 'null') return 'unset';
  if (value.kind !== 'unknown' || value.notNull === true || value.parts !== undefined) return 'set';
  if (value.alternatives === undefined) return 'perhaps';
  return value.alternatives.some(isNothing) ? 'perhaps' : 'set';
}

/** What a value is where it is there. */
export function whereSet(value: Value): Value {
  if (value.kind !== 'unknown') return value;
  const alternatives = value.alternatives?.filter((one): one is Value => !isNothing(one));
  const [only] = alternatives ?? [];
  return alternatives?.length === 1 && only !== undefined ? only : { ...value, notNull: true, alternatives };
}

/** The most that an unknown remembers. */
const maxAlternatives = 4;

/** A value that is perhaps not there, or is `otherwise` then. */
export function perhaps(
  value: Value,
  cause: Pick<Rest, 'reason' | 'subject'> | undefined,
  otherwise?: Value | undefined,
): UnknownValue {
  const own = value.kind === 'unknown' ? value.alternatives : undefined;
  const kept = (own ?? [value]).filter((one) => !isNothing(one));
  const alternatives = [otherwise ?? ({ kind: 'absent' } as const), ...kept];
  return unknownValue(cause?.reason ?? 'uncertain-existence', {
    subject: cause?.subject,
    origin: value.origin,
    refersTo: value.refersTo,
    sensitive: value.sensitive,
    alternatives: alternatives.length <= maxAlternatives ? alternatives : undefined,
  });
}

/** An element of a list as a value by itself: it is perhaps not there. */
export function elementValue(
  value: Value,
  { existenceCause }: ListValue,
  existence: ElementExistence | undefined,
): Value {
  return existence === undefined ? value : perhaps(value, existenceCause);
}

function isNothing({ kind }: { readonly kind: string }): boolean {
  return kind === 'absent' || kind === 'null';
}
