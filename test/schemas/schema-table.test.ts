import { describe, expect, it } from 'vitest';
import { encodeSchemas } from '../../scripts/encode-schemas.js';
import { BOOL, DYNAMIC, listOf, mapOf, NUMBER, STRING, setOf, type Type } from '../../src/model/type.js';
import type { AttributeSchema, BlockSchema } from '../../src/schemas/schema.js';
import { parseSchemaTable } from '../../src/schemas/schema-table.js';

const attribute = (type: Type, flags: Partial<AttributeSchema> = {}): AttributeSchema => ({
  type,
  isRequired: false,
  isOptional: false,
  isComputed: false,
  isSensitive: false,
  isWriteOnly: false,
  isDeprecated: false,
  ...flags,
});

const oven: BlockSchema = {
  attributes: new Map([
    ['celsius', attribute(NUMBER, { isRequired: true })],
    ['is_lit', attribute(BOOL, { isOptional: true, isComputed: true })],
  ]),
  blocks: new Map(),
};

const bakery: BlockSchema = {
  attributes: new Map([
    ['anything', attribute(DYNAMIC, { isOptional: true })],
    ['loaves', attribute(setOf({ kind: 'object', attributes: new Map([['flour', STRING]]) }), { isComputed: true })],
    ['name', attribute(STRING, { isRequired: true, isDeprecated: true })],
    ['recipe', attribute(STRING, { isOptional: true, isSensitive: true, isWriteOnly: true })],
    ['shelves', attribute(listOf(mapOf(STRING)), { isOptional: true })],
  ]),
  blocks: new Map([
    ['oven', { nesting: 'list', minItems: 1, maxItems: 40, isDeprecated: false, block: oven }],
    ['stove', { nesting: 'set', minItems: 0, maxItems: 0, isDeprecated: true, block: oven }],
  ]),
};

const text = encodeSchemas(new Map([['town_bakery', bakery]]), new Map([['town_oven', oven]]));

describe('the schema table', () => {
  it('gives back what was written into it', () => {
    const table = parseSchemaTable(text);
    expect(table.resource('town_bakery')).toEqual({ type: 'town_bakery', ...bakery });
    expect(table.dataSource('town_oven')).toEqual({ type: 'town_oven', ...oven });
    expect([table.resourceTypes, table.dataSourceTypes]).toEqual([['town_bakery'], ['town_oven']]);
  });

  it('does not know a type that is not in it, or is of the other kind', () => {
    const table = parseSchemaTable(text);
    expect(table.resource('town_oven')).toBeUndefined();
    expect(table.dataSource('town_bakery')).toBeUndefined();
    expect(table.resource('toString')).toBeUndefined();
  });

  it('writes equal types once, and is decoded once', () => {
    const table = parseSchemaTable(text);
    const blocks = table.resource('town_bakery')?.blocks;
    expect(blocks?.get('oven')?.block).toBe(blocks?.get('stove')?.block);
  });

  it('does not decode a type before it is asked for', () => {
    const broken = text.replace(/^town_bakery \w+$/m, 'town_bakery zz');
    const table = parseSchemaTable(broken);
    expect(table.dataSource('town_oven')?.type).toBe('town_oven');
    expect(() => table.resource('town_bakery')).toThrow('the schema table has no item "zz"');
  });
});
