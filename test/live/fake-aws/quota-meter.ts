import type { Call } from '../../../src/collect/aws/ask.js';
import { quotaClass, quotaOf } from '../../../src/collect/aws/quotas.js';

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Counts on the side of the service how often more than a share of its quotas was used. */
export class QuotaMeter {
  violations = 0;
  calls = 0;
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly share: number) {}

  take(
    account: string,
    { client, operation, region }: Pick<Call, 'client' | 'operation' | 'region'>,
    now: number,
  ): void {
    const { perSecond, burst } = quotaOf(client, operation);
    const most = Math.max(1, burst * this.share);
    const key = `${account} ${region} ${quotaClass(client, operation)}`;
    const bucket = this.buckets.get(key) ?? { tokens: most, filledAt: now };
    this.buckets.set(key, bucket);
    bucket.tokens = Math.min(most, bucket.tokens + ((now - bucket.filledAt) / 1000) * perSecond * this.share);
    bucket.filledAt = now;
    this.calls += 1;
    if (bucket.tokens < 1 - 1e-6) this.violations += 1;
    bucket.tokens = Math.max(0, bucket.tokens - 1);
  }
}
