import type { SnapshotJson } from '../../../model/snapshot.js';
import type { ListOperation, Loose } from '../collector.js';
import { all, documentOf, get } from '../json.js';

/** Users, groups, roles and policies of the account: one operation for all of them. */
export function authorizationDetails(items: string): ListOperation {
  return {
    call: 'iam:GetAccountAuthorizationDetails',
    permission: 'iam:GetAccountAuthorizationDetails',
    input: { Filter: ['User', 'Role', 'Group', 'LocalManagedPolicy'] },
    pages: { input: 'Marker', output: 'Marker', more: 'IsTruncated', limit: ['MaxItems', 1000] },
    items,
    proof: 'IsTruncated',
  };
}

export function inlinePolicies(item: SnapshotJson, member: string): Loose {
  return all(item, `${member}.*`).map((policy) => ({
    PolicyName: get(policy, 'PolicyName'),
    PolicyDocument: documentOf(get(policy, 'PolicyDocument')),
  }));
}

export function attachedPolicies(item: SnapshotJson): Loose {
  return all(item, 'AttachedManagedPolicies.*.PolicyArn');
}
