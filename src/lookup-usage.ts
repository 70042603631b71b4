import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { askCaller, checkRegions, describeFailure, orInterrupted } from './cloud-session.js';
import { countEventTexts } from './collect/audit-logs/read-audit-logs.js';
import { REGIONS } from './collect/aws/collectors.js';
import { textAt } from './collect/aws/json.js';
import { placeOf, toSecond } from './collect/aws/listing.js';
import { hourFolder } from './collect/aws/lookup-events/hours.js';
import { HISTORY_MS, type LookupRun, PAGE_SIZE } from './collect/aws/lookup-events/lookup-range.js';
import {
  estimateLookup,
  type LookupEstimate,
  type LookupWindow,
  lookUpRegions,
  lookupRange,
} from './collect/aws/lookup-events/lookup-regions.js';
import type { Clock } from './collect/aws/pace.js';
import { quotaOf } from './collect/aws/quotas.js';
import { type Access, openSession, type Session } from './collect/aws/sdk-client.js';
import { worldOf } from './collect/aws/world.js';
import type { UsageGap, UsageLog } from './model/usage.js';
import { UsageError } from './project.js';
import { partitionOf } from './snapshot-targets.js';

/** Half of what the service grants an account in a region, which is two calls a second. */
export const LOOKUP_SHARE = 0.5;
const DAY_MS = 86_400_000;
/** More are looked up only where somebody wants to wait for them. */
export const MOST_EVENTS = 500_000;

/** What every way of asking a cloud for usage needs. */
export interface CloudUsageOptions {
  readonly workingDirectory: string;
  readonly access: Access;
  /** Half-open, in milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Something to say before it begins. */
  readonly announce: (text: string) => void;
  readonly interruption?: AbortSignal | undefined;
  readonly open?: (access: Access) => Promise<Session>;
}

export interface LookupUsageOptions extends CloudUsageOptions {
  /** Empty where all are meant that the account uses. */
  readonly regions: readonly string[];
  readonly onlyWrites: boolean;
  /** Of what the service grants: above 0, and at most 1. */
  readonly quotaShare?: number | undefined;
  /** Where hours that were read are kept; absent: in the user's own state. */
  readonly state?: string | undefined;
  /** However many events there are. */
  readonly isConfirmed: boolean;
  readonly progress?: ((progress: LookupProgress) => void) | undefined;
}

export interface LookupProgress {
  readonly pages: number;
  readonly events: number;
  /** Pages that there are about, of all regions. */
  readonly about: number;
}

export interface CloudUsage {
  readonly log: UsageLog;
  /** Why it is not finished; what was read is kept. */
  readonly stoppedBy: string | undefined;
  readonly exitCode: 0 | 3 | 130;
}

const NOTHING: UsageLog = { events: [], coverage: [], gaps: [] };

/** Counts the management events of an account's history, of up to 90 days. Throws `UsageError`. */
export async function lookUpUsage(options: LookupUsageOptions): Promise<CloudUsage> {
  const { access, clock, random, quotaShare = LOOKUP_SHARE } = options;
  const state = stateOf(options);
  const session = await (options.open ?? openSession)(access);
  try {
    const home = options.regions[0] ?? (await session.homeRegion());
    if (home === undefined) throw new UsageError('No region is configured: set AWS_REGION, or use --regions.');
    const world = worldOf(session.client, clock, random, { quotaShare });
    const caller = await askCaller(world, home);
    world.home = home;
    await checkRegions(world, { caller, home, regions: options.regions });
    const { regions, gaps } = await regionsOf(options, world, { home, ...caller, partition: partitionOf(caller) });
    const range = lookupRange(options, clock.now());
    if (range.from === range.to)
      throw new UsageError('The history of events has nothing of that time: it has whole hours of the last 90 days.');
    const counts = { pages: 0, events: 0, about: 0 };
    const run: LookupRun = {
      world,
      hours: hourFolder(join(state, caller.account, options.onlyWrites ? 'writes' : 'all')),
      countEvents: countEventTexts,
      onlyWrites: options.onlyWrites,
      isInterrupted: () => options.interruption?.aborted === true,
      onPage: (_, events) => {
        counts.pages += 1;
        counts.events += events;
        options.progress?.(counts);
      },
    };
    const looking = lookUp(options, run, { account: caller.account, regions, range }, counts);
    const result = await orInterrupted(looking, options.interruption);
    if (result === 'interrupted') return { log: NOTHING, stoppedBy: result, exitCode: 130 };
    const log = { ...result.log, gaps: [...tooOld(options, caller.account, range.from), ...gaps, ...result.log.gaps] };
    const stoppedBy = result.stoppedBy && describeFailure(result.stoppedBy);
    return { log, stoppedBy, exitCode: log.gaps.length > 0 ? 3 : 0 };
  } finally {
    session.close();
  }
}

