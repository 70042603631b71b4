import type {
  ComparedResource,
  Incomparable,
  ResourceDifference,
  SnapshotComparison,
} from '../findings/snapshot-difference.js';
import type { Unseen } from '../model/raw-resource.js';
import { openTypeOf, type Resource, type ResourceGraph } from '../model/resource.js';
import { compareText } from '../source/compare-text.js';
import { compareValues, type ValueContext } from './compare-values.js';

/** Accounts at one time. */
export interface ComparedSide {
  readonly graph: ResourceGraph;
  readonly accounts: readonly string[];
}

/** What differs between accounts at two times, and what nobody can say of. */
export function compareGraphs(old: ComparedSide, next: ComparedSide, context: ValueContext): SnapshotComparison {
  const [before, after] = [withIndex(old), withIndex(next)];
  const differences: ResourceDifference[] = [];
  const incomparable: Incomparable[] = [...compareAccounts(before, after), ...unseenOf(before, after)];
  const common = new Set(before.accounts.filter((account) => after.accounts.includes(account)));
  const [earlier, later] = [resourcesOf(before, common), resourcesOf(after, common)];
  for (const [key, resource] of earlier) {
    const other = later.get(key);
    if (other === undefined) judgeLone(resource, { change: 'removed', elsewhere: after, differences, incomparable });
    else compareResources(resource, other, { context, differences, incomparable });
  }
  for (const [key, resource] of later) {
    if (!earlier.has(key)) judgeLone(resource, { change: 'added', elsewhere: before, differences, incomparable });
  }
  return { differences: inOrder(differences), incomparable: inOrder(incomparable) };
}

interface IndexedSide extends ComparedSide {
  /** Type and scope, or type and account, of what was not all seen. */
  readonly unseen: ReadonlySet<string>;
}

function withIndex(side: ComparedSide): IndexedSide {
  const unseen = side.graph.unseen.flatMap(({ type, scope }) => [
    `${type}\0${scope}`,
    `${type}\0${scope.slice(0, scope.indexOf('\0'))}`,
  ]);
  return { ...side, unseen: new Set(unseen) };
}

/** Those of the accounts that both have; a type and an address name one. */
function resourcesOf({ graph }: ComparedSide, accounts: ReadonlySet<string>): ReadonlyMap<string, Resource> {
  const found = new Map<string, Resource>();
  for (const resource of graph.resources.values()) {
    if (resource.presence !== 'stand-in' && accounts.has(resource.root))
      found.set(`${resource.root}\0${resource.type}\0${resource.address}`, resource);
  }
  return found;
}

function describe({ root, type, address, scope, presence }: Resource): ComparedResource {
  const { region } = scope;
  const own = presence === 'scope' ? /^aws_region\/[^/]+\/(.+)$/.exec(address)?.[1] : undefined;
  return { account: root, region: own ?? (region.kind === 'string' ? region.value : null), type, address };
}

interface Found {
  readonly differences: ResourceDifference[];
  readonly incomparable: Incomparable[];
}

function compareResources(before: Resource, after: Resource, { context, ...found }: Found & { context: ValueContext }) {
  const { differences: attributes, gaps } = compareValues(before.values, after.values, context);
  const resource = describe(after);
  if (attributes.length > 0) found.differences.push({ ...resource, change: 'changed', attributes });
  found.incomparable.push(...gaps.map((gap) => ({ ...resource, ...gap })));
}

/** One that is at one time only was added or removed where all of its type was seen at the other. */
function judgeLone(
  resource: Resource,
  of: Found & { readonly change: 'added' | 'removed'; readonly elsewhere: IndexedSide },
): void {
  const { change, elsewhere, differences, incomparable } = of;
  const described = describe(resource);
  const side = change === 'added' ? 'old' : 'new';
  const gap = (reason: Incomparable['reason'], subject: string | null): Incomparable => ({
    ...described,
    path: null,
    side,
    reason,
    subject,
  });
  // Of a region there is a scope where it was looked at.
  if (resource.presence === 'scope') incomparable.push(gap('not-collected', null));
  else if (isUnseenAt(elsewhere, described)) return;
  else {
    const open = openElsewhere(elsewhere, described);
    if (open === undefined) differences.push({ ...described, change, attributes: [] });
    else incomparable.push(gap(open.reason, open.subject ?? null));
  }
}

/** It is said of all resources of the type there that nobody can say. */
function isUnseenAt({ unseen }: IndexedSide, { account, region, type }: ComparedResource): boolean {
  return unseen.has(`${type}\0${accountKey(account)}`) || unseen.has(`${type}\0${regionKey(account, region)}`);
}

/** Why the type is open in the account, where nothing says that it is so in other regions only. */
function openElsewhere(
  { graph, unseen }: IndexedSide,
  { account, region, type }: ComparedResource,
): Unseen | undefined {
  const open = openTypeOf(graph, account, type);
  if (open === undefined) return undefined;
  const isOpenInOthers = unseen.has(`${type}\0${account}`) && graph.resources.has(regionKey(account, region));
  return isOpenInOthers ? undefined : open;
}

function accountKey(account: string): string {
  return `${account}\0aws_account/${account}`;
}

function regionKey(account: string, region: string | null): string {
  return `${account}\0aws_region/${account}/${region ?? ''}`;
}

function compareAccounts(before: ComparedSide, after: ComparedSide): Incomparable[] {
  const lone = (accounts: readonly string[], others: readonly string[], side: 'old' | 'new') =>
    accounts
      .filter((account) => !others.includes(account))
      .map(
        (account): Incomparable => ({
          account,
          region: null,
          type: null,
          address: null,
          path: null,
          side,
          reason: 'not-collected',
          subject: null,
        }),
      );
  return [...lone(before.accounts, after.accounts, 'new'), ...lone(after.accounts, before.accounts, 'old')];
}

/** The types of which not all was seen, at one time or at both. */
function unseenOf(before: ComparedSide, after: ComparedSide): Incomparable[] {
  const found = new Map<string, Incomparable>();
  for (const [side, { graph }] of [['old', before] as const, ['new', after] as const]) {
    for (const { type, scope, reason, subject } of graph.unseen) {
      const [account = '', name = ''] = scope.split('\0');
      const region = /^aws_region\/[^/]+\/(.+)$/.exec(name)?.[1] ?? null;
      const key = `${type}\0${scope}`;
      const other = found.get(key);
      if (other !== undefined && other.side !== side) found.set(key, { ...other, side: 'both' });
      else if (other === undefined)
        found.set(key, { account, region, type, address: null, path: null, side, reason, subject: subject ?? null });
    }
  }
  return [...found.values()].filter(
    ({ account }) => before.accounts.includes(account) && after.accounts.includes(account),
  );
}

function inOrder<T extends Pick<Incomparable, 'account' | 'region' | 'type' | 'address'> & { path?: string | null }>(
  items: readonly T[],
): readonly T[] {
  const keyOf = ({ account, region, type, address, path }: T) =>
    [account, region ?? '', type ?? '', address ?? '', path ?? ''].join('\0');
  return items
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ item }) => item);
}
