import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Companion } from '../collector.js';
import { documentOf, each, get, lift, NONE, pick, where } from '../json.js';

/** A secret without its value, which is never asked for. */
export const secret: Collector = {
  type: 'AWS::SecretsManager::Secret',
  service: 'secretsmanager',
  version: 1,
  scope: 'region',
  list: {
    call: 'secretsmanager:ListSecrets',
    permission: 'secretsmanager:ListSecrets',
    pages: { input: 'NextToken', output: 'NextToken', limit: ['MaxResults', 100] },
    items: 'SecretList.*',
  },
  each: {
    policy: {
      call: 'secretsmanager:GetResourcePolicy',
      permission: 'secretsmanager:GetResourcePolicy',
      input: { SecretId: '{ARN}' },
      answer: 'ResourcePolicy',
      emptyMeans: NONE,
      gone: ['ResourceNotFoundException'],
      feeds: ['@policy'],
    },
  },
  tells: ['Description', 'KmsKeyId', 'Name', 'Tags', '@rotation'],
  beside: {
    'AWS::SecretsManager::ResourcePolicy': 'secretsmanager:GetResourcePolicy',
    'AWS::SecretsManager::RotationSchedule': 'secretsmanager:ListSecrets',
  },
  id: 'Name',
  arn: '{ARN}',
  unread: ['GenerateSecretString', 'ReplicaRegions', 'SecretString', 'Type'],
  sets: ['Tags'],
  project: (item, parts) => ({
    properties: {
      ...pick(item, 'Description', 'KmsKeyId', 'Name'),
      Tags: each(item, 'Tags', (tag) => pick(tag, 'Key', 'Value')),
    },
    live: lift(item, {
      created_date: 'CreatedDate',
      last_changed_date: 'LastChangedDate',
      deleted_date: 'DeletedDate',
    }),
    also: [...rotationOf(item), ...policyOf(item, parts['policy'])],
  }),
};

function rotationOf(item: SnapshotJson): readonly Companion[] {
  if (get(item, 'RotationEnabled') !== true) return [];
  return [
    {
      type: 'AWS::SecretsManager::RotationSchedule',
      id: String(get(item, 'Name')),
      properties: {
        SecretId: get(item, 'ARN'),
        RotationLambdaARN: get(item, 'RotationLambdaARN'),
        RotationRules: where(get(item, 'RotationRules'), (rules) =>
          pick(rules, 'AutomaticallyAfterDays', 'Duration', 'ScheduleExpression'),
        ),
      },
    },
  ];
}

function policyOf(item: SnapshotJson, policy: SnapshotJson | undefined): readonly Companion[] {
  const document = documentOf(policy);
  if (document === undefined) return [];
  return [
    {
      type: 'AWS::SecretsManager::ResourcePolicy',
      id: String(get(item, 'Name')),
      properties: { SecretId: get(item, 'ARN'), ResourcePolicy: document },
    },
  ];
}
