import { describe, expect, it } from 'vitest';
import type { Type } from '../../src/model/type.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../../src/schemas/schema.js';

/** `list(object({a=string}))`, as Terraform writes types. */
function show(type: Type): string {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return `${type.kind}(${show(type.element)})`;
    case 'object':
      return `object({${[...type.attributes].map(([name, attribute]) => `${name}=${show(attribute)}`).join(',')}})`;
    case 'tuple':
      return `tuple([${type.elements.map(show).join(',')}])`;
    default:
      return type.kind;
  }
}

function nestedAt(path: string): NestedBlockSchema | undefined {
  const [type = '', ...names] = path.split('.');
  let block: BlockSchema | undefined = providerSchemas.resource(type);
  let nested: NestedBlockSchema | undefined;
  for (const name of names) {
    nested = block?.blocks.get(name);
    block = nested?.block;
  }
  return nested;
}

function attributeAt(path: string): AttributeSchema | undefined {
  const names = path.split('.');
  const name = names.pop() ?? '';
  const block = names.length === 1 ? providerSchemas.resource(names[0] ?? '') : nestedAt(names.join('.'))?.block;
  return block?.attributes.get(name);
}

/** What is said of an attribute in one line: its type, its flags, its default. */
function describeAttribute(path: string): string {
  const schema = attributeAt(path);
  if (schema === undefined) return 'none';
  return [
    show(schema.type),
    ...(schema.isRequired ? ['required'] : []),
    ...(schema.isOptional ? ['optional'] : []),
    ...(schema.isComputed ? ['computed'] : []),
    ...(schema.isSensitive ? ['sensitive'] : []),
    ...(schema.isWriteOnly ? ['write-only'] : []),
    ...(schema.isDeprecated ? ['deprecated'] : []),
    ...(schema.default === undefined ? [] : [`= ${JSON.stringify(schema.default)}`]),
    ...(schema.isNullWhenUnset === true ? ['= null'] : []),
  ].join(' ');
}

const INGRESS =
  'set(object({cidr_blocks=list(string),description=string,from_port=number,ipv6_cidr_blocks=list(string),' +
  'prefix_list_ids=list(string),protocol=string,security_groups=set(string),self=bool,to_port=number}))';

describe('the attributes of the AWS provider', () => {
  it.each([
    ['aws_kms_key.enable_key_rotation', 'bool optional = false'],
    ['aws_db_instance.storage_encrypted', 'bool optional = null'],
    ['aws_db_instance.kms_key_id', 'string optional computed'],
    ['aws_db_instance.password', 'string optional sensitive = null'],
    ['aws_db_instance.password_wo', 'string optional sensitive write-only = null'],
    ['aws_launch_template.block_device_mappings.ebs.encrypted', 'string optional = null'],
    ['aws_instance.root_block_device.encrypted', 'bool optional computed'],
    ['aws_instance.metadata_options.http_endpoint', 'string optional = "enabled"'],
    ['aws_instance.metadata_options.http_tokens', 'string optional computed'],
    ['aws_security_group.ingress', `${INGRESS} optional computed`],
    ['aws_security_group.description', 'string optional = "Managed by Terraform"'],
    ['aws_s3_bucket.bucket', 'string optional computed'],
    ['aws_s3_bucket.acl', 'string optional computed deprecated'],
    ['aws_s3_bucket.tags', 'map(string) optional = null'],
    ['aws_s3_bucket_public_access_block.block_public_acls', 'bool optional = false'],
    ['aws_lb_target_group.deregistration_delay', 'string optional = "300"'],
    ['aws_eks_cluster.vpc_config.endpoint_public_access', 'bool optional = true'],
    ['aws_iam_role.assume_role_policy', 'string required'],
    ['aws_sqs_queue.sqs_managed_sse_enabled', 'bool optional computed'],
    ['aws_sqs_queue.visibility_timeout_seconds', 'number optional = 30'],
    ['aws_redshift_cluster.publicly_accessible', 'bool optional = true'],
    ['aws_cloudfront_distribution.viewer_certificate.minimum_protocol_version', 'string optional = "TLSv1"'],
    ['aws_s3_bucket.versioning.mfa_delete', 'bool optional = false'],
    ['aws_vpc_security_group_ingress_rule.cidr_ipv4', 'string optional = null'],
    // No minimal configuration: what it is when unset is not known.
    ['aws_kendra_index.description', 'string optional'],
    // Planned as "", 0 and false inside set blocks whether or not they mean it.
    ['aws_ami.ebs_block_device.delete_on_termination', 'bool optional = true'],
    ['aws_ami.ebs_block_device.encrypted', 'bool optional = null'],
    ['aws_s3_bucket.replication_configuration.rules.prefix', 'string optional = null'],
    ['aws_instance.id', 'string optional computed'],
    ['aws_instance.orchard', 'none'],
  ])('%s: %s', (path, expected) => {
    expect(describeAttribute(path)).toBe(expected);
  });

  it.each([
    ['aws_instance.root_block_device', ['list', 0, 1]],
    ['aws_instance.ebs_block_device', ['set', 0, 0]],
    ['aws_security_group.timeouts', ['single', 0, 0]],
    ['aws_s3_bucket.lifecycle_rule.transition', ['set', 0, 0]],
    ['aws_s3_bucket_lifecycle_configuration.rule.expiration', ['list', 0, 0]],
    ['aws_eks_cluster.vpc_config', ['list', 1, 1]],
    ['aws_cloudfront_distribution.origin_group.member', ['list', 2, 2]],
  ])('%s is nested as %j', (path, expected) => {
    const nested = nestedAt(path);
    expect([nested?.nesting, nested?.minItems, nested?.maxItems]).toEqual(expected);
  });
});

