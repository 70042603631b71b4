import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ShapeCatalogue, TypeShape } from '../../src/model/shape.js';
import { loadPolicies } from '../../src/policy/load-policies.js';
import { parseYaml, toPlain } from '../../src/syntax/yaml/parse-yaml.js';
import { any } from './orchard.js';

interface Draft {
  readonly id: string;
  readonly [key: string]: unknown;
}

const text = readFileSync('fixtures/policy/policy-drafts.yaml', 'utf8');
const [document] = parseYaml({ path: 'policy-drafts.yaml', text }).documents;
const drafts = (document === undefined ? [] : toPlain(document)) as Draft[];

/** Knows every type, and of each nothing but that it may have any attribute. */
class AnyFields extends Map<string, typeof any> {
  override get(): typeof any {
    return any;
  }
}
const anything = (type: string): TypeShape => ({
  type,
  shape: { kind: 'object', fields: new AnyFields() },
  views: [],
  isScope: ['aws_account', 'aws_region'].includes(type),
});
const shapes: ShapeCatalogue = {
  typeShape: anything,
  typesWithView: () => ['aws_s3_bucket'],
  typeNames: () => [],
};

describe('the drafts of policies', () => {
  test('are 89', () => {
    expect(drafts).toHaveLength(89);
  });

  test.each(drafts)('$id', (draft) => {
    // JSON is YAML: what a draft leaves out is added.
    const parameters = Object.fromEntries(
      [...JSON.stringify(draft).matchAll(/parameters\.(\w+)/g)].map(([, name = '']) => [
        name,
        name === 'max_ports' ? 10 : name === 'max_age' ? '2160h' : ['orchard'],
      ]),
    );
    const policy = { title: 'A title', severity: 'low', parameters, ...draft };
    const { diagnostics, policies } = loadPolicies([{ path: 'p.yaml', text: JSON.stringify(policy) }], shapes);
    expect(diagnostics.map(({ message }) => message)).toEqual([]);
    expect(policies).toHaveLength(1);
  });
});
