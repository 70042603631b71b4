import type { Use } from '../usage/usage.js';

/** Something that was done and is to stay allowed: uses that differ only in when, how often and by whom are one call. */
export interface Call {
  /** `s3:GetObject` */
  readonly action: string;
  /** An ARN, or `*` for an action without resources; undefined where no event shows it. */
  readonly resource: string | undefined;
  readonly region: string;
  /** Keys of the request that are known, in lower case. */
  readonly context: Readonly<Record<string, string>>;
  readonly count: number;
  /** ISO 8601 in UTC. */
  readonly last: string;
  readonly eventIds: readonly string[];
  /** The event may have been about this, and does not say so: it stays allowed where it is, and is no call that was seen. */
  readonly isPerhaps?: true;
}

/**
 * The calls of a principal's uses, in the order of action, resource, context and region. What was perhaps done (`unsure`) counts as
 * done; what was denied does not.
 */
export function toCalls(uses: readonly Use[]): Call[] {
  const calls = new Map<string, Call>();
  for (const { action, resource, region, context, count, last, eventIds, state } of uses) {
    if (state === 'denied') continue;
    const keys = Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1));
    const key = JSON.stringify([action.toLowerCase(), resource ?? null, keys, region]);
    const known = calls.get(key);
    calls.set(
      key,
      known === undefined
        ? { action, resource, region, context, count, last, eventIds }
        : {
            ...known,
            count: known.count + count,
            last: [known.last, last].sort().at(-1) ?? last,
            eventIds: [...known.eventIds, ...eventIds].slice(0, maxEventIds),
          },
    );
  }
  return [...calls].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, call]) => call);
}

const maxEventIds = 5;
