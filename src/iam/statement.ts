import type { StatementField } from '../model/policy-document.js';
import type { ElementExistence, UnknownValue, Value } from '../model/value.js';
import { type AttributesOfTypes, isReadOf } from '../model/values.js';
import { covers, overlaps, type Pattern, toActionPattern, toPattern } from './pattern.js';
import { and, not, or, type Ternary } from './verdict.js';

/** A value of a statement's field; undefined where the statement does not have it. A null counts as not there. */
export function fieldOf(
  statement: Value,
  field: StatementField | 'type' | 'identifiers' | 'test' | 'variable' | 'values',
): Value | undefined {
  if (statement.kind === 'unknown') return statement;
  if (statement.kind !== 'object') return undefined;
  const value =
    statement.entries.get(field) ?? (statement.rest === undefined ? undefined : restUnknown(statement.rest));
  return value?.kind === 'null' ? undefined : value;
}

/** An element of a list, with whether it is there. */
export interface Element {
  readonly value: Value;
  readonly existence: ElementExistence | 'once';
}

/** The elements of a list value, and whether there may be others. A scalar is a list of one. */
export function elementsOf(value: Value | undefined): {
  readonly elements: readonly Element[];
  readonly isOpen: boolean;
} {
  if (value === undefined || value.kind === 'null') return { elements: [], isOpen: false };
  if (value.kind === 'unknown' && value.type.kind !== 'string') return { elements: [], isOpen: true };
  if (value.kind !== 'list') return { elements: [{ value, existence: 'once' }], isOpen: false };
  const elements = value.elements.map(
    (element, index): Element => ({ value: element, existence: value.existence?.get(index) ?? 'once' }),
  );
  return { elements, isOpen: value.rest !== undefined };
}

/** Whether some element satisfies the test: an element that only perhaps exists cannot make it true. */
export function someElement(value: Value | undefined, test: (element: Value) => Ternary): Ternary {
  const { elements, isOpen } = elementsOf(value);
  const answers = elements.map(({ value: element, existence }) => {
    const answer = test(element);
    return existence === 'once' || answer === false ? answer : undefined;
  });
  return or(...answers, isOpen ? undefined : false);
}

/** Undefined also for what IAM refuses: without an effect, or with one that is neither, in either case of letters. */
export function hasEffect(statement: Value, effect: 'Allow' | 'Deny'): Ternary {
  const value = fieldOf(statement, 'effect');
  if (value?.kind !== 'string' || (value.value !== 'Allow' && value.value !== 'Deny')) return undefined;
  return value.value === effect;
}

/** Whether the statement's actions hold every action that matches the pattern. */
export function coversAction(statement: Value, action: Pattern): Ternary {
  return coversBy(statement, { include: 'actions', exclude: 'not_actions', parse: toActionPattern, target: action });
}

/** Whether the statement's resources hold every resource that matches the pattern. Without any (a trust policy): all. */
export function coversResource(statement: Value, resource: Pattern): Ternary {
  const hasNone = fieldOf(statement, 'resources') === undefined && fieldOf(statement, 'not_resources') === undefined;
  if (hasNone) return true;
  return coversBy(statement, { include: 'resources', exclude: 'not_resources', parse: toPattern, target: resource });
}

interface Coverage {
  readonly include: StatementField;
  readonly exclude: StatementField;
  readonly parse: (value: Value) => Pattern | undefined;
  readonly target: Pattern;
}

function coversBy(statement: Value, { include, exclude, parse, target }: Coverage): Ternary {
  const included = fieldOf(statement, include);
  const excluded = fieldOf(statement, exclude);
  const isIncluded = someElement(included, (element) => comparePattern(element, parse, covers, target));
  if (excluded === undefined || isEmptyList(excluded)) return isIncluded;
  const isExcluded = someElement(excluded, (element) => comparePattern(element, parse, overlaps, target));
  return or(isIncluded, not(isExcluded));
}

/** Whether the statement applies to something that matches both patterns. */
export function overlapsWith(statement: Value, action: Pattern, resource: Pattern): Ternary {
  return and(
    overlapsBy(statement, { include: 'actions', exclude: 'not_actions', parse: toActionPattern, target: action }),
    overlapsBy(statement, { include: 'resources', exclude: 'not_resources', parse: toPattern, target: resource }),
  );
}

