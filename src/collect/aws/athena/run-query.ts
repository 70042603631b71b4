import type { LogCoverage, UsageGap, UsageLog } from '../../../model/usage.js';
import { compareText } from '../../../source/compare-text.js';
import { coverageOf } from '../../audit-logs/coverage.js';
import type { Failure } from '../ask.js';
import { all, textAt } from '../json.js';
import { toSecond } from '../listing.js';
import type { CountEvents } from '../lookup-events/lookup-range.js';
import type { TimeRange } from './partition-filter.js';
import { type AthenaRequest, type AthenaRun, askIn, type PreparedQuery } from './prepare-query.js';
import { type CountedRows, countRows, RESULT_COLUMNS, type ResultRow } from './usage-rows.js';

export const START_QUERY = { call: 'athena:StartQueryExecution', permission: 'athena:StartQueryExecution' } as const;
export const GET_QUERY = { call: 'athena:GetQueryExecution', permission: 'athena:GetQueryExecution' } as const;
export const GET_RESULTS = { call: 'athena:GetQueryResults', permission: 'athena:GetQueryResults' } as const;
export const STOP_QUERY = { call: 'athena:StopQueryExecution', permission: 'athena:StopQueryExecution' } as const;

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;
const PAGE_SIZE = 1000;
/** A region without a file for longer may have had no trail. */
const LONGEST_SILENCE_MS = 24 * 3_600_000;

export interface AthenaProgress {
  /** `QUEUED`, `RUNNING`, or `reading` for its results. */
  readonly state: string;
  readonly rows: number;
}

export interface QueryOptions {
  readonly countEvents: CountEvents;
  readonly progress?: ((progress: AthenaProgress) => void) | undefined;
}

export interface AthenaResult {
  readonly log: UsageLog;
  readonly scannedBytes: number | undefined;
  /** Why there is no whole result. */
  readonly failure: Failure | undefined;
}

/** Has a query run where the events are, and counts its rows. One that is interrupted is stopped. */
export async function runQuery(
  run: AthenaRun,
  request: AthenaRequest,
  query: PreparedQuery,
  { countEvents, progress }: QueryOptions,
): Promise<AthenaResult> {
  const started = await startQuery(run, request, query.sql);
  if (typeof started !== 'string') return failed(started);
  const ended = await awaitQuery(run, started, progress);
  if (ended.failure !== undefined) return failed(ended.failure, ended.scannedBytes);
  const rows = await readRows(run, started, progress);
  if (!Array.isArray(rows)) return failed(rows as Failure, ended.scannedBytes);
  const { events, unread, categories } = countRows(rows, countEvents);
  const { coverage, gaps } = coverageIn(query, request.range, categories);
  const corrupt: UsageGap[] =
    unread === 0 ? [] : [gapOf('corrupt', `Of the events that were counted ${unread} are of no form that is known.`)];
  // Of what could not be read it is not known when it was.
  const log = { events, coverage: unread === 0 ? coverage : [], gaps: [...gaps, ...corrupt] };
  return { log, scannedBytes: ended.scannedBytes, failure: undefined };
}

function failed(failure: Failure, scannedBytes?: number): AthenaResult {
  const reason = failure.state === 'denied' || failure.state === 'throttled' ? failure.state : 'not-collected';
  const why =
    failure.state === 'denied' ? `denied, needs ${failure.permission}` : `${failure.code}: ${failure.message}`;
  return {
    log: { events: [], coverage: [], gaps: [gapOf(reason, `The query gave nothing: ${why}`)] },
    scannedBytes,
    failure,
  };
}

function gapOf(reason: string, detail: string): UsageGap {
  return { account: undefined, region: undefined, reason, detail };
}

async function startQuery(run: AthenaRun, request: AthenaRequest, sql: string): Promise<string | Failure> {
  const { database, workgroup, output } = request;
  const ending = await askIn(run, START_QUERY, {
    QueryString: sql,
    QueryExecutionContext: { Database: database },
    WorkGroup: workgroup,
    // Asked again after a lost answer, it is the same query.
    ClientRequestToken: tokenOf(run.world.random),
    ...(output === undefined ? {} : { ResultConfiguration: { OutputLocation: output } }),
  });
  if (ending.kind === 'failure') return ending;
  return textAt(ending.output, 'QueryExecutionId') || failure('MalformedAnswer', 'The answer has no query.');
}

function tokenOf(random: () => number): string {
  return `trueline-${Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('')}`;
}

function failure(code: string, message: string): Failure {
  return { kind: 'failure', state: 'failed', code, message, permission: null, attempts: 1 };
}

interface Ended {
  readonly failure: Failure | undefined;
  readonly scannedBytes: number | undefined;
}

