import { expect, test } from 'vitest';
import { collectServices } from './collect-service.js';
import { errorOf, type Fault } from './fake-aws.js';

async function organizationBy(fault: Fault) {
  const { records, ledger } = await collectServices(['organizations'], fault);
  const lines = ledger
    .filter(({ operation }) => operation.startsWith('organizations:'))
    .map(({ operation, state }) => `${operation.slice('organizations:'.length)} ${state}`);
  return { records: records.map(({ type, id }) => `${type} ${id}`), lines: [...new Set(lines)].sort() };
}

const OPERATIONS = [
  'DescribePolicy',
  'ListAccounts',
  'ListAccountsForParent',
  'ListOrganizationalUnitsForParent',
  'ListPolicies',
  'ListRoots',
  'ListTargetsForPolicy',
];

test('in an account without an organization there is nothing, and that is known', async () => {
  const found = await organizationBy(({ client }) =>
    client === 'organizations' ? errorOf('AWSOrganizationsNotInUseException', 400) : undefined,
  );
  const all = ['DescribeOrganization', ...OPERATIONS].sort();
  expect(found).toEqual({ records: [], lines: all.map((operation) => `${operation} not-enabled`) });
});

test('a member of an organization is asked for no more than whose it is', async () => {
  const member = { Id: 'o-orchard0001', MasterAccountId: '999999999999' };
  const found = await organizationBy(({ operation }) =>
    operation === 'DescribeOrganization' ? { kind: 'answer', output: { Organization: member } } : undefined,
  );
  expect(found).toEqual({
    records: [],
    lines: ['DescribeOrganization collected', ...OPERATIONS.map((operation) => `${operation} not-selected`)].sort(),
  });
});

test('where units of one unit are denied it is not known which there are', async () => {
  const { records, lines } = await organizationBy(({ operation, input }) =>
    operation === 'ListOrganizationalUnitsForParent' && input['ParentId'] === 'ou-0rch-fields'
      ? errorOf('AccessDeniedException', 400)
      : undefined,
  );
  expect(records.filter((name) => name.includes('Unit'))).toEqual([
    'AWS::Organizations::OrganizationalUnit ou-0rch-fields',
    'AWS::Organizations::OrganizationalUnit ou-0rch-cellar',
  ]);
  expect(lines).toContain('ListOrganizationalUnitsForParent truncated');
  expect(lines).toContain('ListAccountsForParent denied');
});

test('units that are each other’s are asked for once', async () => {
  const { records } = await organizationBy(({ operation }) =>
    operation === 'ListOrganizationalUnitsForParent'
      ? { kind: 'answer', output: { OrganizationalUnits: [{ Id: 'ou-0rch-fields', Name: 'fields' }] } }
      : undefined,
  );
  expect(records.filter((name) => name.includes('Unit')).length).toBe(2);
});
