import { type Answer, all, open } from '../answer.js';
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
