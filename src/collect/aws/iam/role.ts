import type { SnapshotJson } from '../../../model/snapshot.js';
import { type Collector, notTold } from '../collector.js';
import { documentOf, get, lift, NONE, pick } from '../json.js';
import { attachedPolicies, authorizationDetails, inlinePolicies } from './authorization-details.js';
import { lastAccessed, usedServices } from './last-accessed.js';

export const role: Collector = {
  type: 'AWS::IAM::Role',
  service: 'iam',
  version: 1,
  scope: 'account',
  list: authorizationDetails('RoleDetailList.*'),
  joins: {
    // The details of a role have neither.
    listed: {
      from: {
        call: 'iam:ListRoles',
        permission: 'iam:ListRoles',
        pages: { input: 'Marker', output: 'Marker', more: 'IsTruncated', limit: ['MaxItems', 1000] },
        items: 'Roles.*',
      },
      on: ['Arn', 'Arn'],
      isWhole: true,
      feeds: ['Description', 'MaxSessionDuration'],
    },
  },
  each: lastAccessed,
  tells: [
    'AssumeRolePolicyDocument',
    'ManagedPolicyArns',
    'Path',
    'PermissionsBoundary',
    'Policies',
    'RoleName',
    'Tags',
  ],
  id: 'RoleName',
  arn: '{Arn}',
  sets: ['ManagedPolicyArns', 'Policies', 'Tags'],
  usage: ['last_used', 'services_last_accessed'],
  project: (item, parts) => ({
    properties: {
      ...pick(item, 'Path', 'RoleName', 'Tags'),
      ...lift(parts['listed'], { Description: '0.Description', MaxSessionDuration: '0.MaxSessionDuration' }),
      AssumeRolePolicyDocument: documentOf(get(item, 'AssumeRolePolicyDocument')),
      ManagedPolicyArns: attachedPolicies(item),
      PermissionsBoundary: get(item, 'PermissionsBoundary.PermissionsBoundaryArn'),
      Policies: inlinePolicies(item, 'RolePolicyList'),
    },
    live: {
      ...lift(item, { unique_id: 'RoleId', create_date: 'CreateDate' }),
      last_used: lastUsed(item),
      services_last_accessed: usedServices(parts['lastAccessed']),
    },
    gaps: lastUsed(item) === undefined ? [notTold('$last_used', 'iam:GetAccountAuthorizationDetails')] : [],
  }),
};

/** "None": not within the 400 days that IAM looks back. */
function lastUsed(item: SnapshotJson): SnapshotJson | undefined {
  return get(item, 'RoleLastUsed') === undefined ? undefined : (get(item, 'RoleLastUsed.LastUsedDate') ?? NONE);
}
