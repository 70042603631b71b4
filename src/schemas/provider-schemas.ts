import { builtinSchemas } from './builtin-schemas.js';
import awsDefaults from './generated/aws-defaults.json' with { type: 'json' };
import { awsSchemas } from './generated/aws-schemas.js';
import type { ProviderSchemas, ResourceSchema } from './schema.js';
import { parseSchemaTable, type SchemaTable } from './schema-table.js';
import { type UnsetAttributes, withDefaults } from './with-defaults.js';

const AWS_DEFAULTS: Readonly<Record<string, UnsetAttributes>> = awsDefaults.types;

let awsTable: SchemaTable | undefined;
const resources = new Map<string, ResourceSchema | undefined>();
const dataSources = new Map<string, ResourceSchema | undefined>();

/**
 * The schemas of all types of the AWS provider and of Terraform's own types, with
 * the defaults that are certain. The table is read when the first type is asked for, a type when it is.
 */
export const providerSchemas: ProviderSchemas = {
  resource: (type) => lookUpOnce(resources, type, () => builtinSchemas.resource(type) ?? awsResource(type)),
  get resourceTypes() {
    return aws().resourceTypes;
  },
  dataSource: (type) => lookUpOnce(dataSources, type, () => builtinSchemas.dataSource(type) ?? aws().dataSource(type)),
};

function awsResource(type: string): ResourceSchema | undefined {
  const schema = aws().resource(type);
  const defaults = AWS_DEFAULTS[type];
  return schema === undefined || defaults === undefined ? schema : withDefaults(schema, defaults);
}

function aws(): SchemaTable {
  awsTable ??= parseSchemaTable(awsSchemas());
  return awsTable;
}

function lookUpOnce(
  known: Map<string, ResourceSchema | undefined>,
  type: string,
  lookUp: () => ResourceSchema | undefined,
): ResourceSchema | undefined {
  if (!known.has(type)) known.set(type, lookUp());
  return known.get(type);
}
