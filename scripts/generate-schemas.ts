/**
 * Writes the schemas of all resource and data source types of the AWS provider as one interned table.
 *
 *     npx tsx scripts/generate-schemas.ts [--plugin-dir=<folder>]   runs terraform, offline if the provider is installed
 *     npx tsx scripts/generate-schemas.ts --check                   only: is the committed table canonical?
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Type } from '../src/model/type.js';
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../src/schemas/schema.js';
import { parseSchemaTable, type SchemaTable } from '../src/schemas/schema-table.js';
import { encodeSchemas } from './encode-schemas.js';
import { AWS_PROVIDER_VERSION, inTerraformFolder, REQUIRED_PROVIDERS } from './terraform.js';

const TABLE = fileURLToPath(new URL('../src/schemas/generated/aws-schemas.ts', import.meta.url));

/** What `terraform providers schema -json` prints, as far as it is read here. */
interface SchemaDocument {
  readonly provider_schemas: Readonly<Record<string, ProviderDocument>>;
}
interface ProviderDocument {
  readonly resource_schemas: Readonly<Record<string, { readonly block: BlockDocument }>>;
  readonly data_source_schemas: Readonly<Record<string, { readonly block: BlockDocument }>>;
}
interface BlockDocument {
  readonly attributes?: Readonly<Record<string, AttributeDocument>>;
  readonly block_types?: Readonly<Record<string, NestedBlockDocument>>;
  readonly deprecated?: boolean;
}
interface AttributeDocument {
  readonly type?: TypeDocument;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly write_only?: boolean;
  readonly deprecated?: boolean;
}
interface NestedBlockDocument {
  readonly nesting_mode: NestedBlockSchema['nesting'];
  readonly min_items?: number;
  readonly max_items?: number;
  readonly block: BlockDocument;
}
type TypeDocument =
  | string
  | readonly ['list' | 'set' | 'map', TypeDocument]
  | readonly ['object', Readonly<Record<string, TypeDocument>>];

/** The table of one provider out of what `terraform providers schema -json` prints. */
export function encodeProvider(document: ProviderDocument): string {
  const blocks = (schemas: ProviderDocument['resource_schemas']): Map<string, BlockSchema> =>
    new Map(Object.entries(schemas).map(([type, schema]) => [type, toBlock(schema.block)]));
  return encodeSchemas(blocks(document.resource_schemas), blocks(document.data_source_schemas));
}

function toBlock(document: BlockDocument): BlockSchema {
  const attributes = Object.entries(document.attributes ?? {});
  const blocks = Object.entries(document.block_types ?? {});
  return {
    attributes: new Map(attributes.map(([name, attribute]) => [name, toAttribute(name, attribute)])),
    blocks: new Map(
      blocks.map(([name, nested]) => [
        name,
        {
          nesting: nested.nesting_mode,
          minItems: nested.min_items ?? 0,
          maxItems: nested.max_items ?? 0,
          isDeprecated: nested.block.deprecated === true,
          block: toBlock(nested.block),
        },
      ]),
    ),
  };
}

function toAttribute(name: string, document: AttributeDocument): AttributeSchema {
  // The AWS provider has no nested attribute types; a release that brings them needs a place in the contract first.
  if (document.type === undefined) throw new Error(`attribute "${name}" has no type`);
  return {
    type: toType(document.type),
    isRequired: document.required === true,
    isOptional: document.optional === true,
    isComputed: document.computed === true,
    isSensitive: document.sensitive === true,
    isWriteOnly: document.write_only === true,
    isDeprecated: document.deprecated === true,
  };
}

function toType(document: TypeDocument): Type {
  if (typeof document === 'string') {
    if (document === 'string' || document === 'number' || document === 'bool' || document === 'dynamic') {
      return { kind: document };
    }
    throw new Error(`unknown type "${document}"`);
  }
  if (document[0] === 'object') {
    const attributes = Object.entries(document[1]).map(([name, type]) => [name, toType(type)] as const);
    return { kind: 'object', attributes: new Map(attributes) };
  }
  return { kind: document[0], element: toType(document[1]) };
}

/** The text that the same table has when it is written anew. */
export function recode(table: SchemaTable): string {
  const blocks = (types: readonly string[], look: SchemaTable['resource']): Map<string, BlockSchema> => {
    const found = new Map<string, BlockSchema>();
    for (const type of types) {
      const schema = look(type);
      if (schema !== undefined) found.set(type, schema);
    }
    return found;
  };
  return encodeSchemas(blocks(table.resourceTypes, table.resource), blocks(table.dataSourceTypes, table.dataSource));
}

function renderModule(table: string): string {
  return [
    '// Generated by scripts/generate-schemas.ts; the format is described in ../schema-table.ts.',
    `// From version ${AWS_PROVIDER_VERSION} of the AWS provider.`,
    `export const awsSchemas = () => \`${table}\`;`,
    '',
  ].join('\n');
}

function generate(): void {
  const table = inTerraformFolder(new Map([['main.tf', REQUIRED_PROVIDERS]]), (run) => {
    const document = JSON.parse(run('providers', 'schema', '-json')) as SchemaDocument;
    const provider = Object.entries(document.provider_schemas).find(([name]) => name.endsWith('/hashicorp/aws'));
    if (provider === undefined) throw new Error('terraform printed no schema of hashicorp/aws');
    return encodeProvider(provider[1]);
  });
  mkdirSync(dirname(TABLE), { recursive: true });
  writeFileSync(TABLE, renderModule(table));
}

/** The reason why the committed module is not what this script writes, as far as that can be said without terraform. */
export function findStaleness(text: string): string | undefined {
  const table = /`([^`]*)`/.exec(text)?.[1];
  if (table === undefined) return 'the table is missing';
  return renderModule(recode(parseSchemaTable(table))) === text
    ? undefined
    : 'the table is not canonical, or of another release';
}

function main(): void {
  if (!process.argv.includes('--check')) {
    generate();
    return;
  }
  const stale = existsSync(TABLE) ? findStaleness(readFileSync(TABLE, 'utf8')) : 'the table is missing';
  if (stale !== undefined) {
    console.error(`src/schemas/generated/aws-schemas.ts: ${stale}. Run scripts/generate-schemas.ts.`);
    process.exitCode = 1;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
