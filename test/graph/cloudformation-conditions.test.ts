import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../src/graph/build-graph.js';
import { resourceKey } from '../../src/model/resource.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { evaluateTemplates } from '../support/evaluate-templates.js';

/** How a bucket sees its policy, each with its condition. */
function policyOf(bucket: string, policy: string): string {
  const { result } = evaluateTemplates(`Parameters:
  Env: {Type: String, AllowedValues: [dev, test, prod]}
Conditions:
  Prod: !Equals [!Ref Env, prod]
  NotDev: !Not [!Equals [!Ref Env, dev]]
  Dev: !Equals [!Ref Env, dev]
Resources:
  Crates: {Type: AWS::S3::Bucket${bucket}}
  Policy: {Type: AWS::S3::BucketPolicy${policy}, Properties: {Bucket: !Ref Crates, PolicyDocument: {Statement: []}}}
`);
  const { graph } = buildGraph({ resources: result.resources, unreadModules: [], schemas: providerSchemas });
  const crates = graph.resources.get(resourceKey('main.yaml', 'Crates'));
  const value = crates?.values.entries.get('policy');
  return value === undefined ? 'absent' : value.kind;
}

describe('a companion under a condition', () => {
  test.each([
    ['', '', 'object'],
    [', Condition: Prod', ', Condition: Prod', 'object'],
    // Where the bucket is there, production, it is not development.
    [', Condition: Prod', ', Condition: NotDev', 'object'],
    [', Condition: NotDev', ', Condition: Prod', 'unknown'],
    ['', ', Condition: Prod', 'unknown'],
    [', Condition: Prod', '', 'object'],
  ])('bucket%s, policy%s: %s', (bucket, policy, expected) => {
    expect(policyOf(bucket, policy)).toBe(expected);
  });
});
