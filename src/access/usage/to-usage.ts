import type { EventCount, EventPrincipal, UsageLog } from '../../model/usage.js';
import { servicesWithAction } from '../../schemas/event-actions.js';
import { servicesOfEventSource } from '../../schemas/event-sources.js';
import { iamActions } from '../../schemas/iam-actions.js';
import { eventMapper, type MappedUse } from './map-event.js';
import type { UnmappedEvent, Usage, Use } from './usage.js';
import type { UsageFacts } from './usage-facts.js';
import { visibilityOf } from './visibility.js';

/**
 * The uses of actions that logs show, and what of uses they cannot show. The order of the events does not matter. What a
 * principal did before it was deleted and made again under its name is not its use.
 */
export function toUsage(log: UsageLog, facts: UsageFacts): Usage {
  const uses = new Map<string, Use>();
  const unmapped = new Map<string, UnmappedDraft>();
  const mapEvent = eventMapper();
  for (const event of log.events) {
    const principal = principalOf(event.principal, facts);
    const mapped = mapEvent(event);
    if (mapped.kind === 'unmapped') addUnmapped(unmapped, event, principal);
    if (mapped.kind !== 'uses' || principal === undefined) continue;
    for (const use of mapped.uses) addUse(uses, event, { ...use, principal });
  }
  const sorted = [...uses].sort(byKey).map(([, use]) => use);
  const listed = [...unmapped].sort(byKey).map(
    ([, { principals, ...rest }]): UnmappedEvent => ({
      ...rest,
      principals: [...principals].sort(),
    }),
  );
  return {
    uses: sorted,
    unmapped: listed,
    visibility: visibilityOf({ log, facts, uses: sorted, uncertain: uncertainServices(listed) }),
  };
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The user, role or root that events are attributed to; undefined: none whose policies allowed them. */
function principalOf({ kind, name, id }: EventPrincipal, { principals }: UsageFacts): string | undefined {
  if (kind !== 'user' && kind !== 'role' && kind !== 'root' && kind !== 'federated-user') return undefined;
  if (name === '') return undefined;
  const known = principals.get(name)?.id;
  const isAnother = known !== undefined && id !== undefined && /^A[A-Z]{3}/.test(id) && idOf(id) !== known;
  return isAnother ? undefined : name;
}

/** The id of a session is the role's with the session's name behind it. */
function idOf(id: string): string {
  return id.split(':')[0] ?? id;
}

function addUse(uses: Map<string, Use>, event: EventCount, use: MappedUse & { readonly principal: string }): void {
  const { principal, action, resource, state, context } = use;
  const key = JSON.stringify([
    principal,
    action,
    resource ?? null,
    state,
    event.region,
    Object.entries(context).sort(),
  ]);
  const { people, count, first, last, eventIds, region } = event;
  const before = uses.get(key);
  uses.set(key, {
    principal,
    action,
    resource,
    state,
    region,
    context,
    people: atMostFive(before?.people ?? [], people),
    count: (before?.count ?? 0) + count,
    first: before === undefined || first < before.first ? first : before.first,
    last: before === undefined || last > before.last ? last : before.last,
    eventIds: atMostFive(before?.eventIds ?? [], eventIds),
  });
}

function atMostFive(some: readonly string[], others: readonly string[]): string[] {
  return [...new Set([...some, ...others])].sort().slice(0, 5);
}

interface UnmappedDraft {
  readonly eventSource: string;
  readonly eventName: string;
  readonly principals: Set<string>;
  count: number;
}

function addUnmapped(unmapped: Map<string, UnmappedDraft>, event: EventCount, principal: string | undefined): void {
  const { eventSource, eventName, count } = event;
  const key = JSON.stringify([eventSource, eventName]);
  const draft = unmapped.get(key) ?? { eventSource, eventName, principals: new Set<string>(), count: 0 };
  draft.count += count;
  if (principal !== undefined) draft.principals.add(principal);
  unmapped.set(key, draft);
}

/**
 * Principal → the services of which unmapped events may be uses, with one of the events. Where the source of an event is that of no
 * service, they are those that have an action of its name.
 */
function uncertainServices(unmapped: readonly UnmappedEvent[]): Map<string, Map<string, UnmappedEvent>> {
  const uncertain = new Map<string, Map<string, UnmappedEvent>>();
  const catalogue = iamActions();
  for (const event of unmapped) {
    const named = servicesOfEventSource(event.eventSource).filter(
      (service) => catalogue.actionsOf(service) !== undefined,
    );
    const services = named.length > 0 ? named : servicesWithAction(event.eventName);
    for (const principal of event.principals) {
      const all = uncertain.get(principal) ?? new Map<string, UnmappedEvent>();
      for (const service of services) if (!all.has(service)) all.set(service, event);
      uncertain.set(principal, all);
    }
  }
  return uncertain;
}
