import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadShippedPolicies } from '../../scripts/compile-policies.js';
import { collectedFeeds } from '../../src/collect/aws/feeds.js';
import { openTypesOf } from '../../src/graph/open-types.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';

/** Types that policies judge and that no operation lists, and why. */
const NOT_LISTED: Readonly<Record<string, string>> = {};

test('whatever type a policy judges, an operation lists it', () => {
  const listed = [...collectedFeeds().values()].flatMap((feeds) =>
    feeds.flatMap(({ type, path }) => (path === null ? [type] : [])),
  );
  const range = { file: { path: 'snapshot.json', text: '' }, start: 0, end: 0 };
  const account = { root: 'orchard', scope: '123456789012/global', range };
  const extents = [{ ...account, types: [...new Set(listed)].map((type) => ({ type, unseen: undefined })) }];
  const { openTypes } = openTypesOf({ extents, schemas: providerSchemas });
  const judged = loadShippedPolicies(join(import.meta.dirname, '../..')).flatMap(({ types }) => types);
  const missing = [...new Set(judged)].filter(
    (type) => type.startsWith('aws_') && openTypes.get('orchard')?.complete?.has(type) !== true,
  );
  expect(missing.sort()).toEqual(Object.keys(NOT_LISTED));
});
