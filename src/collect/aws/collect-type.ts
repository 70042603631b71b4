import type {
  CoverageState,
  LedgerLine,
  SnapshotGap,
  SnapshotJson,
  SnapshotRecord,
  SnapshotUsage,
} from '../../model/snapshot.js';
import { compareText } from '../../source/compare-text.js';
import type { Ending, Failure } from './ask.js';
import {
  type Collector,
  type Companion,
  type ItemOperation,
  type Loose,
  listsOf,
  type Operation,
  operationsOf,
  type Parts,
  type Projection,
  withParents,
} from './collector.js';
import { all, fill, get, holds, isObject, NONE, settle, textAt } from './json.js';
import { type Listing, type Place, saysThatItIsOff } from './listing.js';
import { keepBack, type SecretKey } from './secrets.js';

/** What one collector gives in one account and region. */
export interface Collected {
  readonly records: readonly SnapshotRecord[];
  readonly usage: readonly SnapshotUsage[];
  readonly ledger: readonly LedgerLine[];
}

/** Collects a type in a place: what is missing is in the ledger, and a gap of each record that lacks it. */
export async function collectType(collector: Collector, place: Place, scope: TypeScope): Promise<Collected> {
  const { list, locate, each = {} } = collector;
  const ledger: LedgerLine[] = [];
  const barred = await barredBy(collector, place);
  if (barred !== undefined) return { records: [], usage: [], ledger: barred };
  for (const asked of listsOf(collector))
    if (asked !== list) ledger.push(...listLines(place, asked, await place.list(asked)));
  const listed: Listing =
    list === undefined ? { items: [{}], state: 'collected', pages: 0, attempts: 0 } : await place.list(list);
  if (list !== undefined) ledger.push(...listLines(place, list, listed));
  const { only = [] } = collector;
  const isOwn = (item: SnapshotJson) => {
    const seen = { ...membersOf(item, {}), '@account': place.account, '@region': place.region };
    return only.every((condition) => holds(condition, seen));
  };
  const items = only.length === 0 ? listed.items : listed.items.filter(isOwn);
  const located = await Promise.all(items.map((item) => locateItem(collector, place, item)));
  const asked = located.flatMap((one) => one.asked ?? []);
  if (locate !== undefined && asked.length > 0) ledger.push(...itemLines(place, locate, listed, asked));
  // Of what is somewhere unknown nothing says that it is not in one of the regions.
  const own = located.filter(({ region }) => scope.regions.length === 0 || isIn(region, place, scope.regions));
  if (list !== undefined)
    ledger.push(
      ...leftOutLines(
        place,
        list,
        located.filter((one) => !own.includes(one)),
      ),
    );
  const joined = await askJoins(
    collector,
    place,
    own.map(({ item }) => item),
    ledger,
  );
  const outcomes = await Promise.all(own.map((one, index) => collectItem(collector, place, one, joined[index])));
  await confirmGone(collector, place, outcomes);
  for (const [name, operation] of Object.entries(each)) {
    const answers = outcomes.flatMap((outcome) => outcome.asked.get(name) ?? []);
    ledger.push(...itemLines(place, operation, listed, answers));
    if (operation.job === undefined) continue;
    const started = outcomes.flatMap((outcome) => outcome.started.get(name) ?? []);
    ledger.push(...itemLines(place, operation.job.start, listed, started));
  }
  const written = outcomes.map((outcome) => toRecords(collector, place, outcome, scope.key));
  return {
    records: written.flatMap(({ records }) => records),
    usage: written.flatMap(({ usage }) => usage),
    ledger,
  };
}

/** The ledger where nothing more is asked: the service is not here, or what the collector requires is not so, or not known. */
async function barredBy(collector: Collector, place: Place): Promise<readonly LedgerLine[] | undefined> {
  const { absentIn = [], requires } = collector;
  const unasked = { pages: 0, items: 0, attempts: 0 };
  if (absentIn.includes(place.partition))
    return operationsOf(collector).map((operation) => place.line(operation, { ...unasked, state: 'unsupported-here' }));
  if (requires === undefined) return undefined;
  const { items, state, failure } = await place.list(requires.list);
  if (textAt(items[0] ?? null, requires.path) === place.account) return undefined;
  const other = state === 'collected' && requires.or !== undefined ? await place.list(requires.or.list) : undefined;
  if (other?.items.some((item) => textAt(item, requires.or?.path ?? '') === place.account)) return undefined;
  // Whoever is not in the list is denied it.
  const isTold = other === undefined || other.state === 'collected' || other.state === 'denied';
  const ended: Pick<Listing, 'failure' | 'state'> =
    state !== 'collected' ? { state, failure } : isTold ? { state: 'not-selected' } : other;
  return operationsOf(collector).map((operation) =>
    operation.call === requires.list.call
      ? place.line(operation, { ...unasked, state, pages: items.length, items: items.length, failure })
      : place.line(operation, { ...unasked, state: ended.state, failure: ended.failure }),
  );
}

