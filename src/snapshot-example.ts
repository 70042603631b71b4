import { hash } from 'node:crypto';
import { parseUsageFile } from './collect/audit-logs/usage-file.js';
import { collectedFeeds } from './collect/aws/feeds.js';
import { evaluateSnapshot, type SnapshotResult } from './evaluate/snapshot/evaluate-snapshot.js';
import type { SnapshotFeed } from './model/snapshot.js';
import type { UsageLog } from './model/usage.js';
import { UsageError } from './project.js';
import { policyShapes } from './read-project.js';
import { cloudFormationSchemas } from './schemas/cloudformation-schemas.js';
import { providerSchemas } from './schemas/provider-schemas.js';
import type { FileSystem } from './source/file-system.js';
import type { SourceFile } from './source/source-file.js';

/** The account of records that name none. */
const ACCOUNT = '123456789012';

/** The region of an example that has no records. */
const REGION = 'eu-west-1';

/** Services that have no regions. */
const GLOBAL_CLIENTS: ReadonlySet<string> = new Set(['account', 'iam', 'organizations', 's3', 's3control']);

/** The operation that tells everything of which the collectors know no operation. */
const ALL_ELSE = 'example:ReadAllElse';

type Members = Readonly<Record<string, unknown>>;

/**
 * Reads an example of a snapshot: `{ "records": […], "denied": […] }`. Records are a snapshot's own; what they leave out of
 * account, ARN, properties and gaps is the example's account, or nothing. Everything was asked for and answered but what
 * `denied` names: operations of collectors, or types, which then could not be listed. Throws `UsageError`.
 */
export function evaluateSnapshotExample(file: SourceFile): SnapshotResult {
  const { records, denied } = readExample(file);
  const types = new Set(records.map(({ type }) => String(type)));
  const feeds = feedsOf(types);
  const operations = denied.flatMap((name) => operationsNamed(name, feeds, file));
  const files = sealedFiles(records, [...feeds.keys()], new Set(operations));
  const reading = evaluateSnapshot({
    fileSystem: textsOnly(files),
    folder: 'snapshot',
    feeds,
    cloudFormation: cloudFormationSchemas,
    terraform: providerSchemas,
    rootOf: (account) => account,
  });
  if ('unknownKind' in reading) throw new UsageError(`"${file.path}" holds no snapshot.`);
  const [problem] = reading.result.diagnostics.filter(({ code }) => code !== 'snapshot-gap');
  if (problem !== undefined) throw new UsageError(`"${file.path}" is no example of a snapshot. ${problem.message}`);
  return reading.result;
}

/** What the example says was used, in the words of a file of usage; undefined where it says nothing. Throws `UsageError`. */
export function usageOfExample({ path, text }: SourceFile): UsageLog | undefined {
  const { usage } = path.endsWith('.json') ? parsed(text) : {};
  if (usage === undefined) return undefined;
  const file = { kind: 'usage-log', schemaVersion: 1, gaps: [], events: [], coverage: [], ...Object(usage) };
  const log = parseUsageFile(JSON.stringify(file));
  if ('problem' in log) throw new UsageError(`The usage of "${path}" ${log.problem}.`);
  return log;
}

function readExample({ path, text }: SourceFile): {
  readonly records: readonly Members[];
  readonly denied: readonly string[];
} {
  const { records, denied = [] } = parsed(text);
  if (!Array.isArray(records) || !Array.isArray(denied) || !denied.every((name) => typeof name === 'string'))
    throw new UsageError(`"${path}" is no example of a snapshot: it holds "records" and, if need be, "denied".`);
  const defaults = { account: ACCOUNT, arn: null, properties: {}, gaps: [] };
  return { records: records.map((record) => ({ ...defaults, ...Object(record) })), denied };
}

function parsed(text: string): Members {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null ? { ...data } : {};
  } catch {
    return {};
  }
}

type Feeds = Map<string, readonly SnapshotFeed[]>;

