import {
  alike,
  assumed,
  because,
  defineResourceType,
  explode,
  hoist,
  iamPolicy,
  intoList,
  jsonDocument,
  list,
  type Mount,
  mountNamed,
  mountObject,
  object,
  one,
  otherSpelling,
  pairs,
  single,
  words,
} from '../../entries.js';

const TEMPLATE = 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html';

const ENABLED = { true: 'Enabled', false: 'Disabled' };

/** A configuration of the bucket that is a resource of its own; the inline spelling is deprecated. */
function configuration(path: string, name: string, value?: string): Mount {
  return mountObject(path, {
    type: `aws_s3_bucket_${name}`,
    link: 'bucket',
    to: 'bucket',
    value,
    both: { terraform: 'conflict', cloudformation: 'conflict' },
  });
}

const lifecycleRule = {
  enabled: words('status', ENABLED),
  abort_incomplete_multipart_upload_days: 'abort_incomplete_multipart_upload.days_after_initiation',
  prefix: 'filter.prefix',
  tags: 'filter.tags',
  noncurrent_version_expiration: object('noncurrent_version_expiration', { days: 'noncurrent_days' }),
  noncurrent_version_transition: list('noncurrent_version_transition', { days: 'noncurrent_days' }),
};

const replicationRule = {
  delete_marker_replication_status: 'delete_marker_replication.status',
  prefix: 'filter.prefix',
  destination: object('destination', {
    account_id: 'account',
    replica_kms_key_id: 'encryption_configuration.replica_kms_key_id',
    metrics: object('metrics', { minutes: 'event_threshold.minutes' }),
    replication_time: object('replication_time', { minutes: 'time.minutes' }),
  }),
  source_selection_criteria: object('source_selection_criteria', {
    sse_kms_encrypted_objects: object('sse_kms_encrypted_objects', { enabled: words('status', ENABLED) }),
  }),
};

