import type { UnknownValue, Value } from '../model/value.js';
import { allConditionsMet, someConditionRestricts } from './condition.js';
import { allowsEveryone, deniesOutsiders } from './everyone.js';
import { type Pattern, toActionPattern, toPattern } from './pattern.js';
import {
  coversAction,
  coversResource,
  elementsOf,
  fieldOf,
  hasEffect,
  isEmptyList,
  namesEveryone,
  overlapsWith,
  someElement,
  unknownsIn,
} from './statement.js';
import { and, not, or, type Ternary, type Verdict } from './verdict.js';

/** Services whose resources have children of their own under `ARN/*`. */
const SERVICES_WITH_CHILDREN = new Set(['s3']);

/** Whether an Allow of the statement covers both patterns (`"*"`, `"*"`: everything). Conditions count as satisfiable. */
export function statementAllows(statement: Value, action: string, resource: string): Verdict {
  const [actionPattern, resourcePattern] = patternsOf(action, resource);
  return verdict(allows(statement, actionPattern, resourcePattern), [statement]);
}

function allows(statement: Value, action: Pattern, resource: Pattern): Ternary {
  return and(hasEffect(statement, 'Allow'), coversAction(statement, action), coversResource(statement, resource));
}

/** Whether one statement of the document allows it and no unconditional Deny takes some of it away. */
export function documentAllows(document: Value, action: string, resource: string): Verdict {
  const [actionPattern, resourcePattern] = patternsOf(action, resource);
  const allowed = someStatement(document, (statement) => allows(statement, actionPattern, resourcePattern));
  const denied = someStatement(document, (statement) =>
    and(
      hasEffect(statement, 'Deny'),
      hasNoCondition(statement),
      isForEveryone(statement),
      overlapsWith(statement, actionPattern, resourcePattern),
    ),
  );
  const value = and(allowed.value, not(denied.value));
  return {
    value,
    decidedBy: value === false && denied.value === true ? denied.decidedBy : allowed.decidedBy,
    unknowns: value === undefined ? unknownsIn(document) : [],
  };
}

/** An identity policy has no principals: it is for whoever it is attached to. */
function isForEveryone(statement: Value): Ternary {
  const principals = fieldOf(statement, 'principals');
  const excluded = fieldOf(statement, 'not_principals');
  const isUnset = (value: Value | undefined) => value === undefined || isEmptyList(value);
  return isUnset(principals) && isUnset(excluded) ? true : namesEveryone(statement);
}

function hasNoCondition(statement: Value): Ternary {
  const { elements, isOpen } = elementsOf(fieldOf(statement, 'condition'));
  if (elements.some(({ existence }) => existence === 'once')) return false;
  return isOpen || elements.length > 0 ? undefined : true;
}

/** Whether the statement allows everyone, and no condition narrows it. */
export function statementIsPublic(statement: Value): Verdict {
  return verdict(allowsEveryone(statement), [statement]);
}

/** Whether some statement of the document is public, and no other one denies outsiders what it allows. */
export function documentIsPublic(document: Value): Verdict {
  const { elements } = statementsOf(document);
  const denies = elements
    .filter(({ existence }) => existence === 'once')
    .map(({ value }) => ({ value, answer: deniesOutsiders(value) }))
    .filter(({ answer }) => answer !== false);
  const isTakenAway = (statement: Value) =>
    or(...denies.map(({ value, answer }) => and(answer, coversStatement(value, statement))), false);
  const answer = someStatement(document, (statement) => {
    const isPublic = allowsEveryone(statement);
    return isPublic === false || denies.length === 0 ? isPublic : and(isPublic, not(isTakenAway(statement)));
  });
  return { ...answer, unknowns: answer.value === undefined ? unknownsIn(document) : [] };
}

/** Whether everything that one statement is about, another one is about too. Both are of the same document. */
function coversStatement(statement: Value, other: Value): Ternary {
  const action = (value: Value) => coversAction(statement, toActionPattern(value) ?? EVERYTHING);
  return and(
    everyTarget(other, 'actions', action),
    everyTarget(other, 'resources', (value) => coversTarget(statement, value)),
  );
}

const EVERYTHING: Pattern = { widest: '*', isExact: true };

/** Whether it holds for each of the actions or resources that a statement names; of all but some, for all. */
function everyTarget(statement: Value, field: 'actions' | 'resources', test: (value: Value) => Ternary): Ternary {
  const named = fieldOf(statement, field);
  if (named === undefined) return test({ kind: 'null' });
  return not(someElement(named, (value) => not(test(value))));
}