export interface TypeScope {
  /** The only regions whose items are wanted of an account's list; empty for all. */
  readonly regions: readonly string[];
  readonly key: SecretKey;
}

interface Located {
  readonly item: SnapshotJson;
  readonly region: string;
  readonly asked?: Asked;
}

/** In a region that was not wanted there is more than was collected. */
function leftOutLines(place: Place, list: Operation, leftOut: readonly Located[]): readonly LedgerLine[] {
  const ended = { state: 'not-selected', pages: 0, attempts: 0 } as const;
  return [...new Set(leftOut.map(({ region }) => region))].map((region) => ({
    ...place.line(list, { ...ended, items: leftOut.filter((one) => one.region === region).length }),
    region,
  }));
}

function isIn(region: string, place: Place, regions: readonly string[]): boolean {
  return region === place.region || regions.includes(region);
}

async function locateItem(collector: Collector, place: Place, item: SnapshotJson): Promise<Located> {
  if (collector.region === undefined) return { item, region: place.region };
  const region = textAt(item, collector.region);
  const { locate } = collector;
  if (region !== '' || locate === undefined) return { item, region: region === '' ? place.region : region };
  const id = textAt(item, collector.id);
  const input = fill(locate.input ?? {}, item) as { readonly [name: string]: SnapshotJson };
  const ending = await place.ask(locate, input, place.region);
  if (ending.kind === 'failure')
    return { item, region: place.region, asked: { id, attempts: ending.attempts, failure: ending, isGone: false } };
  const named = String(get(ending.output, locate.answer ?? '') ?? locate.emptyMeans);
  const asked = { id, attempts: ending.attempts, failure: undefined, isGone: false };
  return { item, region: locate.aliases?.[named] ?? named, asked };
}

/** What was asked of an item: its parts, and what is missing. */
interface Outcome {
  readonly item: SnapshotJson;
  readonly region: string;
  readonly parts: Record<string, SnapshotJson | undefined>;
  readonly gaps: SnapshotGap[];
  readonly asked: Map<string, Asked>;
  /** What was started of what is asked. */
  readonly started: Map<string, Asked>;
  /** What said that it is not there any more. */
  goneBy: Failure | undefined;
}

interface Asked {
  readonly id: string;
  readonly attempts: number;
  readonly failure: Failure | undefined;
  readonly isGone: boolean;
}

async function collectItem(
  collector: Collector,
  place: Place,
  { item, region }: Located,
  joined: Joined | undefined,
): Promise<Outcome> {
  const outcome: Outcome = {
    item,
    region,
    parts: { ...joined?.parts },
    gaps: [...(joined?.gaps ?? [])],
    asked: new Map(),
    started: new Map(),
    goneBy: undefined,
  };
  for (const [name, operation] of Object.entries(collector.each ?? {})) {
    if (outcome.goneBy !== undefined) break;
    const seen = { ...membersOf(item, outcome.parts), '@account': place.account };
    const needed = (operation.when ?? []).map(({ path }) => path.split('.')[0] ?? '');
    // What decides whether to ask could not be asked itself.
    const open = outcome.gaps.length > 0 && needed.some((part) => outcome.asked.get(part)?.failure !== undefined);
    if (open) {
      const cause = needed.map((part) => outcome.asked.get(part)?.failure).find((failure) => failure !== undefined);
      if (cause !== undefined) outcome.gaps.push(...gapsOf(operation, cause));
      continue;
    }
    if (!(operation.when ?? []).every((condition) => holds(condition, seen))) continue;
    await askItem(collector, place, { name, operation, seen }, outcome);
  }
  return outcome;
}

