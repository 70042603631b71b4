import type { Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { boundaryOf, groupsOf as groupsOfUser, identityPoliciesOf } from '../identity-policies.js';
import { isPrincipalType } from '../names.js';
import type { PolicyInForce } from '../request.js';
import type { Usage } from '../usage/usage.js';
import { arnTextOf, namedResources, type World } from '../world.js';
import type { PolicyFacts } from './describe.js';
import type { SizablePolicy } from './draft-policy.js';
import { MOST_MANAGED, QUOTAS } from './fit-quota.js';
import type { QuotaGroup } from './size-policies.js';
import { toSourceStatements } from './source-statement.js';
import type { Subject } from './subject.js';
import { nameInUsage, subjectOf } from './subject-of.js';

/** A policy of a principal. */
export interface FoundPolicy {
  readonly sizable: SizablePolicy;
  readonly facts: PolicyFacts;
  /** Why nobody can narrow it, in one sentence. */
  readonly keptFor: string | undefined;
}

export interface FoundPolicies {
  readonly found: readonly FoundPolicy[];
  /** Those that may be narrowed, by what they count against. */
  readonly groups: readonly QuotaGroup[];
  /** Who else has a policy, by its document. */
  readonly sharers: ReadonlyMap<Value, readonly Subject[]>;
}

/** The identity policies of a user or role, with who else has them. */
export function findPolicies(
  world: World,
  resource: Resource,
  subject: Subject,
  { usage, narrowsNot }: { readonly usage: Usage; readonly narrowsNot?: boolean | undefined },
): FoundPolicies {
  const resources = namedResources(world);
  const others = othersWith(world, resources, resource);
  const ofGroups = documentsOfGroups(world, resources);
  const subjects = new Map<Resource, Subject>();
  const subjectFor = (other: Resource): Subject => {
    const made = subjects.get(other) ?? subjectOf(world, other, usage, nameInUsage(world, other, usage));
    subjects.set(other, made);
    return made;
  };
  const sharers = new Map<Value, readonly Subject[]>();
  const bounded = boundedBy(world, resources);
  const found = subject.policies.map((policy): FoundPolicy => {
    const kind = kindOf(policy, world, resources, ofGroups);
    const holders = others.get(policy.document) ?? [];
    const shared = kind === 'aws-managed' ? holders.filter(inGroupOf(world, resource, policy.document)) : holders;
    if (shared.length > 0) sharers.set(policy.document, shared.map(subjectFor));
    const statements = toSourceStatements(policy, narrowsNot);
    return {
      sizable: { policy, statements: statements ?? [], isManaged: kind === 'managed' || kind === 'aws-managed' },
      keptFor: reasonToKeep(statements, bounded.get(policy.document)),
      facts: {
        kind,
        sharedWith: shared.map(({ address }) => address),
        limit: limitOf(kind, resource),
        label: labelOf(policy, resource),
      },
    };
  });
  return { found, sharers, groups: groupsOf(found, sharers) };
}

/** A policy of AWS is replaced where it is attached: with a group for all who are in it, whoever else has the policy. */
function inGroupOf(world: World, resource: Resource, document: Value): (other: Resource) => boolean {
  const groups = new Set(
    groupsOfUser(world, resource).filter((group) =>
      identityPoliciesOf(world, group).some((policy) => policy.document === document),
    ),
  );
  return (other) => groups.size > 0 && groupsOfUser(world, other).some((group) => groups.has(group));
}

function reasonToKeep(statements: readonly unknown[] | undefined, bounded: readonly Resource[] = []) {
  if (statements === undefined) return 'what it says, or whether it is attached, is not all known';
  if (bounded.length === 0) return undefined;
  const names = bounded.map(({ address }) => address).join(', ');
  return `it is the permissions boundary of ${names} too: what it limits is for its author`;
}

/** Users and roles whose permissions boundary a policy is, by its document. */
function boundedBy(world: World, resources: readonly Resource[]): Map<Value, Resource[]> {
  const bounded = new Map<Value, Resource[]>();
  for (const principal of resources.filter(isPrincipalType)) {
    const document = boundaryOf(world, principal)?.document;
    if (document !== undefined) bounded.set(document, [...(bounded.get(document) ?? []), principal]);
  }
  return bounded;
}

/** Policies of other users and roles, by document. */
function othersWith(world: World, resources: readonly Resource[], own: Resource): Map<Value, Resource[]> {
  const others = new Map<Value, Resource[]>();
  for (const other of resources) {
    if (other === own || !isPrincipalType(other)) continue;
    for (const document of new Set(identityPoliciesOf(world, other).map((policy) => policy.document))) {
      const list = others.get(document);
      if (list === undefined) others.set(document, [other]);
      else list.push(other);
    }
  }
  return others;
}

function documentsOfGroups(world: World, resources: readonly Resource[]): Set<Value> {
  const groups = resources.filter(({ type, mode }) => type === 'aws_iam_group' && mode === 'managed');
  return new Set(groups.flatMap((group) => identityPoliciesOf(world, group).map(({ document }) => document)));
}

function kindOf(
  { name = '', document }: PolicyInForce,
  world: World,
  resources: readonly Resource[],
  ofGroups: ReadonlySet<Value>,
): PolicyFacts['kind'] {
  if (name.startsWith('inline policy')) return ofGroups.has(document) ? 'group' : 'inline';
  const managed = resources.find(({ address }) => address === name);
  const arn = managed === undefined ? undefined : arnTextOf(world, managed);
  const start = (arn ?? []).map((token) => (typeof token === 'number' ? String.fromCharCode(token) : '')).join('');
  const isOfAws = [name, start].some((text) => /^arn:[a-z-]*:iam::aws:policy\//.test(text));
  return isOfAws ? 'aws-managed' : 'managed';
}

function limitOf(kind: PolicyFacts['kind'], { type }: Resource): number {
  if (kind === 'group') return QUOTAS.group;
  if (kind === 'inline') return type === 'aws_iam_user' ? QUOTAS.user : QUOTAS.role;
  return QUOTAS.managed;
}

/** A name of Terraform for what takes the place of a policy. */
function labelOf({ name = '' }: PolicyInForce, { name: principal }: Resource): string {
  const [, inline] = /^inline policy "([^"]+)"/.exec(name) ?? [];
  const last = inline ?? /[^/.]+$/.exec(name)?.[0] ?? 'policy';
  const label = `${principal}_${last}`.replace(/[^A-Za-z0-9_-]+/g, '_').replace(/^[^A-Za-z_]/, '_');
  return label;
}

/** Inline policies count together, managed ones each by itself. */
function groupsOf(found: readonly FoundPolicy[], sharers: FoundPolicies['sharers']): QuotaGroup[] {
  const groups = new Map<string, { policies: SizablePolicy[]; limit: number; most: number }>();
  const managed = found.filter(({ sizable }) => sizable.isManaged).length;
  for (const [index, { sizable, facts, keptFor }] of found.entries()) {
    const key = sizable.isManaged ? String(index) : facts.kind;
    const others = (sharers.get(sizable.policy.document) ?? []).map(({ policies }) => policies.length);
    const most = sizable.isManaged ? Math.max(1, MOST_MANAGED + 1 - Math.max(managed, ...others)) : 1;
    const group = groups.get(key) ?? { policies: [], limit: facts.limit, most };
    groups.set(key, group);
    if (keptFor === undefined) group.policies.push(sizable);
  }
  return [...groups.values()];
}
