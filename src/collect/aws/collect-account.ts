import type { LedgerLine, SnapshotRegion } from '../../model/snapshot.js';
import { compareText } from '../../source/compare-text.js';
import type { Failure, World } from './ask.js';
import { type Collected, collectType } from './collect-type.js';
import { type Collector, operationsOf } from './collector.js';
import { REGIONS } from './collectors.js';
import { textAt } from './json.js';
import { type Place, placeOf } from './listing.js';
import type { SecretKey } from './secrets.js';

/** What is collected, and by whom. */
export interface AccountScope {
  readonly partition: string;
  readonly account: string;
  /** The region whose endpoint answers for what has no region. */
  readonly home: string;
  /** Empty where all are meant that the account uses. */
  readonly regions: readonly string[];
  readonly collectors: readonly Collector[];
  readonly notSelected: readonly Collector[];
  readonly key: SecretKey;
}

/** A part of the work that is done as a whole: a collector in a region, or in the account. */
export interface Unit {
  readonly region: string;
  readonly type: string;
}

/** Keeps what is done, so that a later run need not do it again. */
export interface Store {
  /** What an earlier run collected. */
  read(unit: Unit): Collected | undefined;
  write(unit: Unit, collected: Collected): void;
}

export interface AccountRun {
  readonly regions: readonly SnapshotRegion[];
  /** How many of them were collected. */
  readonly used: number;
  /** Of what is not a unit: the list of regions, and what was not asked for. */
  readonly ledger: readonly LedgerLine[];
  readonly units: readonly Unit[];
  /** Why nothing more could be asked. */
  readonly stoppedBy: Failure | undefined;
}

/** Collects an account, unit by unit. */
export async function collectAccount(world: World, scope: AccountScope, store: Store): Promise<AccountRun> {
  const global = placeOf(world, { ...scope, region: 'global' });
  const { used, notOptedIn, all, ledger } = await readRegions(global, scope);
  const places = new Map<string, Place>([
    ['global', global],
    ...used.map((region) => [region, placeOf(world, { ...scope, region })] as const),
  ]);
  const inPlaces = (collector: Collector) => (collector.scope === 'account' ? ['global'] : used);
  const planned = scope.collectors.flatMap((collector) =>
    inPlaces(collector).map((region) => ({ collector, unit: { region, type: collector.type } })),
  );
  await Promise.all(
    planned.map(async ({ collector, unit }) => {
      if (store.read(unit) !== undefined) return;
      const place = places.get(unit.region);
      if (place === undefined) return;
      store.write(unit, withEveryLine(await collectType(collector, place, scope), collector, place));
    }),
  );
  const notThere = scope.collectors
    .filter(({ scope }) => scope === 'region')
    .flatMap((collector) => notOptedIn.map((region) => ({ collector, region })));
  const notSelected = scope.notSelected.flatMap((collector) =>
    inPlaces(collector).map((region) => ({ collector, region })),
  );
  return {
    regions: all,
    used: used.length,
    ledger: [
      ...ledger,
      ...notThere.flatMap(({ collector, region }) => unaskedLines(world, scope, collector, region, 'not-opted-in')),
      ...notSelected.flatMap(({ collector, region }) => unaskedLines(world, scope, collector, region, 'not-selected')),
    ],
    units: planned.map(({ unit }) => unit),
    stoppedBy: world.stoppedBy,
  };
}

/** An operation of which no line says how it ended was not asked: that must not look like nothing to find. */
export function withEveryLine(collected: Collected, { list, each = {} }: Collector, place: Place): Collected {
  const told = new Set(collected.ledger.map(({ operation }) => operation));
  const planned = [...(list === undefined ? [] : [list]), ...Object.values(each)];
  const untold = planned.filter(({ call }) => !told.has(call));
  if (untold.length === 0) return collected;
  const ended = { state: 'failed', pages: 0, items: 0, attempts: 0, code: 'NotAsked' } as const;
  return { ...collected, ledger: [...collected.ledger, ...untold.map((operation) => place.line(operation, ended))] };
}

/** Stands for the regions of an account that does not say which it has. */
const UNLISTED: SnapshotRegion = { name: 'unlisted', optIn: 'unknown' };

interface Regions {
  /** Those that are collected. */
  readonly used: readonly string[];
  readonly notOptedIn: readonly string[];
  /** All that there are, so that a reader knows where nothing was looked for. */
  readonly all: readonly SnapshotRegion[];
  readonly ledger: readonly LedgerLine[];
}

async function readRegions(place: Place, { regions, home }: AccountScope): Promise<Regions> {
  const listed = await place.list(REGIONS);
  const line = place.line(REGIONS, { ...listed, items: listed.items.length });
  const known = new Map(listed.items.map((item) => [textAt(item, 'RegionName'), optInOf(textAt(item, 'OptInStatus'))]));
  const isListed = listed.state === 'collected' && known.size > 0;
  // Without the list only what was named is known to be there, or where the caller is at home.
  const named = regions.length > 0 ? regions : isListed ? [...known.keys()] : [home];
  const names = [...new Set([...named, ...known.keys()])].sort(compareText);
  const isUnused = (name: string) => known.get(name) === 'not-opted-in';
  return {
    used: [...named].sort(compareText).filter((name) => !isUnused(name)),
    notOptedIn: [...named].sort(compareText).filter(isUnused),
    all: [...names.map((name) => ({ name, optIn: known.get(name) ?? 'unknown' })), ...(isListed ? [] : [UNLISTED])],
    ledger: [line],
  };
}

function optInOf(status: string): SnapshotRegion['optIn'] {
  return status === 'opt-in-not-required' || status === 'opted-in' || status === 'not-opted-in' ? status : 'unknown';
}

function unaskedLines(
  world: World,
  scope: AccountScope,
  collector: Collector,
  region: string,
  state: 'not-opted-in' | 'not-selected',
): readonly LedgerLine[] {
  const place = placeOf(world, { ...scope, region });
  return operationsOf(collector).map((operation) => place.line(operation, { state, pages: 0, items: 0, attempts: 0 }));
}
