import { ipAddress } from './address.js';
import { arnLike } from './arn.js';
import { date } from './date.js';
import { numeric } from './numeric.js';
import { stringEquals, stringEqualsIgnoreCase, stringLike } from './string.js';
import { type OperatorTest, ofPlain } from './test.js';

/** A condition operator, taken apart: `ForAnyValue:StringLikeIfExists`. */
export interface Operator {
  /** In lower case, without its affixes. */
  readonly base: string;
  readonly set: 'all' | 'any' | undefined;
  readonly ifExists: boolean;
}

export function parseOperator(text: string): Operator {
  let base = text.toLowerCase();
  let set: Operator['set'];
  if (base.startsWith('forallvalues:')) [base, set] = [base.slice(13), 'all'];
  else if (base.startsWith('foranyvalue:')) [base, set] = [base.slice(12), 'any'];
  const ifExists = base.endsWith('ifexists');
  if (ifExists) base = base.slice(0, -8);
  return { base, set, ifExists };
}

const isEqual = (order: number) => order === 0;
const isLess = (order: number) => order < 0;
const isLessOrEqual = (order: number) => order <= 0;
const isGreater = (order: number) => order > 0;
const isGreaterOrEqual = (order: number) => order >= 0;

/** Operators that demand a match with one of the values. IAM User Guide, "IAM JSON policy elements: Condition operators". */
const POSITIVE: ReadonlyMap<string, OperatorTest> = new Map([
  ['stringequals', stringEquals],
  ['stringequalsignorecase', stringEqualsIgnoreCase],
  ['stringlike', stringLike],
  ['arnequals', arnLike],
  ['arnlike', arnLike],
  ['ipaddress', ipAddress],
  ['bool', ofPlain((policy, request) => policy.toLowerCase() === request.toLowerCase())],
  ['binaryequals', ofPlain((policy, request) => bytesOf(policy).equals(bytesOf(request)))],
  ['numericequals', numeric(isEqual)],
  ['numericlessthan', numeric(isLess)],
  ['numericlessthanequals', numeric(isLessOrEqual)],
  ['numericgreaterthan', numeric(isGreater)],
  ['numericgreaterthanequals', numeric(isGreaterOrEqual)],
  ['dateequals', date(isEqual)],
  ['datelessthan', date(isLess)],
  ['datelessthanequals', date(isLessOrEqual)],
  ['dategreaterthan', date(isGreater)],
  ['dategreaterthanequals', date(isGreaterOrEqual)],
]);

/** Negated operator → the one that it negates: no value may match. */
const NEGATED: ReadonlyMap<string, string> = new Map([
  ['stringnotequals', 'stringequals'],
  ['stringnotequalsignorecase', 'stringequalsignorecase'],
  ['stringnotlike', 'stringlike'],
  ['arnnotequals', 'arnequals'],
  ['arnnotlike', 'arnlike'],
  ['notipaddress', 'ipaddress'],
  ['numericnotequals', 'numericequals'],
  ['datenotequals', 'dateequals'],
]);

/** Whether the operator, in lower case and without its affixes, demands a match. */
export function isPositive(base: string): boolean {
  return POSITIVE.has(base);
}

/** The operator that a negated one negates; undefined for others. */
export function positiveOf(base: string): string | undefined {
  return NEGATED.get(base);
}

/** What an operator tests of one value, and whether it demands that none passes; undefined for names that are none. */
export function operatorOf(base: string): { readonly test: OperatorTest; readonly isNegated: boolean } | undefined {
  const negated = NEGATED.get(base);
  const test = POSITIVE.get(negated ?? base);
  return test === undefined ? undefined : { test, isNegated: negated !== undefined };
}

function bytesOf(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}
