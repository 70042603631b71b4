import type { LiteralExpression } from './ast.js';
import type { Evaluator, Frame } from './frame.js';
import {
  mapKey,
  NULL_LITERAL,
  policyError,
  type RuntimeList,
  type RuntimeUnknown,
  type RuntimeValue,
  toBool,
  toDouble,
  toInt,
  toList,
  toText,
  toUint,
  typeName,
  unknownFrom,
} from './runtime-value.js';

/** The value of a literal. */
export function literalValue({ type, value }: LiteralExpression): RuntimeValue {
  switch (type) {
    case 'int':
      return toInt(BigInt(value));
    case 'uint':
      return toUint(BigInt(value));
    case 'double':
      return toDouble(Number(value));
    case 'string':
      return toText(value);
    case 'bytes':
      return { kind: 'bytes', value };
    case 'bool':
      return toBool(value === 'true');
    case 'null':
      return NULL_LITERAL;
  }
}

type ElementPart = { readonly evaluate: Evaluator; readonly isOptional: boolean };

/** A list literal; an optional element that perhaps has a value perhaps occurs. */
export function buildList(parts: readonly ElementPart[], frame: Frame): RuntimeValue {
  const elements: RuntimeValue[] = [];
  const existence = new Map<number, 'perhaps'>();
  const doubts: RuntimeUnknown[] = [];
  for (const { evaluate, isOptional } of parts) {
    const value = evaluate(frame);
    if (value.kind === 'error') return value;
    if (!isOptional) elements.push(value);
    else if (value.kind === 'optional') {
      if (value.value === undefined) continue;
      if (value.perhaps !== undefined) {
        existence.set(elements.length, 'perhaps');
        doubts.push(value.perhaps);
      }
      elements.push(value.value);
    } else if (value.kind === 'unknown') {
      existence.set(elements.length, 'perhaps');
      doubts.push(value);
      elements.push(value);
    } else return policyError(`"?" in a list needs an optional, not ${typeName(value)}.`);
  }
  const details: Partial<RuntimeList> = existence.size === 0 ? {} : { existence, doubt: unknownFrom(doubts) };
  return toList(elements, details);
}

type EntryPart = { readonly key: Evaluator; readonly value: Evaluator; readonly isOptional: boolean };

/** A map literal. */
export function buildMap(parts: readonly EntryPart[], frame: Frame): RuntimeValue {
  const entries = new Map<string, { key: RuntimeValue; value: RuntimeValue }>();
  for (const part of parts) {
    const key = part.key(frame);
    const value = part.value(frame);
    if (key.kind === 'error' || key.kind === 'unknown') return key;
    if (value.kind === 'error') return value;
    const canonical = key.kind === 'double' ? undefined : mapKey(key);
    if (canonical === undefined) return policyError(`${typeName(key)} cannot be a key.`);
    if (entries.has(canonical)) return policyError('A key occurs twice.');
    if (!part.isOptional) entries.set(canonical, { key, value });
    else if (value.kind !== 'optional') return policyError(`"?" in a map needs an optional, not ${typeName(value)}.`);
    else if (value.perhaps !== undefined) return unknownFrom([value.perhaps]);
    else if (value.value !== undefined) entries.set(canonical, { key, value: value.value });
  }
  return { kind: 'map', entries };
}
