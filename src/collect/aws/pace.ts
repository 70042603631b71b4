import { type Quota, quotaOf } from './quotas.js';

/** Milliseconds, and waiting for them. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** Lets calls through as fast as a share of the quotas allows. */
export interface Pace {
  /** Waits for a token, and keeps it for a call. */
  keep(key: string): Promise<void>;
  /** The call that a token was kept for is sent. */
  spend(key: string): void;
  /** The service said that calls come too fast. */
  slowDown(key: string): void;
  /** A call was answered. */
  speedUp(key: string): void;
}

interface Bucket {
  readonly base: number;
  readonly most: number;
  rate: number;
  tokens: number;
  /** Tokens of calls that wait for something else: one that were gone already would be filled up again meanwhile. */
  kept: number;
  filledAt: number;
  /** When all that came before have theirs: only one waits for the clock. */
  turn: Promise<void>;
}

const SLOWER = 0.7;
const SLOWEST = 1 / 16;
const FASTER = 0.05;

/** Buckets of tokens: one a client, and for EC2 one an operation, in each account and region. `share` is at most 1. */
export function paceOf(clock: Clock, share: number): Pace {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (key: string): Bucket => {
    const found = buckets.get(key);
    if (found !== undefined) return found;
    const bucket = newBucket(quotaOf(key.slice(0, key.indexOf(':'))), share, clock.now());
    buckets.set(key, bucket);
    return bucket;
  };
  return {
    keep: (key) => {
      const bucket = bucketOf(key);
      bucket.turn = bucket.turn.then(() => keepToken(bucket, clock));
      return bucket.turn;
    },
    spend: (key) => {
      const bucket = bucketOf(key);
      fill(bucket, clock.now());
      bucket.tokens -= 1;
      bucket.kept -= 1;
    },
    slowDown: (key) => {
      const bucket = bucketOf(key);
      bucket.rate = Math.max(bucket.base * SLOWEST, bucket.rate * SLOWER);
      bucket.tokens = 0;
    },
    speedUp: (key) => {
      const bucket = bucketOf(key);
      bucket.rate = Math.min(bucket.base, bucket.rate + bucket.base * FASTER);
    },
  };
}

async function keepToken(bucket: Bucket, clock: Clock): Promise<void> {
  for (;;) {
    fill(bucket, clock.now());
    const missing = 1 - (bucket.tokens - bucket.kept);
    if (missing <= 0) break;
    // A millisecond more: a clock that rounds down would ask again and again.
    await clock.sleep(Math.ceil((missing / bucket.rate) * 1000) + 1);
  }
  bucket.kept += 1;
}

function fill(bucket: Bucket, now: number): void {
  bucket.tokens = Math.min(bucket.most, bucket.tokens + ((now - bucket.filledAt) / 1000) * bucket.rate);
  bucket.filledAt = now;
}

function newBucket({ perSecond, burst }: Quota, share: number, now: number): Bucket {
  const base = perSecond * share;
  const most = Math.max(1, burst * share);
  return { base, most, rate: base, tokens: most, kept: 0, filledAt: now, turn: Promise.resolve() };
}

/** At most so many at once; the others wait in order. */
export function limitTo(most: number): <T>(run: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (run) => {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      // The place goes to the one that waits: it is never free in between.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
