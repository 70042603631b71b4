import { equals, identityOf, isHole, plainText, type Text } from '../iam/index.js';
import type { Resource, ResourceGraph } from '../model/resource.js';
import type { Reference, Value } from '../model/value.js';
import { accountTextOf, asText, attributeOf, type World } from './world.js';

/** Where a target of a control policy is, seen from an account. */
export type Standing = 'above' | 'elsewhere' | 'perhaps';

/** What a control policy is attached to, and what attaches it: that is of the organization's account. */
export interface ControlTarget {
  readonly value: Value;
  readonly by: Resource;
}

/** The accounts and units of organizations that code makes: type → what has their id, and that of what they are in. */
const ACCOUNTS: ReadonlyMap<string, Member> = new Map([
  ['aws_organizations_account', { id: 'id', parent: 'parent_id' }],
  ['AWS::Organizations::Account', { id: 'AccountId', parent: 'ParentIds' }],
]);
const UNITS: ReadonlyMap<string, Member> = new Map([
  ['aws_organizations_organizational_unit', { id: 'id', parent: 'parent_id' }],
  ['AWS::Organizations::OrganizationalUnit', { id: 'Id', parent: 'ParentId' }],
]);
const ORGANIZATIONS: ReadonlySet<string> = new Set([
  'aws_organizations_organization',
  'AWS::Organizations::Organization',
]);
const ROOTS: ReadonlySet<string> = new Set(['roots', 'RootId']);

interface Member {
  readonly id: string;
  readonly parent: string;
}

/**
 * Whether a target is above an account, or it itself, as far as code says. AWS Organizations User Guide, "SCP evaluation": what is
 * attached to the root or a unit holds for all accounts below; the management account is bound by nothing.
 */
export function standingOf(world: World, target: ControlTarget, account: Text | undefined): Standing {
  if (account === undefined) return 'perhaps';
  const isManagement = isManagementAccount(world, account);
  if (isManagement === true) return 'elsewhere';
  const standing = standingOfMember(world, target, account);
  return isManagement === undefined && standing === 'above' ? 'perhaps' : standing;
}

function standingOfMember(world: World, target: ControlTarget, account: Text): Standing {
  const text = asText(target.value);
  if (text !== undefined && equals(text, account) === true) return 'above';
  const own = written(world.graph).accounts.find((one) => isAccount(world, one, account));
  const id = plainText(text ?? []);
  const plain = plainText(account);
  if (own === undefined)
    return id !== undefined && plain !== undefined && isAccountId(id) && isAccountId(plain) ? 'elsewhere' : 'perhaps';
  if (isRoot(target.value)) return isOfSameOrganization(world, own, target.by) ? 'above' : 'perhaps';
  return standingInTree(world, target.value, own);
}

function standingInTree(world: World, target: Value, account: Resource): Standing {
  const { path, isWhole } = pathOf(world, account);
  const answers = [isResource(world, target, account), ...path.map((step) => isSame(world, target, step))];
  if (answers.includes(true)) return 'above';
  return isWhole && answers.every((answer) => answer === false) ? 'elsewhere' : 'perhaps';
}

/** What an account or a unit is in, up to the root. */
export function pathOf(
  world: World,
  account: Resource,
): { readonly path: readonly Value[]; readonly isWhole: boolean } {
  const path: Value[] = [];
  let parent = parentOf(world, account);
  // SAFETY: units that are each other's end it.
  while (parent !== undefined && path.length < maxLevels) {
    path.push(parent);
    if (isRoot(parent)) return { path, isWhole: true };
    const step: Value = parent;
    const unit = written(world.graph).units.find((one) => isResource(world, step, one) === true);
    parent = unit === undefined ? undefined : parentOf(world, unit);
  }
  return { path, isWhole: false };
}

/** Units are five deep at most. */
const maxLevels = 16;

function parentOf(world: World, resource: Resource): Value | undefined {
  const names = ACCOUNTS.get(resource.type) ?? UNITS.get(resource.type);
  const value = names === undefined ? undefined : attributeOf(world, resource, names.parent);
  if (value?.kind !== 'list') return value;
  return value.elements.length === 1 && value.rest === undefined ? value.elements[0] : undefined;
}

/** Whether two ids are of the same unit or account; undefined where it is not known. */
function isSame(world: World, some: Value, other: Value): boolean | undefined {
  if (some.kind === 'string' && other.kind === 'string') return some.value === other.value;
  const [text, otherText] = [some, other].map(asText);
  if (text !== undefined && otherText !== undefined && equals(text, otherText) === true) return true;
  if (isRoot(some) !== isRoot(other) && isKnownNode(world, isRoot(some) ? other : some)) return false;
  const resource = memberBehind(world, other);
  return resource === undefined ? undefined : isResource(world, some, resource);
}