/** What was asked for, and is longer ago than the history. */
function tooOld({ from, clock }: LookupUsageOptions, account: string, oldest: number): readonly UsageGap[] {
  if (from >= clock.now() - HISTORY_MS - DAY_MS) return [];
  const detail = `The history of events reaches back to ${toSecond(oldest)}.`;
  return [{ account, region: undefined, reason: 'outside-history', detail }];
}

async function lookUp(options: LookupUsageOptions, run: LookupRun, window: LookupWindow, counts: { about: number }) {
  const estimate = await estimateLookup(run, window);
  const said = renderEstimate(
    estimate,
    quotaOf('cloudtrail', 'LookupEvents').perSecond * (options.quotaShare ?? LOOKUP_SHARE),
  );
  if (estimate.events > MOST_EVENTS && !options.isConfirmed)
    throw new UsageError(
      `There are ${said}. Use --yes, a shorter time (--days), only what writes (--only-writes), log files or Athena.`,
    );
  if (estimate.events > 0) options.announce(said);
  counts.about = Math.ceil(estimate.events / PAGE_SIZE);
  return lookUpRegions(run, window);
}

function renderEstimate({ events, mostPages, regions }: LookupEstimate, perSecond: number): string {
  const count = events < 1000 ? events : Number(events.toPrecision(2));
  const minutes = Math.ceil(mostPages / perSecond / 60);
  const time = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  const where = regions === 1 ? 'one region' : `${regions} regions`;
  return `about ${count.toLocaleString('en-US')} events of ${where} to look up, which takes about ${time}`;
}

/** The folder of what was read, which is made where it is not there. */
function stateOf({ state, environment, workingDirectory }: LookupUsageOptions): string {
  const home = environment['XDG_STATE_HOME'] ?? join(environment['HOME'] ?? homedir(), '.local', 'state');
  const folder = state === undefined ? join(home, 'trueline', 'lookup-events') : resolve(workingDirectory, state);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'it failed';
    throw new UsageError(`"${folder}", where hours that were read are kept, cannot be written (${code}): use --state.`);
  }
  return folder;
}

interface Where {
  readonly home: string;
  readonly account: string;
  readonly partition: string;
}

/** The regions that are asked, and what is to be said of those that are not known. */
async function regionsOf(
  { regions }: LookupUsageOptions,
  world: LookupRun['world'],
  where: Where,
): Promise<{ readonly regions: readonly string[]; readonly gaps: readonly UsageGap[] }> {
  if (regions.length > 0) return { regions: [...new Set(regions)].sort(), gaps: [] };
  const listed = await placeOf(world, { ...where, region: 'global' }).list(REGIONS);
  const used = listed.items.filter((item) => textAt(item, 'OptInStatus') !== 'not-opted-in');
  if (listed.state === 'collected' && used.length > 0)
    return { regions: used.map((item) => textAt(item, 'RegionName')).sort(), gaps: [] };
  const detail = `Which regions the account uses is not known (${listed.failure?.code ?? listed.state}): only ${where.home} was asked.`;
  const reason = listed.state === 'denied' ? 'denied' : 'not-collected';
  return { regions: [where.home], gaps: [{ account: where.account, region: undefined, reason, detail }] };
}

/** The permissions that looking events up needs. */
export const LOOKUP_ACTIONS: readonly string[] = ['cloudtrail:LookupEvents', 'ec2:DescribeRegions'];
