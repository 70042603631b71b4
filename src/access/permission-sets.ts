import type { Resource } from '../model/resource.js';
import { unknownValue } from '../model/values.js';
import { contentOf } from './compare/literals.js';
import { identityPoliciesOf } from './identity-policies.js';
import type { PolicyInForce } from './request.js';
import type { World } from './world.js';

/** What permission sets of IAM Identity Center become in accounts are roles: what they grant is read from the set. */
export function isPermissionSet({ type, mode, presence }: Resource): boolean {
  return type === 'aws_ssoadmin_permission_set' && mode === 'managed' && presence === 'written';
}

/** The policies of a permission set; those that accounts hold under a name are not known. */
export function permissionSetPolicies(world: World, set: Resource): PolicyInForce[] {
  return [...identityPoliciesOf(world, set), ...attachedTo(world, set, /customer.?managed/i)];
}

/** The permissions boundary of a permission set: whatever it is, it is not known. */
export function permissionSetBoundary(world: World, set: Resource): PolicyInForce[] {
  return attachedTo(world, set, /boundary/i);
}

function attachedTo({ graph }: World, set: Resource, what: RegExp): PolicyInForce[] {
  const own = [...set.values.entries].filter(([name]) => what.test(name));
  const linked = (graph.linksTo.get(set.key) ?? []).flatMap(({ from }) => graph.resources.get(from) ?? []);
  const attachments = [...new Set(linked)].filter(({ type }) => /^aws_ssoadmin_/.test(type) && what.test(type));
  const unseen = (name: string, content: string): PolicyInForce => ({
    document: unknownValue('outside-input', { subject: name, identity: `${name} ${content}` }),
    name,
  });
  return [
    ...own.map(([name, value]) => unseen(`${name} of ${set.address}`, contentOf(value))),
    ...attachments.map(({ address, values }) => unseen(address, contentOf(values))),
  ];
}