function coversTarget(statement: Value, resource: Value): Ternary {
  const text = ownText(resource);
  const isNamed = elementsOf(fieldOf(statement, 'resources')).elements.some(
    ({ value, existence }) => existence === 'once' && ownText(value) === text,
  );
  return (
    isNamed ||
    coversOwnResources([statement], true) === true ||
    coversResource(statement, toPattern(resource) ?? EVERYTHING)
  );
}

/** Whether a condition of the statement restricts it to values of one of the keys. */
export function isRestrictedBy(statement: Value, keys: readonly string[]): Verdict {
  const conditions = fieldOf(statement, 'condition');
  return verdict(someConditionRestricts(statement, keys), [conditions ?? statement]);
}

/**
 * Whether the document denies everyone every action of its service on the resource and its children when the context's
 * keys have these values. The document is a resource's own: an ARN in it can only name that resource or its children.
 */
export function deniesAll(document: Value, context: ReadonlyMap<string, string>, service?: string): Verdict {
  const keys = new Map([...context].map(([key, value]) => [key.toLowerCase(), value]));
  const denies: { readonly statement: Value; readonly answer: Ternary }[] = [];
  const { elements, isOpen } = statementsOf(document);
  for (const { value: statement, existence } of elements) {
    const answer = and(
      hasEffect(statement, 'Deny'),
      allConditionsMet(statement, keys),
      deniesEveryone(statement),
      existence === 'once' ? true : undefined,
    );
    if (answer !== false) denies.push({ statement, answer });
  }
  const isDenied = (candidates: readonly Value[]) => coversEverything(candidates, service);
  const certain = denies.filter(({ answer }) => answer === true).map(({ statement }) => statement);
  const possible = denies.map(({ statement }) => statement);
  const value = or(isDenied(certain), isDenied(possible) === false ? false : undefined, isOpen ? undefined : false);
  const settled = value === undefined && !isOpen && isDenied(possible) === false ? false : value;
  return {
    value: settled,
    decidedBy: certain.length > 0 ? certain : [document],
    unknowns: settled === undefined ? unknownsIn(document) : [],
  };
}

function deniesEveryone(statement: Value): Ternary {
  const excluded = fieldOf(statement, 'not_principals');
  if (excluded !== undefined && !isEmptyList(excluded)) return false;
  return namesEveryone(statement);
}

/** Whether the statements together cover one service's actions on the resource and, where it has them, its children. */
function coversEverything(statements: readonly Value[], service: string | undefined): Ternary {
  const services = service === undefined ? servicesOf(statements) : [service];
  return or(
    ...services.map((name) => {
      const all = { widest: name === '*' ? '*' : `${name}:*`, isExact: true };
      const answers = statements.map((statement) => coversAction(statement, all));
      const full = statements.filter((_, index) => answers[index] === true);
      const maybe = statements.filter((_, index) => answers[index] !== false);
      const needsChildren = SERVICES_WITH_CHILDREN.has(name) || name === '*';
      if (coversOwnResources(full, needsChildren) === true) return true;
      return coversOwnResources(maybe, needsChildren) === false ? false : undefined;
    }),
    false,
  );
}

function servicesOf(statements: readonly Value[]): string[] {
  const names = new Set<string>();
  for (const statement of statements) {
    const { elements, isOpen } = elementsOf(fieldOf(statement, 'actions'));
    if (isOpen) names.add('*');
    for (const { value } of elements) {
      const pattern = toActionPattern(value)?.widest ?? '*';
      names.add(pattern.includes(':') ? (pattern.split(':')[0] ?? '*') : '*');
    }
  }
  return [...names].sort();
}

