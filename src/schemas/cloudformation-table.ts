import type { Type } from '../model/type.js';
import type { CloudFormationSchema, PropertySchema } from './cloudformation-schema.js';
import { decodeOnce, decodeType, itemAt, parseList } from './schema-table.js';

/**
 * CloudFormation's types as text, five sections divided by an empty line: names, types, enums, properties, resource types.
 * Everything is interned, as in `schema-table.ts`; places are in base 36.
 *
 * - types: as in `schema-table.ts`;
 * - enums: the words as JSON;
 * - properties: `name.type.flags.enum`, flags `r` (required) and `c` (its change replaces the resource);
 * - resource types: `type properties|attributes|ref`: places of properties, `name.type` of what GetAtt gives, and the
 *   names of what Ref gives.
 *
 * `scripts/generate-cloudformation-schemas.ts` writes it.
 */
export interface CloudFormationTable {
  resource(type: string): CloudFormationSchema | undefined;
  /** Sorted. */
  readonly resourceTypes: readonly string[];
}

/** Reads the table. Nothing is decoded before it is asked for. */
export function parseCloudFormationTable(text: string): CloudFormationTable {
  const [names = '', types = '', enums = '', properties = '', resources = ''] = text.split('\n\n');
  const lines = new Map<string, string>();
  for (const line of resources.split('\n')) {
    const space = line.indexOf(' ');
    if (space > 0) lines.set(line.slice(0, space), line.slice(space + 1));
  }
  const decoder = createDecoder({
    names: names.split('\n'),
    types: types.split('\n'),
    enums: enums.split('\n'),
    properties: properties.split('\n'),
  });
  return {
    resource: (type) => {
      const line = lines.get(type);
      return line === undefined ? undefined : decodeResource(type, line, decoder);
    },
    resourceTypes: [...lines.keys()],
  };
}

interface Decoder {
  name(place: string): string;
  type(place: string): Type;
  property(place: string): readonly [string, PropertySchema];
}

function createDecoder(
  sections: Readonly<Record<'names' | 'types' | 'enums' | 'properties', readonly string[]>>,
): Decoder {
  const name = (place: string): string => itemAt(sections.names, place);
  const type: (place: string) => Type = decodeOnce((place) =>
    decodeType(itemAt(sections.types, place), { type, name }),
  );
  const enumAt = decodeOnce((place) => JSON.parse(itemAt(sections.enums, place)) as readonly string[]);
  const property = decodeOnce<readonly [string, PropertySchema]>((place) => {
    const [namePlace = '', typePlace = '', flags = '', enumPlace = ''] = itemAt(sections.properties, place).split('.');
    return [
      name(namePlace),
      {
        type: type(typePlace),
        isRequired: flags.includes('r'),
        isCreateOnly: flags.includes('c'),
        enum: enumPlace === '' ? undefined : enumAt(enumPlace),
      },
    ];
  });
  return { name, type, property };
}

function decodeResource(type: string, line: string, decoder: Decoder): CloudFormationSchema {
  const [properties = '', attributes = '', ref = ''] = line.split('|');
  return {
    type,
    properties: new Map(parseList(properties).map(decoder.property)),
    attributes: new Map(
      parseList(attributes).map((code) => {
        const [namePlace = '', typePlace = ''] = code.split('.');
        return [decoder.name(namePlace), decoder.type(typePlace)];
      }),
    ),
    ref: parseList(ref).map(decoder.name),
  };
}
