/**
 * Writes the schemas of all resource types of CloudFormation as one interned table.
 *
 *     npx tsx scripts/generate-cloudformation-schemas.ts [--check]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType, Resource, SpecDatabase } from '@aws-cdk/service-spec-types';
import { BOOL, DYNAMIC, listOf, mapOf, NUMBER, STRING, type Type } from '../src/model/type.js';
import type { CloudFormationSchema, PropertySchema } from '../src/schemas/cloudformation-schema.js';
import { Items, placeOfType, sortedEntries } from './encode-schemas.js';

const TABLE = fileURLToPath(new URL('../src/schemas/generated/cloudformation-schemas.ts', import.meta.url));

const TAG: Type = {
  kind: 'object',
  attributes: new Map([
    ['Key', STRING],
    ['Value', STRING],
  ]),
};

/** Types out of the specification, each definition once. */
class Types {
  private readonly known = new Map<string, Type>();

  constructor(private readonly db: SpecDatabase) {}

  of(type: PropertyType): Type {
    return this.convert(type, []).type;
  }

  /** `inside`: the definitions that hold it. A definition that holds itself is cut there, and then not kept. */
  private convert(type: PropertyType, inside: readonly string[]): { readonly type: Type; readonly isCut: boolean } {
    switch (type.type) {
      case 'string':
      case 'date-time':
        return { type: STRING, isCut: false };
      case 'number':
      case 'integer':
        return { type: NUMBER, isCut: false };
      case 'boolean':
        return { type: BOOL, isCut: false };
      case 'json':
      case 'null':
        return { type: DYNAMIC, isCut: false };
      case 'tag':
        return { type: TAG, isCut: false };
      case 'array':
      case 'map': {
        const element = this.convert(type.element, inside);
        return { type: type.type === 'array' ? listOf(element.type) : mapOf(element.type), isCut: element.isCut };
      }
      case 'union': {
        // Only a list that may also be given as JSON has one shape.
        const lists = type.types.filter((alternative) => alternative.type === 'array');
        const [list] = lists;
        const isOne = lists.length === 1 && type.types.every(({ type }) => type === 'array' || type === 'json');
        return isOne && list !== undefined ? this.convert(list, inside) : { type: DYNAMIC, isCut: false };
      }
      case 'ref':
        return this.definition(type.reference.$ref, inside);
    }
  }

  private definition(id: string, inside: readonly string[]): { readonly type: Type; readonly isCut: boolean } {
    if (inside.includes(id)) return { type: DYNAMIC, isCut: true };
    const known = this.known.get(id);
    if (known !== undefined) return { type: known, isCut: false };
    const attributes = new Map<string, Type>();
    let isCut = false;
    for (const [name, { type }] of Object.entries(this.db.get('typeDefinition', id).properties)) {
      const converted = this.convert(type, [...inside, id]);
      attributes.set(name, converted.type);
      isCut ||= converted.isCut;
    }
    // A definition without properties says nothing of what it holds.
    const type: Type = attributes.size === 0 ? DYNAMIC : { kind: 'object', attributes };
    if (!isCut || inside.length === 0) this.known.set(id, type);
    return { type, isCut: isCut && inside.length > 0 };
  }
}

function readSchemas(): readonly CloudFormationSchema[] {
  const db = loadAwsServiceSpecSync();
  const types = new Types(db);
  return [...db.all('resource')]
    .filter(({ cloudFormationType }) => cloudFormationType.startsWith('AWS::'))
    .map((resource) => toSchema(resource, types))
    .sort((a, b) => (a.type < b.type ? -1 : 1));
}

function toSchema(resource: Resource, types: Types): CloudFormationSchema {
  const replacing = new Set((resource.additionalReplacementProperties ?? []).map((path) => path.join('.')));
  const properties = Object.entries(resource.properties).map(
    ([name, property]) => [name, toProperty(property, types, replacing.has(name))] as const,
  );
  const attributes = Object.entries(resource.attributes).map(([name, { type }]) => [name, types.of(type)] as const);
  const identifiers = resource.cfnRefIdentifier ?? resource.primaryIdentifier ?? [];
  const schema = { properties: new Map(properties), attributes: new Map(attributes) };
  const isNamed = identifiers.every((name) => schema.properties.has(name) || schema.attributes.has(name));
  return { type: resource.cloudFormationType, ...schema, ref: isNamed ? identifiers : [] };
}

function toProperty(property: Property, types: Types, isReplacing: boolean): PropertySchema {
  const { type } = property;
  return {
    type: types.of(type),
    isRequired: property.required === true,
    isCreateOnly: isReplacing || property.causesReplacement === 'yes',
    enum: type.type === 'string' ? type.allowedValues : undefined,
  };
}

/** The text that `parseCloudFormationTable` reads. Equal schemas give equal text. */
export function encodeCloudFormation(schemas: readonly CloudFormationSchema[]): string {
  const sections = { names: new Items(), types: new Items(), enums: new Items(), properties: new Items() };
  const resources = schemas.map(({ type, properties, attributes, ref }) => {
    const own = sortedEntries(properties).map(([name, property]) => placeOfProperty(name, property, sections));
    const given = sortedEntries(attributes).map(
      ([name, of]) => `${sections.names.place(name)}.${placeOfType(of, sections)}`,
    );
    return `${type} ${own.join(',')}|${given.join(',')}|${ref.map((name) => sections.names.place(name)).join(',')}`;
  });
  return [...Object.values(sections).map(({ lines }) => lines), resources]
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function placeOfProperty(
  name: string,
  property: PropertySchema,
  { names, types, enums, properties }: Readonly<Record<'names' | 'types' | 'enums' | 'properties', Items>>,
): string {
  const flags = `${property.isRequired ? 'r' : ''}${property.isCreateOnly === true ? 'c' : ''}`;
  const words = property.enum === undefined ? '' : enums.place(JSON.stringify(property.enum));
  return properties.place(`${names.place(name)}.${placeOfType(property.type, { names, types })}.${flags}.${words}`);
}

function renderModule(): string {
  const { version } = createRequire(import.meta.url)('@aws-cdk/aws-service-spec/package.json') as { version: string };
  const table = encodeCloudFormation(readSchemas());
  if (/[`\\$]/.test(table)) throw new Error('the table needs escaping');
  return [
    '// Generated by scripts/generate-cloudformation-schemas.ts; the format is described in ../cloudformation-table.ts.',
    `// From @aws-cdk/aws-service-spec ${version}.`,
    `export const cloudFormationTable = () => \`${table}\`;`,
    '',
  ].join('\n');
}

function main(): void {
  const module = renderModule();
  if (!process.argv.includes('--check')) {
    writeFileSync(TABLE, module);
    return;
  }
  if (readFileSync(TABLE, 'utf8') === module) return;
  console.error(`${TABLE}: not of the installed specification. Run scripts/generate-cloudformation-schemas.ts.`);
  process.exitCode = 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