async function awaitQuery(run: AthenaRun, id: string, progress: QueryOptions['progress']): Promise<Ended> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5)) {
    const ending = await askIn(run, GET_QUERY, { QueryExecutionId: id });
    if (ending.kind === 'failure') {
      await stopQuery(run, id);
      return { failure: ending, scannedBytes: undefined };
    }
    const state = textAt(ending.output, 'QueryExecution.Status.State');
    const bytes = Number(textAt(ending.output, 'QueryExecution.Statistics.DataScannedInBytes') || Number.NaN);
    const scannedBytes = Number.isNaN(bytes) ? undefined : bytes;
    if (state === 'SUCCEEDED') return { failure: undefined, scannedBytes };
    if (state !== 'QUEUED' && state !== 'RUNNING') {
      const reason = textAt(ending.output, 'QueryExecution.Status.StateChangeReason');
      return { failure: failure(`Query${capitalized(state)}`, reason || 'Athena does not say why.'), scannedBytes };
    }
    if (run.isInterrupted()) {
      await stopQuery(run, id);
      return { failure: failure('Interrupted', 'it was interrupted.'), scannedBytes };
    }
    progress?.({ state, rows: 0 });
    await run.world.clock.sleep(pause);
  }
}

function capitalized(state: string): string {
  return state === '' ? 'WithoutState' : `${state[0]}${state.slice(1).toLowerCase()}`;
}

/** What is not waited for must not cost anything. */
async function stopQuery(run: AthenaRun, id: string): Promise<void> {
  await askIn(run, STOP_QUERY, { QueryExecutionId: id });
}

async function readRows(
  run: AthenaRun,
  id: string,
  progress: QueryOptions['progress'],
): Promise<ResultRow[] | Failure> {
  const rows: ResultRow[] = [];
  let token: string | undefined;
  do {
    if (run.isInterrupted()) return failure('Interrupted', 'it was interrupted.');
    const page = token === undefined ? {} : { NextToken: token };
    const ending = await askIn(run, GET_RESULTS, { QueryExecutionId: id, MaxResults: PAGE_SIZE, ...page });
    if (ending.kind === 'failure') return ending;
    const found = all(ending.output, 'ResultSet.Rows.*').map((row) =>
      all(row, 'Data.*').map((cell) => textAt(cell, 'VarCharValue')),
    );
    if (token === undefined) {
      // The first row of all are the names of the columns.
      const names = found.shift();
      if (names?.join() !== RESULT_COLUMNS.join())
        return failure('MalformedAnswer', 'The columns of the result are not those that were asked for.');
    }
    rows.push(...found);
    progress?.({ state: 'reading', rows: rows.length });
    token = textAt(ending.output, 'NextToken') || undefined;
  } while (token !== undefined);
  return rows;
}

/** The time of which there are files: what no file shows is not known to be empty. */
function coverageIn(
  { objects, notListed }: PreparedQuery,
  range: TimeRange,
  categories: CountedRows['categories'],
): Pick<UsageLog, 'coverage' | 'gaps'> {
  if (objects === undefined) {
    const why = typeof notListed === 'string' ? notListed : `${notListed?.code}: ${notListed?.message}`;
    return {
      coverage: [],
      gaps: [gapOf('not-collected', `Which accounts, regions and times the table has is not known: ${why}.`)],
    };
  }
  if (objects.hours.size === 0)
    return {
      coverage: [],
      gaps: [gapOf('not-collected', "There are no log files of a trail under the table's time.")],
    };
  const files = [...objects.hours].flatMap(([place, hours]) => {
    const [account = '', region = ''] = place.split(' ');
    const has = categories.get(place);
    const data = has?.has('Data') === true ? 1 : 0;
    const management = has?.has('Management') === true ? 1 : 0;
    return [...hours].map((hour) => ({ account, region, time: hour / 1000, management, data, isDamaged: false }));
  });
  const coverage = coverageOf(files, []).coverage.flatMap((one) => clip(one, range));
  const gaps = [...objects.hours.keys()].sort(compareText).flatMap((place) => {
    const [account = '', region = ''] = place.split(' ');
    const own = coverage.filter((one) => one.account === account && one.region === region);
    return gapsBetween(own, range).map(({ from, to }) => ({
      account,
      region,
      reason: 'not-collected',
      detail: `There are no files from ${toSecond(from)} to ${toSecond(to)}.`,
    }));
  });
  return { coverage, gaps };
}

function clip(coverage: LogCoverage, range: TimeRange): readonly LogCoverage[] {
  const from = Math.max(Date.parse(coverage.from), range.from);
  const to = Math.min(Date.parse(coverage.to), range.to);
  return from < to ? [{ ...coverage, from: toSecond(from), to: toSecond(to) }] : [];
}

/** What of a time is in no stretch, where that is more than how late files come. */
function gapsBetween(coverage: readonly LogCoverage[], { from, to }: TimeRange): readonly TimeRange[] {
  const edges = [from, ...coverage.flatMap((one) => [Date.parse(one.from), Date.parse(one.to)]), to];
  const gaps: TimeRange[] = [];
  for (let index = 0; index + 1 < edges.length; index += 2) {
    const [start = 0, end = 0] = [edges[index], edges[index + 1]];
    if (end - start > LONGEST_SILENCE_MS) gaps.push({ from: start, to: end });
  }
  return gaps;
}
