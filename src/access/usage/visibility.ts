import type { UsageLog } from '../../model/usage.js';
import { apiOperations } from '../../schemas/api-operations.js';
import { dataEventTypesOf, isUnrecorded } from '../../schemas/data-events.js';
import { actionsOfEvent, eventRules } from '../../schemas/event-actions.js';
import { eventSourcesOf } from '../../schemas/event-sources.js';
import { iamActions } from '../../schemas/iam-actions.js';
import type { ActionEvents } from './event-selectors.js';
import { type LogWindows, logWindows, type Window } from './log-windows.js';
import { trailThatRecords } from './recording-trails.js';
import type { UnmappedEvent, UnseenReason, Usage, Use, Visibility, VisibilityQuestion } from './usage.js';
import type { LastAccessed, UsageFacts } from './usage-facts.js';

interface VisibilityInput {
  readonly log: UsageLog;
  readonly facts: UsageFacts;
  readonly uses: readonly Use[];
  /** Principal → services of which unmapped events may be uses. */
  readonly uncertain: ReadonlyMap<string, ReadonlyMap<string, UnmappedEvent>>;
}

/** Answers whether every use of an action by a principal would have been seen: in the logs, or by what IAM says of services. */
export function visibilityOf(input: VisibilityInput): Usage['visibility'] {
  const windows = logWindows(input.log, input.facts);
  const known = new Map<string, Visibility>();
  return (asked) => {
    const key = `${asked.principal}\0${asked.action}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const inLogs = visibleInLogs(input, windows, asked);
    const answer = inLogs.kind === 'seen' ? inLogs : (neverTried(input.facts, asked) ?? inLogs);
    known.set(key, answer);
    return answer;
  };
}

function visibleInLogs(input: VisibilityInput, windows: LogWindows, asked: VisibilityQuestion): Visibility {
  const [service = '', name = ''] = asked.action.split(':');
  const hidden = withoutEvent(input, asked);
  if (hidden !== undefined) return unseen('never-an-event', hidden);
  const account = asked.principal.split(':')[4] ?? '';
  const event = input.uncertain.get(asked.principal)?.get(service);
  if (event !== undefined)
    return unseen('unmapped-events', `No action is known for its events "${event.eventName}" of ${event.eventSource}.`);
  const dataTypes = dataEventTypesOf(service, name);
  const window = windows.windowOf(account, { isData: dataTypes.length > 0, isGlobal: GLOBAL_SERVICES.has(service) });
  if (window.kind === 'unseen') return window;
  return sinceCreation(
    input.facts,
    asked.principal,
    recordedWithin(input, { account, service, name, dataTypes }, window),
  );
}

interface AskedAction {
  readonly account: string;
  readonly service: string;
  readonly name: string;
  readonly dataTypes: readonly string[];
}

/** The event history of 90 days has all management events, whatever trails there are; files have what their trails record. */
function recordedWithin({ facts, log }: VisibilityInput, asked: AskedAction, window: Window): Visibility {
  const { from, to } = window;
  if (window.isHistory && asked.dataTypes.length === 0) return { kind: 'seen', from, to };
  const trails = facts.trails.get(asked.account);
  if (trails === undefined)
    return unseen('no-trail', `The trails of ${asked.account} are not in the input: what they record is not known.`);
  const recording = trailThatRecords({
    trails,
    events: eventsOf(asked),
    regions: window.regions,
    isGlobal: GLOBAL_SERVICES.has(asked.service),
    givenTypes: givenTypes(log, asked.account),
  });
  if (recording.kind === 'unseen') return recording;
  const since = recording.since !== undefined && recording.since > from ? recording.since : from;
  return since < to
    ? { kind: 'seen', from: since, to }
    : unseen('outside-window', 'Its trail records only since then.');
}

/** IAM User Guide, "Working with services in IAM"; AWS General Reference, "Service endpoints": one endpoint for all regions. */
const GLOBAL_SERVICES: ReadonlySet<string> = new Set([
  'account',
  'budgets',
  'ce',
  'cloudfront',
  'globalaccelerator',
  'health',
  'iam',
  'networkmanager',
  'organizations',
  'route53',
  'route53domains',
  'shield',
  'support',
  'waf',
]);

/** Why the action leaves no event of its own; undefined: it leaves one. */
function withoutEvent({ uses }: VisibilityInput, { principal, action }: VisibilityQuestion): string | undefined {
  const [service = '', name = ''] = action.split(':');
  const known = iamActions().actionsOf(service)?.get(name.toLowerCase());
  if (known === undefined) return 'The catalogue of actions does not have it.';
  if (isUnrecorded(service, name)) return 'CloudTrail is not known to record it.';
  if (eventNamesOf(action).length === 0) return 'It is no operation of its service: it is checked along with others.';
  const isTag = known.level === 'Tagging' && uses.some((use) => mayTag(use, principal, service));
  return isTag ? 'Tags that are given when something is made are checked without an event of their own.' : undefined;
}

function mayTag(use: Use, principal: string, service: string): boolean {
  if (use.principal !== principal || use.state === 'denied' || !use.action.startsWith(`${service}:`)) return false;
  const name = use.action.slice(service.length + 1);
  return iamActions().actionsOf(service)?.get(name.toLowerCase())?.level === 'Write';
}

let named: ReadonlyMap<string, readonly string[]> | undefined;

/** The names of the events that stand for an action, perhaps. */
function eventNamesOf(action: string): readonly string[] {
  const [service = '', name = ''] = action.split(':');
  named ??= namesByAction();
  const others = named.get(action) ?? [];
  const verbs = service === 'apigateway' && /^[A-Z]+$/.test(name) ? [name] : [];
  return apiOperations().isWithoutOperation(service, name) ? [...others, ...verbs] : [name, ...others];
}

function namesByAction(): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { event, actions } of eventRules()) {
    if (actions.kind !== 'actions') continue;
    const certain = [...actions.needed, ...Object.values(actions.instead), ...Object.values(actions.also)].flat();
    for (const action of certain) names.set(action, [...(names.get(action) ?? []), event]);
  }
  return names;
}

function eventsOf({ service, name, dataTypes }: AskedAction): ActionEvents {
  return { dataTypes, sources: eventSourcesOf(service), names: eventNamesOf(`${service}:${name}`) };
}

/** The types of data events of which the log has some, in an account, and `management`. */
function givenTypes({ events }: UsageLog, account: string): ReadonlySet<string> {
  const known = typesByLog.get(events)?.get(account);
  if (known !== undefined) return known;
  const found = new Set<string>();
  for (const event of events) {
    if (event.account !== account) continue;
    const actions = actionsOfEvent(event.eventSource, event.eventName);
    for (const action of actions.kind === 'actions' ? actions.needed.flat() : []) {
      const [service = '', name = ''] = action.split(':');
      const types = dataEventTypesOf(service, name);
      for (const type of types.length === 0 ? ['management'] : types) found.add(type);
    }
  }
  const byAccount = typesByLog.get(events) ?? new Map<string, ReadonlySet<string>>();
  typesByLog.set(events, byAccount.set(account, found));
  return found;
}

const typesByLog = new WeakMap<UsageLog['events'], Map<string, ReadonlySet<string>>>();

/** What was made later did nothing before. */
function sinceCreation({ principals }: UsageFacts, principal: string, visibility: Visibility): Visibility {
  if (visibility.kind === 'unseen') return visibility;
  const created = principals.get(principal)?.created;
  if (created === undefined || created <= visibility.from) return visibility;
  if (created >= visibility.to) return unseen('outside-window', `It was made at ${created}, after what was read.`);
  return { ...visibility, from: created };
}

/**
 * IAM User Guide, "Refine permissions using last accessed information": attempts that were denied count, so a service that was never
 * tried was not used; `iam:PassRole` is not tracked.
 */
function neverTried({ principals }: UsageFacts, { principal, action }: VisibilityQuestion): Visibility | undefined {
  const facts = principals.get(principal);
  const last: LastAccessed | undefined = facts?.lastAccessed;
  const [service = '', name = ''] = action.split(':');
  if (last?.at === undefined || last.services.get(service) !== 'none') return undefined;
  if (action === 'iam:PassRole' || apiOperations().isWithoutOperation(service, name)) return undefined;
  const tracked = new Date(Date.parse(last.at) - TRACKED_DAYS * 86_400_000).toISOString().replace('.000Z', 'Z');
  const from = facts?.created !== undefined && facts.created > tracked ? facts.created : tracked;
  return { kind: 'seen', from, to: last.at, by: 'last-accessed' };
}

/** How far IAM looks back. */
const TRACKED_DAYS = 400;

function unseen(reason: UnseenReason, detail: string): Visibility {
  return { kind: 'unseen', reason, detail };
}
