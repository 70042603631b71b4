import type { Answers } from './iam-answers.js';
import { textOf } from './iam-answers.js';
import { CREATED_AT } from './identity.js';
import { ORGANIZATION_OF_GRANARY } from './organization.js';
import { roleArn } from './statements.js';
import { type Account, HOME, type Json, MANAGEMENT, PRODUCTION, REGIONS, type Resource } from './types.js';

const { resources } = ORGANIZATION_OF_GRANARY;

/** All of them lie where the organization is at home. */
function ofKind<Kind extends Resource['kind']>(kind: Kind, account: Account, region: Json | undefined) {
  return resources.filter(
    (one): one is Extract<Resource, { readonly kind: Kind }> =>
      one.kind === kind && one.account === account && region === HOME,
  );
}

const ORGANIZATION_TRAIL = {
  Name: 'everything',
  TrailARN: `arn:aws:cloudtrail:${HOME}:${MANAGEMENT}:trail/everything`,
  HomeRegion: HOME,
  S3BucketName: 'granary-trails',
  IncludeGlobalServiceEvents: true,
  IsMultiRegionTrail: true,
  IsOrganizationTrail: true,
  LogFileValidationEnabled: true,
  HasInsightSelectors: false,
  HasCustomEventSelectors: false,
};

/** The objects and functions of production, in a trail of their own. */
const DATA_TRAIL = {
  Name: 'production-data',
  TrailARN: `arn:aws:cloudtrail:${HOME}:${PRODUCTION}:trail/production-data`,
  HomeRegion: HOME,
  S3BucketName: 'granary-data-trails',
  IncludeGlobalServiceEvents: false,
  IsMultiRegionTrail: true,
  IsOrganizationTrail: false,
  LogFileValidationEnabled: true,
  HasInsightSelectors: false,
  HasCustomEventSelectors: true,
};

const trailAnswers: Answers = {
  'cloudtrail:DescribeTrails': (account) => ({
    trailList: account === PRODUCTION ? [ORGANIZATION_TRAIL, DATA_TRAIL] : [ORGANIZATION_TRAIL],
  }),
  'cloudtrail:GetTrailStatus': () => ({
    IsLogging: true,
    LatestDeliveryTime: '2026-11-22T09:00:00Z',
    StartLoggingTime: CREATED_AT,
  }),
  'cloudtrail:GetEventSelectors': (_, { TrailName }) =>
    TrailName === DATA_TRAIL.TrailARN
      ? {
          TrailARN: DATA_TRAIL.TrailARN,
          EventSelectors: [
            {
              ReadWriteType: 'All',
              IncludeManagementEvents: false,
              DataResources: [
                { Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] },
                { Type: 'AWS::Lambda::Function', Values: ['arn:aws:lambda'] },
              ],
              ExcludeManagementEventSources: [],
            },
          ],
        }
      : {
          TrailARN: ORGANIZATION_TRAIL.TrailARN,
          AdvancedEventSelectors: [
            { Name: 'management', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
          ],
        },
  'cloudtrail:ListTags': (_, { ResourceIdList }) => ({
    ResourceTagList: [{ ResourceId: Array.isArray(ResourceIdList) ? ResourceIdList[0] : null, TagsList: [] }],
  }),
};

const ABSENT_OF_BUCKETS: Readonly<Record<string, string>> = {
  GetBucketOwnershipControls: 'OwnershipControlsNotFoundError',
  GetBucketEncryption: 'ServerSideEncryptionConfigurationNotFoundError',
  GetBucketLifecycleConfiguration: 'NoSuchLifecycleConfiguration',
  GetBucketReplication: 'ReplicationConfigurationNotFoundError',
  GetObjectLockConfiguration: 'ObjectLockConfigurationNotFoundError',
  GetBucketWebsite: 'NoSuchWebsiteConfiguration',
  GetBucketCors: 'NoSuchCORSConfiguration',
  GetBucketTagging: 'NoSuchTagSet',
};

function bucketNamed(account: Account, name: Json | undefined) {
  return ofKind('bucket', account, HOME).find((bucket) => bucket.name === name);
}

const bucketAnswers: Answers = {
  's3:ListBuckets': (account) => ({
    Buckets: ofKind('bucket', account, HOME).map(({ name }) => ({
      Name: name,
      CreationDate: CREATED_AT,
      BucketRegion: HOME,
    })),
    Owner: { ID: `owner-${account}` },
  }),
  's3:GetPublicAccessBlock': (account, { Bucket }) =>
    bucketNamed(account, Bucket)?.isPublicAccessBlocked === true
      ? {
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            IgnorePublicAcls: true,
            BlockPublicPolicy: true,
            RestrictPublicBuckets: true,
          },
        }
      : { error: 'NoSuchPublicAccessBlockConfiguration' },
  's3control:GetPublicAccessBlock': () => ({ error: 'NoSuchPublicAccessBlockConfiguration' }),
  's3:GetBucketPolicy': (account, { Bucket }) => {
    const policy = bucketNamed(account, Bucket)?.policy;
    return policy === undefined ? { error: 'NoSuchBucketPolicy' } : { Policy: textOf(policy) };
  },
  's3:GetBucketAcl': (account) => ({
    Owner: { ID: `owner-${account}` },
    Grants: [{ Grantee: { Type: 'CanonicalUser', ID: `owner-${account}` }, Permission: 'FULL_CONTROL' }],
  }),
  's3:GetBucketOwnershipControls': () => ({
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  }),
  's3:GetBucketVersioning': () => ({}),
  's3:GetBucketLogging': () => ({}),
  's3:GetBucketNotificationConfiguration': () => ({}),
  ...Object.fromEntries(
    Object.entries(ABSENT_OF_BUCKETS)
      .filter(([operation]) => operation !== 'GetBucketOwnershipControls')
      .map(([operation, error]) => [`s3:${operation}`, () => ({ error })]),
  ),
};

