import { elementsOf, plainText, type Text } from '../iam/index.js';
import { openTypeOf, type Resource, type ResourceGraph, resourceKey } from '../model/resource.js';
import type { Value } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import type { PolicyInForce } from './request.js';
import type { TypeFacts, World } from './world.js';

/** What the organization of an account says of what may be done in it. */
export interface OrganizationRules {
  /** The organization's id; `none` for an account in none; undefined where it is not known. */
  readonly organization: string | undefined;
  readonly isManagementAccount: boolean;
  readonly scp: ControlPolicies;
  readonly rcp: ControlPolicies;
}

/** The control policies of one kind that are in force for an account. */
export interface ControlPolicies {
  /** From the root of the organization over its units to the account. */
  readonly levels: readonly (readonly PolicyInForce[])[];
  /** What of them was not seen; undefined: they are all there. */
  readonly unseen: string | undefined;
}

type ControlPolicyKind = 'service control policies' | 'resource control policies';

const NATIVE_KINDS: Readonly<Record<ControlPolicyKind, string>> = {
  'service control policies': 'SERVICE_CONTROL_POLICY',
  'resource control policies': 'RESOURCE_CONTROL_POLICY',
};

/** The types in whose words a snapshot of the management account tells of its organization. */
const ORGANIZATION = 'AWS::Organizations::Organization';
const ACCOUNT = 'AWS::Organizations::Account';
const UNIT = 'AWS::Organizations::OrganizationalUnit';
const POLICY = 'AWS::Organizations::Policy';

/**
 * What the organizations of the graph say of an account. AWS Organizations User Guide, "SCP evaluation" (policies are
 * inherited from the root over the units to the account), "Managing organization policies" (at each level there is at
 * least one).
 */
export function organizationRulesOf(world: World, account: Text | undefined): OrganizationRules {
  const id = account === undefined ? undefined : plainText(account);
  if (id === undefined) return UNSEEN;
  const { organizations, rules } = organizationsOf(world);
  const known = rules.get(id) ?? findRules(world, organizations, id);
  rules.set(id, known);
  return known;
}

function findRules({ graph }: World, all: readonly Organization[], id: string): OrganizationRules {
  const [own, ...others] = nearest(
    graph,
    all.filter(({ managementAccount, accounts }) => managementAccount === id || accounts.has(id)),
  );
  const isInNone = isKnownToBeInNone(graph, all, id);
  // Snapshots of several times may say several things.
  if (others.length > 0 || (own !== undefined && isInNone)) return UNSEEN;
  if (isInNone) return { organization: 'none', isManagementAccount: false, scp: NO_POLICIES, rcp: NO_POLICIES };
  if (own === undefined) return UNSEEN;
  if (own.managementAccount === id)
    return { organization: own.id, isManagementAccount: true, scp: NO_POLICIES, rcp: NO_POLICIES };
  return {
    organization: own.id,
    isManagementAccount: false,
    scp: controlPolicies(graph, own, id, 'service control policies'),
    rcp: controlPolicies(graph, own, id, 'resource control policies'),
  };
}

/** What the management account says of its organization comes before what accounts say to which it is delegated. */
function nearest(graph: ResourceGraph, some: readonly Organization[]): readonly Organization[] {
  if (some.length < 2) return some;
  const isManaging = ({ root, managementAccount }: Organization) =>
    graph.openTypes.get(root)?.account?.scope === resourceKey(root, `aws_account/${managementAccount ?? ''}`);
  const managing = some.filter(isManaging);
  const ids = new Set(some.map((one) => one.id));
  return managing.length > 0 && ids.size === 1 ? managing : some;
}

const NO_POLICIES: ControlPolicies = { levels: [], unseen: undefined };

const UNSEEN: OrganizationRules = {
  organization: undefined,
  isManagementAccount: false,
  scp: { levels: [], unseen: 'service control policies' },
  rcp: { levels: [], unseen: 'resource control policies' },
};

