import type { LogCoverage, UsageLog } from '../../model/usage.js';
import type { UnseenReason } from './usage.js';
import type { UsageFacts } from './usage-facts.js';

/** A stretch of time whose events were read in all regions that matter. */
export interface Window {
  readonly kind: 'window';
  readonly from: string;
  readonly to: string;
  readonly regions: readonly string[];
  /** Read from the event history, which has all management events whatever trails there are. */
  readonly isHistory: boolean;
}

interface Unseen {
  readonly kind: 'unseen';
  readonly reason: UnseenReason;
  readonly detail: string;
}

interface WindowQuestion {
  readonly isData: boolean;
  readonly isGlobal: boolean;
  readonly isWrite: boolean;
  /** Undefined: all. */
  readonly region: string | undefined;
}

export interface LogWindows {
  readonly windowOf: (account: string, asked: WindowQuestion) => Window | Unseen;
}

/** The last stretch of time of each account of which everything was read, without a change of what trails record. */
export function logWindows(log: UsageLog, facts: UsageFacts): LogWindows {
  const known = new Map<string, Window | Unseen>();
  return {
    windowOf: (account, asked) => {
      const key = `${account} ${asked.isData} ${asked.isGlobal} ${asked.isWrite} ${asked.region}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const found = findWindow({ log, facts, account }, asked);
      known.set(key, found);
      return found;
    },
  };
}

interface Account {
  readonly log: UsageLog;
  readonly facts: UsageFacts;
  readonly account: string;
}

function findWindow(of: Account, asked: WindowQuestion): Window | Unseen {
  const { log, account } = of;
  const all = log.coverage.filter((one) => one.account === account);
  if (all.length === 0) return unseen('not-collected', `There are no logs of ${account}.`);
  const ofKind = asked.isData ? all.filter(({ isHistory }) => isHistory !== true) : all;
  if (ofKind.length === 0) return unseen('data-event-not-recorded', 'The event history has no data events.');
  const covered = asked.isWrite ? ofKind : ofKind.filter(({ onlyWrites }) => onlyWrites !== true);
  if (covered.length === 0) return unseen('not-collected', 'Only events that change something were asked for.');
  const regions = regionsOf(of, covered, asked);
  const last = regions.map((region) => lastStretch(covered, region));
  const missing = regions.find((_, index) => last[index] === undefined);
  if (missing !== undefined) return unseen('not-collected', `There are no logs of ${account} in ${missing}.`);
  const stretches = last.flatMap((stretch) => stretch ?? []);
  const hole = log.gaps.find((gap) => isHole(gap, account, regions));
  if (hole !== undefined) return unseen('not-collected', hole.detail);
  const isHistory = stretches.every((stretch) => stretch.isHistory === true);
  const changed = isHistory ? undefined : lastChange(of);
  const from = [...stretches.map((stretch) => stretch.from), ...(changed ?? [])].sort().at(-1) ?? '';
  const to = stretches.map((stretch) => stretch.to).sort()[0] ?? '';
  if (from < to) return { kind: 'window', from, to, regions, isHistory };
  return unseen('outside-window', `No time of ${account} was read in all its regions under the same trails.`);
}

/** Global services write their events into one region of their partition. */
const GLOBAL_REGIONS = ['us-east-1', 'cn-north-1', 'us-gov-west-1', 'us-isof-south-1'];

function regionsOf(
  { facts, account }: Account,
  covered: readonly LogCoverage[],
  { isGlobal, region }: WindowQuestion,
): string[] {
  const all = new Set([...covered.map(({ region }) => region), ...(facts.regions.get(account) ?? [])]);
  if (!isGlobal) return region === undefined ? [...all].sort() : [region];
  return [GLOBAL_REGIONS.find((region) => all.has(region)) ?? 'us-east-1'];
}

function lastStretch(covered: readonly LogCoverage[], region: string): LogCoverage | undefined {
  return covered.reduce<LogCoverage | undefined>(
    (last, one) => (one.region === region && (last === undefined || one.to > last.to) ? one : last),
    undefined,
  );
}

/** What says nothing of events that are missing. */
const HARMLESS: ReadonlySet<string> = new Set(['digest', 'maybe-twice', 'not-collected', 'other-place']);

/** What was not read: of which place and time, the coverage leaves it out by itself; nobody knows of what else. */
function isHole(gap: UsageLog['gaps'][number], account: string, regions: readonly string[]): boolean {
  if (HARMLESS.has(gap.reason) || (gap.account !== undefined && gap.region !== undefined)) return false;
  return (gap.account ?? account) === account && (gap.region === undefined || regions.includes(gap.region));
}

/** Calls that change what trails record: CloudTrail API Reference. What they recorded before is not known. */
const CHANGES: ReadonlySet<string> = new Set([
  'CreateTrail',
  'DeleteTrail',
  'PutEventSelectors',
  'StartLogging',
  'StopLogging',
  'UpdateTrail',
]);

function lastChange({ log, account }: Account): string[] {
  return log.events.flatMap((event) => {
    const isChange = event.eventSource === 'cloudtrail.amazonaws.com' && CHANGES.has(event.eventName);
    return isChange && event.account === account && event.outcome === 'succeeded' ? event.last : [];
  });
}

function unseen(reason: UnseenReason, detail: string): Unseen {
  return { kind: 'unseen', reason, detail };
}
