import { DYNAMIC, type Type } from '../../../model/type.js';
import type { ObjectValue, Rest, UnknownValue, Value } from '../../../model/value.js';
import { referencesIn } from '../values/unknown.js';

/** An unknown part of an unknown; the same part of the same unknown is the same. */
export function partOfUnknown(value: UnknownValue, type: Type, step: string): UnknownValue {
  const { reason, subject, refersTo, origin, sensitive } = value;
  const identity = value.identity === undefined ? undefined : `${value.identity}.${JSON.stringify(step)}`;
  return { kind: 'unknown', type, reason, subject, refersTo, origin, sensitive, identity };
}

/** Some element of an unknown collection, which is another each time. */
export function anyElementOf(value: UnknownValue): UnknownValue {
  const { type, reason, subject, refersTo, origin, sensitive } = value;
  const isCollection = type.kind === 'list' || type.kind === 'set' || type.kind === 'map';
  return {
    kind: 'unknown',
    type: isCollection ? type.element : DYNAMIC,
    reason,
    subject,
    refersTo: refersTo ?? referencesIn(value),
    origin,
    sensitive,
  };
}

/** What an unknown collection adds to an open one. */
export function restOf(value: UnknownValue): Rest {
  return { reason: value.reason, subject: value.subject, element: anyElementOf(value) };
}

export interface Entries {
  readonly entries: ReadonlyMap<string, Value>;
  readonly rest?: Rest | undefined;
}

/** The entries of a map or object; of an unknown one those that its type tells. Undefined for other values. */
export function entriesOf(value: Value): Entries | undefined {
  if (value.kind === 'object') return { entries: value.entries, rest: value.rest };
  if (value.kind !== 'unknown') return undefined;
  switch (value.type.kind) {
    case 'object': {
      const { attributes } = value.type;
      const entries = new Map([...attributes].map(([name, type]) => [name, partOfUnknown(value, type, name)] as const));
      return { entries };
    }
    case 'map':
    case 'dynamic':
      return { entries: new Map(), rest: restOf(value) };
    default:
      return undefined;
  }
}

/** The object with the entries open; its type is then not known. */
export function openObject(object: ObjectValue, rest: Rest | undefined): ObjectValue {
  if (rest === undefined) return object;
  return { ...object, type: object.type.kind === 'map' ? object.type : DYNAMIC, rest };
}

/** An unknown that stands for several values is not the same each time. */
export function withoutIdentity(value: Value): Value {
  return value.kind === 'unknown' && value.identity !== undefined ? { ...value, identity: undefined } : value;
}