/** An organization, as the snapshot of its management account has it. */
interface Organization {
  readonly root: string;
  readonly id: string | undefined;
  readonly managementAccount: string | undefined;
  readonly rootId: string | undefined;
  /** Undefined: not known. */
  readonly enabledKinds: ReadonlySet<string> | undefined;
  readonly accounts: ReadonlyMap<string, Resource>;
  readonly units: ReadonlyMap<string, Resource>;
  readonly policies: readonly ControlPolicy[];
}

interface ControlPolicy {
  readonly resource: Resource;
  readonly document: Value;
}

interface KnownOrganizations {
  readonly organizations: readonly Organization[];
  /** By account. */
  readonly rules: Map<string, OrganizationRules>;
}

/** Many principals are asked about in one graph. */
const byGraph = new WeakMap<ResourceGraph, KnownOrganizations>();

function organizationsOf(world: World): KnownOrganizations {
  let found = byGraph.get(world.graph);
  if (found === undefined) {
    found = { organizations: readOrganizations(world), rules: new Map() };
    byGraph.set(world.graph, found);
  }
  return found;
}

function readOrganizations({ graph, facts }: World): Organization[] {
  const live = [...graph.resources.values()].filter(
    ({ type, language }) => language === 'live' && type.startsWith('AWS::Organizations::'),
  );
  const byId = (some: readonly Resource[]) => new Map(some.map((resource) => [textAt(resource, 'id') ?? '', resource]));
  return live.flatMap((resource) => {
    if (resource.type !== ORGANIZATION) return [];
    const { root } = resource;
    const ofRoot = (type: string) => live.filter((one) => one.root === root && one.type === type);
    return {
      root,
      id: textAt(resource, 'id'),
      managementAccount: textAt(resource, 'management_account_id'),
      rootId: textAt(resource, 'root_id'),
      enabledKinds: textsAt(resource, 'enabled_policy_types'),
      accounts: byId(ofRoot(ACCOUNT)),
      units: byId(ofRoot(UNIT)),
      policies: ofRoot(POLICY).map((policy) => ({ resource: policy, document: documentIn(policy, facts) })),
    };
  });
}

/** Whether each snapshot of the account, and there is one, proves that it is in no organization. */
function isKnownToBeInNone(graph: ResourceGraph, organizations: readonly Organization[], account: string): boolean {
  const roots = [...graph.openTypes].flatMap(([root, { account: live }]) =>
    live?.scope === resourceKey(root, `aws_account/${account}`) ? [root] : [],
  );
  const isInNone = (root: string) =>
    !organizations.some((organization) => organization.root === root) &&
    // Every organization has accounts; those of one that another account manages are not asked for.
    [ORGANIZATION, ACCOUNT].every((type) => openTypeOf(graph, root, type) === undefined);
  return roots.length > 0 && roots.every(isInNone);
}

function controlPolicies(
  graph: ResourceGraph,
  organization: Organization,
  account: string,
  kind: ControlPolicyKind,
): ControlPolicies {
  const { root, enabledKinds, policies } = organization;
  const native = NATIVE_KINDS[kind];
  if (enabledKinds?.has(native) === false) return NO_POLICIES;
  const { levels, isWhole } = levelsOf(organization, account);
  const ofKind = policies.filter(({ resource }) => (textAt(resource, 'Type') ?? native) === native);
  const attached = levels.map((level) => ofKind.flatMap((policy) => attachmentOf(policy, level, kind) ?? []));
  const missing: string[] = [];
  if (enabledKinds === undefined) missing.push('whether they are enabled');
  if (!isWhole) missing.push(`those of the units of account ${account}`);
  const open = openTypeOf(graph, root, POLICY);
  if (open !== undefined) missing.push(`those that ${open.subject ?? POLICY} would list`);
  // There is at least one at each level. Of those for resources only what they deny matters.
  else if (kind === 'service control policies')
    for (const [index, level] of levels.entries())
      if (attached[index]?.length === 0) missing.push(`those of ${level.name}, which has one at least`);
  const isCertain = enabledKinds !== undefined;
  return {
    levels: isCertain ? attached : attached.map((level) => level.map((policy) => ({ ...policy, perhaps: ENABLED }))),
    unseen: missing.length === 0 ? undefined : `${kind}: ${missing.join('; ')}`,
  };
}

