import type { PrincipalExcess, ServiceExcess, WideGrant } from '../findings/excess.js';
import type { AccessFacts, FactList, ListedFact, UnusedFacts } from '../model/access-facts.js';
import { type Resource, resourceKey } from '../model/resource.js';
import type { UsageLog } from '../model/usage.js';
import type { UnknownValue } from '../model/value.js';
import { unknownValue } from '../model/values.js';
import { assumedBehind, decidingValues } from './deciding-values.js';
import { excessOf } from './excess/excess.js';
import type { AccessSources } from './stated-world.js';

/** What principals are granted and did not use; without logs nobody knows. */
export function unusedFacts(
  sources: AccessSources,
  usage: UsageLog | undefined,
  unusedDays?: number,
): AccessFacts['unused'] {
  if (usage === undefined) return () => ({ items: [], rest: NO_LOGS });
  let byPrincipal: ReadonlyMap<string, PrincipalExcess> | undefined;
  return (principal) => {
    byPrincipal ??= new Map(
      excessOf(sources, usage, unusedDays).principals.map((excess) => [
        resourceKey(excess.root, excess.principal),
        excess,
      ]),
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
  const unused = excess.services.filter((service) => service.unused.length + certainlyWide(service).length > 0);
  const untouched = unused.filter(({ used }) => used.length === 0);
  const isWide = untouched.length > maxServices;
  const items = (isWide ? unused.filter((service) => !untouched.includes(service)) : unused).map((service) =>
    toItem(sources, principal, service),
  );
  if (isWide) items.push(toItem(sources, principal, joinServices(untouched), '*'));
  return { items, rest: openEnd(excess) };
}

/** More services than these of which nothing was used are one item: somebody may do everything. */
const maxServices = 20;

function joinServices(services: readonly ServiceExcess[]): ServiceExcess {
  return {
    service: `${services.length} services`,
    granted: services.reduce((sum, { granted }) => sum + granted, 0),
    used: [],
    unused: services.flatMap(({ unused }) => unused),
    unknown: services.flatMap(({ unknown }) => unknown),
    lastUse: null,
    wide: [],
    openResources: [],
    grants: [
      ...new Map(
        services.flatMap(({ grants }) => grants.map((grant) => [JSON.stringify([grant.policy, grant.sid]), grant])),
      ).values(),
    ],
  };
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
  excess: ServiceExcess,
  name = excess.service,
): ListedFact<UnusedFacts> {
  const { service, unused, used, unknown, grants } = excess;
  const wide = certainlyWide(excess);
  const deciding = grants.length > 0 ? grants : wide.map(({ grant }) => grant);
  const actions = [...new Set(unused.flatMap((group) => group.actions))];
  const shown = actions.slice(0, maxExamples).join(', ');
  const more = actions.length - maxExamples;
  return {
    name,
    facts: {
      service,
      actions: actions.length,
      examples: more > 0 ? `${shown} and ${more} more` : shown,
      whole: used.length === 0 && unknown.length === 0,
      wide: wideText(wide),
    },
    decidedBy: decidingValues(sources, principal, deciding),
    unknowns: [],
    assumed: assumedBehind(sources, principal, deciding),
  };
}

/** What is too wide whatever denies and boundaries leave of it. */
function certainlyWide({ wide }: ServiceExcess): readonly WideGrant[] {
  return wide.filter(({ isLimited }) => !isLimited);
}

/** `s3:GetObject on * was used on arn:aws:s3:::rye/* only`: the first of them, and how many more statements. */
function wideText(wide: readonly WideGrant[]): string {
  const [first] = wide;
  if (first === undefined) return '';
  const { actions, resources, usedOn } = first;
  const where = usedOn.length === 0 ? 'used on other resources only' : `used on ${shortList(usedOn)} only`;
  const more = wide.length > 1 ? `, and ${wide.length - 1} more` : '';
  return `${shortList(actions)} on ${shortList(resources)}: ${where}${more}`;
}

function shortList(texts: readonly string[]): string {
  const more = texts.length - 1;
  return `${texts[0] ?? ''}${more > 0 ? ` and ${more} more` : ''}`;
}
