import { type Quota, quotaClass, quotaOf } from './quotas.js';

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

/** Buckets of tokens for one account: one a class of operations in each region. `share` is at most 1. */
export function paceOf(clock: Clock, share: number): Pace {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (key: string): Bucket => {
    const found = buckets.get(key);
    if (found !== undefined) return found;
    const bucket = newBucket(quotaOfKey(key), share, clock.now());
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

/** `client:operation@region`, where the class has an operation of its own: `client:@region` otherwise. */
export function paceKey(client: string, operation: string, region: string): string {
  return `${quotaClass(client, operation)}@${region}`;
}

function quotaOfKey(key: string): Quota {
  const [client = '', operation = ''] = key.slice(0, key.indexOf('@')).split(':');
  return quotaOf(client, operation);
}

/** Runs something when there is room for it. */
export type Limit = <T>(run: () => Promise<T>) => Promise<T>;

/** A gate through which calls of several accounts go, each in its turn. */
export interface Gate {
  /** A lane for one account: of its own calls at most so many at once. */
  lane(most: number): Limit;
}

interface Lane {
  readonly most: number;
  readonly waiting: (() => void)[];
  running: number;
}

/** At most so many at once, in turn over the lanes that wait; in a lane the first comes first. */
export function gateOf(most: number): Gate {
  let running = 0;
  // Lanes with somebody who waits, in the order of their turns: each is here at most once.
  const turns: Lane[] = [];
  const next = (): void => {
    for (let left = turns.length; left > 0 && running < most; left--) {
      const lane = turns.shift();
      if (lane === undefined) return;
      if (lane.running < lane.most) enter(lane)?.();
      if (lane.waiting.length > 0) turns.push(lane);
    }
  };
  const enter = (lane: Lane): (() => void) | undefined => {
    const resume = lane.waiting.shift();
    if (resume === undefined) return undefined;
    running += 1;
    lane.running += 1;
    return resume;
  };
  return {
    lane: (mostInLane) => {
      const lane: Lane = { most: mostInLane, waiting: [], running: 0 };
      return async (run) => {
        await new Promise<void>((resolve) => {
          lane.waiting.push(resolve);
          if (lane.waiting.length === 1) turns.push(lane);
          next();
        });
        try {
          return await run();
        } finally {
          running -= 1;
          lane.running -= 1;
          next();
        }
      };
    },
  };
}

/** At most so many at once; the others wait in order. */
export function limitTo(most: number): Limit {
  return gateOf(most).lane(most);
}
