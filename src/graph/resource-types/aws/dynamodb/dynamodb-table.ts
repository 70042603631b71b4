import {
  alike,
  because,
  certain,
  defineResourceType,
  hoist,
  iamPolicy,
  keyed,
  list,
  mountObject,
  object,
} from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html';

const KEY_SCHEMA = keyed({ HASH: 'hash_key', RANGE: 'range_key' }, { key: 'KeyType', value: 'AttributeName' });
const THROUGHPUT = hoist({ ReadCapacityUnits: 'read_capacity', WriteCapacityUnits: 'write_capacity' });

export const dynamodbTable = defineResourceType({
  type: 'aws_dynamodb_table',
  cloudformation: {
    type: 'AWS::DynamoDB::Table',
    ref: 'name',
    properties: {
      AttributeDefinitions: list('attribute', { AttributeName: 'name', AttributeType: 'type' }),
      GlobalSecondaryIndexes: list('global_secondary_index', {
        IndexName: 'name',
        KeySchema: KEY_SCHEMA,
        OnDemandThroughput: alike(),
        Projection: hoist(),
        ProvisionedThroughput: THROUGHPUT,
      }),
      ImportSourceSpecification: object('import_table', {
        InputFormatOptions: alike(),
        S3BucketSource: object('s3_bucket_source', {
          S3Bucket: 'bucket',
          S3BucketOwner: 'bucket_owner',
          S3KeyPrefix: 'key_prefix',
        }),
      }),
      KeySchema: KEY_SCHEMA,
      LocalSecondaryIndexes: list('local_secondary_index', {
        IndexName: 'name',
        // Its hash key is the table's.
        KeySchema: keyed({ RANGE: 'range_key' }, { key: 'KeyType', value: 'AttributeName' }),
        Projection: hoist(),
      }),
      OnDemandThroughput: alike(),
      PointInTimeRecoverySpecification: object('point_in_time_recovery', { PointInTimeRecoveryEnabled: 'enabled' }),
      ProvisionedThroughput: THROUGHPUT,
      ResourcePolicy: hoist({ PolicyDocument: iamPolicy('policy') }),
      SSESpecification: object('server_side_encryption', { KMSMasterKeyId: 'kms_key_arn', SSEEnabled: 'enabled' }),
      StreamSpecification: hoist(),
      TableName: 'name',
      TimeToLiveSpecification: object('ttl'),
    },
  },
  defaults: {
    // A specification of the stream is the stream.
    stream_enabled: {
      cloudformation: {
        ...certain(true, TEMPLATE),
        when: { sibling: 'stream_view_type', equals: ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'] },
      },
    },
    billing_mode: { cloudformation: certain('PROVISIONED', TEMPLATE) },
  },
  identity: {
    same: [['name', 'id'], ['arn'], ['stream_arn']],
    unique: { name: 'region', arn: 'global', id: 'region' },
    arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{name}',
  },
  companions: [
    mountObject('policy', { type: 'aws_dynamodb_resource_policy', link: 'resource_arn', to: 'arn', value: 'policy' }),
  ],
  nothing: ['server_side_encryption.kms_key_arn', 'read_capacity', 'write_capacity', 'hash_key'],
  links: {
    'server_side_encryption.kms_key_arn': ['aws_kms_key', 'aws_kms_alias'],
    'replica.kms_key_arn': ['aws_kms_key', 'aws_kms_alias'],
  },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: {
    ...because(
      'no property',
      'restore_date_time',
      'restore_source_name',
      'restore_source_table_arn',
      'restore_to_latest_time',
      'stream_enabled',
      'replica',
    ),
  },
});
