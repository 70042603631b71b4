import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, ItemOperation, Loose } from '../collector.js';
import { all, documentOf, each, get, isNone, lift, NONE, pick, where } from '../json.js';

/** A configuration of a bucket. */
const of = (
  call: string,
  permission: string,
  feeds: readonly string[],
  rest: Partial<ItemOperation> = {},
): ItemOperation => ({
  call: `s3:${call}`,
  permission: `s3:${permission}`,
  input: { Bucket: '{Name}' },
  gone: ['NoSuchBucket'],
  feeds,
  ...rest,
});

export const bucket: Collector = {
  type: 'AWS::S3::Bucket',
  service: 's3',
  version: 1,
  scope: 'account',
  list: {
    call: 's3:ListBuckets',
    permission: 's3:ListAllMyBuckets',
    pages: { input: 'ContinuationToken', output: 'ContinuationToken', limit: ['MaxBuckets', 1000] },
    items: 'Buckets.*',
  },
  region: 'BucketRegion',
  locate: {
    ...of('GetBucketLocation', 'GetBucketLocation', []),
    answer: 'LocationConstraint',
    // The first region of all has no name here.
    emptyMeans: 'us-east-1',
    aliases: { EU: 'eu-west-1' },
  },
  each: {
    publicAccess: of('GetPublicAccessBlock', 'GetBucketPublicAccessBlock', ['PublicAccessBlockConfiguration'], {
      answer: 'PublicAccessBlockConfiguration',
      absent: { NoSuchPublicAccessBlockConfiguration: NONE },
    }),
    policy: of('GetBucketPolicy', 'GetBucketPolicy', ['@policy'], {
      answer: 'Policy',
      absent: { NoSuchBucketPolicy: NONE },
    }),
    acl: of('GetBucketAcl', 'GetBucketAcl', ['@acl', '@grant'], { answer: 'Grants' }),
    ownership: of('GetBucketOwnershipControls', 'GetBucketOwnershipControls', ['OwnershipControls'], {
      answer: 'OwnershipControls',
      absent: { OwnershipControlsNotFoundError: NONE },
    }),
    encryption: of('GetBucketEncryption', 'GetEncryptionConfiguration', ['BucketEncryption'], {
      answer: 'ServerSideEncryptionConfiguration',
      absent: { ServerSideEncryptionConfigurationNotFoundError: NONE },
    }),
    versioning: of('GetBucketVersioning', 'GetBucketVersioning', ['VersioningConfiguration', '$mfa_delete']),
    logging: of('GetBucketLogging', 'GetBucketLogging', ['LoggingConfiguration'], {
      answer: 'LoggingEnabled',
      emptyMeans: NONE,
    }),
    lifecycle: of('GetBucketLifecycleConfiguration', 'GetLifecycleConfiguration', ['LifecycleConfiguration'], {
      answer: 'Rules',
      absent: { NoSuchLifecycleConfiguration: NONE },
    }),
    replication: of('GetBucketReplication', 'GetReplicationConfiguration', ['ReplicationConfiguration'], {
      answer: 'ReplicationConfiguration',
      absent: { ReplicationConfigurationNotFoundError: NONE },
    }),
    notification: of('GetBucketNotificationConfiguration', 'GetBucketNotification', ['NotificationConfiguration']),
    lock: of(
      'GetObjectLockConfiguration',
      'GetBucketObjectLockConfiguration',
      ['ObjectLockConfiguration', 'ObjectLockEnabled'],
      { answer: 'ObjectLockConfiguration', absent: { ObjectLockConfigurationNotFoundError: NONE } },
    ),
    website: of('GetBucketWebsite', 'GetBucketWebsite', ['WebsiteConfiguration'], {
      proof: ['IndexDocument', 'RedirectAllRequestsTo'],
      absent: { NoSuchWebsiteConfiguration: NONE },
    }),
    cors: of('GetBucketCors', 'GetBucketCORS', ['CorsConfiguration'], {
      answer: 'CORSRules',
      absent: { NoSuchCORSConfiguration: NONE },
    }),
    tags: of('GetBucketTagging', 'GetBucketTagging', ['Tags'], { answer: 'TagSet', absent: { NoSuchTagSet: NONE } }),
  },
  tells: ['BucketName'],
  beside: { 'AWS::S3::BucketPolicy': 's3:GetBucketPolicy', aws_s3_bucket_acl: 's3:GetBucketAcl' },
  id: 'Name',
  arn: 'arn:{@partition}:s3:::{Name}',
  unread: [
    'AbacStatus',
    'AccelerateConfiguration',
    'AnalyticsConfigurations',
    'IntelligentTieringConfigurations',
    'InventoryConfigurations',
    'MetadataConfiguration',
    'MetadataTableConfiguration',
    'MetricsConfigurations',
  ],
  sets: ['Tags'],
  project: (item, parts) => ({
    properties: {
      BucketName: get(item, 'Name'),
      PublicAccessBlockConfiguration: where(parts['publicAccess'], (block) =>
        pick(block, 'BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'),
      ),
      OwnershipControls: where(parts['ownership'], (controls) => ({
        Rules: each(controls, 'Rules', (rule) => pick(rule, 'ObjectOwnership')),
      })),
      BucketEncryption: where(parts['encryption'], (configuration) => ({
        ServerSideEncryptionConfiguration: each(configuration, 'Rules', (rule) => ({
          BucketKeyEnabled: get(rule, 'BucketKeyEnabled'),
          ServerSideEncryptionByDefault: where(get(rule, 'ApplyServerSideEncryptionByDefault'), (byDefault) =>
            pick(byDefault, 'KMSMasterKeyID', 'SSEAlgorithm'),
          ),
        })),
      })),
      VersioningConfiguration: where(parts['versioning'], (versioning) =>
        get(versioning, 'Status') === undefined ? NONE : pick(versioning, 'Status'),
      ),
      LoggingConfiguration: where(parts['logging'], (logging) =>
        lift(logging, { DestinationBucketName: 'TargetBucket', LogFilePrefix: 'TargetPrefix' }),
      ),
      LifecycleConfiguration: where(parts['lifecycle'], (rules) => ({ Rules: each(rules, '', toLifecycleRule) })),
      ReplicationConfiguration: where(parts['replication'], toReplication),
      NotificationConfiguration: where(parts['notification'], toNotification),
      ObjectLockEnabled: where(parts['lock'], (lock) => get(lock, 'ObjectLockEnabled') === 'Enabled'),
      ObjectLockConfiguration: where(parts['lock'], (lock) => ({
        ObjectLockEnabled: get(lock, 'ObjectLockEnabled'),
        Rule: where(get(lock, 'Rule'), (rule) => ({
          DefaultRetention: pick(get(rule, 'DefaultRetention'), 'Days', 'Mode', 'Years'),
        })),
      })),
      WebsiteConfiguration: where(parts['website'], toWebsite),
      CorsConfiguration: where(parts['cors'], (rules) => ({
        CorsRules: each(rules, '', (rule) =>
          lift(rule, {
            AllowedHeaders: 'AllowedHeaders',
            AllowedMethods: 'AllowedMethods',
            AllowedOrigins: 'AllowedOrigins',
            ExposedHeaders: 'ExposeHeaders',
            Id: 'ID',
            MaxAge: 'MaxAgeSeconds',
          }),
        ),
      })),
      Tags: where(parts['tags'], (tags) => each(tags, '', (tag) => pick(tag, 'Key', 'Value'))),
    },
    live: {
      creation_date: get(item, 'CreationDate'),
      mfa_delete: where(parts['versioning'], (found) => get(found, 'MFADelete') ?? NONE),
    },
    also: [...policyOf(item, parts['policy']), ...aclOf(item, parts['acl'])],
  }),
};

