import type { UsageLog } from '../../model/usage.js';
import { apiOperations } from '../../schemas/api-operations.js';
import { dataEventTypesOf, isUnrecorded, MANAGEMENT } from '../../schemas/data-events.js';
import { actionsOfEvent, eventRules } from '../../schemas/event-actions.js';
import { eventSourcesOf } from '../../schemas/event-sources.js';
import { iamActions } from '../../schemas/iam-actions.js';
import { eventResource, regionOf } from './event-arns.js';
import type { ActionEvents } from './event-selectors.js';
import { type LogWindows, logWindows, type Window } from './log-windows.js';
import { trailThatRecords } from './recording-trails.js';
import type { UnmappedEvent, UnseenReason, Usage, Use, Visibility, VisibilityQuestion } from './usage.js';
import type { PrincipalFacts, UsageFacts } from './usage-facts.js';
import { alwaysWrites } from './writing-actions.js';

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
  const tagging = servicesWritten(input.uses);
  // What holds for all principals of an account.
  const byAccount = new Map<string, Map<string, Visibility>>();
  let last: Asking | undefined;
  const asking = (principal: string): Asking => {
    if (last?.principal === principal) return last;
    const account = principal.split(':')[4] ?? '';
    const known = byAccount.get(account) ?? new Map<string, Visibility>();
    byAccount.set(account, known);
    last = { principal, account, known, facts: input.facts.principals.get(principal) };
    return last;
  };
  return ({ principal, action, resource }) => {
    const { account, known, facts } = asking(principal);
    const key = resource === undefined ? action : `${action} ${resource}`;
    let found = known.get(key);
    if (found === undefined) {
      found = visibleInLogs(input, windows, { account, action, resource });
      known.set(key, found);
    }
    const own = ofPrincipal(input, tagging, { principal, action }) ?? sinceCreation(facts, found);
    return own.kind === 'seen' ? own : (neverTried(facts, action) ?? own);
  };
}

/** What is the same for all questions about a principal. */
interface Asking {
  readonly principal: string;
  readonly account: string;
  readonly known: Map<string, Visibility>;
  readonly facts: PrincipalFacts | undefined;
}

/** Why uses of one principal are not seen. */
function ofPrincipal(
  { uncertain }: VisibilityInput,
  tagging: ReadonlyMap<string, ReadonlySet<string>>,
  { principal, action }: VisibilityQuestion,
): Visibility | undefined {
  const services = uncertain.get(principal);
  const written = tagging.get(principal);
  if (services === undefined && written === undefined) return undefined;
  const service = action.slice(0, action.indexOf(':'));
  const event = services?.get(service);
  if (event !== undefined)
    return unseen('unmapped-events', `No action is known for its events "${event.eventName}" of ${event.eventSource}.`);
  if (written?.has(service) === true && iamActions().actionNamed(action)?.level === 'Tagging')
    return unseen(
      'never-an-event',
      'Tags that are given when something is made are checked without an event of their own.',
    );
  return undefined;
}

/** Principal → the services of which it made something, perhaps with tags. */
function servicesWritten(uses: readonly Use[]): Map<string, Set<string>> {
  const written = new Map<string, Set<string>>();
  for (const { principal, action, state } of uses) {
    if (state === 'denied' || iamActions().actionNamed(action)?.level !== 'Write') continue;
    const services = written.get(principal) ?? new Set<string>();
    written.set(principal, services.add(action.slice(0, action.indexOf(':'))));
  }
  return written;
}

function visibleInLogs(
  input: VisibilityInput,
  windows: LogWindows,
  { account, action, resource }: Omit<VisibilityQuestion, 'principal'> & { readonly account: string },
): Visibility {
  const [service = '', name = ''] = action.split(':');
  const hidden = withoutEvent(action);
  if (hidden !== undefined) return unseen('never-an-event', hidden);
  const all = dataEventTypesOf(service, name);
  const { types: dataTypes, arns } =
    resource === undefined ? { types: all, arns: undefined } : eventResource(all, resource);
  const window = windows.windowOf(account, {
    isData: all.length > 0,
    isGlobal: GLOBAL_SERVICES.has(service),
    isWrite: alwaysWrites(action),
    region: regionOf(resource),
  });
  if (window.kind === 'unseen') return window;
  return recordedWithin(input, { account, service, name, dataTypes, arns }, window);
}

interface AskedAction {
  readonly account: string;
  readonly service: string;
  readonly name: string;
  readonly dataTypes: readonly string[];
  readonly arns: ActionEvents['arns'];
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
function withoutEvent(action: string): string | undefined {
  const [service = '', name = ''] = action.split(':');
  if (iamActions().actionNamed(action) === undefined) return 'The catalogue of actions does not have it.';
  if (isUnrecorded(service, name)) return 'CloudTrail is not known to record it.';
  if (eventNamesOf(action).length === 0) return 'It is no operation of its service: it is checked along with others.';
  return undefined;
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

function eventsOf({ service, name, dataTypes, arns }: AskedAction): ActionEvents {
  const action = `${service}:${name}`;
  const areWrites = alwaysWrites(action);
  return { dataTypes, sources: eventSourcesOf(service), names: eventNamesOf(action), areWrites, arns };
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
      // Of several types an event shows that there are files of one, and not of which.
      const [type = MANAGEMENT, ...others] = types;
      if (others.length === 0) found.add(type);
    }
  }
  const byAccount = typesByLog.get(events) ?? new Map<string, ReadonlySet<string>>();
  typesByLog.set(events, byAccount.set(account, found));
  return found;
}

const typesByLog = new WeakMap<UsageLog['events'], Map<string, ReadonlySet<string>>>();

/** What was made later did nothing before. */
function sinceCreation(facts: PrincipalFacts | undefined, visibility: Visibility): Visibility {
  const created = facts?.created;
  if (visibility.kind === 'unseen' || created === undefined || created <= visibility.from) return visibility;
  if (created >= visibility.to) return unseen('outside-window', `It was made at ${created}, after what was read.`);
  return { ...visibility, from: created };
}

/**
 * IAM User Guide, "Refine permissions using last accessed information": attempts that were denied count, so a service that was never
 * tried was not used; `iam:PassRole` is not tracked.
 */
function neverTried(facts: PrincipalFacts | undefined, action: string): Visibility | undefined {
  const last = facts?.lastAccessed;
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
