import type { Resource } from '../../model/resource.js';
import { DYNAMIC, type Type } from '../../model/type.js';
import type {
  AbsentAlternative,
  BoolValue,
  ElementExistence,
  NullValue,
  NumberValue,
  Rest,
  StringValue,
  UnknownValue,
} from '../../model/value.js';

/**
 * What an expression computes with. A resource's values are used as they are (`Value` is part of this union), so that
 * reading costs nothing and origins are kept; CEL's other kinds are added.
 */
export type RuntimeValue =
  | StringValue
  | NumberValue
  | BoolValue
  | RuntimeNull
  | RuntimeList
  | RuntimeObject
  | RuntimeUnknown
  | IntValue
  | UintValue
  | DoubleValue
  | BytesValue
  | TimestampValue
  | DurationValue
  | TypeNameValue
  | OptionalValue
  | MapValue
  | ResourceReference
  | AddressValue
  | NetworkValue
  | ErrorValue;

/** Null as a resource reads; `isLiteral` is CEL's own null, which keeps the standard's errors. */
export interface RuntimeNull extends NullValue {
  readonly isLiteral?: boolean | undefined;
}

export interface RuntimeList {
  readonly kind: 'list';
  readonly type?: Type | undefined;
  readonly elements: readonly RuntimeValue[];
  readonly existence?: ReadonlyMap<number, ElementExistence> | undefined;
  readonly rest?: RuntimeRest | undefined;
  /** Why some elements only perhaps exist, where an expression made them so. */
  readonly doubt?: RuntimeUnknown | undefined;
  readonly origin?: NullValue['origin'];
  readonly sensitive?: boolean | undefined;
  readonly refersTo?: NullValue['refersTo'];
  /** Made by an expression: an index that is not there is an error. */
  readonly isResult?: boolean | undefined;
}

/** A map or object of a resource: a key that is not there reads as null. */
export interface RuntimeObject {
  readonly kind: 'object';
  readonly type?: Type | undefined;
  readonly entries: ReadonlyMap<string, RuntimeValue>;
  readonly rest?: RuntimeRest | undefined;
  readonly origin?: NullValue['origin'];
  readonly sensitive?: boolean | undefined;
  readonly refersTo?: NullValue['refersTo'];
}

/** An unknown; one that an operator gave has the unknowns it came from in `causes`. */
export interface RuntimeUnknown extends Omit<UnknownValue, 'alternatives'> {
  readonly alternatives?: readonly (RuntimeValue | AbsentAlternative)[] | undefined;
  readonly causes?: readonly UnknownValue[] | undefined;
}

export interface IntValue {
  readonly kind: 'int';
  readonly value: bigint;
}

export interface UintValue {
  readonly kind: 'uint';
  readonly value: bigint;
}

export interface DoubleValue {
  readonly kind: 'double';
  readonly value: number;
}

export interface BytesValue {
  readonly kind: 'bytes';
  /** One character a byte. */
  readonly value: string;
}

/** Nanoseconds since the Unix epoch. */
export interface TimestampValue {
  readonly kind: 'timestamp';
  readonly value: bigint;
}

/** Nanoseconds. */
export interface DurationValue {
  readonly kind: 'duration';
  readonly value: bigint;
}

export interface TypeNameValue {
  readonly kind: 'type';
  readonly value: string;
}

export interface OptionalValue {
  readonly kind: 'optional';
  readonly value?: RuntimeValue | undefined;
  /** Whether there is a value is not known. */
  readonly perhaps?: RuntimeUnknown | undefined;
}

/** A map made by an expression: canonical key (`mapKey`) → entry. A key that is not there is an error. */
export interface MapValue {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, { readonly key: RuntimeValue; readonly value: RuntimeValue }>;
  readonly rest?: RuntimeRest | undefined;
}

/** The elements or entries that may follow the known ones. */
export interface RuntimeRest extends Omit<Rest, 'element'> {
  readonly element?: RuntimeValue | undefined;
}

export interface ResourceReference {
  readonly kind: 'resource';
  readonly resource: Resource;
  /** Nothing proves that a resource of this type is there: comparing with null is unknown. */
  readonly isTypeUnproven?: boolean | undefined;
}

