import type { UnknownValue, Value } from '../model/value.js';
import { isReadOf, unknownValue } from '../model/values.js';
import { type Answer, all, any, negate, open, toTernary } from './answer.js';
import { type CompiledTexts, compileTexts, divideTexts } from './compiled-texts.js';
import { type Context, type KeyState, known, unknownKey, variablesOf } from './context.js';
import { knownText } from './matcher.js';
import { toArnMatcher } from './operators/arn.js';
import { isPositive, type Operator, operatorOf, parseOperator, positiveOf } from './operators/operators.js';
import { equals } from './pattern.js';
import { elementsOf, fieldOf, NAMES, someElement, unknownsIn } from './statement.js';
import { textOf as charactersOf, lowerText, plainText, type Text, toLowerCase, withoutWildcards } from './text.js';
import { someText, type Texts, toTexts } from './texts.js';
import { and, not, or, type Ternary } from './verdict.js';

/** Operators whose values are globs. */
export const GLOB = new Set(['stringlike', 'arnlike', 'arnequals']);

/**
 * Whether the condition narrows the statement to some values of one of the keys: a positive operator that fails when the
 * key is missing (without `IfExists` and `ForAllValues`), whose values do not match everything.
 */
export function restrictsTo(condition: Value, keys: ReadonlySet<string>, matches: MatchesAll = matchesAll): Ternary {
  const variable = textOf(fieldOf(condition, 'variable'))?.toLowerCase();
  const test = textOf(fieldOf(condition, 'test'));
  if (variable !== undefined && !keys.has(variable)) return false;
  if (test === undefined || variable === undefined) return undefined;
  const operator = parseOperator(test);
  if (!isPositive(operator.base) || operator.ifExists || operator.set === 'all') return false;
  return not(someElement(fieldOf(condition, 'values'), (value) => matches(operator.base, value, variable)));
}

/**
 * Whether the condition, of a Deny, is met by whoever has none of some values of one of the keys: a negated operator,
 * which is met when the key is missing too (not with `ForAnyValue`), of values that do not match everything.
 */
export function sparesOnly(condition: Value, keys: ReadonlySet<string>, matches: MatchesAll): Ternary {
  const variable = textOf(fieldOf(condition, 'variable'))?.toLowerCase();
  const test = textOf(fieldOf(condition, 'test'));
  if (test === undefined || variable === undefined) return undefined;
  const { base, set } = parseOperator(test);
  const values = fieldOf(condition, 'values');
  if (variable === 'aws:principalisawsservice' && base === 'bool' && set === undefined) {
    return someElement(values, (value) => equalsText(value, 'false', true));
  }
  const positive = positiveOf(base);
  if (!keys.has(variable) || positive === undefined || set === 'any') return false;
  return not(someElement(values, (value) => matches(positive, value, variable)));
}

/** Whether a condition value of an operator (lower-case, without its affixes) lets everybody's value of its key through. */
export type MatchesAll = (operator: string, value: Value, key: string) => Ternary;

/** Whether a condition value lets every value of its key through. */
export function matchesAll(operator: string, value: Value): Ternary {
  if (operator === 'ipaddress') {
    if (value.kind === 'string') return /^(0\.0\.0\.0|::)\/0$/.test(value.value.trim());
    return value.kind === 'unknown' ? undefined : false;
  }
  if (!GLOB.has(operator)) return false;
  if (value.kind === 'string') return isEveryGlob(value.value, operator);
  if (value.kind !== 'unknown' || isReadOf(value, NAMES)) return false;
  const known = (value.parts ?? []).filter((part) => typeof part === 'string').join('');
  return isEveryGlob(known, operator) || known === '' ? undefined : false;
}

function isEveryGlob(text: string, operator: string): boolean {
  if (/^\*+$/.test(text)) return true;
  return operator.startsWith('arn') && /^(arn|\*):\*(:\*)*$/.test(text);
}

/** A condition of a statement, taken apart once. */
export interface Condition {
  /** Undefined where it is not known. */
  readonly operator: (Operator & { readonly name: string }) | undefined;
  /** In lower case; undefined where it is not known. */
  readonly key: string | undefined;
  readonly values: Texts;
  readonly source: Value;
}

export function toCondition(source: Value, hasVariables: boolean): Condition {
  const name = textOf(fieldOf(source, 'test'));
  return {
    operator: name === undefined ? undefined : { ...parseOperator(name), name },
    key: textOf(fieldOf(source, 'variable'))?.toLowerCase(),
    values: toTexts(fieldOf(source, 'values'), hasVariables),
    source,
  };
}

/**
 * The test of whether a request meets a condition. IAM User Guide, "IAM JSON policy elements: Condition operators" and
 * "Conditions with multiple context keys or values"; for sets "Single-valued vs. multivalued context keys".
 */
