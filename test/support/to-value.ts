import { DYNAMIC } from '../../src/model/type.js';
import type { UnknownValue, Value } from '../../src/model/value.js';
import { boolValue, nullValue, numberValue, stringValue } from '../../src/model/values.js';

/** Stands for an unknown in plain test data; equal names are the same unknown. */
export function unknown(name: string, details: Partial<UnknownValue> = {}): UnknownValue {
  return {
    kind: 'unknown',
    type: DYNAMIC,
    reason: 'variable-without-value',
    subject: `var.${name}`,
    identity: name,
    ...details,
  };
}

/** A string of known and unknown parts. */
export function partly(...parts: (string | UnknownValue)[]): UnknownValue {
  return unknown('partly', { type: { kind: 'string' }, identity: undefined, parts, notNull: true });
}

/** Plain data → `Value`; values of ours in it are kept as they are. */
export function toValue(data: unknown): Value {
  if (data === null || data === undefined) return nullValue();
  if (typeof data === 'string') return stringValue(data);
  if (typeof data === 'number') return numberValue(data);
  if (typeof data === 'boolean') return boolValue(data);
  if (Array.isArray(data))
    return { kind: 'list', type: { kind: 'list', element: DYNAMIC }, elements: data.map(toValue) };
  if (typeof data === 'object' && 'kind' in data && (data.kind === 'unknown' || 'type' in data)) return data as Value;
  if (typeof data === 'object' && 'kind' in data && data.kind === 'string' && ('refersTo' in data || 'origin' in data))
    return data as Value;
  const entries = new Map(Object.entries(data).map(([key, value]) => [key, toValue(value)]));
  return { kind: 'object', type: { kind: 'object', attributes: new Map() }, entries };
}
