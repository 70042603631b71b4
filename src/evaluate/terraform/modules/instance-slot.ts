import type { Existence } from '../../../model/raw-resource.js';
import { DYNAMIC, type Type } from '../../../model/type.js';
import type { Value } from '../../../model/value.js';
import { numberValue, objectValue, stringValue } from '../../../model/values.js';
import { type InstanceKey, PROTOTYPE } from './instance-key.js';

/** One instance of a resource or module call, before anything of it is evaluated. */
export interface InstanceSlot {
  readonly key: InstanceKey;
  readonly existence: Existence;
  /** What `each.key`, `each.value`, `count.index` mean in it. */
  readonly names: ReadonlyMap<string, Value>;
}

// One type each for all instances: there may be tens of thousands.
const COUNT_TYPE: Type = { kind: 'object', attributes: new Map([['index', DYNAMIC]]) };
const EACH_TYPE: Type = {
  kind: 'object',
  attributes: new Map([
    ['key', DYNAMIC],
    ['value', DYNAMIC],
  ]),
};

/** An instance of a `count`. */
export function countSlot(index: number, existence: Existence): InstanceSlot {
  return { key: index, existence, names: countNames(numberValue(index)) };
}

/** The one that stands for those of a `count` whose number is not known. */
export function countPrototype(index: Value, existence: Existence): InstanceSlot {
  return { key: PROTOTYPE, existence, names: countNames(index) };
}

function countNames(index: Value): ReadonlyMap<string, Value> {
  return new Map([['count', objectValue(COUNT_TYPE, new Map([['index', index]]))]]);
}

/** An instance of a `for_each`. */
export function eachSlot(key: string, value: Value, existence: Existence): InstanceSlot {
  return { key, existence, names: eachNames(stringValue(key, value.origin), value) };
}

/** The one that stands for those of a `for_each` whose keys are not known. */
export function eachPrototype(key: Value, value: Value, existence: Existence): InstanceSlot {
  return { key: PROTOTYPE, existence, names: eachNames(key, value) };
}

function eachNames(key: Value, value: Value): ReadonlyMap<string, Value> {
  const entries = new Map([
    ['key', key],
    ['value', value],
  ]);
  return new Map([['each', objectValue(EACH_TYPE, entries)]]);
}
