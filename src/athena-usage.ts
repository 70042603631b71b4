import { askCaller, describeFailure, orInterrupted } from './cloud-session.js';
import { countEventTexts } from './collect/audit-logs/read-audit-logs.js';
import { isStop } from './collect/aws/ask.js';
import { LIST_OBJECTS } from './collect/aws/athena/log-objects.js';
import { partitionFilter } from './collect/aws/athena/partition-filter.js';
import {
  type AthenaRequest,
  type AthenaRun,
  GET_BUCKET_LOCATION,
  GET_PARTITIONS,
  GET_TABLE,
  GET_WORK_GROUP,
  type PreparedQuery,
  prepareQuery,
  renderBytes,
} from './collect/aws/athena/prepare-query.js';
import {
  type AthenaProgress,
  GET_QUERY,
  GET_RESULTS,
  runQuery,
  START_QUERY,
  STOP_QUERY,
} from './collect/aws/athena/run-query.js';
import { isIdentifier } from './collect/aws/athena/table.js';
import { assumedTable, TABLE_FORMS, type TableForm } from './collect/aws/athena/table-forms.js';
import { usageQuery } from './collect/aws/athena/usage-query.js';
import type { Clock } from './collect/aws/pace.js';
import { openSession } from './collect/aws/sdk-client.js';
import { worldOf } from './collect/aws/world.js';
import type { CloudUsage, CloudUsageOptions } from './lookup-usage.js';
import { UsageError } from './project.js';

export type { AthenaProgress };

/** What is asked of Athena, as it is written on a command line. */
export interface AthenaQuestion {
  /** `DATABASE.TABLE`, or a table of `database`. */
  readonly table: string;
  readonly database?: string | undefined;
  /** Half-open, in milliseconds. */
  readonly from: number;
  readonly to: number;
  /** `KEY=VALUE` of partitions. */
  readonly partitions: readonly string[];
}

export interface AthenaUsageOptions extends CloudUsageOptions, AthenaQuestion {
  readonly workgroup: string;
  readonly output?: string | undefined;
  readonly region?: string | undefined;
  readonly maxBytes: number;
  readonly isFullScan: boolean;
  readonly progress?: ((progress: AthenaProgress) => void) | undefined;
}

const PRICE_NOTE = 'which Athena charges by the terabyte';

/** Has Athena count the events of a table of CloudTrail's, and reads what it counted. Throws `UsageError`. */
export async function athenaUsage(options: AthenaUsageOptions): Promise<CloudUsage> {
  const request = toRequest(options);
  const session = await (options.open ?? openSession)(options.access);
  try {
    const region = options.region ?? (await session.homeRegion());
    if (region === undefined) throw new UsageError('No region is configured: set AWS_REGION, or use --regions.');
    const world = worldOf(session.client, wakeable(options), options.random, {});
    await askCaller(world, region);
    world.home = region;
    const run: AthenaRun = { world, region, isInterrupted: () => options.interruption?.aborted === true };
    const prepared = await orInterrupted(prepareQuery(run, request), options.interruption);
    if (prepared === 'interrupted') return interrupted();
    if ('refusal' in prepared) throw new UsageError(prepared.refusal);
    if (prepared.kind === 'failure')
      throw new UsageError(
        prepared.state === 'denied'
          ? `The table cannot be asked: denied, needs ${prepared.permission ?? 'a permission'}.`
          : `The table cannot be asked: ${describeFailure(prepared)}`,
      );
    options.announce(announcementOf(prepared));
    const { log, failure } = await runQuery(run, request, prepared, {
      countEvents: countEventTexts,
      progress: options.progress,
    });
    if (failure?.code === 'Interrupted') return interrupted();
    const stoppedBy = failure !== undefined && isStop(failure.code) ? describeFailure(failure) : undefined;
    return { log, stoppedBy, exitCode: log.gaps.length > 0 ? 3 : 0 };
  } finally {
    session.close();
  }
}

/** A clock whose sleepers wake when it is interrupted, so that the query is stopped at once. */
function wakeable({ clock, interruption }: CloudUsageOptions): Clock {
  return { now: clock.now, sleep: async (ms) => void (await orInterrupted(clock.sleep(ms), interruption)) };
}

