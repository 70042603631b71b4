import { BOOL, DYNAMIC, listOf, mapOf, NUMBER, STRING, setOf, type Type } from '../../../model/type.js';
import type { Value } from '../../../model/value.js';
import { typeOf } from '../../../model/values.js';
import { convertValue } from '../values/convert.js';
import { typeName } from '../values/types.js';
import { markSensitive, unknownFrom, unmarkSensitive } from '../values/unknown.js';
import { anyParameter, argumentAt, define } from './define.js';
import { type TerraformFunction, unsuitable } from './function.js';

function conversion(name: string, type: Type): TerraformFunction {
  return define({
    name,
    parameters: [anyParameter('v', 'umn')],
    returns: type,
    isNeverNull: false,
    call(args) {
      const value = argumentAt(args, 0);
      const converted = convertValue(value, type);
      if (converted.ok) return converted.value;
      const message = `cannot convert ${typeName(typeOf(value))} to ${typeName(type)}: ${converted.message}`;
      throw unsuitable(converted.isLimit, message, 0);
    },
  });
}

const sensitive = define({
  name: 'sensitive',
  parameters: [anyParameter('value', 'umn')],
  returns: DYNAMIC,
  isNeverNull: false,
  call(args, context) {
    const value = argumentAt(args, 0);
    context.noteSecret?.(value);
    return markSensitive(value);
  },
});

const nonsensitive = define({
  name: 'nonsensitive',
  parameters: [anyParameter('value', 'umn')],
  returns: DYNAMIC,
  isNeverNull: false,
  call: (args) => unmarkSensitive(argumentAt(args, 0)),
});

const issensitive = define({
  name: 'issensitive',
  parameters: [anyParameter('value', 'umn')],
  returns: BOOL,
  call(args) {
    const value = argumentAt(args, 0);
    if (value.sensitive === true) return { kind: 'bool', value: true };
    // What is not known yet may turn out to be sensitive.
    if (value.kind === 'unknown') return unknownFrom([value], BOOL, { notNull: true, refersTo: undefined });
    return { kind: 'bool', value: false };
  },
});

/** Ephemeral values are unknown with that reason; they become null. Everything else stays. */
const ephemeralasnull = define({
  name: 'ephemeralasnull',
  parameters: [anyParameter('value', 'umn')],
  returns: DYNAMIC,
  isNeverNull: false,
  call: (args) => withoutEphemeral(argumentAt(args, 0)),
});

function withoutEphemeral(value: Value): Value {
  switch (value.kind) {
    case 'unknown':
      return value.reason === 'ephemeral' ? { kind: 'null', type: value.type } : value;
    case 'list':
      return { ...value, elements: value.elements.map(withoutEphemeral) };
    case 'object': {
      const entries = new Map([...value.entries].map(([key, entry]) => [key, withoutEphemeral(entry)] as const));
      return { ...value, entries };
    }
    default:
      return value;
  }
}

export const conversionFunctions: readonly TerraformFunction[] = [
  conversion('tostring', STRING),
  conversion('tonumber', NUMBER),
  conversion('tobool', BOOL),
  conversion('tolist', listOf(DYNAMIC)),
  conversion('toset', setOf(DYNAMIC)),
  conversion('tomap', mapOf(DYNAMIC)),
  sensitive,
  nonsensitive,
  issensitive,
  ephemeralasnull,
];
