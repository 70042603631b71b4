import { identityOf } from '../iam/index.js';
import type { ListValue, ObjectValue, UnknownValue, Value } from '../model/value.js';
import { stringValue } from '../model/values.js';

/** Unknown texts that a question states, by identity: the account of a provider's configuration. */
export type Bindings = ReadonlyMap<string, string>;

/** The value with the unknown texts replaced that are stated; what becomes known keeps its place. */
export function bindValue<T extends Value>(value: T, bindings: Bindings): Value {
  if (bindings.size === 0) return value;
  let known = bound.get(bindings);
  if (known === undefined) {
    known = new WeakMap();
    bound.set(bindings, known);
  }
  let replaced = known.get(value);
  if (replaced === undefined) {
    replaced = bind(value, bindings);
    known.set(value, replaced);
  }
  return replaced;
}

/** A policy that many principals have is one value, and stays one. */
const bound = new WeakMap<Bindings, WeakMap<Value, Value>>();

function bind(value: Value, bindings: Bindings): Value {
  switch (value.kind) {
    case 'unknown':
      return bindUnknown(value, bindings);
    case 'list':
      return bindList(value, bindings);
    case 'object':
      return bindObject(value, bindings);
    default:
      return value;
  }
}

/** What holds nothing that is stated stays the same value: its place in its resource is found by that. */
function bindList(value: ListValue, bindings: Bindings): Value {
  const elements = value.elements.map((element) => bind(element, bindings));
  return isSame(elements, value.elements) ? value : { ...value, elements };
}

function isSame(some: readonly unknown[], other: readonly unknown[]): boolean {
  return some.length === other.length && some.every((one, index) => one === other[index]);
}

function bindObject(value: ObjectValue, bindings: Bindings): Value {
  const entries = new Map([...value.entries].map(([name, entry]) => [name, bind(entry, bindings)]));
  return [...entries].every(([name, entry]) => entry === value.entries.get(name)) ? value : { ...value, entries };
}

function bindUnknown(value: UnknownValue, bindings: Bindings): Value {
  const stated = bindings.get(identityOf(value));
  if (stated !== undefined && value.parts === undefined) return withPlace(stated, value);
  if (value.parts !== undefined) {
    const parts = joinTexts(
      value.parts.map((part) => {
        if (typeof part === 'string') return part;
        const bound = bindUnknown(part, bindings);
        return bound.kind === 'string' ? bound.value : bound.kind === 'unknown' ? bound : part;
      }),
    );
    const [only = ''] = parts;
    if (isSame(parts, value.parts)) return value;
    if (parts.length <= 1 && typeof only === 'string') return withPlace(only, value);
    const left = bindAlternatives(value.alternatives ?? [], bindings).filter((one) => isLike(parts, one));
    const [one] = left;
    if (left.length === 1 && one !== undefined && one.kind !== 'absent') return one;
    return { ...value, parts, alternatives: left.length === 0 ? undefined : left };
  }
  if (value.alternatives === undefined) return value;
  const alternatives = bindAlternatives(value.alternatives, bindings);
  return isSame(alternatives, value.alternatives) ? value : { ...value, alternatives };
}

type Alternatives = NonNullable<UnknownValue['alternatives']>;

function bindAlternatives(alternatives: Alternatives, bindings: Bindings): Alternatives {
  return alternatives.map((one) => (one.kind === 'absent' ? one : bind(one, bindings)));
}

/** Whether an alternative may begin and end as the parts of its text do, by which it is known now. */
function isLike(parts: NonNullable<UnknownValue['parts']>, one: Alternatives[number]): boolean {
  const own = one.kind === 'string' ? [one.value] : one.kind === 'unknown' ? one.parts : undefined;
  if (own === undefined) return true;
  const [start, end] = [textAt(parts, 0), textAt(parts, -1)];
  const [ownStart, ownEnd] = [textAt(own, 0), textAt(own, -1)];
  return (ownStart.startsWith(start) || start.startsWith(ownStart)) && (ownEnd.endsWith(end) || end.endsWith(ownEnd));
}

function textAt(parts: readonly (string | UnknownValue)[], index: number): string {
  const part = parts.at(index);
  return typeof part === 'string' ? part : '';
}

function withPlace(text: string, { origin, refersTo }: UnknownValue): Value {
  return { ...stringValue(text, origin), refersTo };
}

function joinTexts(parts: readonly (string | UnknownValue)[]): (string | UnknownValue)[] {
  const joined: (string | UnknownValue)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}
