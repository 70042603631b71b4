/**
 * The JSON of a plan as `terraform show -json` prints it, on one line, of about so many bytes: buckets with their
 * companions, groups with rules, databases, roles with policies and instances, in modules, most of them new and some changed.
 */
export function generatePlan(bytes: number): string {
  const changes: string[] = [];
  const planned: string[] = [];
  const prior: string[] = [];
  let length = 0;
  for (let index = 0; length < bytes * 0.95; index++) {
    for (const resource of resourcesOf(index)) {
      const change = JSON.stringify(toChange(resource, index));
      const value = JSON.stringify(toPlanned(resource));
      changes.push(change);
      planned.push(value);
      length += change.length + value.length;
      if (index % 4 !== 0) continue;
      const before = JSON.stringify({ ...toPlanned(resource), values: { ...resource.after, id: resource.name } });
      prior.push(before);
      length += before.length;
    }
  }
  const configuration = JSON.stringify(CONFIGURATION);
  return `{"format_version":"1.2","terraform_version":"1.11.4","variables":{"environment":{"value":"production"}},"planned_values":{"root_module":{"child_modules":[{"resources":[${planned.join(',')}],"address":"module.orchard"}]}},"resource_changes":[${changes.join(',')}],"prior_state":{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{"child_modules":[{"resources":[${prior.join(',')}],"address":"module.orchard"}]}}},"configuration":${configuration},"timestamp":"2026-11-22T08:00:00Z","applyable":true,"complete":true,"errored":false}\n`;
}

interface Generated {
  readonly type: string;
  readonly declaration: string;
  readonly name: string;
  readonly after: Readonly<Record<string, unknown>>;
  readonly unknown: Readonly<Record<string, unknown>>;
  readonly sensitive: Readonly<Record<string, unknown>>;
}

const TAGS = { Environment: 'production', Owner: 'orchard', CostCentre: '4711' };
const allUnknown = (...names: string[]) => Object.fromEntries(names.map((name) => [name, true]));
const allNull = (...names: string[]) => Object.fromEntries(names.map((name) => [name, null]));

function resourcesOf(index: number): Generated[] {
  const name = `orchard-${index}`;
  return [
    bucket(name),
    versioning(name, index),
    accessBlock(name, index),
    group(name, index),
    database(name, index),
    role(name),
    instance(name),
  ];
}

const made = (
  type: string,
  name: string,
  after: Record<string, unknown>,
  unknown: Record<string, unknown>,
  sensitive: Record<string, unknown> = {},
): Generated => ({ type, declaration: 'this', name, after, unknown, sensitive });

const bucket = (name: string) =>
  made(
    'aws_s3_bucket',
    name,
    {
      bucket: name,
      force_destroy: false,
      tags: { ...TAGS, Name: name },
      tags_all: { ...TAGS, Name: name },
      timeouts: null,
    },
    {
      ...allUnknown(
        'acceleration_status',
        'acl',
        'arn',
        'bucket_domain_name',
        'bucket_prefix',
        'bucket_regional_domain_name',
        'cors_rule',
        'grant',
        'hosted_zone_id',
        'id',
        'lifecycle_rule',
        'logging',
        'object_lock_configuration',
        'object_lock_enabled',
        'policy',
        'region',
        'replication_configuration',
        'request_payer',
        'server_side_encryption_configuration',
        'versioning',
        'website',
        'website_domain',
        'website_endpoint',
      ),
      tags: {},
      tags_all: {},
    },
    { cors_rule: [], grant: [], lifecycle_rule: [], logging: [], tags: {}, tags_all: {}, versioning: [], website: [] },
  );

const versioning = (name: string, index: number) =>
  made(
    'aws_s3_bucket_versioning',
    name,
    {
      expected_bucket_owner: null,
      mfa: null,
      versioning_configuration: [{ status: index % 5 === 0 ? 'Suspended' : 'Enabled' }],
    },
    { bucket: true, id: true, versioning_configuration: [{ mfa_delete: true }] },
    { versioning_configuration: [{}] },
  );

const accessBlock = (name: string, index: number) =>
  made(
    'aws_s3_bucket_public_access_block',
    name,
    {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: index % 7 !== 0,
    },
    { bucket: true, id: true },
  );

const rule = (port: number, cidr: string) => ({
  cidr_blocks: [cidr],
  description: '',
  from_port: port,
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  protocol: 'tcp',
  security_groups: [],
  self: false,
  to_port: port,
});