/** What the collectors' operations tell; what none of them tells is told by one of the example's own. */
function feedsOf(types: ReadonlySet<string>): Feeds {
  const feeds = new Map<string, readonly SnapshotFeed[]>(collectedFeeds());
  const told = new Set([...feeds.values()].flat().map(({ type }) => type));
  const names = policyShapes()
    .typeNames()
    .filter((name) => name.startsWith('aws_'));
  const own: SnapshotFeed[] = names.map((type) => ({ type, path: null }));
  for (const type of types) if (!told.has(type)) own.push({ type, path: null }, { type, path: '*' });
  return feeds.set(ALL_ELSE, own);
}

/** An operation by its name, or those that list a type; where there are none, one is added. */
function operationsNamed(name: string, feeds: Feeds, { path }: SourceFile): readonly string[] {
  if (feeds.has(name)) return [name];
  const isType = name.includes('::') ? cloudFormationSchemas.resource(name) : policyShapes().typeShape(name);
  if (isType === undefined)
    throw new UsageError(`"${path}" denies "${name}", which is neither an operation nor a type.`);
  const listing = [...feeds].flatMap(([operation, told]) =>
    operation !== ALL_ELSE && told.some((feed) => feed.type === name && feed.path === null) ? [operation] : [],
  );
  if (listing.length > 0) return listing;
  const operation = `example:List ${name}`;
  feeds.set(operation, [{ type: name, path: null }]);
  return [operation];
}

function sealedFiles(
  records: readonly Members[],
  operations: readonly string[],
  denied: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const accounts = [...new Set(records.length === 0 ? [ACCOUNT] : records.map(({ account }) => String(account)))];
  const used = new Set(records.map(({ region }) => String(region)));
  const regions = [...used].filter((region) => region !== 'global');
  if (regions.length === 0) regions.push(REGION);
  const files = new Map<string, string>();
  const add = (name: string, lines: readonly unknown[]) =>
    files.set(name, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  for (const account of accounts) {
    for (const region of used) {
      const own = records.filter(
        (record) => String(record['account']) === account && String(record['region']) === region,
      );
      if (own.length > 0) add(`resources/${account}/${region}.ndjson`, own);
    }
  }
  add(
    'ledger.ndjson',
    accounts.flatMap((account) => ledgerOf(account, regions, operations, denied)),
  );
  const listed = [...files].map(([name, text]) => [
    name,
    { lines: text.split('\n').length - 1, sha256: hash('sha256', text, 'hex') },
  ]);
  const header = {
    kind: 'trueline-snapshot',
    schema: 1,
    minReader: 1,
    partition: 'aws',
    accounts: accounts.map((id) => ({ id })),
    regions: regions.map((name) => ({ name, optIn: 'opt-in-not-required' })),
    files: Object.fromEntries(listed),
  };
  return files.set('snapshot.json', JSON.stringify(header));
}

/** One line for each operation and scope. */
function ledgerOf(
  account: string,
  regions: readonly string[],
  operations: readonly string[],
  denied: ReadonlySet<string>,
): readonly Members[] {
  return operations.flatMap((operation) => {
    const [client = ''] = operation.split(':');
    const scopes = GLOBAL_CLIENTS.has(client) ? ['global'] : operation === ALL_ELSE ? ['global', ...regions] : regions;
    const state = denied.has(operation) ? 'denied' : 'collected';
    return scopes.map((region) => ({ account, region, operation, state, permission: operation }));
  });
}

/** Files in a folder `snapshot`, which is listed nowhere. */
function textsOnly(texts: ReadonlyMap<string, string>): FileSystem {
  const textAt = (path: string) => texts.get(path.replace(/^snapshot\//, ''));
  return {
    readFile: (path) => {
      const text = textAt(path);
      return text === undefined
        ? { ok: false, failure: 'missing' }
        : { ok: true, value: new TextEncoder().encode(text) };
    },
    readDirectory: () => ({ ok: false, failure: 'missing' }),
    kindOf: (path) => (textAt(path) === undefined ? undefined : 'file'),
  };
}
