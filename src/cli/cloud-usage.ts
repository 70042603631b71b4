import { setTimeout } from 'node:timers/promises';
import {
  type AthenaProgress,
  athenaQuery,
  athenaUsage,
  type CloudUsage,
  type CloudUsageOptions,
  type LookupProgress,
  lookUpUsage,
  usagePolicy,
} from '../cloud-usage.js';
import { UsageError } from '../project.js';
import type { Arguments, Flags } from './arguments.js';
import { type ProgressLine, progressLine } from './progress.js';
import type { Terminal } from './terminal.js';

/** Usage that is read from a cloud. */
export const CLOUD_USAGE_FLAGS: Flags = {
  'lookup-events': {
    kind: 'switch',
    description: "Ask the account's history of management events, of up to 90 days; goes on where an earlier run ended",
  },
  regions: {
    kind: 'values',
    argument: 'REGION',
    description: 'Only these regions; all that the account uses by default; repeatable',
    aliases: ['region'],
  },
  'only-writes': { kind: 'switch', description: 'With --lookup-events: only events that change something' },
  state: { kind: 'value', argument: 'DIR', description: 'With --lookup-events: where hours that were read are kept' },
  yes: { kind: 'switch', description: 'With --lookup-events: also more than 500,000 events' },
  'athena-workgroup': {
    kind: 'value',
    argument: 'NAME',
    description: "Have Athena count a trail's events, in this workgroup",
  },
  'athena-table': { kind: 'value', argument: 'DB.TABLE', description: 'The table of the events' },
  'athena-database': { kind: 'value', argument: 'NAME', description: 'The database, where --athena-table names none' },
  'athena-output': {
    kind: 'value',
    argument: 'S3',
    description: 'Where Athena writes its result, if the workgroup does not say',
  },
  'athena-partition': {
    kind: 'values',
    argument: 'KEY=VALUE',
    description: 'Only these partitions of the table: region=eu-west-1; repeatable',
  },
  'athena-max-bytes': { kind: 'value', argument: 'BYTES', description: 'Read at most this much (default 100GB)' },
  'athena-full-scan': { kind: 'switch', description: 'Also a table without days, or whose size cannot be found out' },
  'athena-form': {
    kind: 'value',
    argument: 'FORM',
    description: 'With --print-query: what the table looks like (default projection)',
    choices: ['projection', 'console', 'lake'],
  },
  'print-query': { kind: 'switch', description: 'Show the query for Athena, and ask nothing' },
  'print-policy': { kind: 'switch', description: 'Show the least IAM policy for it, and ask nothing' },
  from: {
    kind: 'value',
    argument: 'TIME',
    description: 'From this day or time (UTC) on: 2026-10-01, 2026-10-01T08:00:00Z',
  },
  to: { kind: 'value', argument: 'TIME', description: 'To the end of this day, or until this time' },
  days: { kind: 'value', argument: 'N', description: 'The last days, instead of --from (default 90)' },
  profile: { kind: 'value', argument: 'NAME', description: 'A profile of the AWS CLI' },
  'role-arn': { kind: 'value', argument: 'ARN', description: 'Take on this role, of another account for example' },
  'external-id': { kind: 'value', argument: 'ID', description: 'What the owner of the role asks for' },
  'quota-share': {
    kind: 'value',
    argument: 'SHARE',
    description: 'With --lookup-events: of the two calls a second, use this much (default 0.5, at most 1)',
  },
};

type Way = 'lookup-events' | 'athena';

const ONLY_WITH: Readonly<Record<Way, readonly string[]>> = {
  'lookup-events': ['only-writes', 'state', 'yes', 'quota-share'],
  athena: [
    'athena-database',
    'athena-output',
    'athena-partition',
    'athena-max-bytes',
    'athena-full-scan',
    'athena-form',
    'print-query',
  ],
};

const COMMON = ['regions', 'from', 'to', 'days', 'profile', 'role-arn', 'external-id', 'print-policy'];

/** How usage is to be read from a cloud; undefined where it is not. Throws `UsageError`. */
function wayOf(args: Arguments): Way | undefined {
  const isAthena = args.isGiven('athena-table') || args.isGiven('athena-workgroup');
  const isLookup = args.has('lookup-events');
  if (isAthena && isLookup)
    throw new UsageError('"--lookup-events" and "--athena-table" are two ways: use one of them.');
  const way = isAthena ? 'athena' : isLookup ? 'lookup-events' : undefined;
  for (const [other, flags] of Object.entries(ONLY_WITH)) {
    const given = way === other ? undefined : flags.find((flag) => args.isGiven(flag));
    if (given !== undefined)
      throw new UsageError(`"--${given}" needs --${other === 'athena' ? 'athena-table' : other}.`);
  }
  const common = way === undefined ? COMMON.find((flag) => args.isGiven(flag)) : undefined;
  if (common !== undefined) throw new UsageError(`"--${common}" needs --lookup-events or --athena-table.`);
  return way;
}

