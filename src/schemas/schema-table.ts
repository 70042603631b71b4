import type { Type } from '../model/type.js';
import { invariant } from '../source/invariant.js';
import type { AttributeSchema, BlockSchema, NestedBlockSchema, ResourceSchema } from './schema.js';

/**
 * A table of types as text, six sections divided by an empty line: names, types, attributes, blocks, resource types,
 * data source types. Everything is interned: a type, an attribute or a block that occurs often is written once, and the
 * others name it by its place in its section, in base 36.
 *
 * - types: `s` `n` `b` `d` (string, number, bool, dynamic), `l3` `S3` `m3` (list, set, map of type 3), `o` and
 *   `name.type,…` (object);
 * - attributes: `name.type.flags`, the flags one letter each of `FLAGS`;
 * - blocks: attributes by place, `|`, nested blocks as `name.nesting.min.max.block`, in base 36, `d` after a deprecated one;
 * - resource types and data source types: `type block`.
 *
 * `scripts/encode-schemas.ts` writes it.
 */
export interface SchemaTable {
  resource(type: string): ResourceSchema | undefined;
  dataSource(type: string): ResourceSchema | undefined;
  /** Sorted. */
  readonly resourceTypes: readonly string[];
  /** Sorted. */
  readonly dataSourceTypes: readonly string[];
}

/** The letter of each flag of an attribute, in the order in which they are written. */
export const FLAGS = { required: 'r', optional: 'o', computed: 'c', sensitive: 's', writeOnly: 'w', deprecated: 'd' };

/** The digit of each nesting of a block. */
export const NESTINGS = ['single', 'group', 'list', 'set', 'map'] as const;

/** Reads the table. Nothing is decoded before it is asked for, and each type, attribute and block is decoded once. */
export function parseSchemaTable(text: string): SchemaTable {
  const [names = '', types = '', attributes = '', blocks = '', resources = '', dataSources = ''] = text.split('\n\n');
  const decoder = createDecoder({
    names: names.split('\n'),
    types: types.split('\n'),
    attributes: attributes.split('\n'),
    blocks: blocks.split('\n'),
  });
  const resourcePlaces = parsePlaces(resources);
  const dataSourcePlaces = parsePlaces(dataSources);
  return {
    resource: (type) => decodeResource(decoder, type, resourcePlaces.get(type)),
    dataSource: (type) => decodeResource(decoder, type, dataSourcePlaces.get(type)),
    resourceTypes: [...resourcePlaces.keys()],
    dataSourceTypes: [...dataSourcePlaces.keys()],
  };
}

interface Sections {
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly attributes: readonly string[];
  readonly blocks: readonly string[];
}

interface Decoder {
  block(place: string): BlockSchema;
}

function createDecoder(sections: Sections): Decoder {
  const name = (place: string): string => itemAt(sections.names, place);
  const type: (place: string) => Type = decodeOnce((place) => {
    const code = itemAt(sections.types, place);
    return decodeType(code, { type, name });
  });
  const attribute = decodeOnce<readonly [string, AttributeSchema]>((place) => {
    const [namePlace = '', typePlace = '', flags = ''] = itemAt(sections.attributes, place).split('.');
    return [name(namePlace), decodeAttribute(type(typePlace), flags)];
  });
  const block: (place: string) => BlockSchema = decodeOnce((place) => {
    const [attributePlaces = '', nested = ''] = itemAt(sections.blocks, place).split('|');
    return {
      attributes: new Map(parseList(attributePlaces).map(attribute)),
      blocks: new Map(parseList(nested).map((code) => decodeNestedBlock(code, { block, name }))),
    };
  });
  return { block };
}

/** The type that a line of the section of types stands for. */
export function decodeType(code: string, decode: { type(place: string): Type; name(place: string): string }): Type {
  const rest = code.slice(1);
  switch (code[0]) {
    case 's':
      return { kind: 'string' };
    case 'n':
      return { kind: 'number' };
    case 'b':
      return { kind: 'bool' };
    case 'd':
      return { kind: 'dynamic' };
    case 'l':
      return { kind: 'list', element: decode.type(rest) };
    case 'S':
      return { kind: 'set', element: decode.type(rest) };
    case 'm':
      return { kind: 'map', element: decode.type(rest) };
    default: {
      const attributes = new Map<string, Type>();
      for (const pair of parseList(rest)) {
        const [namePlace = '', typePlace = ''] = pair.split('.');
        attributes.set(decode.name(namePlace), decode.type(typePlace));
      }
      return { kind: 'object', attributes };
    }
  }
}

function decodeAttribute(type: Type, flags: string): AttributeSchema {
  return {
    type,
    isRequired: flags.includes(FLAGS.required),
    isOptional: flags.includes(FLAGS.optional),
    isComputed: flags.includes(FLAGS.computed),
    isSensitive: flags.includes(FLAGS.sensitive),
    isWriteOnly: flags.includes(FLAGS.writeOnly),
    isDeprecated: flags.includes(FLAGS.deprecated),
  };
}

function decodeNestedBlock(
  code: string,
  decode: { block(place: string): BlockSchema; name(place: string): string },
): readonly [string, NestedBlockSchema] {
  const [namePlace = '', nesting = '', minItems = '', maxItems = '', blockPlace = '', deprecated = ''] =
    code.split('.');
  return [
    decode.name(namePlace),
    {
      nesting: NESTINGS[Number.parseInt(nesting, 36)] ?? 'list',
      minItems: Number.parseInt(minItems, 36),
      maxItems: Number.parseInt(maxItems, 36),
      isDeprecated: deprecated === 'd',
      block: decode.block(blockPlace),
    },
  ];
}

function decodeResource(decoder: Decoder, type: string, place: string | undefined): ResourceSchema | undefined {
  return place === undefined ? undefined : { type, ...decoder.block(place) };
}

function parsePlaces(section: string): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const line of section.split('\n')) {
    const [type, place] = line.split(' ');
    if (type !== undefined && place !== undefined) {
      places.set(type, place);
    }
  }
  return places;
}

/** The places of a list: none for an empty text. */
export function parseList(text: string): readonly string[] {
  return text === '' ? [] : text.split(',');
}

/** The line at a place of its section. */
export function itemAt(items: readonly string[], place: string): string {
  const item = items[Number.parseInt(place, 36)];
  invariant(item !== undefined, `the schema table has no item "${place}"`);
  return item;
}

/** Decodes each place once. */
export function decodeOnce<T>(decode: (place: string) => T): (place: string) => T {
  const decoded = new Map<string, T>();
  return (place) => {
    const known = decoded.get(place);
    if (known !== undefined) {
      return known;
    }
    const value = decode(place);
    decoded.set(place, value);
    return value;
  };
}
