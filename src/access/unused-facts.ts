import type { PrincipalExcess, ServiceExcess } from '../findings/excess.js';
import type { AccessFacts, FactList, ListedFact, UnusedFacts } from '../model/access-facts.js';
import { type Resource, resourceKey } from '../model/resource.js';
import type { UsageLog } from '../model/usage.js';
import type { UnknownValue } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import { decidingValues } from './deciding-values.js';
import { excessOf } from './excess/excess.js';
import type { AccessSources } from './stated-world.js';

/** What principals are granted and did not use; without logs nobody knows. */
export function unusedFacts(sources: AccessSources, usage: UsageLog | undefined): AccessFacts['unused'] {
  if (usage === undefined) return () => ({ items: [], rest: NO_LOGS });
  let byPrincipal: ReadonlyMap<string, PrincipalExcess> | undefined;
  return (principal) => {
    byPrincipal ??= new Map(
      excessOf(sources, usage).principals.map((excess) => [resourceKey(excess.root, excess.principal), excess]),
    );
    return unusedBy(sources, principal, byPrincipal.get(principal.key));
  };
}

const NO_LOGS = unknownValue('not-collected', { subject: 'what was used: give --logs or --usage' });

function unusedBy(
  sources: AccessSources,
  principal: Resource,
  excess: PrincipalExcess | undefined,
): FactList<UnusedFacts> {
  if (excess === undefined)
    return { items: [], rest: unknownValue('outside-input', { subject: `arn of ${principal.address}` }) };
  const items = excess.services.flatMap((service) => toItem(sources, principal, service) ?? []);
  return { items, rest: openEnd(excess) };
}

/** Why more may be unused than is listed. */
function openEnd({ services, unknownPolicies }: PrincipalExcess): UnknownValue | undefined {
  const [policy] = unknownPolicies;
  if (policy !== undefined) return unknownValue('outside-input', { subject: policy });
  const unknown = services.flatMap((service) => service.unknown)[0];
  return unknown === undefined ? undefined : unknownValue('not-collected', { subject: unknown.detail });
}

/** SAFETY: how many actions a message names. */
const maxExamples = 3;

function toItem(
  sources: AccessSources,
  principal: Resource,
  { service, unused, used, unknown, grants }: ServiceExcess,
): ListedFact<UnusedFacts> | undefined {
  const actions = unused.flatMap((group) => group.actions);
  if (actions.length === 0) return undefined;
  const shown = actions.slice(0, maxExamples).join(', ');
  const more = actions.length - maxExamples;
  return {
    name: service,
    facts: {
      service,
      actions: actions.length,
      examples: more > 0 ? `${shown} and ${more} more` : shown,
      whole: used.length === 0 && unknown.length === 0,
    },
    decidedBy: decidingValues(sources, principal, grants),
    unknowns: [],
  };
}
