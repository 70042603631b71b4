import type { Excess } from '../../findings/excess.js';
import type { UsageLog } from '../../model/usage.js';
import { openGrants } from '../rows/open-grants.js';
import type { AccessSources } from '../stated-world.js';
import { readUsageFacts } from '../usage/read-usage-facts.js';
import { toUsage } from '../usage/to-usage.js';
import { arnOf, principalExcess, usesByPrincipal } from './principal-excess.js';
import { sharedGrants } from './shared-grants.js';
import { unusedIdentities } from './unused-identities.js';

/**
 * What a graph grants that logs do not show used: evidence with each, and what cannot be told told apart.
 *
 * @param unusedDays so many days without a use make something unused, and of fewer that were looked at it is not known; undefined: all
 *   the time that was looked at, and 90 days for users, roles, keys and passwords
 */
export function excessOf(sources: AccessSources, log: UsageLog, unusedDays?: number): Excess {
  const facts = readUsageFacts(sources);
  const usage = toUsage(log, facts);
  const grants = openGrants(sources);
  const uses = usesByPrincipal(usage.uses);
  const input = { grants, usage, uses, unusedDays };
  return {
    principals: grants.principals.flatMap((resource) => principalExcess(input, resource) ?? []),
    unnamed: grants.principals
      .filter((resource) => arnOf(grants, resource) === undefined)
      .map(({ address }) => address),
    unused: unusedIdentities(grants, log, unusedDays),
    shared: sharedGrants(sources, log),
    unmapped: usage.unmapped.map(({ eventSource, eventName, count }) => ({ eventSource, eventName, count })),
  };
}