function policyOf(item: SnapshotJson, policy: SnapshotJson | undefined) {
  if (policy === undefined || isNone(policy)) return [];
  const Bucket = get(item, 'Name');
  return [
    {
      type: 'AWS::S3::BucketPolicy',
      id: String(Bucket),
      properties: { Bucket, PolicyDocument: documentOf(policy) },
    },
  ];
}

/** Grants, which no property of CloudFormation has. */
function aclOf(item: SnapshotJson, grants: SnapshotJson | undefined) {
  if (grants === undefined) return [];
  const bucket = get(item, 'Name');
  const grant = each(grants, '', (one) => ({
    permission: get(one, 'Permission'),
    grantee: [lift(one, { id: 'Grantee.ID', type: 'Grantee.Type', uri: 'Grantee.URI' })],
  }));
  return [
    { type: 'aws_s3_bucket_acl', id: String(bucket), properties: { bucket, access_control_policy: [{ grant }] } },
  ];
}

function toLifecycleRule(rule: SnapshotJson): Loose {
  const tags = [...all(rule, 'Filter.Tag'), ...all(rule, 'Filter.And.Tags.*')];
  return {
    Id: get(rule, 'ID'),
    Status: get(rule, 'Status'),
    Prefix: get(rule, 'Prefix') ?? get(rule, 'Filter.Prefix') ?? get(rule, 'Filter.And.Prefix'),
    TagFilters: tags.length === 0 ? undefined : tags.map((tag) => pick(tag, 'Key', 'Value')),
    ObjectSizeGreaterThan: get(rule, 'Filter.ObjectSizeGreaterThan') ?? get(rule, 'Filter.And.ObjectSizeGreaterThan'),
    ObjectSizeLessThan: get(rule, 'Filter.ObjectSizeLessThan') ?? get(rule, 'Filter.And.ObjectSizeLessThan'),
    ...lift(rule, {
      ExpirationInDays: 'Expiration.Days',
      ExpirationDate: 'Expiration.Date',
      ExpiredObjectDeleteMarker: 'Expiration.ExpiredObjectDeleteMarker',
    }),
    AbortIncompleteMultipartUpload: where(get(rule, 'AbortIncompleteMultipartUpload'), (abort) =>
      pick(abort, 'DaysAfterInitiation'),
    ),
    NoncurrentVersionExpiration: where(get(rule, 'NoncurrentVersionExpiration'), (expiration) =>
      pick(expiration, 'NoncurrentDays', 'NewerNoncurrentVersions'),
    ),
    NoncurrentVersionTransitions: each(rule, 'NoncurrentVersionTransitions', (transition) =>
      lift(transition, {
        NewerNoncurrentVersions: 'NewerNoncurrentVersions',
        StorageClass: 'StorageClass',
        TransitionInDays: 'NoncurrentDays',
      }),
    ),
    Transitions: each(rule, 'Transitions', (transition) =>
      lift(transition, { StorageClass: 'StorageClass', TransitionDate: 'Date', TransitionInDays: 'Days' }),
    ),
  };
}

