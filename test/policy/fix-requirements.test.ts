import { expect, test } from 'vitest';
import { shapeCatalogue } from '../../src/graph/shape-catalogue.js';
import { loadPolicies } from '../../src/policy/load-policies.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';

const shapes = shapeCatalogue(providerSchemas);

function problems(resource: string, fix: string, more = ''): string[] {
  const text = `id: orchard\ntitle: Apples are counted\nseverity: low\nresource: ${resource}\n${more}assert: "true"\nfix:\n${fix}\n`;
  const { policies, diagnostics } = loadPolicies([{ path: 'policy.yaml', text }], shapes);
  expect(policies).toHaveLength(diagnostics.length === 0 ? 1 : 0);
  return diagnostics.map(({ message, range }) => `${text.slice(range?.start, range?.end)}: ${message}`);
}

test('what a new companion requires is named', () => {
  expect(problems('aws_s3_bucket', '  set: { logging.target_bucket: "{{ resource.bucket }}" }')).toEqual([
    'logging.target_bucket: "logging" may have to be made, and is not valid without "target_prefix": set "logging.target_prefix" as well.',
  ]);
  expect(problems('aws_s3_bucket', '  set: { logging.target_bucket: logs, logging.target_prefix: s3/ }')).toEqual([]);
  // What the inline block of old requires is not what the companion does.
  expect(problems('aws_s3_bucket', '  set: { versioning.status: Enabled }')).toEqual([]);
  expect(problems('aws_s3_bucket', '  set: { versioning.mfa_delete: Enabled }')).toEqual([
    'versioning.mfa_delete: "versioning" may have to be made, and is not valid without "status": set "versioning.status" as well.',
  ]);
});

test('what a new block requires is named, at every depth; what its holder must have is there', () => {
  expect(problems('aws_cloudfront_distribution', '  set: { default_cache_behavior.compress: true }')).toEqual([]);
  const cookies = 'default_cache_behavior.forwarded_values';
  expect(problems('aws_cloudfront_distribution', `  set: { ${cookies}.headers: [Host] }`)).toEqual([
    `${cookies}.headers: "${cookies}" may have to be made, and is not valid without "query_string": set "${cookies}.query_string" as well.`,
    `${cookies}.headers: "${cookies}" may have to be made, and is not valid without "cookies": set "${cookies}.cookies" as well.`,
  ]);
  expect(
    problems(
      'aws_cloudfront_distribution',
      `  set: { ${cookies}.query_string: true, ${cookies}.cookies.whitelisted_names: [a] }`,
    ),
  ).toEqual([
    `${cookies}.cookies.whitelisted_names: "${cookies}.cookies" may have to be made, and is not valid without "forward": set "${cookies}.cookies.forward" as well.`,
  ]);
});

test('elements that are appended, or found by a key and perhaps not there, are whole', () => {
  expect(problems('aws_security_group', '  append: { ingress: { cidr_ipv4: 10.0.0.0/8 } }')).toEqual([
    'ingress: A value of "ingress" is not valid without "ip_protocol".',
  ]);
  expect(problems('aws_security_group', '  append: { ingress: { cidr_ipv4: 10.0.0.0/8, ip_protocol: "-1" } }')).toEqual(
    [],
  );
  const attribute = 'aws_dynamodb_table';
  expect(problems(attribute, '  set: { "global_secondary_index[name=a].projection_type": ALL }')).toEqual([
    '"global_secondary_index[name=a].projection_type": "global_secondary_index[name=a]" may have to be made, and is not valid without "hash_key": set "global_secondary_index[name=a].hash_key" as well.',
  ]);
  expect(problems(attribute, '  set: { global_secondary_index: [{ name: a, hash_key: b }, { name: c }] }')).toEqual([
    'global_secondary_index: A value of "global_secondary_index" is not valid without "projection_type".',
    'global_secondary_index: A value of "global_secondary_index" is not valid without "hash_key".',
  ]);
});

test('the element that a policy judges is there', () => {
  const each = 'each: rule in resource.ingress\n';
  expect(problems('aws_security_group', '  set: { rule.cidr_ipv4: 10.0.0.0/8 }', each)).toEqual([]);
});

test('what destroys the resource says what is lost', () => {
  expect(problems('aws_ebs_volume', '  set: { encrypted: true }')).toEqual([
    'encrypted: A change of "encrypted" destroys the aws_ebs_volume and makes another: say under "unsafe" what is lost by it.',
  ]);
  expect(problems('aws_ebs_volume', '  set: { encrypted: true }\n  unsafe: the volume is empty')).toEqual([]);
  expect(problems('aws_ebs_volume', '  remove: encrypted')).toEqual([
    'encrypted: A change of "encrypted" destroys the aws_ebs_volume and makes another: say under "unsafe" what is lost by it.',
  ]);
  const both = '[aws_launch_template, aws_launch_configuration]';
  expect(problems(both, '  set: { metadata_options.http_tokens: required }')).toEqual([
    'metadata_options.http_tokens: A change of "metadata_options.http_tokens" destroys the aws_launch_configuration and makes another: say under "unsafe" what is lost by it.',
  ]);
});