const group = (name: string, index: number) =>
  made(
    'aws_security_group',
    name,
    {
      description: 'Managed by Terraform',
      ingress: [
        rule(443, '0.0.0.0/0'),
        rule(22, index % 9 === 0 ? '0.0.0.0/0' : '10.0.0.0/8'),
        rule(8443, '10.1.0.0/16'),
      ],
      name,
      revoke_rules_on_delete: false,
      tags: { ...TAGS, Name: name },
      tags_all: { ...TAGS, Name: name },
      timeouts: null,
    },
    {
      ...allUnknown('arn', 'egress', 'id', 'name_prefix', 'owner_id', 'vpc_id'),
      ingress: [0, 1, 2].map(() => ({
        cidr_blocks: [false],
        ipv6_cidr_blocks: [],
        prefix_list_ids: [],
        security_groups: [],
      })),
      tags: {},
      tags_all: {},
    },
    { egress: [], ingress: [0, 1, 2].map(() => ({ cidr_blocks: [false] })), tags: {}, tags_all: {} },
  );

const database = (name: string, index: number) =>
  made(
    'aws_db_instance',
    name,
    {
      ...allNull(
        'allow_major_version_upgrade',
        'custom_iam_instance_profile',
        'customer_owned_ip_enabled',
        'deletion_protection',
        'domain',
        'domain_auth_secret_arn',
        'domain_dns_ips',
        'domain_iam_role_name',
        'domain_ou',
        'enabled_cloudwatch_logs_exports',
        'final_snapshot_identifier',
        'iam_database_authentication_enabled',
        'manage_master_user_password',
        'max_allocated_storage',
        'password_wo',
        'password_wo_version',
        'replicate_source_db',
        'timeouts',
        'upgrade_storage_config',
      ),
      allocated_storage: 20 + (index % 100),
      apply_immediately: false,
      auto_minor_version_upgrade: true,
      blue_green_update: [],
      copy_tags_to_snapshot: false,
      dedicated_log_volume: false,
      delete_automated_backups: true,
      engine: 'postgres',
      identifier: name,
      instance_class: 'db.t3.medium',
      monitoring_interval: 0,
      password: `secret-of-${name}`,
      performance_insights_enabled: false,
      publicly_accessible: index % 11 === 0,
      restore_to_point_in_time: [],
      s3_import: [],
      skip_final_snapshot: true,
      storage_encrypted: index % 3 !== 0,
      tags: { ...TAGS, Name: name },
      tags_all: { ...TAGS, Name: name },
      username: 'orchard',
    },
    {
      ...allUnknown(
        'address',
        'arn',
        'availability_zone',
        'backup_retention_period',
        'backup_target',
        'backup_window',
        'ca_cert_identifier',
        'character_set_name',
        'database_insights_mode',
        'db_name',
        'db_subnet_group_name',
        'domain_fqdn',
        'endpoint',
        'engine_lifecycle_support',
        'engine_version',
        'engine_version_actual',
        'hosted_zone_id',
        'id',
        'identifier_prefix',
        'iops',
        'kms_key_id',
        'latest_restorable_time',
        'license_model',
        'listener_endpoint',
        'maintenance_window',
        'master_user_secret',
        'monitoring_role_arn',
        'multi_az',
        'network_type',
        'option_group_name',
        'parameter_group_name',
        'port',
        'replica_mode',
        'replicas',
        'resource_id',
        'snapshot_identifier',
        'status',
        'storage_throughput',
        'storage_type',
        'timezone',
        'vpc_security_group_ids',
      ),
      tags: {},
      tags_all: {},
    },
    {
      blue_green_update: [],
      password: true,
      password_wo: true,
      replicas: [],
      tags: {},
      tags_all: {},
      vpc_security_group_ids: [],
    },
  );

const statement = (index: number) => ({
  Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
  Effect: 'Allow',
  Resource: `arn:aws:s3:::orchard-${index}/*`,
  Sid: `Fruit${index}`,
});

const role = (name: string) =>
  made(
    'aws_iam_policy',
    name,
    {
      description: null,
      name,
      path: '/',
      policy: JSON.stringify({
        Statement: Array.from({ length: 8 }, (_, index) => statement(index)),
        Version: '2012-10-17',
      }),
      tags: null,
      tags_all: {},
    },
    { ...allUnknown('arn', 'attachment_count', 'id', 'name_prefix', 'policy_id'), tags_all: {} },
    { tags_all: {} },
  );

