import { expect, test } from 'vitest';
import { managedPolicies } from '../../src/schemas/managed-policies.js';
import { parseManagedPolicies } from '../../src/schemas/managed-policy-table.js';

test('a policy by its ARN and by its name, as it was on a day', () => {
  const { asOf, byArn, byName } = managedPolicies();
  const logs = {
    arn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
    version: 'v1',
    date: '2015-04-09',
    document:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}',
  };
  expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
  expect(byArn(logs.arn)).toEqual(logs);
  expect(byName('AWSLambdaBasicExecutionRole')).toEqual(logs);
});

test('one with another path, of another partition, or that AWS has not, is none', () => {
  const { byArn, byName } = managedPolicies();
  const others = [
    'arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole',
    'arn:aws-cn:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
    'arn:aws:iam::111122223333:policy/service-role/AWSLambdaBasicExecutionRole',
    'arn:aws:iam::aws:policy/',
    'service-role/AWSLambdaBasicExecutionRole',
    '',
  ];
  expect(others.map(byArn)).toEqual(others.map(() => undefined));
  expect(byName('OrchardAccess')).toBeUndefined();
});

test('a table of two policies', () => {
  const table = parseManagedPolicies(
    '2026-08-26\nBakeryAccess v2 2026-08-26 {"Statement":[]}\njob-function/Baker v1 2020-01-02 {}',
  );
  expect(table.asOf).toBe('2026-08-26');
  expect(table.byName('Baker')).toEqual({
    arn: 'arn:aws:iam::aws:policy/job-function/Baker',
    version: 'v1',
    date: '2020-01-02',
    document: '{}',
  });
});

test('every document is JSON with statements', () => {
  const { byName } = managedPolicies();
  const names = ['ReadOnlyAccess', 'PowerUserAccess', 'IAMFullAccess', 'SecurityAudit', 'AmazonEC2RoleforSSM'];
  for (const name of names)
    expect(JSON.parse(byName(name)?.document ?? '')).toMatchObject({
      Version: '2012-10-17',
      Statement: [
        expect.any(Object),
        ...new Array(JSON.parse(byName(name)?.document ?? '').Statement.length - 1).fill(expect.any(Object)),
      ],
    });
});
