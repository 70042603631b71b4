import { STRING } from '../model/type.js';
import type { UnknownValue, Value } from '../model/value.js';
import { LIST_TYPE, OBJECT_TYPE } from './draft.js';
import type { Conversion } from './resource-types/entries.js';

/** Converts one scalar. What a conversion does not know keeps its spelling; an unknown stays unknown, of the new kind. */
export function convertValue(value: Value, conversion: Conversion): Value {
  switch (conversion.kind) {
    case 'words':
    case 'normalise':
      return convertWords(value, conversion);
    case 'list':
      return toElements(value, conversion.field);
    case 'base64':
      return value;
  }
}

function convertWords(value: Value, conversion: Extract<Conversion, { readonly kind: 'words' | 'normalise' }>): Value {
  if (value.kind === 'unknown') return convertUnknown(value, conversion);
  if (value.kind !== 'string' && value.kind !== 'bool' && value.kind !== 'number') return value;
  const spelling = String(value.value);
  const key = conversion.kind === 'normalise' && conversion.lower ? spelling.toLowerCase() : spelling;
  const word = conversion.words[key] ?? (conversion.kind === 'normalise' ? key : undefined);
  if (word === undefined) return value;
  if (value.kind === 'string' && value.value === word) return value;
  const { origin, sensitive, refersTo } = value;
  return { kind: 'string', value: word, origin, sensitive, refersTo };
}

function convertUnknown(value: UnknownValue, conversion: Conversion): UnknownValue {
  const { parts: _parts, identity, alternatives, bounds: _bounds, ...kept } = value;
  return {
    ...kept,
    type: STRING,
    identity: identity === undefined ? undefined : `${identity} in other words`,
    alternatives: alternatives?.map((alternative) =>
      alternative.kind === 'absent' ? alternative : convertValue(alternative, conversion),
    ),
  };
}

function toElements(value: Value, field: string | undefined): Value {
  const element = (scalar: Value): Value =>
    field === undefined
      ? scalar
      : { kind: 'object', type: OBJECT_TYPE, entries: new Map([[field, scalar]]), origin: scalar.origin };
  switch (value.kind) {
    case 'null':
      return value;
    case 'list': {
      const { rest } = value;
      const further = rest?.element === undefined ? rest : { ...rest, element: element(rest.element) };
      return { ...value, type: LIST_TYPE, elements: value.elements.map(element), ...(further && { rest: further }) };
    }
    case 'unknown': {
      const isCollection = value.type.kind === 'list' || value.type.kind === 'set' || value.type.kind === 'tuple';
      if (isCollection) {
        const rest = { reason: value.reason, subject: value.subject };
        return { kind: 'list', type: LIST_TYPE, elements: [], origin: value.origin, rest };
      }
      return { kind: 'list', type: LIST_TYPE, elements: [element(value)], origin: value.origin };
    }
    default:
      return { kind: 'list', type: LIST_TYPE, elements: [element(value)], origin: value.origin };
  }
}