function toReplication(configuration: SnapshotJson): Loose {
  return {
    Role: get(configuration, 'Role'),
    Rules: each(configuration, 'Rules', (rule) => ({
      Id: get(rule, 'ID'),
      ...pick(rule, 'Priority', 'Prefix', 'Status', 'SourceSelectionCriteria', 'DeleteMarkerReplication'),
      Filter: where(get(rule, 'Filter'), (filter) => ({
        ...lift(filter, { Prefix: 'Prefix', TagFilter: 'Tag' }),
        And: where(get(filter, 'And'), (and) => lift(and, { Prefix: 'Prefix', TagFilters: 'Tags' })),
      })),
      Destination: where(get(rule, 'Destination'), (destination) => ({
        ...pick(
          destination,
          'Account',
          'Bucket',
          'StorageClass',
          'AccessControlTranslation',
          'Metrics',
          'ReplicationTime',
        ),
        EncryptionConfiguration: where(get(destination, 'EncryptionConfiguration'), (encryption) =>
          pick(encryption, 'ReplicaKmsKeyID'),
        ),
      })),
    })),
  };
}

/** CloudFormation writes an entry for each event. */
function toNotification(configuration: SnapshotJson): Loose {
  const entries = (member: string, from: string, to: string) =>
    all(configuration, `${member}.*`).flatMap((one) =>
      all(one, 'Events.*').map((Event) => ({ Event, [to]: get(one, from), Filter: filterOf(one) })),
    );
  const lists = {
    LambdaConfigurations: entries('LambdaFunctionConfigurations', 'LambdaFunctionArn', 'Function'),
    QueueConfigurations: entries('QueueConfigurations', 'QueueArn', 'Queue'),
    TopicConfigurations: entries('TopicConfigurations', 'TopicArn', 'Topic'),
  };
  const isBridged = get(configuration, 'EventBridgeConfiguration') !== undefined;
  if (!isBridged && Object.values(lists).every(({ length }) => length === 0)) return NONE;
  return { ...lists, EventBridgeConfiguration: isBridged ? { EventBridgeEnabled: true } : undefined };
}

function filterOf(entry: SnapshotJson): Loose {
  const rules = all(entry, 'Filter.Key.FilterRules.*');
  return rules.length === 0 ? undefined : { S3Key: { Rules: rules.map((rule) => pick(rule, 'Name', 'Value')) } };
}

function toWebsite(website: SnapshotJson): Loose {
  return {
    ...lift(website, { ErrorDocument: 'ErrorDocument.Key', IndexDocument: 'IndexDocument.Suffix' }),
    RedirectAllRequestsTo: where(get(website, 'RedirectAllRequestsTo'), (to) => pick(to, 'HostName', 'Protocol')),
    RoutingRules: each(website, 'RoutingRules', (rule) => ({
      RedirectRule: where(get(rule, 'Redirect'), (to) =>
        pick(to, 'HostName', 'HttpRedirectCode', 'Protocol', 'ReplaceKeyPrefixWith', 'ReplaceKeyWith'),
      ),
      RoutingRuleCondition: where(get(rule, 'Condition'), (condition) =>
        pick(condition, 'HttpErrorCodeReturnedEquals', 'KeyPrefixEquals'),
      ),
    })),
  };
}
