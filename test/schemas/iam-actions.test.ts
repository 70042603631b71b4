import { describe, expect, test } from 'vitest';
import { iamActions } from '../../src/schemas/iam-actions.js';

describe('the actions of services', () => {
  const actions = iamActions();

  test('an action with its resource types and condition keys', () => {
    expect(actions.actionsOf('sqs')?.get('addpermission')).toEqual({
      name: 'sqs:AddPermission',
      level: 'Permissions management',
      resourceTypes: [{ name: 'queue', arns: ['arn:${Partition}:sqs:${Region}:${Account}:${QueueName}'] }],
      conditionKeys: [{ name: 'aws:ResourceTag/${TagKey}', isMultivalued: false, kind: 'text' }],
    });
  });

  test('an action without resources', () => {
    expect(actions.actionsOf('s3')?.get('listallmybuckets')?.resourceTypes).toEqual([]);
  });

  test('a key of several values', () => {
    expect(actions.keysOf('sqs').filter(({ isMultivalued }) => isMultivalued)).toEqual([
      { name: 'aws:TagKeys', isMultivalued: true, kind: 'text' },
    ]);
  });

  test('keys of numbers, dates and booleans', () => {
    const kindOf = (service: string, key: string) => actions.keysOf(service).find(({ name }) => name === key)?.kind;
    expect([
      kindOf('s3', 's3:max-keys'),
      kindOf('s3', 's3:object-lock-retain-until-date'),
      kindOf('kms', 'kms:GrantIsForAWSResource'),
      kindOf('s3', 's3:prefix'),
    ]).toEqual(['number', 'date', 'bool', 'text']);
  });

  test('a service that is not known', () => {
    expect(actions.actionsOf('bakery')).toBeUndefined();
    expect(actions.keysOf('bakery')).toEqual([]);
  });

  test('services that resource control policies bind', () => {
    expect(['s3', 'sqs', 'ec2'].map((service) => actions.isBoundByRcps(service))).toEqual([true, true, false]);
  });

  test('every service can be decoded', () => {
    let count = 0;
    for (const service of actions.services) count += actions.actionsOf(service)?.size ?? 0;
    expect({ version: actions.version, services: actions.services.length, count }).toEqual({
      version: '0.21.202609261',
      services: 456,
      count: 22091,
    });
  });
});
