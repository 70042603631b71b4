import type { AccountExtent, TypeExtent } from '../../model/raw-resource.js';
import type { SourceRange } from '../../source/source-file.js';
import { scopeAddress } from './build-resource.js';
import { coverage, type LedgerIndex, type Missing, regionsOf } from './coverage.js';
import type { ReadHeader, RegionName } from './read-header.js';

/** A scope of which not all records could be read, and the file that would have them. */
export interface DamagedScope {
  readonly account: string;
  readonly region: string;
  readonly path: string;
}

export interface ExtentInput {
  readonly header: ReadHeader;
  readonly index: LedgerIndex;
  readonly damaged: readonly DamagedScope[];
  /** Types whose records cannot be read. */
  readonly unread: ReadonlySet<string>;
  /** Types that are collected since then: that their operation succeeded proves nothing of them. */
  readonly later: ReadonlySet<string>;
  rootOf(account: string): string;
}

/** A scope in which there may be more of a type than was seen. */
export interface OpenExtent {
  readonly account: string;
  readonly region: string;
  readonly type: string;
  readonly missing: Missing;
}

/** Of every type that any operation lists: the scopes in which there may be more of it, at most one entry each. */
export function findOpenExtents({ header, index, damaged, unread, later }: ExtentInput): OpenExtent[] {
  const found = new Map<string, OpenExtent>();
  const add = (open: OpenExtent) => {
    const key = `${open.account}\0${open.region}\0${open.type}`;
    if (!found.has(key)) found.set(key, open);
  };
  for (const { name: account, regions } of header.accounts) {
    for (const type of listedTypes(index)) {
      for (const region of regionsToProve(index, regions, account, type)) {
        const left = regions.find(({ name }) => name === region)?.isSelected === false;
        const seen = unread.has(type) ? notRead(type) : coverage(index, { account, region, type, path: null });
        const missing = seen === 'complete' && later.has(type) ? notRead(type) : seen;
        if (missing !== 'complete')
          add({ account, region, type, missing: left ? { ...missing, isSelected: false } : missing });
      }
      for (const { account: owner, region, path } of damaged) {
        const missing: Missing = { reason: 'not-collected', subject: path, isSelected: true };
        if (owner === account) add({ account, region, type, missing });
      }
    }
  }
  return [...found.values()];
}

function notRead(type: string): Missing {
  return { reason: 'not-collected', subject: type, isSelected: true };
}

/** The accounts, with what is known of how many resources of each type there are. */
export function toExtents(open: readonly OpenExtent[], { header, index, rootOf }: ExtentInput): AccountExtent[] {
  const byAccount = new Map<string, OpenExtent[]>(header.accounts.map(({ name }) => [name, []]));
  for (const extent of open) byAccount.get(extent.account)?.push(extent);
  const listed = listedTypes(index);
  // In all accounts of a snapshot the same was not asked, for the same reason.
  const range = { file: header.source, start: 0, end: Math.min(1, header.source.text.length) };
  return [...byAccount].map(([account, ofAccount]) => {
    const types = toTypeExtents(ofAccount, rangeOf(header, account));
    const isOpen = new Set(types.map(({ type }) => type));
    for (const type of listed) if (!isOpen.has(type)) types.push({ type, unseen: undefined });
    return { root: rootOf(account), scope: scopeAddress({ account, region: 'global' }), range, types };
  });
}

/** What is missing for one reason has one place, in however many regions it is. */
function toTypeExtents(open: readonly OpenExtent[], account: SourceRange): TypeExtent[] {
  const places = new Map<string, SourceRange>();
  return open.map(({ account: owner, region, type, missing: { reason, subject, isSelected, range } }) => {
    const key = `${type}\0${reason}\0${subject}\0${isSelected}`;
    const place = places.get(key) ?? range ?? account;
    places.set(key, place);
    const scope = scopeAddress({ account: owner, region });
    return { type, unseen: { reason, subject, scope, isSelected, range: place } };
  });
}

/** Where the header names an account. */
export function rangeOf({ accounts, source }: ReadHeader, account: string): SourceRange {
  const range = accounts.find(({ name }) => name === account)?.range ?? { start: 0, end: 0 };
  return { file: source, ...range };
}

function listedTypes({ operations }: LedgerIndex): string[] {
  return [...operations].flatMap(([type, paths]) => (paths.has('') ? [type] : []));
}

/** Where a type may have resources: in no region of its own where an operation that lists it was asked in none, or in none at all. */
function regionsToProve(
  index: LedgerIndex,
  regions: readonly RegionName[],
  account: string,
  type: string,
): readonly string[] {
  if (index.unreachable.has(account)) return ['global'];
  const operations = index.operations.get(type)?.get('') ?? [];
  const asked = new Set(operations.flatMap((operation) => regionsOf(index, account, operation)));
  if (asked.size === 0 || [...asked].every((region) => region === 'global')) return ['global'];
  return regions.flatMap(({ name, isEnabled }) => (isEnabled ? [name] : []));
}
