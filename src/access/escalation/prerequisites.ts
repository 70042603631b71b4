import type { EscalationFact } from '../../findings/escalation.js';
import { type Cause, type Text, textOf, toDocument } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { arnTextOf, asText, attributeOf, listOf, resourceBehind } from '../world.js';
import { isAdminDocument } from './node.js';
import type { Need, Prerequisite, RequestContext, Target } from './technique.js';
import { declared, namedBy, notSeen, plainOf, type Terrain, type Thing, thingLike, thingOf } from './terrain.js';

/** A target without anything that is not known. */
export function targetOf(
  gains: Resource | undefined,
  things: Readonly<Record<string, Thing>>,
  more: Partial<Target> = {},
): Target {
  return { gains, things, facts: [], causes: [], ...more };
}

/** The right to hand a role to a service: IAM User Guide, "Grant a user permissions to pass a role to an AWS service". */
export function passRole(service: string): Need {
  const toContext = (name: string): RequestContext => new Map([['iam:passedtoservice', [name]]]);
  const context = toContext(service);
  return {
    action: 'iam:PassRole',
    on: 'role',
    contexts: ({ passedTo }) => [passedTo === undefined ? context : toContext(passedTo)],
  };
}

/** Once the role is there it has to be taken, and only an explicit Deny would be in the way. */
export const ASSUME_WHAT_TRUSTS: Need = { action: 'sts:AssumeRole', on: 'role', isGranted: true };

/** What is done with something new, in the words of the catalogue: `needOn('function', 'lambda:CreateFunction')`. */
export function needOn(creates: string, action: string): Need {
  return { action, on: { creates } };
}

/** The roles that a service may be handed. */
export function rolesTrusting(terrain: Terrain, service: string, causes: readonly Cause[] = []): Prerequisite {
  return {
    targets: terrain
      .trusting(service)
      .map((role) => targetOf(role, { role: thingOf(terrain, role) }, { trusted: service, causes })),
  };
}

/** The same where something of a type has to be there beside, whichever it is. */
export function rolesTrustingWith(terrain: Terrain, service: string, type: string, template: string): Prerequisite {
  const some = terrain.ofType(type);
  const choices = { some: some.map((one) => thingLike(terrain, one, template)) };
  if (some.length > 0) {
    return {
      targets: terrain
        .trusting(service)
        .map((role) => targetOf(role, { role: thingOf(terrain, role) }, { trusted: service, choices })),
    };
  }
  return { targets: [], unseen: firstUnseen(terrain, [type]) };
}

/** Roles of EC2 instances: they are handed over within an instance profile. */
export function rolesInProfiles(terrain: Terrain, causes: readonly Cause[] = []): Prerequisite {
  const profiles = profilesByRole(terrain);
  const targets = terrain.trusting('ec2.amazonaws.com').flatMap((role): Target[] => {
    const facts = profiles.get(role) ?? [];
    const unseen = facts.length > 0 ? undefined : terrain.unseenType('aws_iam_instance_profile', role.root);
    if (facts.length === 0 && unseen === undefined) return [];
    const missing = unseen === undefined ? [] : [notSeen(`instance profile of ${role.address}: ${unseen}`)];
    return [
      targetOf(
        role,
        { role: thingOf(terrain, role) },
        { trusted: 'ec2.amazonaws.com', facts, causes: [...causes, ...missing] },
      ),
    ];
  });
  return { targets };
}

const profileIndexes = new WeakMap<Terrain, Map<Resource, EscalationFact[]>>();

function profilesByRole(terrain: Terrain): Map<Resource, EscalationFact[]> {
  const known = profileIndexes.get(terrain);
  if (known !== undefined) return known;
  const index = new Map<Resource, EscalationFact[]>();
  for (const profile of terrain.ofType('aws_iam_instance_profile')) {
    const role = terrain.roleNamed(profile, 'role', attributeOf(terrain.world, profile, 'role'));
    if (role !== undefined)
      index.set(role, [...(index.get(role) ?? []), declared(profile, `${profile.address} has ${role.address}`)]);
  }
  profileIndexes.set(terrain, index);
  return index;
}

/** A type whose resources have a role. */
export interface CarrierType {
  readonly type: string;
  /** The attribute that names the role. */
  readonly role: string;
  readonly arn: string;
}

/** Resources that have a role. */
export function carriers(terrain: Terrain, { type, role: path, arn }: CarrierType): Prerequisite {
  const targets = terrain.ofType(type).flatMap((carrier): Target[] => {
    const role = terrain.roleNamed(carrier, path, attributeOf(terrain.world, carrier, path));
    if (role === undefined) return [];
    return [
      targetOf(
        role,
        { carrier: thingLike(terrain, carrier, arn) },
        { facts: [declared(carrier, `${carrier.address} has ${role.address}`)] },
      ),
    ];
  });
  return { targets, unseen: firstUnseen(terrain, [type]) ?? untold(terrain, terrain.ofType(type), path) };
}