const functionAnswers: Answers = {
  'lambda:ListFunctions': (account, { '@region': region }) => ({
    Functions: ofKind('function', account, region).map(({ name, role }) => ({
      FunctionName: name,
      FunctionArn: `arn:aws:lambda:${HOME}:${account}:function:${name}`,
      Runtime: 'nodejs22.x',
      Role: roleArn(account, role),
      Handler: 'index.handler',
      CodeSize: 1,
      Description: '',
      Timeout: 3,
      MemorySize: 128,
      LastModified: '2025-05-01T10:00:00.000+0000',
      PackageType: 'Zip',
      Architectures: ['arm64'],
      EphemeralStorage: { Size: 512 },
      LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}` },
      SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      TracingConfig: { Mode: 'PassThrough' },
    })),
  }),
  'lambda:GetPolicy': (account, { FunctionName }) => {
    const policy = ofKind('function', account, HOME).find(({ name }) => name === FunctionName)?.policy;
    return policy === undefined ? { error: 'ResourceNotFoundException' } : { Policy: textOf(policy) };
  },
  'lambda:ListFunctionUrlConfigs': () => ({ FunctionUrlConfigs: [] }),
  'lambda:GetFunctionConcurrency': () => ({}),
  'lambda:ListTags': () => ({ Tags: {} }),
};

function instanceEntry(account: Account, id: string, profile: string | undefined): Json {
  return {
    InstanceId: id,
    InstanceType: 't3.micro',
    ImageId: 'ami-0granary',
    EbsOptimized: true,
    SourceDestCheck: true,
    PrivateIpAddress: '10.0.0.5',
    LaunchTime: CREATED_AT,
    RootDeviceName: '/dev/xvda',
    State: { Code: 16, Name: 'running' },
    Placement: { AvailabilityZone: `${HOME}a`, Tenancy: 'default' },
    Monitoring: { State: 'disabled' },
    BlockDeviceMappings: [],
    MetadataOptions: {
      State: 'applied',
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 1,
      HttpEndpoint: 'enabled',
      HttpProtocolIpv6: 'disabled',
      InstanceMetadataTags: 'disabled',
    },
    NetworkInterfaces: [],
    SecurityGroups: [],
    Tags: [],
    ...(profile === undefined
      ? {}
      : { IamInstanceProfile: { Arn: `arn:aws:iam::${account}:instance-profile/${profile}`, Id: 'AIPAGRANARY' } }),
  };
}

const keyAnswers: Answers = {
  'kms:ListKeys': (account, { '@region': region }) => ({
    Keys: ofKind('key', account, region).map(({ id }) => ({
      KeyId: id,
      KeyArn: `arn:aws:kms:${HOME}:${account}:key/${id}`,
    })),
    Truncated: false,
  }),
  'kms:DescribeKey': (account, { KeyId }) => ({
    KeyMetadata: {
      KeyId: String(KeyId),
      Arn: `arn:aws:kms:${HOME}:${account}:key/${KeyId}`,
      Description: '',
      Enabled: true,
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyState: 'Enabled',
      KeyManager: 'CUSTOMER',
      Origin: 'AWS_KMS',
      MultiRegion: false,
    },
  }),
  'kms:GetKeyPolicy': (account, { KeyId }) => ({
    Policy: textOf(ofKind('key', account, HOME).find(({ id }) => id === KeyId)?.policy ?? []),
    PolicyName: 'default',
  }),
  'kms:GetKeyRotationStatus': (_, { KeyId }) => ({ KeyRotationEnabled: true, KeyId: String(KeyId) }),
  'kms:ListGrants': () => ({ Grants: [], Truncated: false }),
  'kms:ListResourceTags': () => ({ Tags: [], Truncated: false }),
};

function secretArn(account: Account, name: string): string {
  return `arn:aws:secretsmanager:${HOME}:${account}:secret:${name}-AbCdEf`;
}

const secretAnswers: Answers = {
  'secretsmanager:ListSecrets': (account, { '@region': region }) => ({
    SecretList: ofKind('secret', account, region).map(({ name }) => ({
      ARN: secretArn(account, name),
      Name: name,
      Description: '',
      RotationEnabled: false,
      CreatedDate: CREATED_AT,
      LastChangedDate: CREATED_AT,
      Tags: [],
    })),
  }),
  'secretsmanager:GetResourcePolicy': (account, { SecretId }) => {
    const secret = ofKind('secret', account, HOME).find(({ name }) => secretArn(account, name) === SecretId);
    const policy = secret?.policy === undefined ? {} : { ResourcePolicy: textOf(secret.policy) };
    return { ARN: String(SecretId), Name: secret?.name ?? '', ...policy };
  },
};

/** What the services answer whose resources the organization has. The input has the region that is asked, too. */
export const serviceAnswers: Answers = {
  ...trailAnswers,
  ...bucketAnswers,
  ...functionAnswers,
  ...keyAnswers,
  ...secretAnswers,
  'ec2:DescribeRegions': () => ({
    Regions: [
      ...REGIONS.map((RegionName) => ({ RegionName, OptInStatus: 'opt-in-not-required', Endpoint: 'x' })),
      { RegionName: 'me-south-1', OptInStatus: 'not-opted-in', Endpoint: 'y' },
    ],
  }),
  'ec2:DescribeInstances': (account, { '@region': region }) => ({
    Reservations: ofKind('instance', account, region).map(({ id, profile }) => ({
      ReservationId: `r-${id}`,
      Instances: [instanceEntry(account, id, profile)],
    })),
  }),
};
