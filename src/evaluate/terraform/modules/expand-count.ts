import { CERTAIN, type Existence } from '../../../model/raw-resource.js';
import { NUMBER } from '../../../model/type.js';
import type { NumberValue, UnknownValue, Value } from '../../../model/value.js';
import { unknownValue } from '../../../model/values.js';
import type { PlacedAttribute } from '../configuration/declarations.js';
import { convertValue } from '../values/convert.js';
import { numberRange } from '../values/equality.js';
import { isInteger } from '../values/number.js';
import {
  BEYOND_LIMIT,
  type Expansion,
  type ExpansionInput,
  ownKeySet,
  problem,
  tooMany,
  uncertain,
} from './expansion.js';
import { instanceKeyIdentity } from './instance-key.js';
import { countPrototype, countSlot, type InstanceSlot } from './instance-slot.js';

/** The instances that a `count` gives. */
export function expandCount(input: ExpansionInput, attribute: PlacedAttribute): Expansion {
  const raw = input.evaluate(attribute);
  const converted = convertValue(raw, NUMBER);
  const value: Value = converted.ok ? converted.value : raw;
  if (!converted.ok && converted.isLimit === true) {
    problem(input, attribute, 'limit-reached', `The "count" of "${input.address}": ${converted.message}.`);
    return expandUnknown(input, attribute, unknownValue('limit-reached', { type: NUMBER, notNull: true }));
  }
  if (value.kind === 'number' && isInteger(value) && value.value >= 0) return expandKnown(input, attribute, value);
  if (value.kind === 'unknown') return expandUnknown(input, attribute, value);
  const what = value.kind === 'null' ? 'null' : value.kind === 'number' ? String(value.value) : `a ${value.kind}`;
  const message = `The "count" of "${input.address}" must be a whole number of 0 or more, not ${what}.`;
  problem(input, attribute, 'terraform-invalid-count', message);
  return { kind: 'count', slots: [countSlot(0, { kind: 'unknown', reason: 'invalid-value' })], isOpen: true };
}

function expandKnown(input: ExpansionInput, attribute: PlacedAttribute, { value: count }: NumberValue): Expansion {
  if (input.fits(count)) {
    const slots = Array.from({ length: count }, (_, index) => countSlot(index, CERTAIN));
    return { kind: 'count', slots, isOpen: false };
  }
  const cause = tooMany(input, attribute, count);
  // The same indexes wherever there are as many.
  const keySet = `count\0${count}`;
  const slot = prototypeOf(cause, keySet, BEYOND_LIMIT, { min: 0, max: count - 1 });
  return { kind: 'count', slots: [slot], keySet, isOpen: true };
}

function expandUnknown(input: ExpansionInput, attribute: PlacedAttribute, value: UnknownValue): Expansion {
  const existence = uncertain(value);
  const range = numberRange(value);
  const min = range?.min ?? 0;
  const max = range?.max;
  if (max !== undefined && max <= 16) {
    const condition = conditionOf(input, attribute);
    const slots = Array.from({ length: Math.max(0, max) }, (_, index) =>
      countSlot(index, index < min ? CERTAIN : { ...existence, condition: `${condition}\0${index}` }),
    );
    return { kind: 'count', slots, isOpen: max > min };
  }
  const keySet = value.identity === undefined ? ownKeySet(input) : `count\0${value.identity}`;
  return { kind: 'count', slots: [prototypeOf(value, keySet, existence, { min: 0 })], isOpen: true, keySet };
}

/** One instance that stands for all of those that are not known. */
function prototypeOf(
  cause: UnknownValue,
  keySet: string,
  existence: Existence,
  bounds: UnknownValue['bounds'],
): InstanceSlot {
  const index = unknownValue(cause.reason, {
    type: NUMBER,
    subject: cause.subject,
    notNull: true,
    identity: instanceKeyIdentity(keySet),
    bounds,
    sensitive: cause.sensitive,
  });
  return countPrototype(index, existence);
}

/** The same expression in one module instance: where it makes one thing exist, it makes the others of it exist as well. */
function conditionOf({ module }: ExpansionInput, { attribute, file }: PlacedAttribute): string {
  const { start, end } = attribute.expression;
  return `${module}\0${file.text.slice(start, end).replace(/\s+/g, ' ')}`;
}
