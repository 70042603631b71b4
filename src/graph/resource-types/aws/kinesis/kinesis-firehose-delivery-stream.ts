import {
  alike,
  because,
  certain,
  defineResourceType,
  type Entries,
  hoist,
  list,
  object,
  otherSpelling,
} from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-kinesisfirehose-deliverystream-deliverystreamencryptionconfigurationinput.html';

const BUFFER = hoist({ IntervalInSeconds: 'buffering_interval', SizeInMBs: 'buffering_size' });
const LOGGING = object('cloudwatch_logging_options');
const RETRY = hoist({ DurationInSeconds: 'retry_duration' });

const BUCKET: Entries = {
  BucketARN: 'bucket_arn',
  BufferingHints: BUFFER,
  CloudWatchLoggingOptions: LOGGING,
  EncryptionConfiguration: hoist({ KMSEncryptionConfig: hoist({ AWSKMSKeyARN: 'kms_key_arn' }) }),
  RoleARN: 'role_arn',
};

const DESTINATION: Entries = {
  CloudWatchLoggingOptions: LOGGING,
  ProcessingConfiguration: alike(),
  RetryOptions: RETRY,
  RoleARN: 'role_arn',
  S3Configuration: object('s3_configuration', BUCKET),
};

const SEARCH: Entries = {
  ...DESTINATION,
  BufferingHints: BUFFER,
  VpcConfiguration: object('vpc_config', { RoleARN: 'role_arn' }),
};

export const kinesisFirehoseDeliveryStream = defineResourceType({
  type: 'aws_kinesis_firehose_delivery_stream',
  cloudformation: {
    type: 'AWS::KinesisFirehose::DeliveryStream',
    ref: 'name',
    properties: {
      AmazonOpenSearchServerlessDestinationConfiguration: object('opensearchserverless_configuration', SEARCH),
      AmazonopensearchserviceDestinationConfiguration: object('opensearch_configuration', {
        ...SEARCH,
        DocumentIdOptions: object(),
        DomainARN: 'domain_arn',
      }),
      DeliveryStreamEncryptionConfigurationInput: object('server_side_encryption', { KeyARN: 'key_arn' }),
      DeliveryStreamName: 'name',
      ElasticsearchDestinationConfiguration: object('elasticsearch_configuration', {
        ...SEARCH,
        DomainARN: 'domain_arn',
      }),
      ExtendedS3DestinationConfiguration: object('extended_s3_configuration', {
        ...BUCKET,
        DataFormatConversionConfiguration: alike(),
        DynamicPartitioningConfiguration: object('dynamic_partitioning_configuration', { RetryOptions: RETRY }),
        ProcessingConfiguration: alike(),
        S3BackupConfiguration: object('s3_backup_configuration', BUCKET),
      }),
      HttpEndpointDestinationConfiguration: object('http_endpoint_configuration', {
        ...DESTINATION,
        BufferingHints: BUFFER,
        EndpointConfiguration: hoist({ AccessKey: 'access_key', Name: 'name', Url: 'url' }),
        RequestConfiguration: object('request_configuration', {
          CommonAttributes: list('common_attributes', { AttributeName: 'name', AttributeValue: 'value' }),
        }),
        SecretsManagerConfiguration: object(),
      }),
      IcebergDestinationConfiguration: object('iceberg_configuration', {
        ...DESTINATION,
        BufferingHints: BUFFER,
        CatalogConfiguration: hoist(),
        DestinationTableConfigurationList: list('destination_table_configuration', {
          DestinationDatabaseName: 'database_name',
          DestinationTableName: 'table_name',
        }),
        s3BackupMode: 's3_backup_mode',
      }),
      KinesisStreamSourceConfiguration: object('kinesis_source_configuration', {
        KinesisStreamARN: 'kinesis_stream_arn',
        RoleARN: 'role_arn',
      }),
      MSKSourceConfiguration: object('msk_source_configuration', {
        AuthenticationConfiguration: object('authentication_configuration', { RoleARN: 'role_arn' }),
        MSKClusterARN: 'msk_cluster_arn',
      }),
      RedshiftDestinationConfiguration: object('redshift_configuration', {
        ...DESTINATION,
        ClusterJDBCURL: 'cluster_jdbcurl',
        CopyCommand: hoist(),
        S3BackupConfiguration: object('s3_backup_configuration', BUCKET),
        SecretsManagerConfiguration: object(),
      }),
      S3DestinationConfiguration: otherSpelling(
        'ExtendedS3DestinationConfiguration',
        object('extended_s3_configuration', BUCKET),
      ),
      SnowflakeDestinationConfiguration: object('snowflake_configuration', {
        ...DESTINATION,
        BufferingHints: BUFFER,
        ContentColumnName: 'content_column_name',
        MetaDataColumnName: 'metadata_column_name',
        SecretsManagerConfiguration: object(),
        SnowflakeRoleConfiguration: object(),
        SnowflakeVpcConfiguration: object('snowflake_vpc_configuration', { PrivateLinkVpceId: 'private_link_vpce_id' }),
      }),
      SplunkDestinationConfiguration: object('splunk_configuration', {
        BufferingHints: BUFFER,
        CloudWatchLoggingOptions: LOGGING,
        ProcessingConfiguration: alike(),
        RetryOptions: RETRY,
        S3Configuration: object('s3_configuration', BUCKET),
        HECAcknowledgmentTimeoutInSeconds: 'hec_acknowledgment_timeout',
        HECEndpoint: 'hec_endpoint',
        HECEndpointType: 'hec_endpoint_type',
        HECToken: 'hec_token',
        SecretsManagerConfiguration: object(),
      }),
    },
  },
  defaults: {
    'server_side_encryption.enabled': { cloudformation: certain(true, TEMPLATE) },
  },
  identity: {
    same: [['name'], ['arn', 'id']],
    unique: { name: 'region', arn: 'global', id: 'global' },
    arn: 'arn:{partition}:firehose:{region}:{account}:deliverystream/{name}',
  },
  links: {
    'server_side_encryption.key_arn': ['aws_kms_key', 'aws_kms_alias'],
    'extended_s3_configuration.bucket_arn': 'aws_s3_bucket',
    'extended_s3_configuration.role_arn': 'aws_iam_role',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('the service makes it', 'arn', 'destination_id', 'version_id'),
    ...because('no property', 'destination', 'server_side_encryption.enabled'),
  },
});
