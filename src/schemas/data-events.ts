import { dataEventRules } from './data-event-rules.js';

/** A line of the table: patterns of a service's actions, and the page that says it; `url` is `-` where none settles it. */
export interface DataEventRule {
  readonly kind: 'data' | 'only' | 'none';
  readonly service: string;
  /** Of data events: the types of resources that trails have to ask for. */
  readonly types: readonly string[];
  readonly patterns: readonly string[];
  readonly source: { readonly title: string; readonly url: string };
}

/** Stands among types of data events: some uses of the action are management events. */
export const MANAGEMENT = 'management';

interface ServiceRules {
  readonly data: readonly { readonly types: readonly string[]; readonly matches: RegExp }[];
  readonly none: readonly RegExp[];
  /** Undefined: all that is no data event is recorded. */
  readonly only: RegExp | undefined;
}

let compiled: ReadonlyMap<string, ServiceRules> | undefined;

/**
 * The types of resources that a trail has to ask for so that it records every use of an action; none for what is recorded as a management
 * event, `management` among them for what is recorded as either.
 */
export function dataEventTypesOf(service: string, action: string): readonly string[] {
  const rules = rulesOf(service)?.data ?? [];
  if (rules.length === 0) return NO_TYPES;
  const key = `${service}:${action}`;
  let types = typesByAction.get(key);
  if (types === undefined) {
    types = [...new Set(rules.flatMap((rule) => (rule.matches.test(action) ? rule.types : [])))];
    typesByAction.set(key, types);
  }
  return types;
}

const NO_TYPES: readonly string[] = [];
const typesByAction = new Map<string, readonly string[]>();

/** Whether no page tells that the action leaves an event, though an operation has its name. */
export function isUnrecorded(service: string, action: string): boolean {
  const rules = rulesOf(service);
  if (rules === undefined) return false;
  if (rules.none.some((matches) => matches.test(action))) return true;
  const isData = rules.data.some(({ matches }) => matches.test(action));
  return !isData && rules.only !== undefined && !rules.only.test(action);
}

/** All lines of the table. */
export function listDataEventRules(): DataEventRule[] {
  const rules: DataEventRule[] = [];
  let source = { title: '', url: '' };
  for (const line of dataEventRules().trim().split('\n')) {
    const [kind = '', first = '', ...words] = line.split(' ');
    if (kind === '=') source = { url: first, title: words.join(' ') };
    else if (kind === 'data') {
      const [types = '', ...patterns] = words;
      rules.push({ kind, service: first, types: types.split(','), patterns, source });
    } else if (kind === 'only' || kind === 'none')
      rules.push({ kind, service: first, types: [], patterns: words, source });
  }
  return rules;
}

function rulesOf(service: string): ServiceRules | undefined {
  compiled ??= compile(listDataEventRules());
  return compiled.get(service);
}

function compile(rules: readonly DataEventRule[]): Map<string, ServiceRules> {
  const byService = new Map<string, ServiceRules>();
  for (const { kind, service, types, patterns } of rules) {
    const known = byService.get(service) ?? { data: [], none: [], only: undefined };
    const matches = toExpression(patterns);
    byService.set(service, {
      data: kind === 'data' ? [...known.data, { types, matches }] : known.data,
      none: kind === 'none' ? [...known.none, matches] : known.none,
      only: kind === 'only' ? matches : known.only,
    });
  }
  return byService;
}

function toExpression(patterns: readonly string[]): RegExp {
  return new RegExp(`^(?:${patterns.map((pattern) => pattern.replaceAll('*', '.*')).join('|')})$`, 'i');
}