/** An IP address: 4 or 6, and its bits. */
export interface AddressValue {
  readonly kind: 'ip';
  readonly family: 4 | 6;
  readonly bits: bigint;
}

/** A CIDR; `bits` are those written, also below the prefix. */
export interface NetworkValue {
  readonly kind: 'cidr';
  readonly family: 4 | 6;
  readonly bits: bigint;
  readonly prefix: number;
}

export interface ErrorValue {
  readonly kind: 'error';
  readonly category: 'policy-error' | 'invalid-value' | 'limit-reached';
  readonly message: string;
  /** Half-open offsets in the expression. */
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  /** The value that could not be converted. */
  readonly value?: RuntimeValue | undefined;
  /** It is an error of the policy's `when`, not of its `assert`. */
  readonly isInWhen?: boolean | undefined;
}

export const TRUE: BoolValue = { kind: 'bool', value: true };
export const FALSE: BoolValue = { kind: 'bool', value: false };
export const NULL_LITERAL: RuntimeNull = { kind: 'null', isLiteral: true };
/** What an unset attribute reads as. */
export const UNSET: RuntimeNull = { kind: 'null' };
export const EMPTY_LIST: RuntimeList = { kind: 'list', elements: [] };
export const EMPTY_OBJECT: RuntimeObject = { kind: 'object', entries: new Map() };
export const NO_OPTIONAL: OptionalValue = { kind: 'optional' };

export function toBool(value: boolean): BoolValue {
  return value ? TRUE : FALSE;
}

export function toText(value: string): StringValue {
  return { kind: 'string', value };
}

export function toInt(value: bigint | number): RuntimeValue {
  const whole = typeof value === 'bigint' ? value : BigInt(value);
  if (whole < -(2n ** 63n) || whole >= 2n ** 63n) return policyError('The number does not fit into 64 bits.');
  return { kind: 'int', value: whole };
}

export function toUint(value: bigint): RuntimeValue {
  if (value < 0n || value >= 2n ** 64n) return policyError('The number does not fit into 64 unsigned bits.');
  return { kind: 'uint', value };
}

export function toDouble(value: number): DoubleValue {
  return { kind: 'double', value };
}

export function toList(elements: readonly RuntimeValue[], details: Partial<RuntimeList> = {}): RuntimeList {
  return { kind: 'list', elements, isResult: true, ...details };
}

export function policyError(message: string): ErrorValue {
  return { kind: 'error', category: 'policy-error', message };
}

/** The policy is not evaluated any further: what it would say is not known. */
export function overLimit(message: string): ErrorValue {
  return { kind: 'error', category: 'limit-reached', message };
}

export function invalidValue(message: string, value?: RuntimeValue): ErrorValue {
  return { kind: 'error', category: 'invalid-value', message, value };
}

/** What an unknown can be, `absent` as null; undefined where the ways are not known. */
export function alternativesOf(unknown: RuntimeUnknown): readonly RuntimeValue[] | undefined {
  return unknown.alternatives?.map((alternative) => (alternative.kind === 'absent' ? UNSET : alternative));
}

/** SAFETY: how many causes an unknown carries; more are not needed to say why. */
const MAX_CAUSES = 16;

/** The unknowns of the resource that a value came from: itself, unless an operator gave it. */
export function causesOf(unknown: RuntimeUnknown): readonly UnknownValue[] {
  if (unknown.causes !== undefined) return unknown.causes;
  if (isPlain(unknown)) return [unknown];
  const { alternatives, causes, ...plain } = unknown;
  return [plain];
}

function isPlain(unknown: RuntimeUnknown): unknown is RuntimeUnknown & UnknownValue {
  return unknown.alternatives === undefined && unknown.causes === undefined;
}

