import { DYNAMIC, type Type } from '../../model/type.js';
import type { Origin, Value } from '../../model/value.js';
import {
  boolValue,
  listValue,
  nullValue,
  numberValue,
  objectValue,
  originAt,
  stringValue,
  unknownValue,
} from '../../model/values.js';
import type { SourceFile } from '../../source/source-file.js';
import type { JsonNode } from '../../syntax/json/ast.js';
import { membersOf, textOf } from './json-members.js';

const ANY_LIST: Type = { kind: 'list', element: DYNAMIC };
const ANY_OBJECT: Type = { kind: 'object', attributes: new Map() };

/** A value of a snapshot as its type has it; what cannot be of the type is unknown. */
export function toValue(node: JsonNode, type: Type, file: SourceFile): Value {
  const origin = originAt({ file, start: node.start, end: node.end }, 'written');
  switch (node.kind) {
    case 'null':
      return nullValue(type, origin);
    case 'object':
      return toObject(node, type, origin);
    case 'array':
      return toList(node, type, origin);
    default:
      return toScalar(node, type, origin);
  }
}

type Node<Kind extends JsonNode['kind']> = Extract<JsonNode, { readonly kind: Kind }>;

function toObject(node: Node<'object'>, type: Type, origin: Origin): Value {
  const special = toSpecial(node, type, origin);
  if (special !== undefined) return special;
  if (type.kind !== 'object' && type.kind !== 'map' && type.kind !== 'dynamic') return invalid(type, origin);
  const attributes = type.kind === 'object' ? type.attributes : undefined;
  const inner = type.kind === 'map' ? type.element : DYNAMIC;
  const entries = new Map<string, Value>();
  for (const { key, value } of node.members)
    entries.set(key, toValue(value, attributes?.get(key) ?? inner, origin.file));
  return objectValue(type.kind === 'dynamic' ? ANY_OBJECT : type, entries, origin);
}

/** "There is no such configuration", and a text that was kept back. */
function toSpecial({ members }: Node<'object'>, type: Type, origin: Origin): Value | undefined {
  const [only] = members;
  if (only === undefined || members.length > 1) return undefined;
  if (only.key === '$none') return nullValue(type, origin);
  if (only.key !== '$secret') return undefined;
  const hash = textOf(membersOf(only.value)?.get('hash'));
  return unknownValue('secret-withheld', {
    type,
    notNull: true,
    sensitive: true,
    identity: hash === undefined ? undefined : `secret\0${hash}`,
    origin,
  });
}

function toList(node: Node<'array'>, type: Type, origin: Origin): Value {
  const isList = type.kind === 'list' || type.kind === 'set';
  if (!isList && type.kind !== 'dynamic') return invalid(type, origin);
  const inner = isList ? type.element : DYNAMIC;
  const elements = node.elements.map((element) => toValue(element, inner, origin.file));
  return listValue(type.kind === 'dynamic' ? ANY_LIST : type, elements, origin);
}

function toScalar(node: Node<'string' | 'number' | 'bool'>, type: Type, origin: Origin): Value {
  const text = node.kind === 'string' ? node.value : node.kind === 'number' ? node.text : String(node.value);
  switch (type.kind) {
    case 'string':
      return stringValue(text, origin);
    case 'number':
      return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? numberValue(Number(text), origin) : invalid(type, origin);
    case 'bool':
      return text === 'true' || text === 'false' ? boolValue(text === 'true', origin) : invalid(type, origin);
    case 'dynamic':
      if (node.kind === 'string') return stringValue(text, origin);
      return node.kind === 'number' ? numberValue(Number(text), origin) : boolValue(node.value, origin);
    default:
      return invalid(type, origin);
  }
}

function invalid(type: Type, origin: Origin): Value {
  return unknownValue('invalid-value', { type, notNull: true, origin });
}