/**
 * Of what is said to be gone the list must say so too: the same error may mean that something else is not there, and an item
 * that is dropped passes every policy.
 */
async function confirmGone(collector: Collector, place: Place, outcomes: readonly Outcome[]): Promise<void> {
  const { list, each = {} } = collector;
  if (list === undefined || outcomes.every(({ goneBy }) => goneBy === undefined)) return;
  const listed = await place.listAgain(list);
  const left = new Set(listed.items.map((item) => textAt(item, collector.id)));
  for (const outcome of outcomes) {
    const id = textAt(outcome.item, collector.id);
    const { goneBy } = outcome;
    if (goneBy === undefined || (isComplete(listed.state) && !left.has(id))) continue;
    outcome.goneBy = undefined;
    for (const [name, operation] of Object.entries(each)) {
      const asked = outcome.asked.get(name);
      if (asked !== undefined && !asked.isGone) continue;
      outcome.asked.set(name, { id, attempts: asked?.attempts ?? 0, failure: goneBy, isGone: false });
      outcome.gaps.push(...gapsOf(operation, goneBy));
    }
  }
}

/** What conditions and templates see: the item's members and the parts; a text that is the whole item as `@item`. */
function membersOf(item: SnapshotJson, parts: Parts): { readonly [name: string]: Loose } {
  return { ...(isObject(item) ? item : { '@item': item }), ...parts };
}

async function askItem(
  collector: Collector,
  place: Place,
  { name, operation, seen }: { readonly name: string; readonly operation: ItemOperation; readonly seen: Loose },
  outcome: Outcome,
): Promise<void> {
  const id = textAt(outcome.item, collector.id);
  const ending = await askOf(place, { name, operation, seen }, { ...outcome, id });
  if (ending.kind === 'answer') {
    const value = partOf(operation, ending.output);
    const missing = (operation.proof ?? [operation.answer]).join(' or ');
    const isCut = operation.more !== undefined && get(ending.output, operation.more) !== undefined;
    const failure = isCut
      ? truncated(ending.attempts)
      : value === undefined
        ? malformed(`The answer has no ${missing}.`, ending.attempts)
        : undefined;
    outcome.asked.set(name, { id, attempts: ending.attempts, failure, isGone: false });
    if (failure === undefined) outcome.parts[name] = value;
    else outcome.gaps.push(...gapsOf(operation, failure));
    return;
  }
  const absent = operation.absent?.[ending.code] ?? (saysThatItIsOff(operation, ending) ? NONE : undefined);
  const isGone = operation.gone?.includes(ending.code) ?? false;
  const failure = absent === undefined && !isGone ? ending : undefined;
  outcome.asked.set(name, { id, attempts: ending.attempts, failure, isGone });
  if (isGone) outcome.goneBy = ending;
  if (absent !== undefined) outcome.parts[name] = absent;
  if (failure !== undefined) outcome.gaps.push(...gapsOf(operation, failure));
}

/** Starts its job, if it has one, and asks for all of its pages. */
async function askOf(
  place: Place,
  { name, operation, seen }: { readonly name: string; readonly operation: ItemOperation; readonly seen: Loose },
  { id, region, started }: Pick<Outcome, 'region' | 'started'> & { readonly id: string },
): Promise<Ending> {
  const { job, items } = operation;
  const filled = fill(operation.input ?? {}, seen);
  if (filled === undefined) return malformed('The list does not give what the operation asks for.', 0);
  let input = filled as { readonly [name: string]: SnapshotJson };
  if (job !== undefined) {
    const begun = await place.start(job, fill(job.start.input ?? {}, seen) as typeof input, region);
    const { attempts, failure } = begun;
    started.set(name, { id, attempts, failure, isGone: false });
    if (failure !== undefined) return failure;
    input = { ...input, ...begun.input };
  }
  if (items === undefined) return place.ask(operation, input, region);
  const listing = await place.askAll({ ...operation, items }, input, region);
  const { attempts, failure } = listing;
  if (failure !== undefined) return { ...failure, state: listing.state, attempts };
  return { kind: 'answer', output: listing.items, attempts };
}

function partOf({ answer, items, proof, emptyMeans }: ItemOperation, output: SnapshotJson): SnapshotJson | undefined {
  if (items !== undefined) return output;
  if (proof?.every((member) => get(output, member) === undefined)) return undefined;
  return answer === undefined ? output : (get(output, answer) ?? emptyMeans);
}

