import type { SnapshotJson } from '../../../model/snapshot.js';
import { type Collector, type Companion, notTold, type Projection } from '../collector.js';
import { documentOf, each, get, lift, NONE, pick, textAt, where } from '../json.js';

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
  usage: ['last_accessed', 'last_changed', 'last_rotated'],
  project: (item, parts) => ({
    properties: {
      ...pick(item, 'Description', 'KmsKeyId', 'Name'),
      Tags: each(item, 'Tags', (tag) => pick(tag, 'Key', 'Value')),
    },
    ...rotationFacts(item),
    also: [...rotationOf(item), ...policyOf(item, parts['policy'])],
  }),
};

/** Rotated where it comes from: of a replica no answer says so. */
function isUntold(item: SnapshotJson): boolean {
  const from = textAt(item, 'PrimaryRegion');
  return from !== '' && from !== textAt(item, 'ARN').split(':')[3] && get(item, 'RotationEnabled') === undefined;
}

/** Never set up is not enabled; what never was rotated or read has no date. */
function rotationFacts(item: SnapshotJson): Pick<Projection, 'gaps' | 'live'> {
  const days = get(item, 'RotationRules.AutomaticallyAfterDays');
  // AWS works it out of a schedule only when it has rotated.
  const isOpen = days === undefined && get(item, 'RotationRules.ScheduleExpression') !== undefined;
  const untold = isUntold(item)
    ? ['$rotation_days', '$rotation_enabled', '@rotation']
    : isOpen
      ? ['$rotation_days']
      : [];
  return {
    live: {
      ...lift(item, { created_date: 'CreatedDate', deleted_date: 'DeletedDate' }),
      rotation_enabled: isUntold(item) ? undefined : get(item, 'RotationEnabled') === true,
      rotation_days: untold.length > 0 ? undefined : (days ?? NONE),
      last_accessed: get(item, 'LastAccessedDate') ?? NONE,
      last_changed: get(item, 'LastChangedDate'),
      last_rotated: get(item, 'LastRotatedDate') ?? NONE,
    },
    gaps: untold.map((path) => notTold(path, 'secretsmanager:ListSecrets')),
  };
}

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
