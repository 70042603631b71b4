import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { ShapeCatalogue } from '../../src/model/shape.js';
import { checkExamples, loadPolicies, type ScanExample } from '../../src/policy/index.js';

/** One test a policy under `policies/`: it loads as a shipped one, and its examples are what their comments say. */
export function testPolicyExamples(shapes: ShapeCatalogue, scanExample: ScanExample): void {
  const paths = readdirSync('policies', { recursive: true, encoding: 'utf8' })
    .map((path) => `policies/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('/policy.yaml'));
  paths.sort();
  const sources = paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
  const { policies } = loadPolicies(sources, shapes, { isShipped: true });
  test.each(sources)('$path', (source) => {
    const loaded = loadPolicies([source], shapes, { isShipped: true });
    expect(loaded.diagnostics.map(({ message }) => message)).toEqual([]);
    const folder = join(dirname(source.path), 'examples');
    const names = existsSync(folder) ? readdirSync(folder).sort() : [];
    const files = names.map((name) => ({ path: `${folder}/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
    expect(files.length, 'a policy has examples').toBeGreaterThan(0);
    for (const policy of loaded.policies) {
      const problems = checkExamples(policy, files, scanExample);
      expect(problems.map(({ path, line, message }) => `${path}:${line ?? 1} ${message}`)).toEqual([]);
    }
  });
  test('no two policies share an id', () => {
    expect(policies).toHaveLength(sources.length);
  });
}
