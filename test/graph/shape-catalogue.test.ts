import { describe, expect, it } from 'vitest';
import { shapeCatalogue } from '../../src/graph/shape-catalogue.js';
import type { Shape } from '../../src/model/shape.js';
import { BOOL, STRING } from '../../src/model/type.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import type { AttributeSchema, ProviderSchemas } from '../../src/schemas/schema.js';

const catalogue = shapeCatalogue(providerSchemas);

function shapeOf(type: string, path: string): Shape | undefined {
  let shape: Shape | undefined = catalogue.typeShape(type)?.shape;
  for (const name of path.split('.')) {
    while (shape?.kind === 'list' || shape?.kind === 'set' || shape?.kind === 'map') shape = shape.element;
    shape = shape?.kind === 'object' ? shape.fields.get(name) : undefined;
  }
  return shape;
}

describe('the shape of a type', () => {
  it('has its companions where they are folded', () => {
    expect(shapeOf('aws_s3_bucket', 'versioning.status')?.kind).toBe('string');
    expect(shapeOf('aws_s3_bucket', 'policy.statement.condition.values')).toMatchObject({
      kind: 'list',
      element: { kind: 'string' },
    });
    expect(shapeOf('aws_s3_bucket', 'policy')).toMatchObject({ kind: 'object', document: 'iam-policy' });
    expect(catalogue.typeShape('aws_s3_bucket_versioning')?.companionOf).toEqual({
      type: 'aws_s3_bucket',
      path: 'versioning',
    });
    expect(catalogue.typeShape('aws_s3_bucket')?.companionOf).toBeUndefined();
  });

  it('has atomic rules', () => {
    const rule = shapeOf('aws_security_group', 'ingress');
    const fields =
      rule?.kind === 'list' && rule.element.kind === 'object' ? [...rule.element.fields.keys()].sort() : [];
    expect(fields.filter((name) => !['arn', 'tags', 'tags_all', 'security_group_rule_id'].includes(name))).toEqual([
      'cidr_ipv4',
      'cidr_ipv6',
      'description',
      'from_port',
      'ip_protocol',
      'prefix_list_id',
      'referenced_security_group_id',
      'to_port',
    ]);
  });

  it('has the views of its table', () => {
    expect(catalogue.typesWithView('identity_policies')).toEqual([
      'aws_iam_group',
      'aws_iam_policy',
      'aws_iam_role',
      'aws_iam_user',
      'aws_ssoadmin_permission_set',
    ]);
    expect(shapeOf('aws_iam_role', 'identity_policies.statement.actions')?.kind).toBe('list');
    expect(catalogue.typeShape('aws_iam_role')?.views).toEqual(['identity_policies', 'tagged']);
  });

  it('of a scope is what is declared and stated of it', () => {
    expect(catalogue.typeShape('aws_account')?.isScope).toBe(true);
    expect(shapeOf('aws_account', 'password_policy.minimum_password_length')?.kind).toBe('number');
    expect(shapeOf('aws_region', 'ebs_encryption_by_default.enabled')?.kind).toBe('bool');
  });

  it('of an alias is that of the type it stands for', () => {
    expect(catalogue.typeShape('aws_alb')?.type).toBe('aws_lb');
  });

  it('without a table is that of the schema; a type that nobody knows has none', () => {
    expect(catalogue.typeShape('aws_macie2_account')?.shape.fields.get('status')?.kind).toBe('string');
    expect(catalogue.typeShape('aws_orchard')).toBeUndefined();
    expect(catalogue.typeNames()).toContain('aws_macie2_account');
    expect(catalogue.typeNames()).toContain('aws_account');
  });
});

const NO_FLAGS: AttributeSchema = {
  type: STRING,
  isRequired: false,
  isOptional: true,
  isComputed: false,
  isSensitive: false,
  isWriteOnly: false,
  isDeprecated: false,
};

describe('what an unset attribute reads as', () => {
  const attributes = new Map<string, AttributeSchema>([
    ['id', { ...NO_FLAGS, isComputed: true }],
    ['address', { ...NO_FLAGS, isOptional: false, isComputed: true }],
    ['heat', { ...NO_FLAGS, default: 'low' }],
    ['door', { ...NO_FLAGS, isComputed: true }],
    ['lamp', { ...NO_FLAGS, isComputed: true, isNullWhenUnset: true }],
    ['fan', { ...NO_FLAGS, type: BOOL }],
    ['key', { ...NO_FLAGS, isRequired: true, isOptional: false, isSensitive: true }],
  ]);
  const schemas: ProviderSchemas = {
    resource: (type) => (type === 'bakery_oven' ? { type, attributes, blocks: new Map() } : undefined),
    dataSource: () => undefined,
    resourceTypes: ['bakery_oven'],
  };

  it('is a default, made up by the provider, nothing, or not answered', () => {
    const madeUp = { kind: 'undetermined', reason: 'the provider makes it up', cause: 'computed-by-provider' };
    expect(Object.fromEntries(shapeCatalogue(schemas).typeShape('bakery_oven')?.shape.fields ?? [])).toEqual({
      id: { kind: 'string', settable: true, unset: madeUp },
      address: { kind: 'string', settable: false, unset: madeUp },
      heat: { kind: 'string', settable: true, unset: { kind: 'default', value: 'low', certainty: 'certain' } },
      door: { kind: 'string', settable: true, unanswered: true },
      lamp: { kind: 'string', settable: true },
      fan: { kind: 'bool', settable: true },
      key: { kind: 'string', settable: true, required: true, sensitive: true },
    });
  });

  it('is what a table says', () => {
    expect(shapeOf('aws_instance', 'monitoring')).toMatchObject({
      unset: { kind: 'default', value: false, certainty: 'certain' },
    });
    expect(shapeOf('aws_instance', 'associate_public_ip_address')).toMatchObject({
      unset: { kind: 'undetermined', reason: 'the subnet decides', cause: 'default-not-certain' },
    });
    expect(shapeOf('aws_instance', 'key_name')).toEqual({ kind: 'string', settable: true });
    expect(shapeOf('aws_instance', 'tenancy')).toMatchObject({ unanswered: true });
  });
});

describe('a CloudFormation type', () => {
  it('can be named in its native form where it has no table, and only then', () => {
    const catalogue = shapeCatalogue(providerSchemas);
    const workspace = catalogue.typeShape('AWS::WorkSpaces::Workspace')?.shape.fields;
    expect(workspace?.get('UserName')).toEqual({ kind: 'string', settable: true, required: true });
    expect(workspace?.get('RootVolumeEncryptionEnabled')).toEqual({ kind: 'bool', settable: true });
    expect(catalogue.typeShape('AWS::S3::Bucket')).toBeUndefined();
    expect(catalogue.typeShape('AWS::Bakery::Oven')).toBeUndefined();
  });
});
