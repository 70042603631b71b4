import type { SnapshotJson } from '../../../model/snapshot.js';
import { ask, type Failure, type World } from '../ask.js';
import { all, get, textAt } from '../json.js';
import { type ListedPlaces, type LogObjects, listLogObjects, placesOf } from './log-objects.js';
import { type PartitionFilter, partitionFilter, type Refusal, type TimeRange } from './partition-filter.js';
import { type AthenaTable, isProjected, missingColumns, toAthenaTable } from './table.js';
import { tableStatement } from './table-forms.js';
import { usageQuery } from './usage-query.js';

export const GET_TABLE = { call: 'glue:GetTable', permission: 'glue:GetTable' } as const;
export const GET_PARTITIONS = { call: 'glue:GetPartitions', permission: 'glue:GetPartitions' } as const;
export const GET_WORK_GROUP = { call: 'athena:GetWorkGroup', permission: 'athena:GetWorkGroup' } as const;
export const GET_BUCKET_LOCATION = { call: 's3:GetBucketLocation', permission: 's3:GetBucketLocation' } as const;

export interface AthenaRequest {
  readonly database: string;
  readonly table: string;
  readonly workgroup: string;
  /** `s3://…` for the results; undefined where the workgroup has one. */
  readonly output: string | undefined;
  readonly range: TimeRange;
  /** Name of a key of the partitions → values. */
  readonly partitions: ReadonlyMap<string, readonly string[]>;
  readonly maxBytes: number;
  /** Also where nothing keeps it to a time, or says how much it reads. */
  readonly isFullScan: boolean;
}

/** A query that may be asked. */
export interface PreparedQuery {
  readonly kind: 'query';
  readonly sql: string;
  /** What it reads; undefined where that cannot be listed. */
  readonly objects: LogObjects | undefined;
  /** Why that cannot be listed. */
  readonly notListed: Failure | string | undefined;
}

export interface AthenaRun {
  readonly world: World;
  /** Of the workgroup and the catalogue. */
  readonly region: string;
  readonly isInterrupted: () => boolean;
}

type Prepared = PreparedQuery | Refusal | Failure;

/** Reads what the table is, writes the query and finds out how much it would read. Nothing is begun by it. */
export async function prepareQuery(run: AthenaRun, request: AthenaRequest): Promise<Prepared> {
  const workgroup = await askIn(run, GET_WORK_GROUP, { WorkGroup: request.workgroup });
  if (workgroup.kind === 'failure') return workgroup;
  const refused = refuseWorkgroup(workgroup.output, request);
  if (refused !== undefined) return refused;
  const described = await askIn(run, GET_TABLE, { DatabaseName: request.database, Name: request.table });
  if (described.kind === 'failure') return described;
  const table = toAthenaTable(request.database, described.output);
  if (table === undefined) return { refusal: 'The catalogue does not describe the table.' };
  const missing = missingColumns(table);
  if (missing.length > 0)
    return {
      refusal:
        `The table "${table.database}.${table.name}" is none of CloudTrail's events that can be read: it lacks ` +
        `${missing.join(', ')}. A table that can be:\n\n${tableStatement(table.database, table.name)}`,
    };
  const partitions = await partitionsOf(run, table, request);
  if ('kind' in partitions) return partitions;
  const filter = partitionFilter(table, {
    range: request.range,
    given: request.partitions,
    partitions: partitions.values,
  });
  if ('refusal' in filter) return { refusal: `The table "${table.database}.${table.name}": ${filter.refusal}` };
  if (!filter.isOfDays && !request.isFullScan)
    return {
      refusal:
        `Nothing keeps a query of "${table.database}.${table.name}" to days: it would read everything that is there. ` +
        `Use --athena-full-scan, or a table with days:\n\n${tableStatement(table.database, table.name)}`,
    };
  return withObjects(run, request, {
    table,
    filter,
    locations: partitions.locations,
    cutoff: cutoffOf(workgroup.output),
  });
}

interface Found {
  readonly table: AthenaTable;
  readonly filter: PartitionFilter;
  readonly locations: readonly string[];
  /** Bytes after which the workgroup ends a query. */
  readonly cutoff: number | undefined;
}

async function withObjects(run: AthenaRun, request: AthenaRequest, found: Found): Promise<Prepared> {
  const { table, filter, locations, cutoff } = found;
  const sql = usageQuery(table, request.range, filter.conditions);
  const places = placesOf(table, {
    range: request.range,
    given: request.partitions,
    now: run.world.clock.now(),
    isOfDays: filter.isOfDays,
    locations,
  });
  const listed =
    places === undefined ? 'it is not known for certain which objects are in it' : await listIn(run, request, places);
  if (typeof listed === 'string' || 'kind' in listed) {
    const isLimited = cutoff !== undefined && cutoff <= request.maxBytes;
    if (isLimited || request.isFullScan) return { kind: 'query', sql, objects: undefined, notListed: listed };
    const why = typeof listed === 'string' ? listed : `${listed.code}: ${listed.message}`;
    return {
      refusal:
        `How much a query would read is not known (${why}), and the workgroup "${request.workgroup}" does not end it ` +
        `at ${renderBytes(request.maxBytes)}: give it such a limit, or use --athena-full-scan.`,
    };
  }
  if (listed.isCut || listed.bytes > request.maxBytes)
    return {
      refusal:
        `The query would read ${listed.isCut ? 'more than ' : ''}${renderBytes(listed.bytes)}, and may read ` +
        `${renderBytes(request.maxBytes)}: take a shorter time, or use --athena-max-bytes.`,
    };
  if (cutoff !== undefined && listed.bytes > cutoff)
    return {
      refusal:
        `The query would read ${renderBytes(listed.bytes)}, and the workgroup "${request.workgroup}" ends queries at ` +
        `${renderBytes(cutoff)}: take a shorter time, or another workgroup.`,
    };
  return { kind: 'query', sql, objects: listed, notListed: undefined };
}