function overlapsBy(statement: Value, { include, exclude, parse, target }: Coverage): Ternary {
  const excluded = fieldOf(statement, exclude);
  if (excluded !== undefined && !isEmptyList(excluded)) {
    return not(someElement(excluded, (element) => comparePattern(element, parse, covers, target)));
  }
  const included = fieldOf(statement, include);
  if (included === undefined) return include === 'resources';
  return someElement(included, (element) => comparePattern(element, parse, overlaps, target));
}

function comparePattern(
  element: Value,
  parse: (value: Value) => Pattern | undefined,
  compare: (pattern: Pattern, target: Pattern) => Ternary,
  target: Pattern,
): Ternary {
  return ofAlternatives(element, (value) => {
    const pattern = parse(value);
    return pattern === undefined ? false : compare(pattern, target);
  });
}

/** The answer of a value; of one that is one of several, the answer that all of them give. */
function ofAlternatives(value: Value, test: (value: Value) => Ternary): Ternary {
  const direct = test(value);
  const alternatives = value.kind === 'unknown' ? value.alternatives : undefined;
  const [first, ...others] = alternatives ?? [];
  if (direct !== undefined || first === undefined) return direct;
  const answerOf = (one: typeof first) => (one.kind === 'absent' ? false : ofAlternatives(one, test));
  const answer = answerOf(first);
  return others.every((one) => answerOf(one) === answer) ? answer : undefined;
}

export function isEmptyList(value: Value): boolean {
  return value.kind === 'list' && value.elements.length === 0 && value.rest === undefined;
}

/**
 * Whether the statement names everyone: `"Principal": "*"`, `{"AWS": "*"}`, or an Allow for everyone but some
 * (`NotPrincipal`). A wildcard inside an ARN names nobody. IAM User Guide, "IAM JSON policy elements: Principal".
 */
export function namesEveryone(statement: Value): Ternary {
  const excluded = fieldOf(statement, 'not_principals');
  if (excluded !== undefined && !isEmptyList(excluded)) return and(hasEffect(statement, 'Allow'), true);
  return someElement(fieldOf(statement, 'principals'), (principal) => {
    const type = fieldOf(principal, 'type');
    const isAccountType =
      type === undefined
        ? false
        : type.kind === 'unknown'
          ? undefined
          : type.kind === 'string' && ['*', 'AWS'].includes(type.value);
    return and(
      isAccountType,
      someElement(fieldOf(principal, 'identifiers'), (value) => ofAlternatives(value, isStar)),
    );
  });
}

/** Attributes by which resources are named: no wildcard is in them. */
export const NAMES: AttributesOfTypes = new Map([
  ['arn', 'any'],
  ['account_id', 'any'],
  ['unique_id', 'any'],
]);

function isStar(value: Value): Ternary {
  if (value.kind === 'string') return value.value === '*';
  if (value.kind !== 'unknown') return false;
  if (isReadOf(value, NAMES)) return false;
  const known = (value.parts ?? []).filter((part) => typeof part === 'string').join('');
  return known === '' || known === '*' ? undefined : false;
}

function restUnknown(rest: {
  readonly reason: UnknownValue['reason'];
  readonly subject?: string | undefined;
}): UnknownValue {
  return { kind: 'unknown', type: { kind: 'dynamic' }, reason: rest.reason, subject: rest.subject };
}

/** The unknowns in a value that could have decided otherwise, the first ones: reports name them. */
export function unknownsIn(value: Value, limit = 8): UnknownValue[] {
  const found: UnknownValue[] = [];
  const visit = (current: Value): void => {
    if (found.length >= limit) return;
    if (current.kind === 'unknown') found.push(current);
    else if (current.kind === 'list' || current.kind === 'object') {
      for (const inner of current.kind === 'list' ? current.elements : current.entries.values()) visit(inner);
      if (current.rest !== undefined && found.length < limit) found.push(restUnknown(current.rest));
    }
  };
  visit(value);
  return found;
}
