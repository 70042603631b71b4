import type { SnapshotFeed, SnapshotFeeds } from '../../src/model/snapshot.js';

/** What each operation tells of a type: `null` for which resources there are. */
const TOLD: Readonly<Record<string, Readonly<Record<string, readonly (string | null)[]>>>> = {
  'AWS::S3::Bucket': {
    's3:ListBuckets': [null, 'BucketName'],
    's3:GetPublicAccessBlock': ['PublicAccessBlockConfiguration'],
    's3:GetBucketPolicy': ['@policy'],
    's3:GetBucketAcl': ['@acl', '@grant'],
    's3:GetBucketOwnershipControls': ['OwnershipControls'],
    's3:GetBucketEncryption': ['BucketEncryption'],
    's3:GetBucketVersioning': ['VersioningConfiguration'],
    's3:GetBucketLogging': ['LoggingConfiguration'],
    's3:GetBucketLifecycleConfiguration': ['LifecycleConfiguration'],
    's3:GetBucketTagging': ['Tags'],
  },
  'AWS::S3::BucketPolicy': { 's3:GetBucketPolicy': ['*'] },
  'AWS::EC2::SecurityGroup': {
    'ec2:DescribeSecurityGroups': [null, 'GroupName', 'GroupDescription', 'VpcId', 'Tags'],
    'ec2:DescribeSecurityGroupRules': ['SecurityGroupIngress', 'SecurityGroupEgress'],
  },
  'AWS::IAM::Role': {
    'iam:GetAccountAuthorizationDetails': [
      null,
      'RoleName',
      'Path',
      'AssumeRolePolicyDocument',
      'ManagedPolicyArns',
      'Policies',
      'PermissionsBoundary',
      'Tags',
    ],
    'iam:ListRoles': ['Description', 'MaxSessionDuration'],
  },
  'AWS::Lambda::Function': { 'lambda:GetPolicy': ['@policy'] },
  aws_account: {
    'iam:GetAccountPasswordPolicy': ['password_policy'],
    's3control:GetPublicAccessBlock': ['s3_public_access_block'],
  },
  aws_region: {
    'ec2:GetEbsEncryptionByDefault': ['ebs_encryption_by_default'],
  },
};

let feeds: Map<string, SnapshotFeed[]> | undefined;

/** Operation → what it tells, of the few that the fixture was collected by. */
export function snapshotFeeds(): SnapshotFeeds {
  if (feeds !== undefined) return feeds;
  feeds = new Map();
  for (const [type, operations] of Object.entries(TOLD)) {
    for (const [operation, paths] of Object.entries(operations)) {
      const told = paths.map((path) => ({ type, path }));
      feeds.set(operation, [...(feeds.get(operation) ?? []), ...told]);
    }
  }
  return feeds;
}
