import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, ItemOperation, Loose } from '../collector.js';
import { documentOf, each, get, NONE, pick, where } from '../json.js';

const of = (operation: string, rest: Omit<ItemOperation, 'call' | 'permission'>): ItemOperation => ({
  call: `dynamodb:${operation}`,
  permission: `dynamodb:${operation}`,
  input: { TableName: '{@item}' },
  gone: ['ResourceNotFoundException', 'TableNotFoundException'],
  ...rest,
});

export const table: Collector = {
  type: 'AWS::DynamoDB::Table',
  service: 'dynamodb',
  version: 1,
  scope: 'region',
  list: {
    call: 'dynamodb:ListTables',
    permission: 'dynamodb:ListTables',
    pages: { input: 'ExclusiveStartTableName', output: 'LastEvaluatedTableName', limit: ['Limit', 100] },
    items: 'TableNames.*',
  },
  each: {
    describe: of('DescribeTable', {
      answer: 'Table',
      feeds: [
        ...['AttributeDefinitions', 'BillingMode', 'DeletionProtectionEnabled', 'GlobalSecondaryIndexes', 'KeySchema'],
        ...['LocalSecondaryIndexes', 'OnDemandThroughput', 'ProvisionedThroughput', 'SSESpecification'],
        ...['StreamSpecification', 'TableClass', '$table_status'],
      ],
    }),
    backups: of('DescribeContinuousBackups', {
      answer: 'ContinuousBackupsDescription.PointInTimeRecoveryDescription',
      feeds: ['PointInTimeRecoverySpecification'],
    }),
    timeToLive: of('DescribeTimeToLive', { answer: 'TimeToLiveDescription', feeds: ['TimeToLiveSpecification'] }),
    policy: of('GetResourcePolicy', {
      input: { ResourceArn: '{describe.TableArn}' },
      when: [{ path: 'describe.TableArn', exists: true }],
      answer: 'Policy',
      absent: { PolicyNotFoundException: NONE },
      feeds: ['ResourcePolicy'],
    }),
    tags: of('ListTagsOfResource', {
      input: { ResourceArn: '{describe.TableArn}' },
      when: [{ path: 'describe.TableArn', exists: true }],
      pages: { input: 'NextToken', output: 'NextToken' },
      items: 'Tags.*',
      feeds: ['Tags'],
    }),
  },
  tells: ['TableName'],
  id: '',
  // Not the answer's: the table has the same name where it is not answered.
  arn: 'arn:{@partition}:dynamodb:{@region}:{@account}:table/{@item}',
  unread: [
    'ContributorInsightsSpecification',
    'ImportSourceSpecification',
    'KinesisStreamSpecification',
    'VectorIndexes',
    'WarmThroughput',
  ],
  sets: ['AttributeDefinitions', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes', 'Tags'],
  project: (item, parts) => {
    const described = parts['describe'];
    return {
      properties: {
        TableName: item,
        ...describedOf(described),
        PointInTimeRecoverySpecification: where(parts['backups'], (backups) => ({
          PointInTimeRecoveryEnabled: get(backups, 'PointInTimeRecoveryStatus') === 'ENABLED',
          RecoveryPeriodInDays: get(backups, 'RecoveryPeriodInDays'),
        })),
        TimeToLiveSpecification: where(parts['timeToLive'], (ttl) => ({
          AttributeName: get(ttl, 'AttributeName'),
          Enabled: ['ENABLED', 'ENABLING'].includes(String(get(ttl, 'TimeToLiveStatus'))),
        })),
        ResourcePolicy: where(parts['policy'], (policy) => ({ PolicyDocument: documentOf(policy) })),
        Tags: where(parts['tags'], (tags) => each(tags, '', (tag) => pick(tag, 'Key', 'Value'))),
      },
      live: { table_status: get(described, 'TableStatus') },
    };
  },
};

function describedOf(described: SnapshotJson | undefined): { readonly [name: string]: Loose } {
  if (described === undefined) return {};
  return {
    ...pick(described, 'AttributeDefinitions', 'DeletionProtectionEnabled', 'KeySchema', 'OnDemandThroughput'),
    // An answer leaves out what every table was before it could be another.
    BillingMode: get(described, 'BillingModeSummary.BillingMode') ?? 'PROVISIONED',
    TableClass: get(described, 'TableClassSummary.TableClass') ?? 'STANDARD',
    GlobalSecondaryIndexes: each(described, 'GlobalSecondaryIndexes', toIndex),
    LocalSecondaryIndexes: each(described, 'LocalSecondaryIndexes', (index) =>
      pick(index, 'IndexName', 'KeySchema', 'Projection'),
    ),
    ProvisionedThroughput: throughputOf(described),
    SSESpecification: where(get(described, 'SSEDescription') ?? NONE, (sse) => ({
      KMSMasterKeyId: get(sse, 'KMSMasterKeyArn'),
      SSEEnabled: ['ENABLED', 'ENABLING', 'UPDATING'].includes(String(get(sse, 'Status'))),
      SSEType: get(sse, 'SSEType'),
    })),
    StreamSpecification: where(get(described, 'StreamSpecification'), (stream) => pick(stream, 'StreamViewType')),
  };
}

function toIndex(index: SnapshotJson): Loose {
  return {
    ...pick(index, 'IndexName', 'KeySchema', 'OnDemandThroughput', 'Projection'),
    ProvisionedThroughput: throughputOf(index),
  };
}

function throughputOf(of: SnapshotJson): Loose {
  return where(get(of, 'ProvisionedThroughput'), (units) => pick(units, 'ReadCapacityUnits', 'WriteCapacityUnits'));
}
