import type { Value } from '../model/value.js';
import { isReadOf } from '../model/values.js';
import { elementsOf, fieldOf, NAMES, someElement } from './statement.js';
import { and, not, or, type Ternary } from './verdict.js';

/** A condition operator, taken apart: `ForAnyValue:StringLikeIfExists`. */
interface Operator {
  readonly base: string;
  readonly set: 'all' | 'any' | undefined;
  readonly ifExists: boolean;
}

function parseOperator(text: string): Operator {
  let base = text.toLowerCase();
  let set: Operator['set'];
  if (base.startsWith('forallvalues:')) [base, set] = [base.slice(13), 'all'];
  else if (base.startsWith('foranyvalue:')) [base, set] = [base.slice(12), 'any'];
  const ifExists = base.endsWith('ifexists');
  if (ifExists) base = base.slice(0, -8);
  return { base, set, ifExists };
}

/** Operators that demand a match with one of the values. */
const POSITIVE = new Set([
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
  'arnequals',
  'arnlike',
  'ipaddress',
  'bool',
  'binaryequals',
  'numericequals',
  'numericlessthan',
  'numericlessthanequals',
  'numericgreaterthan',
  'numericgreaterthanequals',
  'dateequals',
  'datelessthan',
  'datelessthanequals',
  'dategreaterthan',
  'dategreaterthanequals',
]);

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
  if (!POSITIVE.has(operator.base) || operator.ifExists || operator.set === 'all') return false;
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
  const positive = base.replace('not', '');
  if (!keys.has(variable) || positive === base || !POSITIVE.has(positive) || set === 'any') return false;
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

/**
 * Whether the condition is met when the keys have the given values (lower-case key → value). A key that is not given
 * leaves it unknown. IAM User Guide, "IAM JSON policy elements: Condition operators".
 */
export function isMetBy(condition: Value, context: ReadonlyMap<string, string>): Ternary {
  const variable = textOf(fieldOf(condition, 'variable'));
  const test = textOf(fieldOf(condition, 'test'));
  if (variable === undefined || test === undefined) return undefined;
  const given = context.get(variable.toLowerCase());
  const { base } = parseOperator(test);
  if (given === undefined) return undefined;
  if (base === 'null') return someElement(fieldOf(condition, 'values'), (value) => equalsText(value, 'false', true));
  const isNegated = base.includes('not');
  const positive = base.replace('not', '');
  const answer = someElement(fieldOf(condition, 'values'), (value) => matchesValue(positive, value, given));
  return isNegated ? not(answer) : answer;
}

function matchesValue(operator: string, value: Value, given: string): Ternary {
  if (value.kind === 'unknown') return undefined;
  const text = textOf(value);
  if (text === undefined) return false;
  if (operator.startsWith('numeric')) return compareNumbers(operator.slice(7), Number(given), Number(text));
  switch (operator) {
    case 'bool':
    case 'stringequalsignorecase':
      return equalsText(value, given, true);
    case 'stringequals':
      return text === given;
    case 'stringlike':
    case 'arnlike':
    case 'arnequals':
      return toRegExp(text).test(given);
    default:
      return undefined;
  }
}

function compareNumbers(operator: string, given: number, limit: number): Ternary {
  if (Number.isNaN(given) || Number.isNaN(limit)) return false;
  switch (operator) {
    case 'equals':
      return given === limit;
    case 'lessthan':
      return given < limit;
    case 'lessthanequals':
      return given <= limit;
    case 'greaterthan':
      return given > limit;
    case 'greaterthanequals':
      return given >= limit;
    default:
      return undefined;
  }
}

/** SAFETY: runs of `*` become one, so that the expression has no nested repetition. */
function toRegExp(glob: string): RegExp {
  const source = glob
    .replace(/\*+/g, '*')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '[^]*')
    .replace(/\?/g, '[^]');
  return new RegExp(`^${source}$`);
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