/** The same where it stands in a block. */
export function carriersIn(
  terrain: Terrain,
  { type, block, role: name, arn }: CarrierType & { readonly block: string },
): Prerequisite {
  const some = terrain.ofType(type);
  const targets = some.flatMap((carrier): Target[] => {
    const role = terrain.roleNamed(carrier, `${block}.${name}`, settingOf(terrain, carrier, block, name));
    if (role === undefined) return [];
    const facts = [declared(carrier, `${carrier.address} has ${role.address}`)];
    return [targetOf(role, { carrier: thingLike(terrain, carrier, arn) }, { facts })];
  });
  return { targets, unseen: firstUnseen(terrain, [type]) ?? untold(terrain, some, block) };
}

/** A member of an attribute that is one block; undefined where there is none. */
export function settingOf({ world }: Terrain, resource: Resource, block: string, name: string): Value | undefined {
  const settings = attributeOf(world, resource, block);
  const single = settings?.kind === 'list' ? settings.elements[0] : settings;
  if (single?.kind === 'unknown') return single;
  const value = single?.kind === 'object' ? single.entries.get(name) : undefined;
  return value?.kind === 'null' ? undefined : value;
}

/** Of live resources: which of them was not told what is at a path. In code a value that is not known is nobody's here. */
export function untold({ world }: Terrain, some: readonly Resource[], path: string): string | undefined {
  for (const one of some) {
    if (one.language !== 'live') continue;
    const value = attributeOf(world, one, path);
    if (value?.kind === 'unknown') return `${path} of ${one.address} (${value.reason})`;
  }
  return undefined;
}

/**
 * The same where the pages do not say whether a change asks for the right to pass a role that stays: certain with it, and
 * without it not known.
 */
export function handedOverAgain(terrain: Terrain, found: Prerequisite, service: string): Prerequisite {
  const causes = [notSeen('whether a role that stays has to be passed again')];
  return {
    ...found,
    targets: found.targets.flatMap((target) => {
      if (target.gains === undefined) return [target];
      const things = { ...target.things, role: thingOf(terrain, target.gains) };
      return [
        { ...target, things, also: [...(target.also ?? []), passRole(service)] },
        { ...target, causes: [...target.causes, ...causes] },
      ];
    }),
  };
}

/** Instances with a role, by their instance profile. */
export function instancesWithRole(terrain: Terrain): Prerequisite {
  const { world } = terrain;
  const targets = terrain.ofType('aws_instance').flatMap((instance): Target[] => {
    const named = attributeOf(world, instance, 'iam_instance_profile');
    const profile = named === undefined ? undefined : resourceBehind(world, instance, 'iam_instance_profile', named);
    if (profile === undefined) return [];
    const role = terrain.roleNamed(profile, 'role', attributeOf(world, profile, 'role'));
    if (role === undefined) return [];
    const facts = [declared(instance, `${instance.address} has ${role.address}`)];
    const carrier = thingLike(terrain, instance, 'arn:{partition}:ec2:{region}:{account}:instance/{id}');
    return [targetOf(role, { carrier }, { facts })];
  });
  return { targets, unseen: firstUnseen(terrain, ['aws_instance', 'aws_iam_instance_profile']) };
}

/** Of live accounts: what was not seen. Of code only what is written counts. */
export function firstUnseen({ world, grants, unseenType }: Terrain, types: readonly string[]): string | undefined {
  const roots = new Set(grants.principals.map(({ root }) => root));
  for (const root of roots) {
    if (world.graph.openTypes.get(root)?.account === undefined) continue;
    for (const type of types) {
      const unseen = unseenType(type, root);
      if (unseen !== undefined) return unseen;
    }
  }
  return undefined;
}

/** The boundary that a user or role has, as a key of requests that change it. */
export function ownBoundary({ gains }: Target, { world }: Terrain): RequestContext {
  const value = gains === undefined ? undefined : attributeOf(world, gains, 'permissions_boundary');
  const text = value === undefined ? undefined : asText(value);
  return new Map([['iam:permissionsboundary', text === undefined ? [] : [text]]]);
}