function malformed(message: string, attempts: number): Failure {
  return { kind: 'failure', state: 'failed', code: 'MalformedAnswer', message, permission: null, attempts };
}

function truncated(attempts: number): Failure {
  const message = 'The answer is not all of it.';
  return { kind: 'failure', state: 'truncated', code: 'MorePages', message, permission: null, attempts };
}

function gapsOf(operation: Operation & { readonly feeds: readonly string[] }, failure: GapCause): SnapshotGap[] {
  const { state, permission, code } = failure;
  return operation.feeds.map((path) => ({ path, operation: operation.call, state, permission, code }));
}

type GapCause = { readonly state: CoverageState; readonly permission: string | null; readonly code: string | null };

interface Joined {
  readonly parts: Record<string, SnapshotJson>;
  readonly gaps: SnapshotGap[];
}

/** For each item what belongs to it of the region's other lists. */
async function askJoins(
  { joins = {}, id }: Collector,
  place: Place,
  items: readonly SnapshotJson[],
  ledger: LedgerLine[],
): Promise<readonly Joined[]> {
  const found = items.map((): Joined => ({ parts: {}, gaps: [] }));
  for (const [name, { from, on, feeds, isWhole = false }] of Object.entries(joins)) {
    for (const asked of withParents(from))
      if (asked !== from) ledger.push(...listLines(place, asked, await place.list(asked)));
    const listing = await place.list(from);
    ledger.push(...listLines(place, from, listing));
    const byKey = on === undefined ? new Map() : groupBy(listing.items, on[1]);
    for (const [index, item] of items.entries()) {
      const keys = on === undefined ? [] : all(item, on[0]).map(String);
      const { parts, gaps } = found[index] ?? { parts: {}, gaps: [] };
      if (!isComplete(listing.state)) gaps.push(...gapsOf({ ...from, feeds }, toCause(listing)));
      else if (on === undefined) parts[name] = listing.items;
      else if (isWhole && keys.some((key) => !byKey.has(key))) {
        gaps.push(...gapsOf({ ...from, feeds }, NOT_LISTED));
        const ended = { state: NOT_LISTED.state, pages: 0, items: 0, attempts: 0 };
        ledger.push(place.line(from, { ...ended, failure: NOT_LISTED, parent: textAt(item, id) }));
      } else parts[name] = keys.flatMap((key) => byKey.get(key) ?? []);
    }
  }
  return found;
}

/** Of two lists one is older than the other: what is in one only says nothing. */
const NOT_LISTED: Failure = {
  kind: 'failure',
  state: 'failed',
  code: 'NotListed',
  message: 'The list does not have what the resource names.',
  permission: null,
  attempts: 0,
};

