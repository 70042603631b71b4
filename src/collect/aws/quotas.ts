/** What a service grants an account in a region: calls a second, and calls at once. */
export interface Quota {
  readonly perSecond: number;
  readonly burst: number;
}

/** Published where AWS publishes them; IAM, S3 and the rest are planned low. EC2 counts each operation by itself. */
const QUOTAS: Readonly<Record<string, Quota>> = {
  ec2: { perSecond: 20, burst: 100 },
  iam: { perSecond: 10, burst: 20 },
  kms: { perSecond: 100, burst: 100 },
  s3: { perSecond: 20, burst: 20 },
};

const OTHERS: Quota = { perSecond: 10, burst: 20 };

export function quotaOf(client: string): Quota {
  return QUOTAS[client] ?? OTHERS;
}
