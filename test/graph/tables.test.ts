import { describe, expect, it } from 'vitest';
import type { Entries, Entry, ResourceType } from '../../src/graph/resource-types/entries.js';
import { resourceTypes } from '../../src/graph/resource-types/index.js';
import { shapeCatalogue } from '../../src/graph/shape-catalogue.js';
import { mountsOf } from '../../src/graph/type-model.js';
import type { Shape } from '../../src/model/shape.js';
import { cloudFormationSchemas } from '../../src/schemas/cloudformation-schemas.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import type { BlockSchema } from '../../src/schemas/schema.js';

const catalogue = shapeCatalogue(providerSchemas);
const tables = resourceTypes.map((table): [string, ResourceType] => [table.type, table]);

function shapeAt(shape: Shape | undefined, path: readonly string[]): Shape | undefined {
  const [name, ...inner] = path;
  if (shape === undefined || name === undefined) return shape;
  if (shape.kind === 'list' || shape.kind === 'set' || shape.kind === 'map') return shapeAt(shape.element, path);
  return shape.kind === 'object' ? shapeAt(shape.fields.get(name), inner) : undefined;
}

function missing(type: string, paths: readonly string[]): string[] {
  const shape = catalogue.typeShape(type)?.shape;
  return paths.filter((path) =>
    path.startsWith('native.')
      ? !isProperty(type, path.slice('native.'.length))
      : shapeAt(shape, path.replaceAll('[]', '').split('.')) === undefined,
  );
}

function isProperty(type: string, name: string): boolean {
  const sides = resourceTypes.flatMap((table) => (table.type === type ? (table.cloudformation ?? []) : []));
  return sides
    .flatMap((side) => side.type)
    .some((native) => cloudFormationSchemas.resource(native)?.properties.has(name) === true);
}

/** The paths of what decides instead of a default, which stand beside it. */
function decidersOf({ defaults = {} }: ResourceType): string[] {
  return Object.entries(defaults).flatMap(([path, { unless = [] }]) => {
    const holder = path.slice(0, path.lastIndexOf('.') + 1);
    return unless.map((name) => (name.startsWith('native.') ? name : `${holder}${name}`));
  });
}

/** Native names of entries that neither of the schemas has. */
function unknownNames(entries: Entries, schema: BlockSchema | undefined, prefix = ''): string[] {
  return Object.entries(entries).flatMap(([name, entry]) => {
    const attribute = schema?.attributes.get(name);
    const block = schema?.blocks.get(name);
    if (attribute === undefined && block === undefined) return [`${prefix}${name}`];
    return block === undefined ? [] : unknownNames(fieldsOf(entry), block.block, `${prefix}${name}.`);
  });
}

function fieldsOf(entry: Entry): Entries {
  return typeof entry === 'object' && 'fields' in entry && entry.kind !== 'document' ? (entry.fields ?? {}) : {};
}

function blockAt(schema: BlockSchema | undefined, path: readonly string[]): unknown {
  const [name = '', ...inner] = path;
  const block = schema?.blocks.get(name);
  if (inner.length > 0) return blockAt(block?.block, inner);
  return block ?? schema?.attributes.get(name);
}

describe.each(tables)('the table of %s', (type, table) => {
  const natives = [type, ...Object.keys(table.aliases ?? {})];

  it('is of types that the provider has', () => {
    if (table.scope !== undefined) return;
    expect(natives.filter((native) => providerSchemas.resource(native) === undefined)).toEqual([]);
    expect((table.companions ?? []).filter((mount) => providerSchemas.resource(mount.type) === undefined)).toEqual([]);
  });

  it('names attributes and blocks that the provider has', () => {
    const schema = providerSchemas.resource(type);
    expect(unknownNames(table.terraform?.attributes ?? {}, schema)).toEqual([]);
    const corrected = [
      ...(table.shape?.single ?? []),
      ...(table.shape?.list ?? []),
      ...Object.keys(table.shape?.unset ?? {}),
    ];
    // Attributes that hold objects have no blocks in the schema.
    expect(corrected.filter((path) => blockAt(schema, path.split('.').slice(0, 1)) === undefined)).toEqual([]);
  });

  it('names paths that the normal form has', () => {
    const own = mountsOf(type).length > 0;
    const paths = [
      ...Object.keys(table.links ?? {}),
      ...Object.keys(table.defaults ?? {}),
      ...decidersOf(table),
      ...Object.keys(table.undetermined ?? {}),
      ...(table.nothing ?? []),
      ...(table.replaces ?? []),
      ...(table.companions ?? []).map(({ path }) => path),
      ...(table.identity?.same ?? []).flat(),
      ...Object.keys(table.identity?.unique ?? {}),
      ...Object.values(table.views ?? {}).flatMap(({ from }) => from.map(({ path }) => path)),
      ...(table.inherits ?? []).flatMap(({ from, attributes }) => [...from, ...attributes]),
    ];
    expect(
      own
        ? missing(
            type,
            paths.filter((path) => path !== 'id'),
          )
        : missing(type, paths),
    ).toEqual([]);
  });

  it('mounts companions by attributes that they and their parent have', () => {
    const wrong = (table.companions ?? []).flatMap((mount) => {
      const companion = [mount.link, mount.value, mount.when?.attribute, ...(mount.only ?? [])].filter(
        (path) => path !== undefined,
      );
      const parent = mount.to === undefined ? [] : [mount.to];
      return [...missing(mount.type, companion), ...missing(type, parent)].map((path) => `${mount.type} ${path}`);
    });
    expect(wrong).toEqual([]);
  });

  it('links to types that policies can name', () => {
    const named = Object.values(table.links ?? {}).flat();
    expect(named.filter((name) => catalogue.typeShape(name) === undefined)).toEqual([]);
  });

  it('folds no companion of a companion', () => {
    if (mountsOf(type).length > 0) expect(table.companions ?? []).toEqual([]);
  });
});