export const bucket = defineResourceType({
  type: 'aws_s3_bucket',
  terraform: {
    attributes: {
      policy: iamPolicy(),
      acceleration_status: 'accelerate.status',
      request_payer: 'request_payment.payer',
      grant: explode('grant', { from: { permissions: 'permission' } }),
      versioning: object('versioning', {
        enabled: words('status', { true: 'Enabled', false: 'Suspended' }),
        mfa_delete: words('mfa_delete', ENABLED),
      }),
      lifecycle_rule: list('lifecycle_configuration.rule', lifecycleRule),
      cors_rule: list('cors.cors_rule'),
      object_lock_configuration: object('object_lock_configuration', {}),
      replication_configuration: object('replication_configuration', { rules: list('rule', replicationRule) }),
      website: object('website', {
        error_document: 'error_document.key',
        index_document: 'index_document.suffix',
        redirect_all_requests_to: 'redirect_all_requests_to.host_name',
        routing_rules: jsonDocument('routing_rules'),
      }),
    },
  },
  shape: {
    unset: {
      'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id': [''],
    },
  },
  cloudformation: {
    type: 'AWS::S3::Bucket',
    ref: 'bucket',
    getAtt: {
      Arn: 'arn',
      DomainName: 'bucket_domain_name',
      RegionalDomainName: 'bucket_regional_domain_name',
      WebsiteURL: 'website_endpoint',
    },
    properties: {
      BucketName: 'bucket',
      AccelerateConfiguration: object('accelerate', { AccelerationStatus: 'status' }),
      AccessControl: words('acl', {
        Private: 'private',
        PublicRead: 'public-read',
        PublicReadWrite: 'public-read-write',
        AuthenticatedRead: 'authenticated-read',
        LogDeliveryWrite: 'log-delivery-write',
        BucketOwnerRead: 'bucket-owner-read',
        BucketOwnerFullControl: 'bucket-owner-full-control',
        AwsExecRead: 'aws-exec-read',
      }),
      BucketEncryption: object('server_side_encryption_configuration', {
        ServerSideEncryptionConfiguration: single('rule', {
          BucketKeyEnabled: 'bucket_key_enabled',
          ServerSideEncryptionByDefault: object('apply_server_side_encryption_by_default', {
            KMSMasterKeyID: 'kms_master_key_id',
            SSEAlgorithm: 'sse_algorithm',
          }),
        }),
      }),
      CorsConfiguration: object('cors', {
        CorsRules: list('cors_rule', { ExposedHeaders: 'expose_headers', MaxAge: 'max_age_seconds', Id: 'id' }),
      }),
      LifecycleConfiguration: object('lifecycle_configuration', {
        Rules: list('rule', {
          Id: 'id',
          Prefix: 'filter.prefix',
          TagFilters: pairs('filter.tags'),
          ObjectSizeGreaterThan: 'filter.object_size_greater_than',
          ObjectSizeLessThan: 'filter.object_size_less_than',
          ExpirationInDays: 'expiration.days',
          ExpirationDate: 'expiration.date',
          ExpiredObjectDeleteMarker: 'expiration.expired_object_delete_marker',
          AbortIncompleteMultipartUpload: object('abort_incomplete_multipart_upload', {
            DaysAfterInitiation: 'days_after_initiation',
          }),
          NoncurrentVersionExpiration: object('noncurrent_version_expiration'),
          NoncurrentVersionTransitions: list('noncurrent_version_transition', { TransitionInDays: 'noncurrent_days' }),
          NoncurrentVersionExpirationInDays: otherSpelling(
            'NoncurrentVersionExpiration',
            'noncurrent_version_expiration.noncurrent_days',
          ),
          NoncurrentVersionTransition: otherSpelling(
            'NoncurrentVersionTransitions',
            one('noncurrent_version_transition', { TransitionInDays: 'noncurrent_days' }),
          ),
          Transition: otherSpelling(
            'Transitions',
            one('transition', { TransitionInDays: 'days', TransitionDate: 'date' }),
          ),
          Transitions: list('transition', { TransitionInDays: 'days', TransitionDate: 'date' }),
        }),
      }),
      AnalyticsConfigurations: list('analytics', {
        Id: 'name',
        Prefix: 'filter.prefix',
        StorageClassAnalysis: object('storage_class_analysis', {
          DataExport: object('data_export', {
            Destination: object('destination', { BucketArn: 's3_bucket_destination.bucket_arn' }),
          }),
        }),
        TagFilters: pairs('filter.tags'),
      }),
      IntelligentTieringConfigurations: list('intelligent_tiering', {
        Id: 'name',
        Prefix: 'filter.prefix',
        TagFilters: pairs('filter.tags'),
        Tierings: list('tiering'),
      }),
      InventoryConfigurations: list('inventory', {
        Id: 'name',
        Destination: object('destination', {
          BucketAccountId: 'bucket.account_id',
          BucketArn: 'bucket.bucket_arn',
          Format: 'bucket.format',
          Prefix: 'bucket.prefix',
        }),
        Prefix: 'filter.prefix',
        ScheduleFrequency: 'schedule.frequency',
      }),
      MetricsConfigurations: list('metric', {
        AccessPointArn: 'filter.access_point',
        Id: 'name',
        Prefix: 'filter.prefix',
        TagFilters: pairs('filter.tags'),
      }),
      NotificationConfiguration: object('notification', {
        EventBridgeConfiguration: hoist({ EventBridgeEnabled: 'eventbridge' }),
        LambdaConfigurations: list('lambda_function', { Event: intoList('events'), Function: 'lambda_function_arn' }),
        QueueConfigurations: list('queue', { Event: intoList('events'), Queue: 'queue_arn' }),
        TopicConfigurations: list('topic', { Event: intoList('events'), Topic: 'topic_arn' }),
      }),
      ReplicationConfiguration: object('replication_configuration', {
        Rules: list('rule', {
          DeleteMarkerReplication: object(),
          Destination: alike('destination', {
            EncryptionConfiguration: object('encryption_configuration', { ReplicaKmsKeyID: 'replica_kms_key_id' }),
          }),
          Filter: object('filter', {
            And: hoist({ TagFilters: pairs('tags') }),
            TagFilter: pairs('tags'),
          }),
          Prefix: otherSpelling('Filter', 'filter.prefix'),
          SourceSelectionCriteria: alike(),
        }),
      }),
      LoggingConfiguration: object('logging', {
        DestinationBucketName: 'target_bucket',
        LogFilePrefix: 'target_prefix',
        TargetObjectKeyFormat: alike(),
      }),
      ObjectLockEnabled: 'object_lock_enabled',
      ObjectLockConfiguration: object('object_lock_configuration', {
        Rule: object('rule', { DefaultRetention: object('default_retention') }),
      }),
      OwnershipControls: object('ownership_controls', { Rules: single('rule') }),
      PublicAccessBlockConfiguration: object('public_access_block'),
      Tags: pairs('tags'),
      VersioningConfiguration: object('versioning', { Status: 'status' }),
      WebsiteConfiguration: object('website', {
        ErrorDocument: 'error_document.key',
        IndexDocument: 'index_document.suffix',
        RedirectAllRequestsTo: object('redirect_all_requests_to'),
        RoutingRules: list('routing_rule', {
          RedirectRule: object('redirect'),
          RoutingRuleCondition: object('condition'),
        }),
      }),
    },
  },
  defaults: {
    'logging.target_bucket': {
      cloudformation: {
        own: 'bucket',
        reference:
          'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-loggingconfiguration.html',
      },
    },
    'public_access_block.block_public_acls': { cloudformation: assumed(false, TEMPLATE) },
    'public_access_block.block_public_policy': { cloudformation: assumed(false, TEMPLATE) },
    'public_access_block.ignore_public_acls': { cloudformation: assumed(false, TEMPLATE) },
    'public_access_block.restrict_public_buckets': { cloudformation: assumed(false, TEMPLATE) },
  },
  identity: {
    same: [['bucket', 'id'], ['arn'], ['bucket_domain_name'], ['bucket_regional_domain_name']],
    unique: { bucket: 'global', arn: 'global', id: 'global' },
    arn: 'arn:{partition}:s3:::{bucket}',
  },
  companions: [
    configuration('versioning', 'versioning'),
    configuration('public_access_block', 'public_access_block'),
    configuration('server_side_encryption_configuration', 'server_side_encryption_configuration'),
    configuration('logging', 'logging'),
    configuration('policy', 'policy', 'policy'),
    configuration('acl', 'acl', 'acl'),
    configuration('grant', 'acl', 'grant'),
    configuration('ownership_controls', 'ownership_controls'),
    configuration('lifecycle_configuration', 'lifecycle_configuration'),
    configuration('cors', 'cors_configuration'),
    configuration('website', 'website_configuration'),
    configuration('object_lock_configuration', 'object_lock_configuration'),
    configuration('replication_configuration', 'replication_configuration'),
    configuration('accelerate', 'accelerate_configuration'),
    configuration('request_payment', 'request_payment_configuration'),
    configuration('notification', 'notification'),
    mountNamed('intelligent_tiering[]', 'name', {
      type: 'aws_s3_bucket_intelligent_tiering_configuration',
      link: 'bucket',
      to: 'bucket',
    }),
    mountNamed('inventory[]', 'name', { type: 'aws_s3_bucket_inventory', link: 'bucket', to: 'bucket' }),
    mountNamed('metric[]', 'name', { type: 'aws_s3_bucket_metric', link: 'bucket', to: 'bucket' }),
    mountNamed('analytics[]', 'name', { type: 'aws_s3_bucket_analytics_configuration', link: 'bucket', to: 'bucket' }),
  ],
  nothing: [
    'acl',
    'policy',
    'accelerate.status',
    'request_payment.payer',
    'object_lock_enabled',
    'bucket',
    'bucket_prefix',
  ],
  links: {
    'logging.target_bucket': 'aws_s3_bucket',
    'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id': [
      'aws_kms_key',
      'aws_kms_alias',
    ],
    'replication_configuration.role': 'aws_iam_role',
    'replication_configuration.rule.destination.bucket': 'aws_s3_bucket',
    'notification.lambda_function.lambda_function_arn': 'aws_lambda_function',
    'notification.queue.queue_arn': 'aws_sqs_queue',
    'notification.topic.topic_arn': 'aws_sns_topic',
  },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: {
    ...because('a resource of its own', 'policy'),
    ...because('no property', 'grant', 'versioning.mfa_delete', 'website.routing_rules'),
    force_destroy: 'a switch of Terraform itself',
    bucket_prefix: 'Terraform makes up the rest of the name',
    request_payment: 'CloudFormation has no property for who pays',
  },
});
