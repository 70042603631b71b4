import type { Collector, ListOperation, Requirement } from '../collector.js';
import { all, documentOf, get, lift, pick } from '../json.js';

const list = (operation: string, items: string, rest: Partial<ListOperation> = {}): ListOperation => ({
  call: `organizations:${operation}`,
  permission: `organizations:${operation}`,
  pages: { input: 'NextToken', output: 'NextToken', limit: ['MaxResults', 20] },
  items,
  ...rest,
});

const described: ListOperation = {
  call: 'organizations:DescribeOrganization',
  permission: 'organizations:DescribeOrganization',
  items: 'Organization',
  notEnabled: ['AWSOrganizationsNotInUseException'],
};

const delegated = list('ListDelegatedAdministrators', 'DelegatedAdministrators.*');

/** Only the account that manages the organization is told what is in it, and those to which it has delegated that. */
const requires: Requirement = { list: described, path: 'MasterAccountId', or: { list: delegated, path: 'Id' } };

const roots = list('ListRoots', 'Roots.*');

const units = list('ListOrganizationalUnitsForParent', 'OrganizationalUnits.*', {
  per: { input: 'ParentId', of: [roots], id: 'Id', isTree: true },
});

export const organization: Collector = {
  type: 'AWS::Organizations::Organization',
  service: 'organizations',
  version: 1,
  scope: 'account',
  requires,
  list: described,
  joins: {
    roots: { from: roots, feeds: ['$enabled_policy_types', '$root_id'] },
    delegated: { from: delegated, feeds: ['$delegated_administrators'] },
  },
  tells: ['FeatureSet'],
  id: 'Id',
  arn: '{Arn}',
  project: (item, parts) => ({
    properties: pick(item, 'FeatureSet'),
    live: {
      management_account_id: get(item, 'MasterAccountId'),
      delegated_administrators:
        parts['delegated'] === undefined ? undefined : all(parts['delegated'], '*.Id').map(String).sort(),
      ...(parts['roots'] === undefined
        ? {}
        : {
            root_id: get(parts['roots'], '0.Id'),
            enabled_policy_types: all(parts['roots'], '0.PolicyTypes.*')
              .filter((type) => get(type, 'Status') === 'ENABLED')
              .map((type) => get(type, 'Type')),
          }),
    },
  }),
};

/** An account of the organization, without the address, which is a person's. */
export const organizationAccount: Collector = {
  type: 'AWS::Organizations::Account',
  service: 'organizations',
  version: 1,
  scope: 'account',
  requires,
  list: list('ListAccounts', 'Accounts.*'),
  joins: {
    placed: {
      from: list('ListAccountsForParent', 'Accounts.*', { per: { input: 'ParentId', of: [roots, units], id: 'Id' } }),
      on: ['Id', 'Id'],
      isWhole: true,
      feeds: ['ParentIds'],
    },
  },
  tells: ['AccountName'],
  id: 'Id',
  arn: '{Arn}',
  unread: ['Email', 'RoleName', 'Tags'],
  project: (item, parts) => ({
    properties: {
      AccountName: get(item, 'Name'),
      ParentIds: parts['placed'] === undefined ? undefined : all(parts['placed'], '*.@parent'),
    },
    live: {
      ...lift(item, { joined_method: 'JoinedMethod', joined_timestamp: 'JoinedTimestamp' }),
      // `Status` is the older of the two, and goes.
      state: get(item, 'State') ?? get(item, 'Status'),
    },
  }),
};

export const organizationalUnit: Collector = {
  type: 'AWS::Organizations::OrganizationalUnit',
  service: 'organizations',
  version: 1,
  scope: 'account',
  requires,
  list: units,
  tells: ['Name', 'ParentId'],
  id: 'Id',
  arn: '{Arn}',
  unread: ['Tags'],
  project: (item) => ({ properties: { Name: get(item, 'Name'), ParentId: get(item, '@parent') } }),
};

const GONE = ['PolicyNotFoundException'];

/** A policy for the accounts' identities or for their resources, and what it is attached to. */
export const organizationPolicy: Collector = {
  type: 'AWS::Organizations::Policy',
  service: 'organizations',
  version: 1,
  scope: 'account',
  requires,
  list: list('ListPolicies', 'Policies.*', {
    per: { input: 'Filter', values: ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] },
  }),
  each: {
    content: {
      call: 'organizations:DescribePolicy',
      permission: 'organizations:DescribePolicy',
      input: { PolicyId: '{Id}' },
      answer: 'Policy.Content',
      gone: GONE,
      feeds: ['Content'],
    },
    targets: {
      ...list('ListTargetsForPolicy', 'Targets.*'),
      proof: ['Targets'],
      input: { PolicyId: '{Id}' },
      gone: GONE,
      feeds: ['TargetIds'],
    },
  },
  tells: ['Description', 'Name', 'Type'],
  id: 'Id',
  arn: '{Arn}',
  unread: ['Tags'],
  sets: ['TargetIds'],
  project: (item, parts) => ({
    properties: {
      ...pick(item, 'Description', 'Name', 'Type'),
      Content: documentOf(parts['content']),
      TargetIds: parts['targets'] === undefined ? undefined : all(parts['targets'], '*.TargetId'),
    },
    live: lift(item, { aws_managed: 'AwsManaged' }),
  }),
};