/** What is printed instead of asking; undefined where it is to be asked. Throws `UsageError`. */
export function printedOf(args: Arguments, now: number): string | undefined {
  const way = wayOf(args);
  if (way === undefined) return undefined;
  if (args.has('print-policy')) return usagePolicy(way);
  if (!args.has('print-query')) return undefined;
  const question = { ...questionOf(args), ...timeOf(args, now) };
  return athenaQuery(question, args.value('athena-form'));
}

/** Reads what principals did from a cloud; undefined where no flag asks for it. Throws `UsageError`. */
export async function readCloud(args: Arguments, terminal: Terminal): Promise<CloudUsage | undefined> {
  const way = wayOf(args);
  if (way === undefined) return undefined;
  const line = progressLine(args, terminal);
  const interruption = new AbortController();
  const onInterrupt = () => interruption.abort();
  process.once('SIGINT', onInterrupt);
  const common: CloudUsageOptions = {
    ...timeOf(args, Date.now()),
    workingDirectory: terminal.workingDirectory,
    access: {
      profile: args.value('profile'),
      roleArn: args.value('role-arn'),
      externalId: args.value('external-id'),
      region: args.list('regions')[0],
    },
    environment: terminal.environment,
    clock: { now: Date.now, sleep: (ms) => setTimeout(ms) },
    random: Math.random,
    announce: (text) => {
      line?.erase();
      if (!args.has('quiet')) terminal.writeError(`trueline: ${text}\n`);
    },
    interruption: interruption.signal,
  };
  try {
    return await (way === 'athena' ? readAthena(args, common, line) : readHistory(args, common, line));
  } finally {
    process.removeListener('SIGINT', onInterrupt);
    line?.erase();
  }
}

function readHistory(args: Arguments, common: CloudUsageOptions, line: ProgressLine | undefined): Promise<CloudUsage> {
  return lookUpUsage({
    ...common,
    regions: args.list('regions'),
    onlyWrites: args.has('only-writes'),
    quotaShare: shareOf(args.value('quota-share')),
    state: args.value('state'),
    isConfirmed: args.has('yes'),
    progress: line && ((progress) => line.draw(() => renderLookup(progress))),
  });
}

function readAthena(args: Arguments, common: CloudUsageOptions, line: ProgressLine | undefined): Promise<CloudUsage> {
  const workgroup = args.value('athena-workgroup');
  if (workgroup === undefined) throw new UsageError('"--athena-table" needs a workgroup: --athena-workgroup NAME.');
  return athenaUsage({
    ...common,
    ...questionOf(args),
    workgroup,
    output: args.value('athena-output'),
    region: args.list('regions')[0],
    maxBytes: bytesOf(args.value('athena-max-bytes') ?? '100GB'),
    isFullScan: args.has('athena-full-scan'),
    progress: line && ((progress) => line.draw(() => renderAthena(progress))),
  });
}

function questionOf(args: Arguments) {
  const table = args.value('athena-table');
  if (table === undefined) throw new UsageError('"--athena-workgroup" needs a table: --athena-table DB.TABLE.');
  return { table, database: args.value('athena-database'), partitions: args.list('athena-partition') };
}

function renderLookup({ pages, events, about }: LookupProgress): string {
  return `looking up ${events} events, page ${pages}${about > pages ? ` of about ${about}` : ''}`;
}

function renderAthena({ state, rows }: AthenaProgress): string {
  return state === 'reading' ? `reading ${rows} rows` : `waiting for Athena (${state.toLowerCase()})`;
}

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 90;

/** Half-open, in milliseconds. */
function timeOf(args: Arguments, now: number): { readonly from: number; readonly to: number } {
  const [from, to, days] = [args.value('from'), args.value('to'), args.value('days')];
  if (from !== undefined && days !== undefined)
    throw new UsageError('"--from" and "--days" both say where it begins: use one of them.');
  if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days))
    throw new UsageError(`"--days ${days}" is not a number of days.`);
  const end = to === undefined ? now : momentOf('to', to) + (isDay(to) ? DAY_MS : 0);
  const start = from === undefined ? end - Number(days ?? DEFAULT_DAYS) * DAY_MS : momentOf('from', from);
  if (start >= end) throw new UsageError('"--from" is not before "--to".');
  return { from: start, to: end };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}

function momentOf(flag: string, text: string): number {
  const isTime = isDay(text) || /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z$/.test(text);
  const ms = isTime ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms))
    throw new UsageError(`"--${flag} ${text}" is no day and no time in UTC: 2026-10-01, 2026-10-01T08:00:00Z.`);
  return ms;
}

const UNITS: Readonly<Record<string, number>> = { '': 1, B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

function bytesOf(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kKMGT]?B)?$/.exec(text) ?? [];
  const bytes = Number(number) * (UNITS[unit.toUpperCase()] ?? Number.NaN);
  if (!(bytes > 0)) throw new UsageError(`"--athena-max-bytes ${text}" is no number of bytes: 50GB, 2TB.`);
  return bytes;
}

function shareOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const share = /^\d*\.?\d+$/.test(text) ? Number(text) : 0;
  if (!(share > 0 && share <= 1))
    throw new UsageError(`"--quota-share ${text}" is not a share: a number above 0, and at most 1.`);
  return share;
}