/** The policies that make an administrator of whoever gets them: AWS's, and those of the graph. */
export function adminPolicies(terrain: Terrain): readonly Text[] {
  const known = adminIndexes.get(terrain);
  if (known !== undefined) return known;
  const found: Text[] = ['AdministratorAccess', 'IAMFullAccess'].map((name) =>
    textOf(`arn:aws:iam::aws:policy/${name}`),
  );
  let count = found.length;
  for (const policy of terrain.ofType('aws_iam_policy')) {
    const document = attributeOf(terrain.world, policy, 'policy');
    const arn = arnTextOf(terrain.world, policy);
    if (document === undefined || arn === undefined || !isAdminDocument({ document })) continue;
    count += 1;
    if (found.length < maxAdminPolicies) found.push(arn);
  }
  if (count > found.length) {
    cutOffPolicies.add(terrain);
    terrain.cuts.add(`of ${count} policies that make an administrator ${found.length} were tried`);
  }
  adminIndexes.set(terrain, found);
  return found;
}

/** SAFETY: more policies are not tried. */
const maxAdminPolicies = 64;
const adminIndexes = new WeakMap<Terrain, readonly Text[]>();
const cutOffPolicies = new WeakSet<Terrain>();

/** Whether a need was tried with some of the policies that make an administrator only. */
export function isCutOff(terrain: Terrain, { contexts }: Need): boolean {
  return (contexts === attaching || contexts === attachingToNew) && cutOffPolicies.has(terrain);
}

/** Requests that attach such a policy. */
export function attaching(target: Target, terrain: Terrain): readonly RequestContext[] {
  const boundary = ownBoundary(target, terrain);
  return adminPolicies(terrain).map((arn) => new Map([...boundary, ['iam:policyarn', [arn]]]));
}

/** Requests that make a user or role without a boundary. */
export const WITHOUT_BOUNDARY: RequestContext = new Map([['iam:permissionsboundary', []]]);

/** Requests that attach such a policy to what is new. */
export function attachingToNew(_: Target, terrain: Terrain): readonly RequestContext[] {
  return adminPolicies(terrain).map((arn) => new Map([...WITHOUT_BOUNDARY, ['iam:policyarn', [arn]]]));
}

/** Each user or role by itself. */
export function each(terrain: Terrain, some: readonly Resource[]): Prerequisite {
  return { targets: some.map((one) => targetOf(one, { principal: thingOf(terrain, one) })) };
}

/** Each user with each of its groups. */
export function membersOfGroups(terrain: Terrain): Prerequisite {
  const { world, users } = terrain;
  const targets = users.flatMap((user) =>
    listOf(world, user, 'groups').elements.flatMap(({ value, existence }): Target[] => {
      const group = resourceBehind(world, user, 'groups', value);
      if (group === undefined || group.presence !== 'written') return [];
      const causes = existence === 'once' ? [] : [notSeen(`membership of ${user.address} in ${group.address}`)];
      const facts = [declared(group, `${user.address} is in ${group.address}`)];
      return [targetOf(user, { group: thingOf(terrain, group) }, { facts, causes })];
    }),
  );
  return { targets };
}

/** Each user or role with the customer policies that are attached to it, or to its groups. */
export function attachedPolicies(terrain: Terrain): Prerequisite {
  const { world, users, roles } = terrain;
  const targets = [...users, ...roles].flatMap((principal) => {
    const groups = listOf(world, principal, 'groups').elements.flatMap(
      ({ value }) => resourceBehind(world, principal, 'groups', value) ?? [],
    );
    return [principal, ...groups].flatMap((holder) =>
      policiesOf(terrain, holder).map(({ policy, causes }) => {
        const facts = [declared(policy, `${policy.address} is attached to ${holder.address}`)];
        return targetOf(principal, { policy: thingOf(terrain, policy) }, { facts, causes });
      }),
    );
  });
  return { targets };
}

interface AttachedPolicy {
  readonly policy: Resource;
  readonly causes: readonly Cause[];
}

const attachedIndexes = new WeakMap<Terrain, Map<Resource, readonly AttachedPolicy[]>>();

function policiesOf(terrain: Terrain, holder: Resource): readonly AttachedPolicy[] {
  const index = attachedIndexes.get(terrain) ?? new Map<Resource, readonly AttachedPolicy[]>();
  attachedIndexes.set(terrain, index);
  const known = index.get(holder) ?? findPolicies(terrain, holder);
  index.set(holder, known);
  return known;
}

function findPolicies({ world }: Terrain, holder: Resource): AttachedPolicy[] {
  return listOf(world, holder, 'policy_attachment').elements.flatMap(({ value, existence }) => {
    const arn = value.kind === 'object' ? value.entries.get('policy_arn') : undefined;
    const policy = arn === undefined ? undefined : resourceBehind(world, holder, 'policy_attachment.policy_arn', arn);
    if (policy === undefined || policy.presence !== 'written') return [];
    const causes = existence === 'once' ? [] : [notSeen(`attachment of ${policy.address} to ${holder.address}`)];
    return [{ policy, causes }];
  });
}