async function listIn(run: AthenaRun, request: AthenaRequest, places: ListedPlaces): Promise<LogObjects | Failure> {
  const located = await askIn(run, GET_BUCKET_LOCATION, { Bucket: places.bucket });
  const constraint = located.kind === 'failure' ? run.region : textAt(located.output, 'LocationConstraint');
  const region = constraint === '' ? 'us-east-1' : constraint === 'EU' ? 'eu-west-1' : constraint;
  const { world, isInterrupted } = run;
  return listLogObjects({ world, region, maxBytes: request.maxBytes, isInterrupted }, places);
}

function refuseWorkgroup(answer: SnapshotJson, { workgroup, output }: AthenaRequest): Refusal | undefined {
  const state = textAt(answer, 'WorkGroup.State');
  if (state === 'DISABLED') return { refusal: `The workgroup "${workgroup}" is disabled.` };
  const own = textAt(answer, 'WorkGroup.Configuration.ResultConfiguration.OutputLocation');
  const isManaged = get(answer, 'WorkGroup.Configuration.ManagedQueryResultsConfiguration.Enabled') === true;
  return own === '' && !isManaged && output === undefined
    ? { refusal: `The workgroup "${workgroup}" has no place for results: use --athena-output s3://BUCKET/PREFIX/.` }
    : undefined;
}

function cutoffOf(answer: SnapshotJson): number | undefined {
  const cutoff = get(answer, 'WorkGroup.Configuration.BytesScannedCutoffPerQuery');
  return typeof cutoff === 'number' ? cutoff : undefined;
}

interface Partitions {
  readonly values: readonly (readonly string[])[];
  /** Where those are that the time is in. */
  readonly locations: readonly string[];
}

async function partitionsOf(run: AthenaRun, table: AthenaTable, request: AthenaRequest): Promise<Partitions | Failure> {
  if (isProjected(table) || table.partitionKeys.length === 0) return { values: [], locations: [] };
  const found: SnapshotJson[] = [];
  let token: string | undefined;
  do {
    const input = { DatabaseName: table.database, TableName: table.name, ExcludeColumnSchema: true };
    const ending = await askIn(run, GET_PARTITIONS, token === undefined ? input : { ...input, NextToken: token });
    if (ending.kind === 'failure') return ending;
    found.push(...all(ending.output, 'Partitions.*'));
    token = textAt(ending.output, 'NextToken') || undefined;
  } while (token !== undefined && !run.isInterrupted());
  const partitions = found.map((partition) => ({
    values: all(partition, 'Values.*').map(String),
    location: textAt(partition, 'StorageDescriptor.Location'),
  }));
  return {
    values: partitions.map(({ values }) => values),
    locations: partitions.filter(({ values }) => isAsked(table, request, values)).map(({ location }) => location),
  };
}

const DAY_MS = 86_400_000;

/** Whether the query reads a partition, by the values that it has: one of no day is read. */
function isAsked(
  { partitionKeys }: AthenaTable,
  { range, partitions }: AthenaRequest,
  values: readonly string[],
): boolean {
  const at = (name: string) => values[partitionKeys.findIndex((key) => key.name === name)];
  for (const [name, wanted] of partitions) if (!wanted.includes(at(name) ?? '')) return false;
  const [year, month, day = '1'] = [at('year'), at('month'), at('day')];
  const parts = year !== undefined && month !== undefined ? [year, month, day] : undefined;
  const single = values.map((value) => /^(\d{4})[/-]?(\d\d)[/-]?(\d\d)$/.exec(value)?.slice(1)).find(Boolean);
  const [y, m, d] = (parts ?? single ?? []).map(Number);
  if (y === undefined || m === undefined) return true;
  const start = Date.UTC(y, m - 1, d);
  const end = parts !== undefined && at('day') === undefined ? Date.UTC(y, m, 1) : start + DAY_MS;
  return end > range.from && start < range.to + DAY_MS;
}

export function askIn(
  { world, region }: AthenaRun,
  operation: { readonly call: string; readonly permission: string },
  input: { readonly [name: string]: SnapshotJson },
) {
  const [client = '', name = ''] = operation.call.split(':');
  return ask(world, operation, { client, operation: name, region, input });
}

/** `12.3 GB`. */
export function renderBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[step]}`;
}
