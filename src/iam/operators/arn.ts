import { type Answer, all, open } from '../answer.js';
import { type Matcher, toMatcher } from '../matcher.js';
import { matches } from '../pattern.js';
import { COLON, causesIn, type Text } from '../text.js';
import type { OperatorTest } from './test.js';

/**
 * `ArnEquals` and `ArnLike`, which are the same: each of the six parts is compared by itself, and a wildcard stays in its
 * part. What has no six parts matches nothing.
 */
export const arnLike: OperatorTest = (policy, request) => {
  const plain = matches(policy, request);
  if (plain === false) return false;
  const patterns = partsOf(policy);
  const parts = partsOf(request);
  const isSplitCertain = [policy, request].every((text) =>
    text.every((token) => typeof token === 'number' || token.isName),
  );
  if (!isSplitCertain) return open(...causesIn(policy, request));
  if (patterns === undefined || parts === undefined) return false;
  return all(patterns.map((pattern, index): Answer => matches(pattern, parts[index] ?? [])));
};

/** The same for a pattern all of which is known. */
export function toArnMatcher(pattern: Text): Matcher {
  const matchers = partsOf(pattern)?.map(toMatcher);
  if (matchers === undefined) return () => false;
  return (text) => {
    let start = 0;
    for (let index = 0; index < 5; index++) {
      const end = text.indexOf(':', start);
      if (end === -1 || matchers[index]?.(text.slice(start, end)) !== true) return false;
      start = end + 1;
    }
    return matchers[5]?.(text.slice(start)) === true;
  };
}

/** Split at the first five colons; undefined where there are fewer. */
function partsOf(text: Text): Text[] | undefined {
  const parts: Text[] = [];
  let start = 0;
  for (const [at, token] of text.entries()) {
    if (token !== COLON) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
    if (parts.length === 5) return [...parts, text.slice(start)];
  }
  return undefined;
}
