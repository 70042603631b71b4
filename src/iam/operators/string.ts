import { equals, matches } from '../pattern.js';
import { toLowerCase, withoutWildcards } from '../text.js';
import type { OperatorTest } from './test.js';

/** Exact and case-sensitive: a `*` is an asterisk. */
export const stringEquals: OperatorTest = (policy, request) => equals(withoutWildcards(policy), request);

export const stringEqualsIgnoreCase: OperatorTest = (policy, request) =>
  equals(toLowerCase(withoutWildcards(policy)), toLowerCase(request));

/** Case-sensitive; `*` runs over everything, the empty text too. */
export const stringLike: OperatorTest = (policy, request) => matches(policy, request);
