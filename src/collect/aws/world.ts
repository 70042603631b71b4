import type { Client, World } from './ask.js';
import { type Clock, limitTo, paceOf } from './pace.js';

/** Of what a service grants, the rest of the account's tools keep this much. */
const QUOTA_SHARE = 0.25;
const MOST_IN_FLIGHT = 8;

export function worldOf(client: Client, clock: Clock, random: () => number): World {
  return {
    client,
    clock,
    random,
    pace: paceOf(clock, QUOTA_SHARE),
    limit: limitTo(MOST_IN_FLIGHT),
    stoppedBy: undefined,
  };
}
