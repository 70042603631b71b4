import { DYNAMIC, STRING, type Type } from '../model/type.js';
import type { ListValue, UnknownValue, Value } from '../model/value.js';
import { boolValue, nullValue, numberValue, stringValue, unknownValue } from '../model/values.js';
import { decodeBase64 } from './base64.js';
import { LIST_TYPE, ListDraft, OBJECT_TYPE } from './draft.js';
import type { Conversion } from './resource-types/entries.js';

/** Converts one scalar. What a conversion does not know keeps its spelling; an unknown stays unknown, of the new kind. */
export function convertValue(value: Value, conversion: Conversion): Value {
  switch (conversion.kind) {
    case 'words':
    case 'normalise':
      return convertWords(value, conversion);
    case 'list':
      return toElements(value, conversion.field);
    case 'only':
      return onlyElement(value, conversion.field);
    case 'fields':
      return fieldsOfElements(value, conversion.field);
    case 'base64':
      return decodeBase64(value);
    case 'type':
      return toType(value, conversion.to);
    case 'chain':
      return conversion.steps.reduce(convertValue, value);
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
      // Of what nothing is known it is not known either whether it is one.
      if (['list', 'set', 'tuple', 'dynamic'].includes(value.type.kind)) {
        const rest = { reason: value.reason, subject: value.subject };
        return { kind: 'list', type: LIST_TYPE, elements: [], origin: value.origin, rest };
      }
      return { kind: 'list', type: LIST_TYPE, elements: [element(value)], origin: value.origin };
    }
    default:
      return { kind: 'list', type: LIST_TYPE, elements: [element(value)], origin: value.origin };
  }
}

type ScalarKind = Extract<Conversion, { readonly kind: 'type' }>['to'];

/** A scalar, or each scalar of a list or map, as another kind. What is no such text keeps its kind. */
function toType(value: Value, to: ScalarKind): Value {
  switch (value.kind) {
    case 'string':
    case 'number':
    case 'bool': {
      const converted = scalarOf(value.value, to);
      return converted === undefined ? value : { ...converted, ...marksOf(value) };
    }
    case 'list':
      return { ...value, elements: value.elements.map((element) => toType(element, to)) };
    case 'object':
      return {
        ...value,
        entries: new Map([...value.entries].map(([name, entry]) => [name, toType(entry, to)] as const)),
      };
    case 'unknown': {
      const { kind } = value.type;
      if (kind === to || kind === 'list' || kind === 'set' || kind === 'map') return value;
      return withType({ ...value, parts: to === 'string' ? value.parts : undefined }, { kind: to }, (one) =>
        toType(one, to),
      );
    }
    default:
      return value;
  }
}

function scalarOf(value: string | number | boolean, to: ScalarKind): Value | undefined {
  if (to === 'string') return stringValue(String(value));
  if (to === 'number') {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? numberValue(number) : undefined;
  }
  const text = String(value).toLowerCase();
  return text === 'true' || text === 'false' ? boolValue(text === 'true') : undefined;
}

function marksOf({ origin, sensitive, refersTo }: Value): Pick<Value, 'origin' | 'sensitive' | 'refersTo'> {
  return { origin, sensitive, refersTo };
}

/** The unknown as one of another type; what it was the same as it is no longer. */
function withType(value: UnknownValue, type: Type, convert: (value: Value) => Value): UnknownValue {
  return {
    ...value,
    type,
    identity: value.identity === undefined ? undefined : `${value.identity} as ${type.kind}`,
    bounds: undefined,
    encoded: undefined,
    layout: undefined,
    alternatives: value.alternatives?.map((alternative) =>
      alternative.kind === 'absent' ? alternative : convert(alternative),
    ),
  };
}

function onlyElement(value: Value, field: string | undefined): Value {
  if (value.kind === 'unknown') {
    const { parts: _parts, length: _length, ...kept } = value;
    return withType({ ...kept }, field === undefined ? STRING : DYNAMIC, (one) => onlyElement(one, field));
  }
  if (value.kind !== 'list') return value;
  const [first] = value.elements;
  const isOpen = value.rest !== undefined || value.existence !== undefined;
  if (first === undefined && !isOpen) return nullValue(undefined, value.origin);
  if (value.elements.length === 1 && first !== undefined && !isOpen) return fieldOf(first, field) ?? nullValue();
  const alternatives = value.rest === undefined ? value.elements.map((one) => fieldOf(one, field) ?? nullValue()) : [];
  return unknownValue(
    value.elements.length > 1 && !isOpen ? 'more-than-one' : (value.rest?.reason ?? 'uncertain-existence'),
    {
      subject: value.rest?.subject ?? value.existenceCause?.subject,
      origin: value.origin,
      alternatives:
        alternatives.length > 0 && alternatives.length < maxAlternatives && isOpen
          ? [{ kind: 'absent' }, ...alternatives]
          : undefined,
    },
  );
}

/** The most that an unknown remembers. */
const maxAlternatives = 4;

function fieldOf(value: Value, field: string | undefined): Value | undefined {
  if (field === undefined) return value;
  if (value.kind === 'object') {
    const found = value.entries.get(field);
    if (found !== undefined || value.rest === undefined) return found;
    return unknownValue(value.rest.reason, { subject: value.rest.subject, origin: value.origin });
  }
  if (value.kind !== 'unknown') return undefined;
  return unknownValue(value.reason, { subject: value.subject, origin: value.origin, refersTo: value.refersTo });
}

function fieldsOfElements(value: Value, field: string): Value {
  if (value.kind === 'unknown') return withType(value, LIST_TYPE, (one) => fieldsOfElements(one, field));
  if (value.kind !== 'list') return value;
  const list = new ListDraft();
  value.elements.forEach((element, index) => {
    const found = fieldOf(element, field);
    if (found !== undefined && found.kind !== 'null') list.push(found, value.existence?.get(index));
  });
  if (value.rest !== undefined) {
    const { reason, subject, element } = value.rest;
    list.rest = { reason, subject, element: element === undefined ? undefined : fieldOf(element, field) };
  }
  const made: ListValue = list.finish(value.origin);
  return made;
}
