import { DYNAMIC, STRING } from '../../../model/type.js';
import type { ElementExistence, ListValue, ObjectValue, Rest, Value } from '../../../model/value.js';
import { stringValue, unknownValue } from '../../../model/values.js';
import { compareText } from '../../../source/compare-text.js';

/** An element of a list, and how often it is there. */
export interface Occurrence {
  readonly value: Value;
  readonly existence: ElementExistence | undefined;
  /** Why it is not there exactly once. */
  readonly cause?: ListValue['existenceCause'];
}

/** The elements of a list with their existence; none for another value. */
export function occurrencesOf(value: Value | undefined): Occurrence[] {
  if (value?.kind !== 'list') return [];
  const { elements, existence, existenceCause: cause } = value;
  return elements.map((element, index) => ({ value: element, existence: existence?.get(index), cause }));
}

export function toList(occurrences: readonly Occurrence[], details: Omit<ListValue, 'kind' | 'elements'>): ListValue {
  const existence = new Map<number, ElementExistence>();
  for (const [index, entry] of occurrences.entries())
    if (entry.existence !== undefined) existence.set(index, entry.existence);
  const elements = occurrences.map(({ value }) => value);
  if (existence.size === 0) return { ...details, kind: 'list', elements };
  const existenceCause = occurrences.find((entry) => entry.existence !== undefined)?.cause;
  return { ...details, kind: 'list', elements, existence, existenceCause };
}

export function objectFrom(entries: readonly (readonly [string, Value])[], place?: Value): ObjectValue {
  return {
    kind: 'object',
    type: { kind: 'object', attributes: new Map(entries.map(([name]) => [name, DYNAMIC])) },
    entries: new Map(entries),
    origin: place?.origin,
  };
}

const KEYS = [
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
];

/** A statement of another document as the provider writes it again: what it knows of, in its order. */
export function knownKeys(statement: Value): Value {
  if (statement.kind !== 'object') return statement;
  const entries = KEYS.flatMap((key): [string, Value][] => {
    const value = statement.entries.get(key);
    return value === undefined ? [] : [[key, value]];
  });
  return { ...objectFrom(entries, statement), rest: statement.rest };
}

/** One `statement` block as AWS writes it. */
export function statementOf(block: Value): Value {
  if (block.kind !== 'object') return block;
  const field = (name: string) => {
    const value = block.entries.get(name);
    return value === undefined || value.kind === 'null' ? undefined : value;
  };
  const entries: [string, Value][] = [];
  const sid = field('sid');
  if (sid !== undefined && !(sid.kind === 'string' && sid.value === '')) entries.push(['Sid', sid]);
  entries.push(['Effect', field('effect') ?? stringValue('Allow', block.origin)]);
  for (const [name, key] of [
    ['actions', 'Action'],
    ['not_actions', 'NotAction'],
    ['resources', 'Resource'],
    ['not_resources', 'NotResource'],
  ] as const) {
    const value = textsOf(field(name));
    if (value !== undefined) entries.push([key, value]);
  }
  for (const [name, key] of [
    ['principals', 'Principal'],
    ['not_principals', 'NotPrincipal'],
  ] as const) {
    const value = principalsOf(field(name));
    if (value !== undefined) entries.push([key, value]);
  }
  const condition = conditionsOf(field('condition'));
  if (condition !== undefined) entries.push(['Condition', condition]);
  return objectFrom(entries, block);
}

/** A set of texts: in descending order; one alone as a text; undefined for none. */
function textsOf(value: Value | undefined): Value | undefined {
  if (value?.kind !== 'list') return value;
  return value.elements.length === 0 && value.rest === undefined ? undefined : joined([value], true);
}

interface Parts {
  readonly occurrences: Occurrence[];
  rest: Rest | undefined;
  origin: Value['origin'];
}

/** Lists one after the other, as one; one element alone as a text. */
function joined(lists: readonly Value[], isSorted: boolean): Value {
  const parts: Parts = { occurrences: [], rest: undefined, origin: lists[0]?.origin };
  for (const list of lists) {
    if (list.kind === 'list') {
      parts.occurrences.push(...occurrencesOf(list));
      parts.rest ??= list.rest;
    } else if (list.kind === 'unknown') {
      if (lists.length === 1) return list;
      parts.rest ??= { reason: list.reason, subject: list.subject };
    }
  }
  // Sorted as written: what stands for a variable is put in after that.
  if (isSorted) parts.occurrences.sort((a, b) => descending(a.value, b.value));
  const placed = parts.occurrences.map((entry) => ({ ...entry, value: withVariables(entry.value) }));
  const { rest, origin } = parts;
  const [only, second] = placed;
  if (only !== undefined && second === undefined && rest === undefined && only.existence === undefined)
    return { ...only.value, origin: only.value.origin ?? origin };
  return toList(placed, { type: { kind: 'list', element: STRING }, rest, origin });
}