/** The unknown result of an operator over values of which some are unknown. */
export function unknownFrom(values: readonly RuntimeValue[], details: Partial<RuntimeUnknown> = {}): RuntimeUnknown {
  const causes: UnknownValue[] = [];
  for (const value of values) {
    for (const cause of unknownsOf(value)) {
      if (causes.length < MAX_CAUSES && !causes.some((other) => isSameCause(other, cause))) causes.push(cause);
    }
  }
  const [first] = causes;
  return {
    kind: 'unknown',
    type: DYNAMIC,
    reason: first?.reason ?? 'policy-error',
    subject: first?.subject,
    causes,
    notNull: true,
    ...details,
  };
}

function isSameCause(a: UnknownValue, b: UnknownValue): boolean {
  if (a === b) return true;
  return a.reason === b.reason && a.subject === b.subject && a.identity === b.identity && a.origin === b.origin;
}

/** What is unknown in a value, on its surface: the unknown itself, uncertain elements and open ends of a collection. */
function unknownsOf(value: RuntimeValue): readonly UnknownValue[] {
  switch (value.kind) {
    case 'unknown':
      return causesOf(value);
    case 'list': {
      const inner = [...value.elements.flatMap((element) => unknownsOf(element))];
      if (value.rest !== undefined) inner.push(restUnknown(value.rest));
      if (value.existence !== undefined && value.existence.size > 0) inner.push(...doubtOf(value));
      return inner;
    }
    case 'object':
    case 'map': {
      const inner = entriesOf(value).flatMap((entry) => [...unknownsOf(entry.value)]);
      if (value.rest !== undefined) inner.push(restUnknown(value.rest));
      return inner;
    }
    case 'optional':
      return value.perhaps === undefined ? [] : causesOf(value.perhaps);
    case 'resource':
      return value.isTypeUnproven === true || value.resource.presence !== 'written'
        ? [outsideInput(value.resource.address)]
        : [];
    default:
      return [];
  }
}

/** Why a list's uncertain elements are uncertain. */
export function doubtOf(list: RuntimeList): readonly UnknownValue[] {
  return list.doubt === undefined ? [UNCERTAIN_ELEMENT] : causesOf(list.doubt);
}

/** An element that only perhaps exists makes what it would decide unknown. */
export const UNCERTAIN_ELEMENT: UnknownValue = {
  kind: 'unknown',
  type: DYNAMIC,
  reason: 'uncertain-existence',
  notNull: true,
};

export function restUnknown(rest: RuntimeRest): UnknownValue {
  return { kind: 'unknown', type: DYNAMIC, reason: rest.reason, subject: rest.subject, notNull: true };
}

export function outsideInput(subject?: string): UnknownValue {
  return { kind: 'unknown', type: DYNAMIC, reason: 'outside-input', subject };
}

/** The canonical key of a map entry: `1`, `1u` and `1.0` are the same key. Undefined for what cannot be a key. */
export function mapKey(key: RuntimeValue): string | undefined {
  switch (key.kind) {
    case 'string':
      return `s${key.value}`;
    case 'bool':
      return `b${key.value}`;
    case 'int':
    case 'uint':
      return `n${key.value}`;
    case 'double':
    case 'number':
      return Number.isInteger(key.value) ? `n${BigInt(key.value)}` : `d${key.value}`;
    default:
      return undefined;
  }
}

/** Entries of a map in order; undefined for what is not a map. */
export function entriesOf(
  value: RuntimeObject | MapValue,
): readonly { readonly key: RuntimeValue; readonly value: RuntimeValue }[] {
  if (value.kind === 'map') return [...value.entries.values()];
  return [...value.entries].map(([key, entry]) => ({ key: toText(key), value: entry }));
}

/** CEL's name of a value's type, for messages and `type()`. */
export function typeName(value: RuntimeValue): string {
  switch (value.kind) {
    case 'number':
      return Number.isInteger(value.value) ? 'int' : 'double';
    case 'null':
      return 'null_type';
    case 'object':
      return 'map';
    case 'timestamp':
      return 'google.protobuf.Timestamp';
    case 'duration':
      return 'google.protobuf.Duration';
    case 'optional':
      return 'optional_type';
    case 'ip':
      return 'net.IP';
    case 'cidr':
      return 'net.CIDR';
    default:
      return value.kind;
  }
}