describe('defaults', () => {
  it('hold only where a sibling has one of the values', () => {
    expect(attributeAt('aws_lb.drop_invalid_header_fields')).toMatchObject({
      default: false,
      defaultWhen: { sibling: 'load_balancer_type', equals: ['application'] },
    });
    expect(attributeAt('aws_instance.source_dest_check')).toMatchObject({
      default: true,
      defaultWhen: { sibling: 'network_interface', equals: [null] },
    });
    expect(attributeAt('aws_lb.load_balancer_type')).toMatchObject({ default: 'application' });
    expect(attributeAt('aws_lb.load_balancer_type')?.defaultWhen).toBeUndefined();
  });

  it('stay in their own type where the block is shared with another', () => {
    const target = attributeAt('aws_docdb_cluster_parameter_group.parameter.apply_method');
    const other = attributeAt('aws_db_parameter_group.parameter.apply_method');
    expect([target?.default, other?.default]).toEqual(['pending-reboot', 'immediate']);
  });

  it('are not those of data sources', () => {
    expect(providerSchemas.dataSource('aws_kms_key')?.attributes.get('enabled')?.default).toBeUndefined();
  });
});

describe('look-up', () => {
  it('answers with the same object for the same type', () => {
    expect(providerSchemas.resource('aws_instance')).toBe(providerSchemas.resource('aws_instance'));
    expect(providerSchemas.dataSource('aws_ami')).toBe(providerSchemas.dataSource('aws_ami'));
  });

  it('tells resource types from data source types', () => {
    expect(providerSchemas.resource('aws_iam_policy_document')).toBeUndefined();
    expect(providerSchemas.dataSource('aws_iam_policy_document')?.attributes.get('json')?.isComputed).toBe(true);
    expect(providerSchemas.dataSource('aws_iam_role_policy')).toBeUndefined();
  });

  it('does not know types of other providers', () => {
    expect(providerSchemas.resource('google_storage_bucket')).toBeUndefined();
    expect(providerSchemas.resource('constructor')).toBeUndefined();
    expect(providerSchemas.dataSource('__proto__')).toBeUndefined();
  });

  it('knows the types of Terraform itself', () => {
    expect(describeAttribute('terraform_data.input')).toBe('dynamic optional = null');
    expect(describeAttribute('terraform_data.output')).toBe('dynamic computed');
    expect(describeAttribute('null_resource.triggers')).toBe('map(string) optional = null');
    expect(providerSchemas.dataSource('terraform_remote_state')?.attributes.get('outputs')?.type).toEqual({
      kind: 'dynamic',
    });
    expect(providerSchemas.resource('terraform_remote_state')).toBeUndefined();
  });
});