function descending(a: Value, b: Value): number {
  return a.kind === 'string' && b.kind === 'string' ? compareText(b.value, a.value) : 0;
}

/** `&{aws:username}` stands for `${aws:username}`, which would be Terraform's own. */
function withVariables(value: Value): Value {
  if (value.kind === 'string')
    return value.value.includes('&{') ? { ...value, value: value.value.replaceAll('&{', '${') } : value;
  if (value.kind !== 'unknown' || value.parts === undefined) return value;
  return {
    ...value,
    parts: value.parts.map((part) => (typeof part === 'string' ? part.replaceAll('&{', '${') : part)),
  };
}

/** Why there may be more: the shape of a block says nothing of the map that it becomes. */
function openBy(value: Value | undefined, existenceCause: Occurrence['cause']): Rest {
  const cause = value?.kind === 'unknown' ? value : (existenceCause ?? unknownValue('uncertain-existence'));
  return { reason: cause.reason, subject: cause.subject };
}

function restOf(value: ListValue): Rest | undefined {
  return value.rest === undefined ? undefined : { reason: value.rest.reason, subject: value.rest.subject };
}

/** What may be missing or repeated is, in a list, an element that perhaps is there. */
function asPerhaps(value: Value, { existence, cause }: Occurrence): Value {
  if (existence === undefined || value.kind !== 'list') return value;
  const doubts = new Map(value.elements.map((_, index) => [index, existence]));
  return { ...value, existence: doubts, existenceCause: cause };
}

function principalsOf(value: Value | undefined): Value | undefined {
  if (value?.kind !== 'list') return value;
  const byType = new Map<string, Value[]>();
  let rest = restOf(value);
  for (const occurrence of occurrencesOf(value)) {
    const { value: principal, cause } = occurrence;
    const type = principal.kind === 'object' ? principal.entries.get('type') : principal;
    const identifiers = principal.kind === 'object' ? principal.entries.get('identifiers') : undefined;
    if (type?.kind !== 'string' || identifiers === undefined) rest ??= openBy(type, cause);
    else byType.set(type.value, [...(byType.get(type.value) ?? []), asPerhaps(identifiers, occurrence)]);
  }
  if (byType.size === 0 && rest === undefined) return undefined;
  const entries = inOrder(byType).map(([type, lists]): [string, Value] => [type, joined(lists, true)]);
  const [everyone, second] = entries;
  const isEveryone = second === undefined && rest === undefined && everyone?.[0] === '*';
  if (isEveryone && everyone[1].kind === 'string' && everyone[1].value === '*') return everyone[1];
  return { ...objectFrom(entries, value), rest };
}

function inOrder<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => compareText(a, b));
}

function conditionsOf(value: Value | undefined): Value | undefined {
  if (value?.kind !== 'list') return value;
  const tests = new Map<string, Map<string, Value[]>>();
  let rest = restOf(value);
  for (const { value: condition, existence, cause } of occurrencesOf(value)) {
    const field = (name: string) => (condition.kind === 'object' ? condition.entries.get(name) : undefined);
    const [test, variable, values] = [field('test'), field('variable'), field('values')];
    // A condition that is perhaps not there must not be counted on.
    if (test?.kind !== 'string' || variable?.kind !== 'string' || values === undefined || existence !== undefined) {
      rest ??= openBy(
        [test, variable, values, condition].find((part) => part?.kind === 'unknown'),
        cause,
      );
      continue;
    }
    const variables = tests.get(test.value) ?? new Map<string, Value[]>();
    const key = variable.value.replaceAll('&{', '${');
    variables.set(key, [...(variables.get(key) ?? []), values]);
    tests.set(test.value, variables);
  }
  if (tests.size === 0 && rest === undefined) return undefined;
  const entries = inOrder(tests).map(([test, variables]): [string, Value] => {
    const byVariable = inOrder(variables).map(([name, lists]): [string, Value] => [name, joined(lists, false)]);
    // Another condition with the same test may add a variable.
    return [test, { ...objectFrom(byVariable, value), rest }];
  });
  return { ...objectFrom(entries, value), rest };
}

/** The Sid of a statement; null where it has none; undefined where that is not known. */
export function sidOf(statement: Value): string | null | undefined {
  if (statement.kind !== 'object') return undefined;
  const sid = statement.entries.get('Sid');
  if (sid === undefined) return statement.rest === undefined ? null : undefined;
  if (sid.kind === 'string') return sid.value === '' ? null : sid.value;
  return sid.kind === 'null' ? null : undefined;
}