export function compileCondition({ operator, key, values, source }: Condition): (context: Context) => Answer {
  if (operator === undefined || key === undefined) {
    const unknown = open({ kind: 'value', value: asUnknown(source) });
    return () => unknown;
  }
  if (operator.base === 'null') return (context) => isNull(values, context(key), context);
  const tested = operatorOf(operator.base);
  if (tested === undefined) {
    const unknown = open({ kind: 'construct', name: `operator:${operator.name}` });
    return () => unknown;
  }
  const passes = compileTest(operator.base, values);
  // The page of operators says true of every IfExists, that of sets says false of every ForAnyValue.
  const whenAbsent: Answer =
    operator.ifExists && operator.set === 'any'
      ? open({ kind: 'construct', name: 'foranyvalue-ifexists' })
      : operator.ifExists || operator.set === 'all' || (operator.set === undefined && tested.isNegated);
  // The page of operators knows variables in Bool, the page of variables does not.
  const isOpenBool =
    operator.base === 'bool' && values.elements.some(({ options }) => options.some((one) => one?.hasVariables));
  const ofValue = (value: Text, context: Context): Answer => {
    const matched = passes(value, context);
    return tested.isNegated ? negate(matched) : matched;
  };
  return (context) => {
    const state = context(key);
    if (state.kind === 'unknown') return open(state.cause);
    if (state.kind === 'absent') return whenAbsent;
    const given = operator.set === undefined ? state.values : state.values.filter(({ length }) => length > 0);
    const [first, ...others] = given;
    if (first === undefined) return whenAbsent;
    if (operator.set === undefined && others.length > 0) return open({ kind: 'construct', name: `multivalued:${key}` });
    if (isOpenBool) return open({ kind: 'construct', name: 'variable-in-bool' });
    if (others.length === 0) return ofValue(first, context);
    const answers = given.map((value) => ofValue(value, context));
    return operator.set === 'all' ? all(answers) : any(answers);
  };
}

/** Whether a value of the request passes a positive operator, or the one that a negated one negates. */
function compileTest(base: string, values: Texts): (value: Text, context: Context) => Answer {
  const test = operatorOf(base)?.test;
  const known = compileKnown(positiveOf(base) ?? base, values);
  return (value, context) => {
    const text = known === undefined ? undefined : knownText(value);
    if (text !== undefined && known?.isMatch(text) === true) return true;
    const rest = text === undefined ? values : known?.others;
    if (rest === undefined || test === undefined) return false;
    return someText(rest, variablesOf(context), (policy) => test(policy, value));
  };
}

/** The values of the operators that compare texts, put together into one test; undefined for other operators. */
function compileKnown(base: string, values: Texts): CompiledTexts | undefined {
  switch (base) {
    case 'stringequals':
      return compileTexts(values, withoutWildcards);
    case 'stringlike':
      return compileTexts(values, (pattern) => pattern);
    case 'stringequalsignorecase': {
      const compiled = compileTexts(values, (pattern) => toLowerCase(withoutWildcards(pattern)));
      return { ...compiled, isMatch: (text) => compiled.isMatch(lowerText(text)) };
    }
    case 'bool': {
      const compiled = compileTexts(values, (pattern) => charactersOf((plainText(pattern) ?? '').toLowerCase()));
      return { ...compiled, isMatch: (text) => compiled.isMatch(text.toLowerCase()) };
    }
    case 'arnequals':
    case 'arnlike': {
      const divided = divideTexts(values, (pattern) => pattern);
      const matchers = divided.known.map(toArnMatcher);
      return { ...divided, isMatch: (text) => matchers.some((isMatch) => isMatch(text)) };
    }
    default:
      return undefined;
  }
}

function isNull(values: Texts, state: KeyState, context: Context): Answer {
  if (state.kind === 'unknown') return open(state.cause);
  const isAbsent = state.kind === 'absent' || state.values.every((value) => value.length === 0);
  return someText(values, variablesOf(context), (text) => equals(toLowerCase(text), charactersOf(String(isAbsent))));
}

/**
 * Whether the condition is met when the keys have the given values (lower-case key → value). A key that is not given
 * leaves it unknown.
 */
function isMetBy(condition: Value, context: ReadonlyMap<string, string>): Ternary {
  return toTernary(
    compileCondition(toCondition(condition, true))((key) => {
      const value = context.get(key);
      return value === undefined ? unknownKey(key) : known(value);
    }),
  );
}

function asUnknown(value: Value): UnknownValue {
  return value.kind === 'unknown' ? value : (unknownsIn(value, 1)[0] ?? unknownValue('invalid-value'));
}

function equalsText(value: Value, text: string, ignoreCase: boolean): Ternary {
  if (value.kind === 'unknown') return undefined;
  const own = textOf(value);
  if (own === undefined) return false;
  return ignoreCase ? own.toLowerCase() === text.toLowerCase() : own === text;
}

function textOf(value: Value | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'string') return value.value;
  return value.kind === 'bool' || value.kind === 'number' ? String(value.value) : undefined;
}

/** Whether some condition of the statement restricts it to values of one of the keys. */
export function someConditionRestricts(statement: Value, keys: readonly string[]): Ternary {
  const wanted = new Set(keys.map((key) => key.toLowerCase()));
  return someElement(fieldOf(statement, 'condition'), (condition) => restrictsTo(condition, wanted));
}

/** Whether all conditions of the statement hold; true without conditions. */
export function everyCondition(statement: Value, test: (condition: Value) => Ternary): Ternary {
  const { elements, isOpen } = elementsOf(fieldOf(statement, 'condition'));
  const answers = elements.map(({ value, existence }) => {
    const answer = test(value);
    return existence === 'once' ? answer : or(answer, undefined);
  });
  return and(...answers, isOpen ? undefined : true);
}

/** Whether all conditions of the statement are met by the context; true without conditions. */
export function allConditionsMet(statement: Value, context: ReadonlyMap<string, string>): Ternary {
  return everyCondition(statement, (condition) => isMetBy(condition, context));
}
