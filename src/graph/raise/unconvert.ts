import { DYNAMIC, type Type } from '../../model/type.js';
import type { Value } from '../../model/value.js';
import { listValue, objectValue, stringValue } from '../../model/values.js';
import { convertValue } from '../convert.js';
import { LIST_TYPE, OBJECT_TYPE } from '../draft.js';
import type { Conversion } from '../resource-types/entries.js';

/** A value of normal form in the words of the native property, which is of the type. The inverse of `convertValue`. */
export function unconvert(value: Value, conversion: Conversion | undefined, type: Type): Value {
  if (conversion === undefined || value.kind === 'null') return value;
  switch (conversion.kind) {
    case 'words':
      return toWords(value, conversion.words);
    case 'normalise':
      return value;
    case 'type':
      return toKind(value, type);
    case 'list':
      return fromElements(value, conversion.field, type);
    case 'only':
      return listValue(LIST_TYPE, [withField(value, conversion.field)], value.origin);
    case 'fields':
      return value.kind === 'list'
        ? { ...value, elements: value.elements.map((element) => withField(element, conversion.field)) }
        : value;
    case 'base64':
      return value.kind === 'string' ? { ...value, value: Buffer.from(value.value, 'utf8').toString('base64') } : value;
    case 'chain':
      return toKind(
        conversion.steps.reduceRight<Value>((inner, step) => unconvert(inner, step, DYNAMIC), value),
        type,
      );
  }
}

function toWords(value: Value, words: Readonly<Record<string, string>>): Value {
  if (!('value' in value)) return value;
  const word = String(value.value);
  const found = Object.entries(words).find(([, to]) => to === word);
  return found === undefined ? value : { ...stringValue(found[0], value.origin), refersTo: value.refersTo };
}

/** As the kind of scalar that the native type holds. */
function toKind(value: Value, type: Type): Value {
  const kind = type.kind === 'list' || type.kind === 'map' ? type.element.kind : type.kind;
  return kind === 'string' || kind === 'number' || kind === 'bool'
    ? convertValue(value, { kind: 'type', to: kind })
    : value;
}

function withField(value: Value, field: string | undefined): Value {
  return field === undefined ? value : objectValue(OBJECT_TYPE, new Map([[field, value]]), value.origin);
}

function fromElements(value: Value, field: string | undefined, type: Type): Value {
  if (value.kind !== 'list') return value;
  const elements = value.elements.map((element) =>
    field !== undefined && element.kind === 'object' ? (element.entries.get(field) ?? element) : element,
  );
  const [first] = elements;
  if (type.kind !== 'list' && elements.length === 1 && first !== undefined) return first;
  return { ...value, elements };
}
