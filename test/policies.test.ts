import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOfPolicy, loadShippedPolicies, policyFiles } from '../scripts/compile-policies.js';
import { checkExamples } from '../src/policy/index.js';
import { scanExample } from '../src/scan-example.js';

const root = join(import.meta.dirname, '..');
const files = policyFiles(join(root, 'policies', 'aws'));

describe('the examples of', () => {
  for (const policy of loadShippedPolicies(root)) {
    test(policy.metadata.id, () => {
      const folder = join(root, folderOfPolicy(files, root, policy), 'examples');
      const examples = readdirSync(folder)
        .sort()
        .map((name) => ({ path: name, text: readFileSync(join(folder, name), 'utf8') }));
      const problems = checkExamples(policy, examples, scanExample);
      expect(problems.map(({ message, path, line }) => `${path}:${line ?? ''} ${message}`)).toEqual([]);
    });
  }
});
