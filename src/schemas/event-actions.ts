import { apiOperations } from './api-operations.js';
import { eventActionRules } from './event-action-rules.js';
import { servicesOfEventSource } from './event-sources.js';
import { iamActions } from './iam-actions.js';

/** What an event stands for. */
export type EventActions =
  | {
      readonly kind: 'actions';
      /** All were needed; of each list one was. */
      readonly needed: readonly (readonly string[])[];
      /** Needed instead, where the request has the parameter. */
      readonly instead: Readonly<Record<string, readonly string[]>>;
      /** Needed too, where the request has the parameter. */
      readonly also: Readonly<Record<string, readonly string[]>>;
      /** Perhaps needed too: the event does not show it. */
      readonly perhaps: readonly string[];
      /** The page that says so; undefined where the action has the event's name. */
      readonly source: EventSource | undefined;
    }
  | { readonly kind: 'none'; readonly why: 'sign-in' | 'service-event' | 'no-permission'; readonly source: EventSource }
  | { readonly kind: 'unmapped' };

export interface EventSource {
  readonly title: string;
  readonly url: string;
}

/** An event whose actions are not those of the same name, as the table has it. */
export interface EventRule {
  readonly service: string;
  readonly event: string;
  readonly actions: EventActions;
}

let rules: ReadonlyMap<string, EventActions> | undefined;

/**
 * The actions of an event: by the table of those that are named otherwise, else by the same name in the services of its source.
 *
 * @param service in the place of the source's services, where the event's resource is of another one (`s3-outposts`)
 */
export function actionsOfEvent(eventSource: string, eventName: string, service?: string): EventActions {
  const services = service === undefined ? servicesOfEventSource(eventSource) : [service];
  const name = operationName(services[0] ?? '', eventName);
  rules ??= new Map(eventRules().map((rule) => [`${rule.service}:${rule.event}`.toLowerCase(), rule.actions]));
  for (const one of services) {
    const rule = rules.get(`${one}:${name}`.toLowerCase());
    if (rule !== undefined) return rule;
  }
  const same = services.flatMap((one) => namedActions(one, name));
  return same.length === 0
    ? { kind: 'unmapped' }
    : { kind: 'actions', needed: [same], instead: {}, also: {}, perhaps: [], source: undefined };
}

/** Services that have an action of the event's name: where its source is not known, it may be one of theirs. */
export function servicesWithAction(eventName: string): readonly string[] {
  const catalogue = iamActions();
  return catalogue.services.filter((service) => namedActions(service, eventName).length > 0);
}

function namedActions(service: string, name: string): string[] {
  if (service === 'apigateway')
    return apiOperations()
      .gatewayVerbsOf(name)
      .map((verb) => `apigateway:${verb}`);
  const action = iamActions().actionsOf(service)?.get(name.toLowerCase());
  return action === undefined ? [] : [action.name];
}

/**
 * AWS Lambda Developer Guide, "Logging AWS Lambda API calls using AWS CloudTrail", and Amazon CloudFront Developer Guide, the page of
 * the same name: names have the date of their version at the end, `GetFunction20150331v2`, `UpdateDistribution2014_01_31`.
 */
export function operationName(service: string, eventName: string): string {
  if (service === 'lambda') return eventName.replace(/20\d{6}(v\d+)?$/, '');
  return service === 'cloudfront' ? eventName.replace(/20\d\d_\d\d_\d\d$/, '') : eventName;
}

/** All events of the table. */
export function eventRules(): EventRule[] {
  const found: EventRule[] = [];
  let page = { title: '', url: '' };
  let service = '';
  for (const line of eventActionRules().trim().split('\n')) {
    const [first = '', second = '', ...rest] = line.split(' ');
    if (first === '=') page = { url: second, title: rest.join(' ') };
    else if (first === '@') service = second;
    else {
      const source = { title: page.title, url: page.url.replace('{event}', first) };
      found.push({ service, event: first, actions: parseRule([second, ...rest], source) });
    }
  }
  return found;
}

const WITHOUT_ACTION = ['sign-in', 'service-event', 'no-permission'] as const;

function parseRule(words: readonly string[], source: EventSource): EventActions {
  const why = WITHOUT_ACTION.find((reason) => words[0] === `-${reason}`);
  if (why !== undefined) return { kind: 'none', why, source };
  const needed: string[][] = [];
  const instead: Record<string, string[]> = {};
  const also: Record<string, string[]> = {};
  const perhaps: string[] = [];
  for (const word of words) {
    const [, name = '', sign, action = ''] = /^(\w+)([=+])(.+)$/.exec(word) ?? [];
    if (sign === '=') instead[name] = [...(instead[name] ?? []), action];
    else if (sign === '+') also[name] = [...(also[name] ?? []), action];
    else if (word.startsWith('?')) perhaps.push(word.slice(1));
    else needed.push(word.split('|'));
  }
  return { kind: 'actions', needed, instead, also, perhaps, source };
}