/** Whether an id is that of a unit or account of the code. */
function isResource(world: World, id: Value, resource: Resource): boolean | undefined {
  const behind = memberBehind(world, id);
  if (behind !== undefined) {
    if (behind === resource) return true;
    return isOnce(behind) && isOnce(resource) ? false : undefined;
  }
  if (isRoot(id)) return false;
  const names = ACCOUNTS.get(resource.type) ?? UNITS.get(resource.type);
  const own = names === undefined ? undefined : attributeOf(world, resource, names.id);
  if (id.kind === 'string' && own?.kind === 'string') return id.value === own.value;
  // A unit has no id of an account, nor the other way round.
  if (id.kind === 'string' && isAccountId(id.value) !== ACCOUNTS.has(resource.type)) return false;
  return undefined;
}

function isKnownNode(world: World, value: Value): boolean {
  return value.kind === 'string' || memberBehind(world, value) !== undefined;
}

/** The unit or account of the code whose id a value is. */
export function memberBehind({ graph }: World, value: Value): Resource | undefined {
  const reference = referenceOf(value);
  if (reference === undefined || value.kind !== 'unknown') return undefined;
  const { accounts, units } = written(graph);
  return [...accounts, ...units].find(
    ({ root, address }) => root === reference.root && address === reference.address && isId(reference.attribute),
  );
}

function isId(attribute: string): boolean {
  return ['', 'id', 'Id', 'AccountId', 'Ref'].includes(attribute);
}

export function referenceOf({ refersTo = [] }: Value): Reference | undefined {
  const [reference, ...others] = refersTo;
  return others.length > 0 || reference?.mayBePart === true ? undefined : reference;
}

/** The id of an organization's root, by its form or by what it is read from. */
export function isRoot(value: Value): boolean {
  if (value.kind === 'string') return value.value.startsWith('r-');
  const reference = referenceOf(value);
  return reference !== undefined && value.kind === 'unknown' && ROOTS.has(reference.attribute);
}

function isOnce({ existence, isPrototype, mode }: Resource): boolean {
  return mode === 'managed' && !isPrototype && existence.kind === 'certain';
}

/** Units and accounts are made, and policies attached, by calls of the organization's own account. */
export function isOfSameOrganization(world: World, some: Resource, other: Resource): boolean {
  const [text, otherText] = [some, other].map((resource) => accountTextOf(world, resource));
  return text !== undefined && otherText !== undefined && equals(text, otherText) === true;
}

function isAccount(world: World, resource: Resource, account: Text): boolean {
  const id = attributeOf(world, resource, ACCOUNTS.get(resource.type)?.id ?? 'id');
  if (id?.kind === 'string' && id.value === plainText(account)) return true;
  const [hole, ...more] = account;
  if (hole === undefined || typeof hole === 'number' || !isHole(hole) || more.length > 0) return false;
  return hole.cause.kind === 'value' && memberBehind(world, hole.cause.value) === resource;
}

/**
 * Only the management account makes an organization. Undefined where a question gives one number to configurations whose
 * accounts are not known: they need not be the same.
 */
function isManagementAccount(world: World, account: Text): boolean | undefined {
  const [own] = written(world.graph).organizations.filter((organization) => {
    const text = accountTextOf(world, organization);
    return text !== undefined && equals(text, account) === true;
  });
  if (own === undefined) return false;
  const isStated = own.scope.account.kind === 'unknown' && plainText(account) !== undefined;
  return isStated && unknownAccounts(world.graph) > 1 ? undefined : true;
}

function unknownAccounts({ resources }: ResourceGraph): number {
  const accounts = [...resources.values()].flatMap(({ scope: { account, provider } }) =>
    provider === 'aws' && account.kind === 'unknown' ? [identityOf(account)] : [],
  );
  return new Set(accounts).size;
}

export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

export interface WrittenOrganization {
  readonly organizations: readonly Resource[];
  readonly accounts: readonly Resource[];
  readonly units: readonly Resource[];
}

const byGraph = new WeakMap<ResourceGraph, WrittenOrganization>();

/** What code makes of an organization. */
export function written(graph: ResourceGraph): WrittenOrganization {
  let found = byGraph.get(graph);
  if (found === undefined) {
    const all = [...graph.resources.values()].filter(isWritten);
    found = {
      organizations: all.filter(({ type }) => ORGANIZATIONS.has(type)),
      accounts: all.filter(({ type }) => ACCOUNTS.has(type)),
      units: all.filter(({ type }) => UNITS.has(type)),
    };
    byGraph.set(graph, found);
  }
  return found;
}

/** Whether code makes the resource. */
export function isWritten({ mode, presence, language }: Resource): boolean {
  return mode === 'managed' && presence === 'written' && language !== 'live';
}
