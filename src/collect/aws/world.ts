import type { Client, World } from './ask.js';
import { type Clock, gateOf, type Limit, paceOf } from './pace.js';

/** Of what a service grants, the rest of the account's tools keep what this leaves. */
export const DEFAULT_QUOTA_SHARE = 0.25;

/** Calls in flight, of one account and of all together. */
export const MOST_IN_FLIGHT = 8;
export const MOST_IN_FLIGHT_OF_ALL = 64;

export interface WorldSettings {
  /** Above 0, and at most 1. */
  readonly quotaShare?: number | undefined;
  readonly limit?: Limit | undefined;
}

/** The world as one account sees it. */
export function worldOf(
  client: Client,
  clock: Clock,
  random: () => number,
  { quotaShare = DEFAULT_QUOTA_SHARE, limit = gateOf(MOST_IN_FLIGHT_OF_ALL).lane(MOST_IN_FLIGHT) }: WorldSettings = {},
): World {
  return { client, clock, random, pace: paceOf(clock, quotaShare), limit, stoppedBy: undefined, reached: new Map() };
}
