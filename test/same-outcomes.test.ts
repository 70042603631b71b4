import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadShippedPolicies } from '../scripts/compile-policies.js';
import { buildGraph } from '../src/graph/build-graph.js';
import type { RawResource } from '../src/model/raw-resource.js';
import { evaluatePolicies } from '../src/policy/index.js';
import { policyShapes } from '../src/read-project.js';
import { providerSchemas } from '../src/schemas/provider-schemas.js';
import { evaluateFiles } from './support/evaluate-files.js';
import { evaluateTemplates } from './support/evaluate-templates.js';

const root = join(import.meta.dirname, '..');
const FOLDER = join(root, 'fixtures', 'same-graph');
const policies = loadShippedPolicies(root);

/** `policy outcome`, as often as it is so. */
function outcomes(resources: readonly RawResource[]): readonly string[] {
  const { graph } = buildGraph({ resources, unreadModules: [], schemas: providerSchemas });
  const evaluations = evaluatePolicies(graph, policies, { now: '2026-01-01', shapes: policyShapes() });
  return evaluations.map(({ policy, outcome }) => `${policy} ${outcome}`).sort();
}

describe.each(readdirSync(FOLDER).sort())('the infrastructure "%s"', (name) => {
  const read = (file: string) => readFileSync(join(FOLDER, name, file), 'utf8');

  it('is judged alike in Terraform and in CloudFormation', () => {
    const terraform = outcomes(evaluateFiles({ 'main.tf': read('main.tf') }).result.resources);
    const cloudformation = outcomes(evaluateTemplates({ 'template.yaml': read('template.yaml') }).result.resources);
    expect(cloudformation).toEqual(terraform);
  });
});
