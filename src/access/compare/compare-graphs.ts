import type { ComparedAccess } from '../../findings/access-comparison.js';
import { type Caller, equals, plainText } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { compareText } from '../../source/compare-text.js';
import { boundaryOf, identityPoliciesOf } from '../identity-policies.js';
import { isPrincipalType } from '../names.js';
import { sidOf } from '../places.js';
import { principalOf } from '../principals.js';
import type { AccessSources } from '../stated-world.js';
import { arnTextOf, namedResources, type World } from '../world.js';
import type { CompareAnswer } from './answer.js';
import { answersOf, type CompareOptions, compareSides, isSameSide } from './compare.js';
import { accountOf, compareResourcePolicies, isUnseen, ownPolicies } from './compare-resource.js';
import { toCompared } from './compared-access.js';
import type { Side } from './sides.js';

/**
 * What users, roles and those whom resources let in may newly do in the second graph. They are found again by address,
 * else by ARN; one that is new may do nothing before. Those that are gone, or have the same policies, are left out.
 */
export function compareGraphs(
  before: AccessSources,
  after: AccessSources,
  options: CompareOptions = {},
): ComparedAccess[] {
  const [old, now] = [before, after].map((sources): World => ({ ...sources, bindings: new Map() }));
  if (old === undefined || now === undefined) return [];
  const earlier = indexOf(old);
  const resources = namedResources(now).sort((a, b) => compareText(a.address, b.address));
  const pairs = resources.map((resource): Pair => ({ now, old, resource, earlier: earlierOf(resource, now, earlier) }));
  return [
    ...pairs.filter(({ resource }) => isPrincipalType(resource)).map((pair) => comparePrincipal(pair, options)),
    ...pairs.flatMap((pair) => compareResource(pair, options)),
  ];
}

/** A resource of the second graph, and what it was in the first one. */
interface Pair {
  readonly now: World;
  readonly resource: Resource;
  readonly old: World;
  readonly earlier: Resource | undefined;
}

interface Index {
  readonly byKey: ReadonlyMap<string, Resource>;
  readonly byAddress: ReadonlyMap<string, readonly Resource[]>;
  readonly byArn: ReadonlyMap<string, Resource>;
}

function indexOf(world: World): Index {
  const byKey = new Map<string, Resource>();
  const byAddress = new Map<string, Resource[]>();
  const byArn = new Map<string, Resource>();
  for (const resource of namedResources(world)) {
    byKey.set(resource.key, resource);
    byAddress.set(resource.address, [...(byAddress.get(resource.address) ?? []), resource]);
    const arn = arnOf(world, resource);
    if (arn !== undefined) byArn.set(arn, resource);
  }
  return { byKey, byAddress, byArn };
}

function arnOf(world: World, resource: Resource): string | undefined {
  const arn = arnTextOf(world, resource);
  return arn === undefined ? undefined : plainText(arn);
}

function earlierOf(resource: Resource, world: World, { byKey, byAddress, byArn }: Index): Resource | undefined {
  const [only, ...others] = byAddress.get(resource.address) ?? [];
  const same = byKey.get(resource.key) ?? (others.length === 0 ? only : undefined);
  if (same !== undefined) return same;
  const arn = arnOf(world, resource);
  return arn === undefined ? undefined : byArn.get(arn);
}

const NOTHING: Side = { grants: [], limits: new Map() };

function sideOf(world: World, principal: Resource): Side {
  const boundary = boundaryOf(world, principal);
  return {
    grants: identityPoliciesOf(world, principal),
    limits: boundary === undefined ? new Map() : new Map([['boundary', [boundary]]]),
  };
}

function comparePrincipal(pair: Pair, options: CompareOptions): ComparedAccess {
  const { before, after } = sidesOf(pair);
  return toCompared('principal', pair.resource.address, compareSides(before, after, options));
}

function sidesOf({ now, resource, old, earlier }: Pair): { readonly before: Side; readonly after: Side } {
  const before = earlier === undefined ? NOTHING : sideOf(old, earlier);
  const { caller } = principalOf(now, resource);
  const was = earlier === undefined ? undefined : principalOf(old, earlier).caller;
  return { before, after: { ...sideOf(now, resource), whose: isSameCaller(caller, was) ? { caller } : undefined } };
}

/** One that was renamed is somebody else to policies that name it. */
function isSameCaller(caller: Caller, was: Caller | undefined): boolean {
  if (was === undefined) return true;
  const [some, other] = [caller, was].map((one) => ('arn' in one ? one.arn : []));
  return equals(some ?? [], other ?? []) === true;
}

function compareResource({ now, resource, old, earlier }: Pair, options: CompareOptions): ComparedAccess[] {
  const after = ownPolicies(now, resource);
  if (after.length === 0) return [];
  const unseen = after.filter(isUnseen).map(({ name }) => name ?? 'policy');
  if (unseen.length > 0) return [toCompared('resource', resource.address, { kind: 'unknown', constructs: unseen })];
  const before = earlier === undefined ? [] : ownPolicies(old, earlier);
  return [compareResourcePolicies(resource.address, { before, after, account: accountOf(now, resource) }, options)];
}

/** Something new by one statement. */
export interface NewAccess {
  readonly resource: Resource;
  /** Tells it from others of the principal: the policy and the statement. */
  readonly key: string;
  readonly answer: Exclude<CompareAnswer, { kind: 'no' }>;
  /** The statement that is wider; undefined where a Deny or a limit is gone. */
  readonly source: Value | undefined;
}

/** Of each user and role whose policies changed: each statement that allows something new. */
export function listNewAccess(before: AccessSources, after: AccessSources, options: CompareOptions): NewAccess[] {
  const [old, now] = [before, after].map((sources): World => ({ ...sources, bindings: new Map() }));
  if (old === undefined || now === undefined) return [];
  const earlier = indexOf(old);
  const principals = namedResources(now)
    .filter(isPrincipalType)
    .sort((a, b) => compareText(a.key, b.key));
  return principals.flatMap((resource) => {
    const { before, after } = sidesOf({ now, old, resource, earlier: earlierOf(resource, now, earlier) });
    return newOf(resource, before, after, options);
  });
}

function newOf(...[resource, before, after, options]: readonly [Resource, Side, Side, CompareOptions]): NewAccess[] {
  if (isSameSide(before, after)) return [];
  const found: NewAccess[] = [];
  for (const { target, answer } of answersOf(before, after, options)) {
    if (answer.kind === 'no') continue;
    const isGone = target?.isAllow !== true;
    const source = isGone ? undefined : target.statement?.source;
    const name = answer.kind === 'yes' ? answer.statements.find((one) => one.source === source)?.policy : undefined;
    const sid = source === undefined ? null : sidOf(source);
    const key = `${name ?? ''} ${sid ?? (isGone ? 'denied before' : (target.key ?? ''))}`.trim();
    found.push({ resource, key, answer, source });
  }
  return found;
}