const ENABLED = { kind: 'construct', name: 'whether the kind of policy is enabled' } as const;

/** Where control policies are attached. */
interface Level {
  readonly id: string;
  /** `unit "fields" (ou-0rch-fields)` */
  readonly name: string;
}

/** From the root to the account, as far as they are known. */
function levelsOf(
  { accounts, units, rootId }: Organization,
  account: string,
): { readonly levels: readonly Level[]; readonly isWhole: boolean } {
  const root: Level[] = rootId === undefined ? [] : [{ id: rootId, name: `the root (${rootId})` }];
  const own = accounts.get(account);
  const below: Level[] = [{ id: account, name: nameOf('account', textAt(own, 'AccountName'), account) }];
  let parent = onlyOf(textsAt(own, 'ParentIds'));
  // SAFETY: units that are each other's end it.
  const seen = new Set<string>();
  while (parent !== undefined && parent !== rootId && !seen.has(parent)) {
    seen.add(parent);
    const unit = units.get(parent);
    below.unshift({ id: parent, name: nameOf('unit', textAt(unit, 'Name'), parent) });
    parent = textAt(unit, 'ParentId');
  }
  return { levels: [...root, ...below], isWhole: parent !== undefined && parent === rootId };
}

function nameOf(what: string, name: string | undefined, id: string): string {
  return name === undefined ? `${what} ${id}` : `${what} "${name}" (${id})`;
}

/** The policy as it is in force at a level; undefined where it is not attached to it. */
function attachmentOf(
  { resource: policy, document }: ControlPolicy,
  level: Level,
  kind: ControlPolicyKind,
): PolicyInForce | undefined {
  const targets = elementsOf(policy.values.entries.get('TargetIds') ?? unseenValue(policy, 'TargetIds'));
  const isAttached = targets.elements.some(({ value }) => value.kind === 'string' && value.value === level.id);
  const isOpen = targets.isOpen || targets.elements.some(({ value }) => value.kind !== 'string');
  if (!isAttached && !isOpen) return undefined;
  const id = textAt(policy, 'id') ?? policy.name;
  const name = `${kind.replace('policies', 'policy')} "${textAt(policy, 'Name') ?? id}" on ${level.name}`;
  const isOfKind = textAt(policy, 'Type') !== undefined;
  const perhaps = isAttached && isOfKind ? undefined : ({ kind: 'construct', name: `attachment of ${name}` } as const);
  return { document, name, perhaps };
}

function documentIn(policy: Resource, facts: TypeFacts): Value {
  const content = policy.values.entries.get('Content');
  const document = content === undefined || content.kind === 'null' ? undefined : facts.policyDocumentOf(content);
  return document ?? unseenValue(policy, 'Content');
}

function unseenValue({ address }: Resource, property: string): Value {
  return unknownValue('not-collected', { subject: `${property} of ${address}` });
}

function textAt(resource: Resource | undefined, name: string): string | undefined {
  const value = resource?.values.entries.get(name);
  return value?.kind === 'string' ? value.value : undefined;
}

/** The texts of a list; undefined where not all of them are known. */
function textsAt(resource: Resource | undefined, name: string): ReadonlySet<string> | undefined {
  const value = resource?.values.entries.get(name);
  if (value?.kind !== 'list' || value.rest !== undefined) return undefined;
  const texts = value.elements.flatMap((element) => (element.kind === 'string' ? [element.value] : []));
  return texts.length === value.elements.length ? new Set(texts) : undefined;
}

function onlyOf(texts: ReadonlySet<string> | undefined): string | undefined {
  return texts?.size === 1 ? [...texts][0] : undefined;
}