function coversOwnResources(statements: readonly Value[], needsChildren: boolean): Ternary {
  const resources: (readonly string[])[] = [];
  let isOpen = false;
  for (const statement of statements) {
    const excluded = fieldOf(statement, 'not_resources');
    if (excluded !== undefined && !isEmptyList(excluded)) continue;
    const named = fieldOf(statement, 'resources');
    if (named === undefined) resources.push(['*']);
    const list = elementsOf(named);
    isOpen ||= list.isOpen;
    for (const { value } of list.elements) resources.push(possibleTexts(value));
  }
  if (resources.length === 0) return isOpen ? undefined : false;
  if (!needsChildren) return true;
  // Nothing that has a slash is the resource, whatever its unknown parts are.
  const own = resources.filter((texts) => !texts.every(namesChild));
  if (own.length === 0) return isOpen ? undefined : false;
  // Whichever of them it is, it is the one resource, and so is the one that the children are below.
  const holdsChildren = (texts: readonly string[]) => {
    const children = texts.map((text) => `${text}/*`);
    return !texts.some(namesChild) && resources.some((other) => isSameSet(other, children));
  };
  const isAll = (text: string) => text.endsWith('*') && !namesChild(text);
  if (own.some((texts) => texts.every(isAll) || holdsChildren(texts))) return true;
  const isDecided = resources.every((texts) => texts.length === 1 && !texts[0]?.includes(FREE));
  return isOpen || !isDecided ? undefined : false;
}

/** Of `arn:aws:s3:::orchard/2024` or `/*`: it names some of what the resource holds. */
function namesChild(text: string): boolean {
  return text.includes('/');
}

/** The texts that a value may be, each once: several where it depends on a condition. */
function possibleTexts(value: Value): readonly string[] {
  if (value.kind !== 'unknown' || value.alternatives === undefined) return [ownText(value)];
  const texts = value.alternatives.map((one) => (one.kind === 'absent' ? FREE : ownText(one)));
  return [...new Set(texts)];
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((text) => others.includes(text));
}

/** The text of an ARN in a resource's own policy. Its partition is the resource's: another one the service refuses. */
function ownText(value: Value): string {
  const parts = value.kind === 'unknown' ? value.parts : undefined;
  if (value.kind !== 'unknown' || parts === undefined) return withoutPartition(identityText(value));
  const [start, partition, rest] = parts;
  const isOpen = start === 'arn:' && typeof partition === 'object' && typeof rest === 'string' && rest.startsWith(':');
  return isOpen ? identityText({ ...value, parts: [start, ...parts.slice(2)] }) : withoutPartition(identityText(value));
}

function withoutPartition(text: string): string {
  return text.replace(/^arn:aws[a-z-]*:/, 'arn::');
}

/** Marks an unknown text that could be anything, a wildcard too. */
const FREE = '\u0000';
/** Marks the unknown name of a resource: it holds no wildcard. */
const NAME = '\u0001';

/** A text that is equal for equal values: the unknown parts of a partly known one are marked, named by their identity. */
function identityText(value: Value): string {
  if (value.kind !== 'unknown') return toPattern(value)?.widest ?? '';
  if (value.parts !== undefined)
    return value.parts.map((part) => (typeof part === 'string' ? part : identityText(part))).join('');
  const mark = (value.refersTo?.length ?? 0) > 0 ? NAME : FREE;
  // Marks and slashes in the identity are none of the text.
  return `${mark}${identityOf(value).replace(/[\0\u0001/]/g, '\u0002')}${mark}`;
}

function identityOf(value: UnknownValue): string {
  const references = (value.refersTo ?? []).map(({ root, address, attribute }) => `${root} ${address} ${attribute}`);
  return value.identity ?? (references.length > 0 ? references.join(' ') : `${value.reason} ${value.subject ?? ''}`);
}

function patternsOf(action: string, resource: string): [Pattern, Pattern] {
  const lower = action.toLowerCase();
  return [
    { widest: lower === '*:*' ? '*' : lower, isExact: true },
    { widest: resource, isExact: true },
  ];
}

function statementsOf(document: Value) {
  if (document.kind === 'object') return elementsOf(document.entries.get('statement') ?? undefined);
  return elementsOf(document.kind === 'unknown' ? { ...document, type: { kind: 'dynamic' } } : undefined);
}

function someStatement(document: Value, test: (statement: Value) => Ternary): Verdict {
  const { elements, isOpen } = statementsOf(document);
  const decided: Value[] = [];
  const answers = elements.map(({ value, existence }) => {
    const answer = test(value);
    if (answer === true) decided.push(value);
    return existence === 'once' || answer === false ? answer : undefined;
  });
  return {
    value: or(...answers, isOpen ? undefined : false),
    decidedBy: decided.length > 0 ? decided : [document],
    unknowns: [],
  };
}

function verdict(value: Ternary, decidedBy: readonly Value[]): Verdict {
  return { value, decidedBy, unknowns: value === undefined ? decidedBy.flatMap((decider) => unknownsIn(decider)) : [] };
}
