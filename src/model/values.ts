import type { SourceRange } from '../source/source-file.js';
import { BOOL, DYNAMIC, NUMBER, STRING, type Type } from './type.js';
import type { UnknownReason } from './unknown-reason.js';
import type {
  BoolValue,
  ListValue,
  NullValue,
  NumberValue,
  ObjectValue,
  Origin,
  OriginStep,
  Reference,
  Rest,
  StringValue,
  UnknownValue,
  Value,
} from './value.js';

// Values are made with all that a value may have, also where it is not there: to add something by a spread
// (`{ ...value, origin }`) costs a hidden class for each single object, to replace it costs nothing.

export function stringValue(value: string, origin?: Origin): StringValue {
  return { kind: 'string', value, origin, sensitive: undefined, refersTo: undefined };
}

export function numberValue(value: number, origin?: Origin): NumberValue {
  return { kind: 'number', value, origin, sensitive: undefined, refersTo: undefined };
}

export function boolValue(value: boolean, origin?: Origin): BoolValue {
  return { kind: 'bool', value, origin, sensitive: undefined, refersTo: undefined };
}

export function nullValue(type?: Type, origin?: Origin): NullValue {
  return { kind: 'null', type, origin, sensitive: undefined, refersTo: undefined };
}

export function listValue(type: Type, elements: readonly Value[], origin?: Origin, rest?: Rest): ListValue {
  return {
    kind: 'list',
    type,
    elements,
    existence: undefined,
    existenceCause: undefined,
    rest,
    origin,
    sensitive: undefined,
    refersTo: undefined,
  };
}

export function objectValue(
  type: Type,
  entries: ReadonlyMap<string, Value>,
  origin?: Origin,
  rest?: Rest,
): ObjectValue {
  return { kind: 'object', type, entries, rest, origin, sensitive: undefined, refersTo: undefined };
}

/** Where a value is written or used, by a step that leads on to where it came from. */
export function originAt({ file, start, end }: SourceRange, step: OriginStep, name?: string, from?: Origin): Origin {
  return { file, start, end, step, name, from };
}

export function unknownValue(
  reason: UnknownReason,
  details: Partial<Omit<UnknownValue, 'kind' | 'reason'>> = {},
): UnknownValue {
  return {
    kind: 'unknown',
    reason,
    type: details.type ?? DYNAMIC,
    subject: details.subject,
    identity: details.identity,
    notNull: details.notNull,
    parts: details.parts,
    layout: details.layout,
    bounds: details.bounds,
    length: details.length,
    alternatives: details.alternatives,
    encoded: details.encoded,
    origin: details.origin,
    sensitive: details.sensitive,
    refersTo: details.refersTo,
  };
}

export function emptyObject(origin?: Origin): ObjectValue {
  return objectValue({ kind: 'object', attributes: new Map() }, new Map(), origin);
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
      if (value.rest !== undefined) return false;
      for (const entry of value.entries.values()) if (!isWhollyKnown(entry)) return false;
      return true;
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