const instance = (name: string) =>
  made(
    'aws_instance',
    name,
    {
      ...allNull('hibernation', 'timeouts', 'volume_tags'),
      ami: 'ami-1',
      credit_specification: [],
      get_password_data: false,
      instance_type: 't3.micro',
      launch_template: [],
      metadata_options: [{ http_endpoint: 'enabled', http_protocol_ipv6: 'disabled', http_tokens: 'required' }],
      root_block_device: [{ delete_on_termination: true, encrypted: true, tags: null }],
      source_dest_check: true,
      tags: { ...TAGS, Name: name },
      tags_all: { ...TAGS, Name: name },
      user_data: '27c33e5a9cc10b84ec3e73c36845bb8cc99a4a33',
      user_data_replace_on_change: false,
    },
    {
      ...allUnknown(
        'arn',
        'associate_public_ip_address',
        'availability_zone',
        'capacity_reservation_specification',
        'cpu_core_count',
        'cpu_options',
        'cpu_threads_per_core',
        'disable_api_stop',
        'disable_api_termination',
        'ebs_block_device',
        'ebs_optimized',
        'enable_primary_ipv6',
        'enclave_options',
        'ephemeral_block_device',
        'host_id',
        'iam_instance_profile',
        'id',
        'instance_initiated_shutdown_behavior',
        'instance_lifecycle',
        'instance_market_options',
        'instance_state',
        'ipv6_address_count',
        'ipv6_addresses',
        'key_name',
        'maintenance_options',
        'monitoring',
        'network_interface',
        'outpost_arn',
        'password_data',
        'placement_group',
        'primary_network_interface_id',
        'private_dns',
        'private_dns_name_options',
        'private_ip',
        'public_dns',
        'public_ip',
        'secondary_private_ips',
        'security_groups',
        'spot_instance_request_id',
        'subnet_id',
        'tenancy',
        'user_data_base64',
        'vpc_security_group_ids',
      ),
      metadata_options: [{ http_put_response_hop_limit: true, instance_metadata_tags: true }],
      root_block_device: [
        allUnknown(
          'device_name',
          'iops',
          'kms_key_id',
          'tags_all',
          'throughput',
          'volume_id',
          'volume_size',
          'volume_type',
        ),
      ],
      tags: {},
      tags_all: {},
    },
    {
      capacity_reservation_specification: [],
      ebs_block_device: [],
      root_block_device: [{ tags_all: {} }],
      tags: {},
      tags_all: {},
    },
  );

function identityOf({ type, declaration, name }: Generated) {
  return {
    address: `module.orchard.${type}.${declaration}["${name}"]`,
    mode: 'managed',
    type,
    name: declaration,
    index: name,
    provider_name: 'registry.terraform.io/hashicorp/aws',
  };
}

function toPlanned(resource: Generated) {
  return { ...identityOf(resource), schema_version: 1, values: resource.after, sensitive_values: resource.sensitive };
}

/** Every fourth is there already, and changes. */
function toChange(resource: Generated, index: number) {
  const { address, ...rest } = identityOf(resource);
  const isUpdate = index % 4 === 0;
  return {
    address,
    module_address: 'module.orchard',
    ...rest,
    change: {
      actions: isUpdate ? ['update'] : ['create'],
      before: isUpdate ? { ...resource.after, id: resource.name } : null,
      after: resource.after,
      after_unknown: resource.unknown,
      before_sensitive: isUpdate ? resource.sensitive : false,
      after_sensitive: resource.sensitive,
    },
  };
}

const written = (type: string, expressions: unknown) => ({
  address: `${type}.this`,
  mode: 'managed',
  type,
  name: 'this',
  provider_config_key: 'aws',
  expressions,
  schema_version: 1,
  for_each_expression: { references: ['var.names'] },
});

const constant = (value: unknown) => ({ constant_value: value });
const references = (...names: string[]) => ({ references: names });

const CONFIGURATION = {
  provider_config: {
    aws: {
      name: 'aws',
      full_name: 'registry.terraform.io/hashicorp/aws',
      expressions: { region: constant('eu-central-1') },
    },
  },
  root_module: {
    module_calls: {
      orchard: {
        source: './orchard',
        expressions: { names: references('local.names') },
        module: {
          resources: [
            written('aws_s3_bucket', { bucket: references('each.key'), tags: references('local.tags') }),
            written('aws_s3_bucket_versioning', {
              bucket: references('aws_s3_bucket.this', 'each.key'),
              versioning_configuration: [{ status: references('each.value') }],
            }),
            written('aws_s3_bucket_public_access_block', {
              bucket: references('aws_s3_bucket.this', 'each.key'),
              block_public_acls: constant(true),
              block_public_policy: constant(true),
              ignore_public_acls: constant(true),
              restrict_public_buckets: references('each.value'),
            }),
            written('aws_security_group', {
              name: references('each.key'),
              ingress: references('each.value'),
              tags: references('local.tags'),
            }),
            written('aws_db_instance', {
              allocated_storage: references('each.value'),
              engine: constant('postgres'),
              identifier: references('each.key'),
              instance_class: constant('db.t3.medium'),
              password: references('var.password'),
              publicly_accessible: references('each.value'),
              skip_final_snapshot: constant(true),
              storage_encrypted: references('each.value'),
              tags: references('local.tags'),
              username: constant('orchard'),
            }),
            written('aws_iam_policy', { name: references('each.key'), policy: references('local.policy') }),
            written('aws_instance', {
              ami: constant('ami-1'),
              instance_type: constant('t3.micro'),
              metadata_options: [{ http_tokens: constant('required') }],
              root_block_device: [{ encrypted: constant(true) }],
              tags: references('local.tags'),
              user_data: references('each.value'),
            }),
          ],
          variables: { names: {}, password: { sensitive: true } },
        },
      },
    },
    variables: { environment: {} },
  },
};
