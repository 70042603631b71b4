import { assumed, certain, defineResourceType, mountList } from '../../entries.js';

export const dbInstance = defineResourceType({
  type: 'aws_db_instance',
  identity: {
    same: [['identifier'], ['arn'], ['id', 'resource_id']],
    unique: { identifier: 'region', arn: 'global' },
    arn: 'arn:{partition}:rds:{region}:{account}:db:{identifier}',
  },
  companions: [
    mountList('role_association[]', {
      type: 'aws_db_instance_role_association',
      link: 'db_instance_identifier',
      to: 'identifier',
    }),
  ],
  undetermined: {
    backup_retention_period: { reason: 'it depends on the engine and on whether it is a replica' },
    ca_cert_identifier: { reason: 'the account decides' },
    performance_insights_kms_key_id: { reason: 'the account decides' },
  },
  defaults: {
    multi_az: {
      terraform: assumed(false, 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html'),
    },
    monitoring_interval: {
      terraform: certain(
        0,
        'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance#monitoring_interval',
      ),
    },
  },
  replaces: ['storage_encrypted'],
  nothing: [
    'kms_key_id',
    'snapshot_identifier',
    'replicate_source_db',
    'parameter_group_name',
    'option_group_name',
    'db_subnet_group_name',
    'db_name',
    'username',
    'engine',
    'engine_version',
    'identifier',
    'identifier_prefix',
    'vpc_security_group_ids',
    'allocated_storage',
    'port',
    'iops',
    'monitoring_role_arn',
    'performance_insights_retention_period',
  ],
  links: {
    vpc_security_group_ids: 'aws_security_group',
    db_subnet_group_name: 'aws_db_subnet_group',
    parameter_group_name: 'aws_db_parameter_group',
    option_group_name: 'aws_db_option_group',
    kms_key_id: ['aws_kms_key', 'aws_kms_alias'],
    replicate_source_db: 'aws_db_instance',
    monitoring_role_arn: 'aws_iam_role',
    performance_insights_kms_key_id: ['aws_kms_key', 'aws_kms_alias'],
    snapshot_identifier: 'aws_db_snapshot',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
