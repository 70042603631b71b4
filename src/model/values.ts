import { BOOL, DYNAMIC, NUMBER, STRING, type Type } from './type.js';
import type { UnknownReason } from './unknown-reason.js';
import type {
  BoolValue,
  NullValue,
  NumberValue,
  ObjectValue,
  Origin,
  Reference,
  StringValue,
  UnknownValue,
  Value,
} from './value.js';

export function stringValue(value: string, origin?: Origin): StringValue {
  return { kind: 'string', value, origin };
}

export function numberValue(value: number, origin?: Origin): NumberValue {
  return { kind: 'number', value, origin };
}

export function boolValue(value: boolean, origin?: Origin): BoolValue {
  return { kind: 'bool', value, origin };
}

export function nullValue(type?: Type, origin?: Origin): NullValue {
  return { kind: 'null', type, origin };
}

export function unknownValue(
  reason: UnknownReason,
  details: Partial<Omit<UnknownValue, 'kind' | 'reason'>> = {},
): UnknownValue {
  return { kind: 'unknown', reason, type: DYNAMIC, ...details };
}

export function emptyObject(origin?: Origin): ObjectValue {
  return { kind: 'object', type: { kind: 'object', attributes: new Map() }, entries: new Map(), origin };
}

/** The type of a value; `dynamic` for a null without one. */
export function typeOf(value: Value): Type {
  switch (value.kind) {
    case 'string':
      return STRING;
    case 'number':
      return NUMBER;
    case 'bool':
      return BOOL;
    case 'null':
      return value.type ?? DYNAMIC;
    default:
      return value.type;
  }
}

/** The references of several values together, each once. */
export function mergeReferences(...lists: (readonly Reference[] | undefined)[]): readonly Reference[] | undefined {
  const present = lists.filter((list) => list !== undefined && list.length > 0);
  if (present.length <= 1) return present[0];
  const seen = new Map<string, Reference>();
  for (const list of present) {
    for (const reference of list ?? []) {
      seen.set(`${reference.root}\0${reference.address}\0${reference.attribute}`, reference);
    }
  }
  return [...seen.values()];
}

/** Whether the value and everything in it is known and no list or map in it is open. */
export function isWhollyKnown(value: Value): boolean {
  switch (value.kind) {
    case 'unknown':
      return false;
    case 'list':
      return value.rest === undefined && value.existence === undefined && value.elements.every(isWhollyKnown);
    case 'object':
      return value.rest === undefined && [...value.entries.values()].every(isWhollyKnown);
    default:
      return true;
  }
}

/**
 * Whether an unknown is one of these attributes of AWS resources or data sources, as it was read: whichever it refers to,
 * and not what a function made of it.
 */
export function isReadOf(
  value: { readonly refersTo?: Value['refersTo']; readonly identity?: string | undefined },
  attributes: AttributesOfTypes,
): boolean {
  const references = value.refersTo ?? [];
  if (references.length === 0) return false;
  if (value.identity !== undefined && !isIdentityOfRead(value.identity, references)) return false;
  return references.every(({ address, attribute }) => {
    const type = /(?:^|\.)([a-z0-9_]+)\.[^.[\]]+(?:\[(?:"[^"]*"|[^\]]*)\])?$/.exec(address)?.[1];
    const types = attributes.get(attribute);
    return type?.startsWith('aws_') === true && (types === 'any' || types?.has(type) === true);
  });
}

/** Attribute → the types on which it counts. */
export type AttributesOfTypes = ReadonlyMap<string, 'any' | ReadonlySet<string>>;

function isIdentityOfRead(identity: string, references: readonly Reference[]): boolean {
  return references.some(({ root, address, attribute }) => identity === `${root}\0${address}.${attribute}`);
}