function interrupted(): CloudUsage {
  return { log: { events: [], coverage: [], gaps: [] }, stoppedBy: 'interrupted', exitCode: 130 };
}

function announcementOf({ objects }: PreparedQuery): string {
  if (objects === undefined) return 'how much the query reads is not known; the workgroup limits it, or nothing does';
  return `the query reads about ${renderBytes(objects.bytes)} in ${objects.objects.toLocaleString('en-US')} files, ${PRICE_NOTE}`;
}

/** The query as it would be asked, of a table of a form that is taken for granted. Nothing is asked. Throws `UsageError`. */
export function athenaQuery(question: AthenaQuestion, form: string | undefined): string {
  const known = TABLE_FORMS.find((one) => one === (form ?? 'projection')) as TableForm;
  const { database, table, partitions, range } = namesOf(question);
  const assumed = assumedTable(known, database, table);
  // Keys that are named are taken to be there.
  const named = [...partitions.keys()].filter((name) => assumed.partitionKeys.every((key) => key.name !== name));
  const described = {
    ...assumed,
    partitionKeys: [...named.map((name) => ({ name, isNumber: false })), ...assumed.partitionKeys],
  };
  const filter = partitionFilter(described, { range, given: partitions, partitions: [] });
  if ('refusal' in filter) throw new UsageError(filter.refusal);
  const note =
    `-- For a table of the form "${known}": nothing was asked about "${database}.${table}".\n` +
    `-- Other forms: --athena-form ${TABLE_FORMS.filter((one) => one !== known).join(', ')}.\n`;
  return `${note}${usageQuery(described, range, filter.conditions)}`;
}

function toRequest(options: AthenaUsageOptions): AthenaRequest {
  const { workgroup, output, maxBytes, isFullScan } = options;
  if (!/^[\w.-]{1,128}$/.test(workgroup)) throw new UsageError(`"${workgroup}" is not the name of a workgroup.`);
  if (output !== undefined && !/^s3:\/\/[^/]+/.test(output))
    throw new UsageError(`"--athena-output ${output}" is not a place in S3: s3://BUCKET/PREFIX/.`);
  return { ...namesOf(options), workgroup, output, maxBytes, isFullScan };
}

function namesOf({ table, database, partitions, from, to }: AthenaQuestion) {
  const dot = table.indexOf('.');
  const names = database === undefined && dot > 0 ? [table.slice(0, dot), table.slice(dot + 1)] : [database, table];
  const [inDatabase, name] = names;
  if (inDatabase === undefined || name === undefined)
    throw new UsageError(`"--athena-table ${table}" names no database: use DATABASE.TABLE, or --athena-database.`);
  for (const one of [inDatabase, name]) {
    if (!isIdentifier(one)) throw new UsageError(`"${one}" is not the name of a database or table.`);
  }
  return { database: inDatabase, table: name, partitions: toPartitions(partitions), range: { from, to } };
}

function toPartitions(texts: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const partitions = new Map<string, readonly string[]>();
  for (const text of texts) {
    const equals = text.indexOf('=');
    const key = text.slice(0, equals).toLowerCase();
    if (equals < 1 || !/^[a-z0-9_]+$/.test(key))
      throw new UsageError(`"--athena-partition ${text}" is not of the form KEY=VALUE.`);
    partitions.set(key, [...(partitions.get(key) ?? []), text.slice(equals + 1)]);
  }
  return partitions;
}

const OPERATIONS = [
  START_QUERY,
  GET_QUERY,
  GET_RESULTS,
  STOP_QUERY,
  GET_WORK_GROUP,
  GET_TABLE,
  GET_PARTITIONS,
  GET_BUCKET_LOCATION,
  LIST_OBJECTS,
];

/** The permissions that asking Athena needs; those of the objects and of the results are used by Athena for who asks. */
export const ATHENA_ACTIONS: readonly string[] = [
  ...OPERATIONS.map(({ permission }) => permission),
  'glue:GetDatabase',
  's3:GetObject',
  's3:PutObject',
].sort();
