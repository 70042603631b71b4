import { describe, expect, test } from 'vitest';
import { showDiagnostic, showRange } from '../support/evaluate-files.js';
import { graphOf, readPlanOf } from '../support/evaluate-plans.js';
import { toPlain } from '../support/raw-resource.js';

const PROVIDER = 'provider["registry.terraform.io/hashicorp/aws"]';

/** A state file as Terraform stores it. */
function stateFile(resources: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify(
    { version: 4, terraform_version: '1.11.4', lineage: 'x', outputs: {}, resources, ...more },
    undefined,
    1,
  );
}

const inState = (type: string, name: string, instances: readonly unknown[], more: object = {}) => ({
  mode: 'managed',
  type,
  name,
  provider: PROVIDER,
  instances,
  ...more,
});

function read(text: string) {
  const result = readPlanOf(text, 'terraform.tfstate');
  return {
    result,
    diagnostics: result.diagnostics.map(showDiagnostic),
    resources: Object.fromEntries(result.resources.map(({ address, values }) => [address, toPlain(values)])),
  };
}

describe('a state file', () => {
  test('gives its instances by key, modules and data sources too, and not what waits to be destroyed', () => {
    const { resources, diagnostics, result } = read(
      stateFile([
        inState('aws_s3_bucket', 'b', [
          { index_key: 0, attributes: { bucket: 'zero', force_destroy: null } },
          { index_key: '0', attributes: { bucket: 'text' } },
          { index_key: 'a "${b}"', attributes: { bucket: 'odd' } },
          { deposed: '0a1b2c3d', attributes: { bucket: 'old' } },
        ]),
        inState('aws_sqs_queue', 'q', [{ attributes: { name: 'press' } }], { module: 'module.m["x"].module.n' }),
        inState('aws_region', 'here', [{ attributes: { name: 'eu-west-1' } }], { mode: 'data' }),
      ]),
    );
    expect(diagnostics).toEqual([]);
    expect(resources).toEqual({
      'aws_s3_bucket.b[0]': { bucket: 'zero' },
      'aws_s3_bucket.b["0"]': { bucket: 'text' },
      'aws_s3_bucket.b["a \\"$${b}\\""]': { bucket: 'odd' },
      'module.m["x"].module.n.aws_sqs_queue.q': { name: 'press' },
      'data.aws_region.here': { name: 'eu-west-1' },
    });
    expect([result.kind, result.resources[0]?.language]).toEqual(['terraform-state', 'terraform-state']);
    expect(showRange(result.resources[0]!.range)).toBe('terraform.tfstate:13:5-19:6');
  });

  test('takes what is of any type out of its wrapping, and marks what its paths or the provider call sensitive', () => {
    const { result, resources } = read(
      stateFile([
        inState('terraform_data', 't', [
          {
            attributes: { input: { value: { word: 'sourdough', kind: 'rye' }, type: ['object', {}] } },
            sensitive_attributes: [
              [
                { type: 'get_attr', value: 'input' },
                { type: 'index', value: { value: 'word', type: 'string' } },
              ],
            ],
          },
        ]),
        inState('aws_db_instance', 'd', [{ attributes: { password: 'baguette', username: 'baker' } }]),
      ]),
    );
    expect(resources).toEqual({
      'terraform_data.t': { input: { kind: 'rye', word: 'sourdough' } },
      'aws_db_instance.d': { password: 'baguette', username: 'baker' },
    });
    expect(result.secrets.texts).toEqual(['baguette', 'sourdough']);
  });

  test('says where it is by the ARNs of what it has', () => {
    const { result } = read(
      stateFile([
        inState('aws_sqs_queue', 'q', [{ attributes: { arn: 'arn:aws:sqs:eu-west-1:123456789012:press' } }]),
        inState('aws_s3_bucket', 'b', [{ attributes: { arn: 'arn:aws:s3:::crates' } }]),
        inState('aws_sqs_queue', 'w', [{ attributes: { name: 'w' } }], { provider: `${PROVIDER}.west` }),
      ]),
    );
    const scopes = result.resources.map(({ scope }) => [
      scope.configuration,
      toPlain(scope.account),
      toPlain(scope.region),
    ]);
    expect(scopes).toEqual([
      ['provider.aws', '123456789012', 'eu-west-1'],
      ['provider.aws', '123456789012', 'eu-west-1'],
      [
        'provider.aws.west',
        '?provider-configuration provider.aws.west account',
        '?provider-configuration provider.aws.west region',
      ],
    ]);
  });

  test('shows what a companion has made once, and what nobody has made as well', () => {
    const rule = (port: number) => ({ from_port: port, to_port: port, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] });
    const { result } = read(
      stateFile([
        inState('aws_s3_bucket', 'b', [
          { attributes: { id: 'crates', bucket: 'crates', versioning: [{ enabled: true, mfa_delete: false }] } },
        ]),
        inState('aws_s3_bucket_versioning', 'b', [
          { attributes: { bucket: 'crates', versioning_configuration: [{ status: 'Enabled', mfa_delete: '' }] } },
        ]),
        inState('aws_security_group', 'g', [{ attributes: { id: 'sg-1', ingress: [rule(22), rule(443)] } }]),
        inState('aws_security_group_rule', 'r', [
          { attributes: { type: 'ingress', security_group_id: 'sg-1', ...rule(22), description: 'ssh' } },
        ]),
      ]),
    );
    const { resources } = graphOf(result);
    const bucket = resources.get('.\0aws_s3_bucket.b');
    expect(toPlain(bucket?.values.entries.get('versioning'))).toMatchObject({ status: 'Enabled' });
    const group = toPlain(resources.get('.\0aws_security_group.g')?.values.entries.get('ingress'));
    expect(group).toHaveLength(2);
    expect(group).toMatchObject([{ from_port: 443 }, { from_port: 22, description: 'ssh' }]);
  });
});

describe('the JSON of a state', () => {
  test('gives the resources of all modules', () => {
    const { resources, diagnostics, result } = read(
      JSON.stringify({
        format_version: '1.0',
        terraform_version: '1.11.4',
        values: {
          outputs: { word: { sensitive: true, value: 'sourdough' } },
          root_module: {
            resources: [
              {
                address: 'aws_s3_bucket.b',
                mode: 'managed',
                type: 'aws_s3_bucket',
                name: 'b',
                values: { bucket: 'b' },
              },
            ],
            child_modules: [
              {
                resources: [
                  {
                    address: 'module.m[0].aws_db_instance.d',
                    mode: 'managed',
                    type: 'aws_db_instance',
                    name: 'd',
                    values: { username: 'baker', password: 'baguette' },
                    sensitive_values: { password: true },
                  },
                ],
                address: 'module.m[0]',
              },
            ],
          },
        },
      }),
    );
    expect(diagnostics).toEqual([]);
    expect(resources).toEqual({
      'aws_s3_bucket.b': { bucket: 'b' },
      'module.m[0].aws_db_instance.d': { password: 'baguette', username: 'baker' },
    });
    expect(result.secrets.texts).toEqual(['baguette', 'sourdough']);
  });

  test('of nothing is empty', () => {
    const { resources, diagnostics } = read('{"format_version":"1.0","terraform_version":"1.11.4"}');
    expect([resources, diagnostics]).toEqual([{}, []]);
  });
});