/** Users and roles that a Deny of one of their own policies limits, with the policy: whoever removes it is rid of that. */
export function ownDenies(terrain: Terrain, type: 'aws_iam_user' | 'aws_iam_role', isAttached: boolean): Prerequisite {
  const { grants, users, roles } = terrain;
  const some = type === 'aws_iam_user' ? users : roles;
  const targets = some.flatMap((principal) => {
    const named = isAttached ? new Set(policiesOf(terrain, principal).map(({ policy }) => policy.address)) : undefined;
    return grants.principalOf(principal).identity.flatMap((policy): Target[] => {
      const { name = '', document, perhaps } = policy;
      const isOwn =
        named === undefined
          ? /^inline policy.* of /.test(name) && name.endsWith(` of ${principal.address}`)
          : named.has(name);
      const isDenying = toDocument(document).statements.some(({ isAllow }) => isAllow === false);
      if (!isOwn || !isDenying || perhaps !== undefined) return [];
      return [
        targetOf(
          principal,
          { principal: thingOf(terrain, principal) },
          {
            callers: [principal],
            removes: { policy: name },
            facts: [declared(principal, `${name} denies`)],
          },
        ),
      ];
    });
  });
  return { targets };
}

/** Users or roles that a permissions boundary limits. */
export function bounded(terrain: Terrain, type: 'aws_iam_user' | 'aws_iam_role'): Prerequisite {
  const { grants, users, roles } = terrain;
  const targets = (type === 'aws_iam_user' ? users : roles).flatMap((principal): Target[] => {
    const { boundary } = grants.principalOf(principal);
    if (boundary === undefined || boundary.perhaps !== undefined) return [];
    return [
      targetOf(
        principal,
        { principal: thingOf(terrain, principal) },
        {
          callers: [principal],
          removes: 'boundary',
          facts: [declared(principal, `${principal.address} has the boundary ${boundary.name ?? ''}`)],
        },
      ),
    ];
  });
  return { targets };
}

/** Groups whose policies make an administrator, with each user that could join. */
export function adminGroups(terrain: Terrain): Prerequisite {
  const { world, groups, users } = terrain;
  const strong = groups.flatMap((group) => {
    const attached = policiesOf(terrain, group).flatMap(({ policy, causes }) => {
      const document = attributeOf(world, policy, 'policy');
      return document !== undefined && causes.length === 0 && isAdminDocument({ document }) ? [policy.address] : [];
    });
    const inline = listOf(world, group, 'inline_policy').elements.flatMap(({ value, existence }) => {
      const document = value.kind === 'object' ? value.entries.get('policy') : undefined;
      return existence === 'once' && document !== undefined && isAdminDocument({ document })
        ? ['an inline policy']
        : [];
    });
    const named = listOf(world, group, 'policy_attachment').elements.flatMap(({ value, existence }) => {
      const arn = value.kind === 'object' ? value.entries.get('policy_arn') : undefined;
      const text = arn === undefined ? undefined : plainOf(asText(arn));
      return existence === 'once' && text?.endsWith(':iam::aws:policy/AdministratorAccess') === true ? [text] : [];
    });
    const [first] = [...attached, ...inline, ...named];
    return first === undefined ? [] : [{ group, first }];
  });
  return {
    targets: users.flatMap((user) =>
      strong.map(({ group, first }) =>
        targetOf(
          user,
          { group: thingOf(terrain, group) },
          { facts: [declared(group, `${group.address} has ${first}`)] },
        ),
      ),
    ),
  };
}

/** Roles with whom their trust policies name. */
export function assumableRoles(terrain: Terrain): Prerequisite {
  return {
    targets: terrain.roles.flatMap((role): Target[] => {
      const { named, isWide } = namedBy(terrain, role);
      if (!isWide && named.length === 0) return [];
      const things = { role: thingOf(terrain, role) };
      return [targetOf(role, things, isWide ? { named } : { named, callers: named })];
    }),
  };
}

/** Whether a user has a password: undefined where that is not known. */
export function hasPassword({ world }: Terrain, user: Resource): boolean | undefined {
  const enabled = attributeOf(world, user, 'password_enabled');
  if (enabled?.kind === 'bool') return enabled.value;
  const profile = attributeOf(world, user, 'login_profile');
  if (profile?.kind === 'object') return true;
  return user.language === 'live' && profile === undefined && user.values.entries.get('login_profile')?.kind === 'null'
    ? false
    : undefined;
}

/** How many access keys a user has; undefined where that is not known. */
export function keyCount({ world }: Terrain, user: Resource): number | undefined {
  const keys = attributeOf(world, user, 'access_keys');
  return keys?.kind === 'list' && keys.rest === undefined ? keys.elements.length : undefined;
}

/** Whether something calls a function, as far as the graph shows. */
export function isInvoked({ world }: Terrain, lambda: Resource): boolean {
  const policy = attributeOf(world, lambda, 'resource_policy');
  return policy?.kind === 'object';
}
