import type { Type } from '../src/model/type.js';
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../src/schemas/schema.js';
import { FLAGS, NESTINGS } from '../src/schemas/schema-table.js';

/**
 * Writes types as the text that `parseSchemaTable` reads. Equal tables give equal text: an item takes its place
 * when it is first met, and resource types, attributes and nested blocks are met in sorted order.
 */
export function encodeSchemas(
  resources: ReadonlyMap<string, BlockSchema>,
  dataSources: ReadonlyMap<string, BlockSchema>,
): string {
  const encoder = new Encoder();
  const sections = [resources, dataSources].map((schemas) =>
    sortedEntries(schemas).map(([type, block]) => `${type} ${encoder.block(block)}`),
  );
  return [encoder.names, encoder.types, encoder.attributes, encoder.blocks]
    .map((items) => items.lines)
    .concat(sections)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** One section: each distinct line once. */
export class Items {
  readonly lines: string[] = [];
  readonly #places = new Map<string, string>();

  place(line: string): string {
    const known = this.#places.get(line);
    if (known !== undefined) return known;
    const place = this.lines.length.toString(36);
    this.#places.set(line, place);
    this.lines.push(line);
    return place;
  }
}

class Encoder {
  readonly names = new Items();
  readonly types = new Items();
  readonly attributes = new Items();
  readonly blocks = new Items();

  block(block: BlockSchema): string {
    const attributes = sortedEntries(block.attributes).map(([name, schema]) => this.#attribute(name, schema));
    const nested = sortedEntries(block.blocks).map(([name, schema]) => this.#nestedBlock(name, schema));
    return this.blocks.place(`${attributes.join(',')}|${nested.join(',')}`);
  }

  #attribute(name: string, schema: AttributeSchema): string {
    const flags = [
      schema.isRequired ? FLAGS.required : '',
      schema.isOptional ? FLAGS.optional : '',
      schema.isComputed ? FLAGS.computed : '',
      schema.isSensitive ? FLAGS.sensitive : '',
      schema.isWriteOnly ? FLAGS.writeOnly : '',
      schema.isDeprecated ? FLAGS.deprecated : '',
    ];
    return this.attributes.place(`${this.names.place(name)}.${this.#type(schema.type)}.${flags.join('')}`);
  }

  #nestedBlock(name: string, schema: NestedBlockSchema): string {
    const parts = [
      this.names.place(name),
      NESTINGS.indexOf(schema.nesting).toString(36),
      schema.minItems.toString(36),
      schema.maxItems.toString(36),
      this.block(schema.block),
    ];
    return [...parts, ...(schema.isDeprecated === true ? ['d'] : [])].join('.');
  }

  #type(type: Type): string {
    return placeOfType(type, this);
  }
}

/** The place of a type in its section. */
export function placeOfType(type: Type, sections: { readonly names: Items; readonly types: Items }): string {
  const { names, types } = sections;
  switch (type.kind) {
    case 'string':
    case 'number':
    case 'bool':
    case 'dynamic':
      return types.place(type.kind[0] ?? '');
    case 'list':
      return types.place(`l${placeOfType(type.element, sections)}`);
    case 'set':
      return types.place(`S${placeOfType(type.element, sections)}`);
    case 'map':
      return types.place(`m${placeOfType(type.element, sections)}`);
    case 'object': {
      const pairs = sortedEntries(type.attributes).map(
        ([name, attribute]) => `${names.place(name)}.${placeOfType(attribute, sections)}`,
      );
      return types.place(`o${pairs.join(',')}`);
    }
    case 'tuple':
      throw new Error('no schema has a tuple');
  }
}

export function sortedEntries<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
