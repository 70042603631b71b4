import type { Cause } from '../iam/index.js';
import { plainText } from '../iam/index.js';
import type { Resource } from '../model/resource.js';
import { DYNAMIC } from '../model/type.js';
import type { Value } from '../model/value.js';
import { listValue, objectValue, unknownValue } from '../model/values.js';
import { arnOfAws, policyOfAws } from './policies-of-aws.js';
import type { PolicyInForce } from './request.js';
import { asText, attributeOf, isAbsent, listOf, resourceBehind, type World } from './world.js';

/** The policies of a user, role or group: inline, attached, and of a user those of its groups. */
export function identityPoliciesOf(world: World, principal: Resource): PolicyInForce[] {
  return [
    ...inlinePolicies(world, principal),
    ...attachedPolicies(world, principal),
    ...groupPolicies(world, principal),
  ];
}

/** The permissions boundary of a user or role. */
export function boundaryOf(world: World, principal: Resource): PolicyInForce | undefined {
  const value = attributeOf(world, principal, 'permissions_boundary');
  if (value !== undefined) return policyBehind(world, principal, 'permissions_boundary', value);
  return isAbsent(principal, 'permissions_boundary') ? undefined : unseenBoundary(principal.address);
}

function inlinePolicies(world: World, principal: Resource): PolicyInForce[] {
  const { elements, isOpen: hasMore } = listOf(world, principal, 'inline_policy');
  const policies = elements.map(({ value, existence }): PolicyInForce => {
    const name = value.kind === 'object' ? value.entries.get('name') : undefined;
    const document = value.kind === 'object' ? value.entries.get('policy') : value;
    const shown = name?.kind === 'string' ? `inline policy "${name.value}"` : 'inline policy';
    return {
      document: document ?? NOTHING,
      name: `${shown} of ${principal.address}`,
      perhaps: existence === 'once' ? undefined : attachmentOf(`${shown} of ${principal.address}`),
    };
  });
  return hasMore ? [...policies, more(world, principal, 'inline_policy', 'inline policies')] : policies;
}

function attachedPolicies(world: World, principal: Resource): PolicyInForce[] {
  const { elements, isOpen: hasMore } = listOf(world, principal, 'policy_attachment');
  const policies = elements.map(({ value, existence }): PolicyInForce => {
    const arn = value.kind === 'object' ? value.entries.get('policy_arn') : value;
    const policy = policyBehind(world, principal, 'policy_attachment.policy_arn', arn ?? NOTHING);
    return existence === 'once' ? policy : { ...policy, perhaps: attachmentOf(policy.name ?? 'a policy') };
  });
  return hasMore ? [...policies, more(world, principal, 'policy_attachment', 'attached policies')] : policies;
}

/** The groups of a user that are in the input; a role has none. */
export function groupsOf(world: World, user: Resource): Resource[] {
  if (user.type !== 'aws_iam_user') return [];
  return listOf(world, user, 'groups').elements.flatMap(
    ({ value }) => resourceBehind(world, user, 'groups', value) ?? [],
  );
}

function groupPolicies(world: World, principal: Resource): PolicyInForce[] {
  if (principal.type !== 'aws_iam_user') return [];
  const { elements, isOpen: hasMore } = listOf(world, principal, 'groups');
  const policies = elements.flatMap(({ value, existence }): PolicyInForce[] => {
    const group = resourceBehind(world, principal, 'groups', value);
    if (group === undefined) return [unseen(`policies of group ${shownText(value)}`)];
    const own = identityPoliciesOf(world, group);
    return existence === 'once' ? own : own.map((policy) => ({ ...policy, perhaps: attachmentOf(group.address) }));
  });
  return hasMore ? [...policies, more(world, principal, 'groups', 'groups')] : policies;
}

/** What a list may hold beside what is known of it, for the reason that the list gives. */
function more(world: World, principal: Resource, name: string, what: string): PolicyInForce {
  const value = attributeOf(world, principal, name);
  const rest = value?.kind === 'list' ? value.rest : value?.kind === 'unknown' ? value : undefined;
  const shown = `more ${what} of ${principal.address}`;
  if (rest === undefined) return unseen(shown);
  const subject = rest.subject === undefined ? shown : `${shown}, by ${rest.subject}`;
  return { document: unknownValue(rest.reason, { subject }), name: shown };
}

/** The policy that an ARN names: of the graph, or one of AWS's own. */
function policyBehind(world: World, from: Resource, path: string, arn: Value): PolicyInForce {
  const target = resourceBehind(world, from, path, arn);
  const document = target === undefined ? undefined : attributeOf(world, target, 'policy');
  if (target !== undefined && document !== undefined) return { document, name: target.address };
  const text = shownText(arn);
  const named = target?.mode === 'data' ? lookedUp(world, target) : undefined;
  const ofAws = policyOfAws(world.facts, named ?? arn);
  if (ofAws !== undefined) return { ...ofAws, attachedBy: arn };
  return { document: arn.kind === 'unknown' ? arn : unseen(text).document, name: text };
}

/** The ARN of the policy that a data source looks up: of two with one name it would find none. */
function lookedUp(world: World, source: Resource): Value | undefined {
  const [arn, name, path] = (['arn', 'name', 'path_prefix'] as const).map((one) => attributeOf(world, source, one));
  if (arn?.kind === 'string' || name?.kind !== 'string' || path !== undefined) return arn;
  return arnOfAws(name.value, source.scope.partition);
}

function shownText(value: Value): string {
  const text = asText(value);
  const plain = text === undefined ? undefined : plainText(text);
  return plain ?? (value.kind === 'unknown' ? (value.subject ?? value.reason) : value.kind);
}

function attachmentOf(name: string): Cause {
  return { kind: 'construct', name: `attachment of ${name}` };
}

/** Whether there is a boundary is not known. */
export function unseenBoundary(name: string): PolicyInForce {
  const shown = `permissions boundary of ${name}`;
  return { ...unseen(shown), perhaps: { kind: 'construct', name: shown } };
}

/** A policy of which nothing is known. */
export function unseen(name: string): PolicyInForce {
  return { document: unknownValue('outside-input', { subject: name }), name };
}

const NOTHING: Value = objectValue(
  { kind: 'object', attributes: new Map() },
  new Map([['statement', listValue({ kind: 'list', element: DYNAMIC }, [])]]),
);
