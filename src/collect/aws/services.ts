import type { SdkService } from './sdk/sdk-service.js';

/** The SDK's part of each service is a file of its own, read when it is first called. */
export const SDK_SERVICES: Readonly<Record<string, () => Promise<{ readonly service: SdkService }>>> = {
  accessanalyzer: () => import('./sdk/accessanalyzer.js'),
  account: () => import('./sdk/account.js'),
  cloudtrail: () => import('./sdk/cloudtrail.js'),
  config: () => import('./sdk/config.js'),
  dynamodb: () => import('./sdk/dynamodb.js'),
  ec2: () => import('./sdk/ec2.js'),
  ecr: () => import('./sdk/ecr.js'),
  eks: () => import('./sdk/eks.js'),
  elbv2: () => import('./sdk/elbv2.js'),
  guardduty: () => import('./sdk/guardduty.js'),
  iam: () => import('./sdk/iam.js'),
  kms: () => import('./sdk/kms.js'),
  lambda: () => import('./sdk/lambda.js'),
  logs: () => import('./sdk/logs.js'),
  organizations: () => import('./sdk/organizations.js'),
  rds: () => import('./sdk/rds.js'),
  s3: () => import('./sdk/s3.js'),
  s3control: () => import('./sdk/s3control.js'),
  secretsmanager: () => import('./sdk/secretsmanager.js'),
  securityhub: () => import('./sdk/securityhub.js'),
  sns: () => import('./sdk/sns.js'),
  sqs: () => import('./sdk/sqs.js'),
  ssm: () => import('./sdk/ssm.js'),
  sts: () => import('./sdk/sts.js'),
};