function groupBy(items: readonly SnapshotJson[], path: string): ReadonlyMap<string, readonly SnapshotJson[]> {
  const groups = new Map<string, SnapshotJson[]>();
  for (const item of items) {
    for (const key of all(item, path).map(String)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}

function toCause({ state, failure }: Listing): GapCause {
  return { state, permission: failure?.permission ?? null, code: failure?.code ?? null };
}

/** Whether what was listed is all that there is. */
export function isComplete(state: CoverageState): boolean {
  return state === 'collected' || state === 'not-enabled' || state === 'not-opted-in' || state === 'unsupported-here';
}

function listLines(place: Place, operation: Operation, listing: Listing): readonly LedgerLine[] {
  const { failure, started, state, pages, attempts } = listing;
  const line = place.line(operation, { state, pages, items: listing.items.length, attempts, failure });
  if (operation.job === undefined || started === undefined) return [line];
  const ending = { state: started.failure?.state ?? 'collected', pages: 0, items: 0, ...started };
  return [place.line(operation.job.start, ending), line];
}

/** A line for the operation as a whole, and one for each item of which it failed. */
function itemLines(
  place: Place,
  operation: Operation,
  listed: Listing,
  asked: readonly Asked[],
): readonly LedgerLine[] {
  const failed = asked.filter(({ failure }) => failure !== undefined);
  const lines = asked.filter(({ failure, isGone }) => failure !== undefined || isGone);
  const answered = asked.length - failed.length;
  const first = failed[0]?.failure;
  const all = asked.length > 0 && answered === 0 ? first : asked.length === 0 ? listed.failure : undefined;
  const state = asked.length === 0 ? listed.state : (all?.state ?? 'collected');
  const attempts = asked.reduce((sum, each) => sum + each.attempts, 0);
  return [
    place.line(operation, { state, pages: answered, items: answered, attempts, failure: all }),
    ...lines.map(({ id, attempts, failure, isGone }) =>
      place.line(operation, {
        state: failure?.state ?? 'collected',
        pages: 0,
        items: 0,
        attempts,
        failure,
        parent: id,
        ...(isGone ? { code: 'gone' } : {}),
      }),
    ),
  ];
}

function toRecords(
  collector: Collector,
  place: Place,
  { item, parts, region, gaps, goneBy }: Outcome,
  key: SecretKey,
): Pick<Collected, 'records' | 'usage'> {
  if (goneBy !== undefined) return NOTHING;
  const scope = { '@partition': place.partition, '@region': region, '@account': place.account };
  const seen = { ...membersOf(item, parts), ...scope };
  if (!(collector.keep ?? []).every((condition) => holds(condition, seen))) return NOTHING;
  const projection: Projection = collector.project(item, parts);
  const arn = collector.arn === undefined ? undefined : fill(collector.arn, seen);
  const id = collector.list === undefined ? textAt(seen, collector.id) : textAt(item, collector.id);
  const live = keepBack(settle(projection.live ?? {}), collector.type, [], key) as SnapshotRecord['properties'];
  const [lasting, passing] = apart(Object.entries(live), ([name]) => collector.usage?.includes(name) === true);
  const missing = [...gaps, ...(projection.gaps ?? [])].sort((a, b) => compareText(a.path, b.path));
  const [ownGaps, usageGaps] = apart(missing, ({ path }) => isUsage(collector, path));
  const record: SnapshotRecord = {
    type: collector.type,
    id,
    arn: typeof arn === 'string' ? arn : null,
    account: place.account,
    region,
    properties: toProperties(collector, projection.properties, key),
    ...(lasting.length === 0 ? {} : { live: Object.fromEntries(lasting) }),
    gaps: ownGaps,
  };
  const { type, account } = record;
  const usage: SnapshotUsage = { type, id, account, region, live: Object.fromEntries(passing), gaps: usageGaps };
  const also = (projection.also ?? []).map((companion) => companionRecord(companion, record, key));
  return { records: [record, ...also], usage: passing.length + usageGaps.length === 0 ? [] : [usage] };
}

function companionRecord(
  { type, id, properties, live = {} }: Companion,
  { account, region }: SnapshotRecord,
  key: Parameters<typeof keepBack>[3],
): SnapshotRecord {
  const seen = keepBack(settle(live), type, [], key) as SnapshotRecord['properties'];
  return {
    type,
    id,
    arn: null,
    account,
    region,
    properties: keepBack(settle(properties), type, [], key) as SnapshotRecord['properties'],
    ...(Object.keys(seen).length === 0 ? {} : { live: seen }),
    gaps: [],
  };
}

const NOTHING = { records: [], usage: [] };

function isUsage({ usage = [] }: Collector, path: string): boolean {
  return path.startsWith('$') && usage.includes(path.slice(1).split('.')[0] ?? '');
}

/** Those that are not so, and those that are. */
function apart<T>(all: readonly T[], isSo: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter((one) => !isSo(one)), all.filter(isSo)];
}

function toProperties(
  { type, sets = [], secrets = [] }: Collector,
  properties: Projection['properties'],
  key: SecretKey,
): SnapshotRecord['properties'] {
  const settled = keepBack(settle(properties), type, secrets, key) as { readonly [name: string]: SnapshotJson };
  return Object.fromEntries(
    Object.entries(settled).map(([name, value]) => [
      name,
      sets.includes(name) && Array.isArray(value) ? inOrder(value) : value,
    ]),
  );
}

function inOrder(values: readonly SnapshotJson[]): SnapshotJson {
  const texts = new Map(values.map((value) => [value, JSON.stringify(value)]));
  return [...values].sort((a, b) => ((texts.get(a) ?? '') < (texts.get(b) ?? '') ? -1 : 1));
}
