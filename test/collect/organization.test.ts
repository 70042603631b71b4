import { expect, test } from 'vitest';
import type { SnapshotJson } from '../../src/model/snapshot.js';
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
  'ListDelegatedAdministrators',
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
    operation === 'DescribeOrganization'
      ? { kind: 'answer', output: { Organization: member } }
      : operation === 'ListDelegatedAdministrators'
        ? errorOf('AccessDeniedException', 400)
        : undefined,
  );
  expect(found).toEqual({
    records: [],
    lines: ['DescribeOrganization collected', ...OPERATIONS.map((operation) => `${operation} not-selected`)].sort(),
  });
});

test('an account to which the organization is delegated is told what is in it', async () => {
  const member = { Id: 'o-orchard0001', Arn: 'arn:orchard', MasterAccountId: '999999999999' };
  const answers: Readonly<Record<string, SnapshotJson>> = {
    DescribeOrganization: { Organization: member },
    ListDelegatedAdministrators: { DelegatedAdministrators: [{ Id: '123456789012' }] },
  };
  const found = await organizationBy(({ operation }) => {
    const output = answers[operation];
    return output === undefined ? undefined : { kind: 'answer', output };
  });
  const whole = await organizationBy(() => undefined);
  expect(found).toEqual(whole);
  expect(found.records.length).toBeGreaterThan(4);
});

test('where it could not be asked to whom the organization is delegated, what is in it is not known', async () => {
  const member = { Id: 'o-orchard0001', MasterAccountId: '999999999999' };
  const found = await organizationBy(({ operation }) =>
    operation === 'DescribeOrganization'
      ? { kind: 'answer', output: { Organization: member } }
      : operation === 'ListDelegatedAdministrators'
        ? errorOf('ServiceException', 500)
        : undefined,
  );
  expect(found).toEqual({
    records: [],
    lines: ['DescribeOrganization collected', ...OPERATIONS.map((operation) => `${operation} failed`)].sort(),
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
