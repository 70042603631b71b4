/** What a service grants an account in a region, and where that is said. */
export interface Quota {
  readonly perSecond: number;
  /** Calls at once. */
  readonly burst: number;
  /** `documented`: in the service's documentation; `planned`: it publishes none, and this is low enough for all that was seen. */
  readonly source: 'documented' | 'planned';
  /** Where it is documented. */
  readonly page?: string;
  /** When it was last looked up. */
  readonly asOf: string;
}

const AS_OF = '2026-11-30';
const EC2 = 'https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html';
const KMS = 'https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html';
const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
const LOOKUP = 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html';

const documented = (perSecond: number, burst: number, page: string): Quota => ({
  perSecond,
  burst,
  source: 'documented',
  page,
  asOf: AS_OF,
});

const planned = (perSecond: number, burst: number): Quota => ({ perSecond, burst, source: 'planned', asOf: AS_OF });

/** Client, or client and operation → quota. The operation's own comes before its client's. */
const QUOTAS: Readonly<Record<string, Quota>> = {
  athena: planned(5, 10),
  'cloudtrail:LookupEvents': documented(2, 2, LOOKUP),
  config: planned(2, 2),
  ec2: documented(20, 100, EC2),
  elbv2: planned(10, 10),
  iam: planned(10, 20),
  kms: planned(15, 15),
  'kms:DescribeKey': documented(2000, 2000, KMS),
  'kms:GetKeyPolicy': documented(1000, 1000, KMS),
  'kms:GetKeyRotationStatus': documented(1000, 1000, KMS),
  'kms:ListAliases': documented(500, 500, KMS),
  'kms:ListGrants': documented(100, 100, KMS),
  'kms:ListKeys': documented(500, 500, KMS),
  'kms:ListResourceTags': documented(2000, 2000, KMS),
  lambda: documented(15, 15, LAMBDA),
  'lambda:GetPolicy': documented(15, 15, LAMBDA),
  logs: planned(10, 10),
  // Of the whole organization.
  organizations: planned(1, 2),
  rds: planned(10, 10),
  s3: planned(20, 20),
  's3:ListObjectsV2': planned(100, 100),
  ssm: planned(10, 10),
  sts: planned(20, 20),
};

const OTHERS: Quota = planned(10, 20);

/** The quota of an operation, or of all of a client's that have none of their own. */
export function quotaOf(client: string, operation = ''): Quota {
  return QUOTAS[`${client}:${operation}`] ?? QUOTAS[client] ?? OTHERS;
}

/** Operations of one class take from one bucket: EC2 counts each operation by itself, the others most of theirs together. */
export function quotaClass(client: string, operation: string): string {
  return client === 'ec2' || QUOTAS[`${client}:${operation}`] !== undefined ? `${client}:${operation}` : `${client}:`;
}

/** All that are written down. */
export const ALL_QUOTAS: readonly (readonly [name: string, quota: Quota])[] = [
  ...Object.entries(QUOTAS),
  ['others', OTHERS],
];
