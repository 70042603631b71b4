/**
 * Extracts the defaults that are certain out of plans of the minimal configurations in `scripts/defaults/<type>.tf`:
 * what is known in the plan and not configured. Where several configurations of a type leave an attribute or a block unset,
 * all of them must plan the same for it.
 *
 *     npx tsx scripts/generate-defaults.ts [--plugin-dir=<folder>]   runs terraform, offline and with dummy credentials
 *     npx tsx scripts/generate-defaults.ts --check                   only: does the table belong to the configurations?
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { awsSchemas } from '../src/schemas/generated/aws-schemas.js';
import type { BlockSchema } from '../src/schemas/schema.js';
import { parseSchemaTable } from '../src/schemas/schema-table.js';
import { DECIDING_SIBLINGS } from './deciding-siblings.js';
import { AWS_PROVIDER_VERSION, inTerraformFolder, REQUIRED_PROVIDERS } from './terraform.js';

const CONFIGURATIONS = fileURLToPath(new URL('./defaults', import.meta.url));
const TABLE = fileURLToPath(new URL('../src/schemas/generated/aws-defaults.json', import.meta.url));

const PROVIDER = `provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "orchard"
  secret_key                  = "orchard"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}
`;

type Scalar = string | number | boolean;

interface DefaultsTable {
  readonly provider: string;
  /** SHA-256 of what the table is made from. */
  readonly configurations: string;
  readonly types: Readonly<Record<string, TypeDefaults>>;
}

/** By path in the resource. */
interface TypeDefaults {
  readonly defaults: Readonly<Record<string, Scalar | ConditionalDefault>>;
  /** The attributes that every plan has null when they are not written. */
  readonly nulls: readonly string[];
  /** The blocks of which every plan has none when they are not written: the provider computes none. */
  readonly empties: readonly string[];
}

interface ConditionalDefault {
  readonly value: Scalar;
  readonly sibling: string;
  readonly equals: readonly (string | null)[];
}

/** What `terraform show -json` prints of a plan, as far as it is read here. */
export interface PlanDocument {
  readonly planned_values: {
    readonly root_module: { readonly resources: readonly PlannedResource[] };
  };
  readonly configuration: {
    readonly root_module: { readonly resources: readonly ConfiguredResource[] };
  };
}
interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly values?: Readonly<Record<string, unknown>>;
}
interface ConfiguredResource {
  readonly address: string;
  readonly expressions?: Readonly<Record<string, unknown>>;
}

/** One block instance as it is planned and as it is configured. */
interface Instance {
  readonly planned: Readonly<Record<string, unknown>>;
  readonly configured: Readonly<Record<string, unknown>>;
}

interface Observation {
  /** What an instance that leaves an attribute unset plans for it; `undefined` is unknown, or a collection. */
  readonly value: Scalar | null | undefined;
  /** The value of the deciding sibling, null if it is not written. */
  readonly deciding: string | null;
}

/** By path in the resource. */
interface Observations {
  readonly attributes: Map<string, Observation[]>;
  /** Whether every instance that leaves the block unset plans none. */
  readonly blocks: Map<string, boolean>;
}

/** The defaults by type and path that the plan shows, sorted. */
export function extractDefaults(plan: PlanDocument): DefaultsTable['types'] {
  const configured = new Map(
    plan.configuration.root_module.resources.map((resource) => [resource.address, resource.expressions ?? {}]),
  );
  const schemas = parseSchemaTable(awsSchemas());
  const byType = new Map<string, Observations>();
  for (const { address, type, values = {} } of plan.planned_values.root_module.resources) {
    const schema = schemas.resource(type);
    if (schema === undefined) throw new Error(`no schema of "${type}"`);
    const observations = byType.get(type) ?? { attributes: new Map(), blocks: new Map() };
    byType.set(type, observations);
    const instance = { planned: values, configured: configured.get(address) ?? {} };
    observe(schema, instance, { type, path: '', inSet: false }, observations);
  }
  const types = [...byType].map(([type, observations]) => [type, agreed(type, observations)] as const);
  return Object.fromEntries(types.sort(byFirst));
}

/** The value of the sibling that decides about the attributes of a block, null if there is none or it is not written. */
function decidingValue(block: string, values: Readonly<Record<string, unknown>>): string | null {
  const value = values[DECIDING_SIBLINGS.get(block) ?? ''];
  if (typeof value === 'string') return value;
  return toObjects(value).length > 0 ? 'written' : null;
}

function observe(
  schema: BlockSchema,
  instance: Instance,
  place: { readonly type: string; readonly path: string; readonly inSet: boolean },
  observations: Observations,
): void {
  const deciding = decidingValue(`${place.type}.${place.path}`.slice(0, -1), instance.planned);
  for (const [name, attribute] of schema.attributes) {
    if (!attribute.isOptional || name in instance.configured) continue;
    const value = toScalar(instance.planned[name]);
    // The provider plans zero values for what is not set inside set blocks; there they are the same as null.
    const seen = place.inSet && (value === '' || value === 0 || value === false) ? null : value;
    const path = place.path + name;
    const { attributes } = observations;
    attributes.set(path, [...(attributes.get(path) ?? []), { value: seen, deciding }]);
  }
  for (const [name, nested] of schema.blocks) {
    const inner = { ...place, path: `${place.path}${name}.`, inSet: place.inSet || nested.nesting === 'set' };
    const planned = toObjects(instance.planned[name]);
    const configured = toObjects(instance.configured[name]);
    if (nested.nesting === 'set' && configured.length > 1) {
      throw new Error(
        `${place.type}.${place.path}${name}: two elements of a set cannot be told apart; configure one a resource`,
      );
    }
    if (configured.length === 0 && !place.inSet) {
      observeUnset({ path: place.path + name, planned: instance.planned[name] }, observations);
    }
    for (const [index, block] of configured.entries()) {
      observe(nested.block, { planned: planned[index] ?? {}, configured: block }, inner, observations);
    }
  }
}

