import { identityOf } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { UnknownValue, Value } from '../../model/value.js';
import type { World } from '../world.js';
import { nameOfTarget, type WrittenAttachment } from '../written-controls.js';
import { isRoot, memberBehind, pathOf, referenceOf, written } from '../written-organization.js';
import type { CompareOptions } from './compare.js';
import { contentOf } from './literals.js';
import { movedIdentity } from './same-root.js';

/** Both sides, and how resources of the first one are named: as those that they became. */
export interface Sides {
  readonly old: World;
  readonly now: World;
  /** Of a resource of the first side, what it is on the second one; and the other way round. */
  readonly later: ReadonlyMap<Resource, Resource>;
  readonly earlier: ReadonlyMap<Resource, Resource>;
  /** Roots of the first side, and what they are on the second one. */
  readonly roots: ReadonlyMap<string, string>;
  readonly before: readonly WrittenAttachment[];
  readonly after: readonly WrittenAttachment[];
  readonly options: CompareOptions;
}

/** What a control policy can be attached to, on both sides. */
export interface Node {
  readonly name: string;
  readonly before: Place;
  readonly after: Place;
}

/** Where it is in the organization: its own level, and those above. */
export interface Place {
  readonly keys: readonly string[];
  readonly of: Resource;
}

/** Before the name of what is on the first side only, and of what nothing attaches. */
export const GONE = 'gone ';
export const UNATTACHED = 'not attached ';

function keyOf(value: Value, world: World, { old, later, roots }: Sides): string {
  if (value.kind === 'string') return value.value;
  const nameOf = (resource: Resource | undefined, key: string) =>
    resource === undefined ? key : ((world === old ? later.get(resource)?.key : resource.key) ?? GONE + key);
  const member = memberBehind(world, value);
  if (member !== undefined) return nameOf(member, member.key);
  const reference = referenceOf(value);
  if (!isRoot(value) || reference === undefined)
    return value.kind === 'unknown' ? laterIdentity(value, world === old ? roots : NO_ROOTS) : contentOf(value);
  const key = `${reference.root}\0${reference.address}`;
  return `root of ${nameOf(world.graph.resources.get(key), key)}`;
}

const NO_ROOTS: ReadonlyMap<string, string> = new Map();

function laterIdentity(value: UnknownValue, roots: ReadonlyMap<string, string>): string {
  const identity = identityOf(value);
  const root = identity.slice(0, identity.indexOf('\0'));
  return movedIdentity(identity, root, roots.get(root) ?? root);
}

/** Of a policy that nothing attaches: whom it binds is not known, and the same before and after. */
export function keyOfAttachment(attachment: WrittenAttachment, world: World, sides: Sides): string {
  if (attachment.target !== undefined) return keyOf(attachment.target.value, world, sides);
  const { by } = attachment;
  return `${UNATTACHED}${(world === sides.old ? sides.later.get(by) : by)?.key ?? GONE + by.key}`;
}

/** Targets that are there on both sides, and units and accounts that moved. */
export function nodesOf(sides: Sides): Node[] {
  const { old, now, earlier, before, after } = sides;
  const nodes = new Map<string, Node>();
  const add = (key: string, name: string, by: Resource) => {
    if (nodes.has(key)) return;
    const member = memberOfKey(key, now);
    const was = member === undefined ? undefined : earlier.get(member);
    // A unit or an account that is new had nobody below it.
    if (member !== undefined && was === undefined) return;
    nodes.set(key, {
      name,
      before: was === undefined ? { keys: [key], of: by } : placeOf(was, old, sides),
      after: member === undefined ? { keys: [key], of: by } : placeOf(member, now, sides),
    });
  };
  for (const [attachments, world] of [[before, old] as const, [after, now] as const]) {
    for (const one of attachments) {
      const key = keyOfAttachment(one, world, sides);
      const isKnown = one.target !== undefined || world === old;
      const name = one.target === undefined ? one.by.address : nameOfTarget(one.target.value);
      if (isKnown && !key.includes(GONE)) add(key, name, one.by);
    }
  }
  const { accounts, units } = written(now.graph);
  for (const member of [...accounts, ...units]) {
    const was = earlier.get(member);
    if (was === undefined) continue;
    const [some, other] = [placeOf(was, old, sides), placeOf(member, now, sides)];
    if (some.keys.join('\n') !== other.keys.join('\n')) add(member.key, member.address, member);
  }
  return [...nodes.values()];
}

/** The unit or account of the second side that a key is of. */
function memberOfKey(key: string, { graph }: World): Resource | undefined {
  const resource = graph.resources.get(key);
  if (resource === undefined) return undefined;
  const { accounts, units } = written(graph);
  return accounts.includes(resource) || units.includes(resource) ? resource : undefined;
}

function placeOf(member: Resource, world: World, sides: Sides): Place {
  const own = (world === sides.old ? sides.later.get(member)?.key : undefined) ?? member.key;
  return { keys: [own, ...pathOf(world, member).path.map((value) => keyOf(value, world, sides))], of: member };
}
