import type { Collector, ItemOperation, ListOperation } from '../collector.js';
import { documentOf, each, filled, get, lift, NONE, pick, where } from '../json.js';

const PAGES = { input: 'NextToken', output: 'NextToken', limit: ['MaxResults', 100] } as const;

const of = (operation: string, rest: Omit<ItemOperation, 'call' | 'permission'>): ItemOperation => ({
  call: `ssoadmin:${operation}`,
  permission: `sso:${operation}`,
  input: { InstanceArn: '{@parent}', PermissionSetArn: '{@item}' },
  ...rest,
});

/** Members are shown the instance of their organization as well, and regions one that is replicated there. */
const instances: ListOperation = {
  call: 'ssoadmin:ListInstances',
  permission: 'sso:ListInstances',
  pages: PAGES,
  items: 'Instances.*',
};

/** What somebody may do who is given it in an account. Each is of an instance of IAM Identity Center, which few accounts have. */
export const permissionSet: Collector = {
  type: 'AWS::SSO::PermissionSet',
  service: 'sso',
  version: 1,
  scope: 'region',
  list: {
    call: 'ssoadmin:ListPermissionSets',
    permission: 'sso:ListPermissionSets',
    pages: PAGES,
    items: 'PermissionSets.*',
    per: {
      input: 'InstanceArn',
      of: [instances],
      id: 'InstanceArn',
      own: { OwnerAccountId: 'account', PrimaryRegion: 'region' },
    },
  },
  each: {
    describe: of('DescribePermissionSet', {
      answer: 'PermissionSet',
      gone: ['ResourceNotFoundException'],
      feeds: ['Description', 'Name', 'RelayStateType', 'SessionDuration', '$created_date'],
    }),
    inline: of('GetInlinePolicyForPermissionSet', {
      answer: 'InlinePolicy',
      feeds: ['InlinePolicy', '@inline_policy'],
    }),
    managed: of('ListManagedPoliciesInPermissionSet', {
      pages: PAGES,
      items: 'AttachedManagedPolicies.*',
      feeds: ['ManagedPolicies'],
    }),
    customer: of('ListCustomerManagedPolicyReferencesInPermissionSet', {
      pages: PAGES,
      items: 'CustomerManagedPolicyReferences.*',
      feeds: ['CustomerManagedPolicyReferences'],
    }),
    boundary: of('GetPermissionsBoundaryForPermissionSet', {
      answer: 'PermissionsBoundary',
      absent: { ResourceNotFoundException: NONE },
      feeds: ['PermissionsBoundary'],
    }),
    tags: of('ListTagsForResource', {
      input: { InstanceArn: '{@parent}', ResourceArn: '{@item}' },
      pages: { input: 'NextToken', output: 'NextToken' },
      items: 'Tags.*',
      feeds: ['Tags'],
    }),
  },
  tells: ['InstanceArn'],
  id: '@item',
  arn: '{@item}',
  sets: ['CustomerManagedPolicyReferences', 'ManagedPolicies', 'Tags'],
  project: (item, parts) => ({
    properties: {
      InstanceArn: get(item, '@parent'),
      ...pick(parts['describe'], 'Description', 'Name', 'SessionDuration'),
      RelayStateType: get(parts['describe'], 'RelayState'),
      CustomerManagedPolicyReferences: where(parts['customer'], (references) =>
        each(references, '', (reference) => pick(reference, 'Name', 'Path')),
      ),
      // An empty text: it has none.
      InlinePolicy: where(parts['inline'] === undefined ? undefined : (filled(parts['inline']) ?? NONE), documentOf),
      ManagedPolicies: where(parts['managed'], (policies) => each(policies, '', (policy) => get(policy, 'Arn'))),
      PermissionsBoundary: where(parts['boundary'], (boundary) => ({
        ...pick(boundary, 'ManagedPolicyArn'),
        CustomerManagedPolicyReference: where(get(boundary, 'CustomerManagedPolicyReference'), (reference) =>
          pick(reference, 'Name', 'Path'),
        ),
      })),
      Tags: where(parts['tags'], (tags) => each(tags, '', (tag) => pick(tag, 'Key', 'Value'))),
    },
    live: lift(parts['describe'], { created_date: 'CreatedDate' }),
  }),
};