/**
 * A block that the provider may compute is unknown before an apply, and not in the plan; of any other there is as much as
 * is configured. In sets the provider plans zero values, also for what it computes.
 */
function observeUnset({ path, planned }: { path: string; planned: unknown }, { blocks }: Observations): void {
  const isEmpty = Array.isArray(planned) && planned.length === 0;
  blocks.set(path, isEmpty && blocks.get(path) !== false);
}

function agreed(type: string, observations: Observations): TypeDefaults {
  const defaults: (readonly [string, Scalar | ConditionalDefault])[] = [];
  const nulls: string[] = [];
  for (const [path, seen] of observations.attributes) {
    const found = agreedValue(type, path, seen);
    if (found === null) nulls.push(path);
    else if (found !== undefined) defaults.push([path, found]);
  }
  const empties = [...observations.blocks].filter(([, isEmpty]) => isEmpty).map(([path]) => path);
  return { defaults: Object.fromEntries(defaults.sort(byFirst)), nulls: nulls.sort(), empties: empties.sort() };
}

function agreedValue(
  type: string,
  path: string,
  seen: readonly Observation[],
): Scalar | ConditionalDefault | null | undefined {
  const values = new Set(seen.map(({ value }) => value));
  const [value] = values;
  if (values.size === 1) return value;
  const known = [...values].flatMap((other) => other ?? []);
  const [only] = known;
  if (only === undefined || known.length > 1) return undefined;
  const block = `${type}.${path}`.split('.').slice(0, -1).join('.');
  const sibling = DECIDING_SIBLINGS.get(block);
  const decidingOf = (wanted: Scalar | null): ReadonlySet<string | null> =>
    new Set(seen.filter((observation) => observation.value === wanted).map(({ deciding }) => deciding));
  const unset = decidingOf(null);
  const equals = [...decidingOf(only)].filter((deciding) => !unset.has(deciding));
  if (values.has(undefined) || sibling === undefined || equals.length !== decidingOf(only).size) {
    console.error(`left out, some plan it and some do not: ${type}.${path}`);
    return undefined;
  }
  return { value: only, sibling, equals: equals.sort() };
}

function toScalar(value: unknown): Scalar | null | undefined {
  if (value === null) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

function toObjects(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(toObjects);
  return typeof value === 'object' && value !== null ? [value as Readonly<Record<string, unknown>>] : [];
}

function byFirst(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

/** File name → text of the minimal configurations, sorted. */
function readConfigurations(): ReadonlyMap<string, string> {
  const names = readdirSync(CONFIGURATIONS).filter((name) => name.endsWith('.tf'));
  return new Map(names.sort().map((name) => [name, readFileSync(join(CONFIGURATIONS, name), 'utf8')]));
}

function hashInputs(configurations: ReadonlyMap<string, string>): string {
  const inputs = JSON.stringify([AWS_PROVIDER_VERSION, [...configurations], [...DECIDING_SIBLINGS]]);
  return createHash('sha256').update(inputs).digest('hex');
}

function render(table: DefaultsTable): string {
  return `${JSON.stringify(table, null, 1)}\n`;
}

/** The reason why the committed table is not of these configurations, as far as that can be said without terraform. */
export function findStaleness(text: string, configurations: ReadonlyMap<string, string>): string | undefined {
  const table = JSON.parse(text) as DefaultsTable;
  if (table.configurations !== hashInputs(configurations)) return 'the configurations have changed';
  const types = [...configurations.keys()].map((name) => basename(name, '.tf'));
  if (Object.keys(table.types).join() !== types.join()) return 'its types are not those that have a configuration';
  const sorted = Object.entries(table.types).map(([type, { defaults, nulls, empties }]) => {
    const sortedDefaults = Object.fromEntries(Object.entries(defaults).sort(byFirst));
    return [type, { defaults: sortedDefaults, nulls: [...nulls].sort(), empties: [...empties].sort() }] as const;
  });
  const canonical = { ...table, types: Object.fromEntries(sorted.sort(byFirst)) };
  return render(canonical) === text ? undefined : 'it is not sorted';
}

function generate(configurations: ReadonlyMap<string, string>): void {
  const files = new Map([...configurations, ['main.tf', REQUIRED_PROVIDERS + PROVIDER]]);
  const plan = inTerraformFolder(files, (run) => {
    run('plan', '-refresh=false', '-input=false', '-no-color', '-out=plan');
    return JSON.parse(run('show', '-json', 'plan')) as PlanDocument;
  });
  const table: DefaultsTable = {
    provider: AWS_PROVIDER_VERSION,
    configurations: hashInputs(configurations),
    types: extractDefaults(plan),
  };
  writeFileSync(TABLE, render(table));
}

function main(): void {
  const configurations = readConfigurations();
  if (!process.argv.includes('--check')) {
    generate(configurations);
    return;
  }
  const stale = findStaleness(readFileSync(TABLE, 'utf8'), configurations);
  if (stale !== undefined) {
    console.error(`src/schemas/generated/aws-defaults.json: ${stale}. Run scripts/generate-defaults.ts.`);
    process.exitCode = 1;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
