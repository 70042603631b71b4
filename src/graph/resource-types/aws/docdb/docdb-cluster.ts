import { assumed, because, certain, defineResourceType } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-docdb-dbcluster.html';

// CloudFormation's page names no default.
const CONVENTION = 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/docdb_cluster#port';

export const docdbCluster = defineResourceType({
  type: 'aws_docdb_cluster',
  cloudformation: {
    type: 'AWS::DocDB::DBCluster',
    ref: 'cluster_identifier',
    getAtt: { ClusterResourceId: 'cluster_resource_id' },
    set: { engine: 'docdb' },
    properties: {
      DBClusterIdentifier: 'cluster_identifier',
      EnableCloudwatchLogsExports: 'enabled_cloudwatch_logs_exports',
      MasterUserPassword: 'master_password',
      SourceDBClusterIdentifier: 'restore_to_point_in_time.source_cluster_identifier',
      RestoreToTime: 'restore_to_point_in_time.restore_to_time',
      RestoreType: 'restore_to_point_in_time.restore_type',
      UseLatestRestorableTime: 'restore_to_point_in_time.use_latest_restorable_time',
    },
  },
  defaults: {
    backup_retention_period: { cloudformation: certain(1, TEMPLATE) },
    port: { cloudformation: assumed(27017, CONVENTION) },
    storage_encrypted: {
      cloudformation: assumed(false, TEMPLATE),
      unless: ['snapshot_identifier', 'restore_to_point_in_time'],
    },
  },
  identity: {
    same: [['cluster_identifier', 'id'], ['arn'], ['cluster_resource_id']],
    unique: { cluster_identifier: 'region', arn: 'global', id: 'region' },
    arn: 'arn:{partition}:rds:{region}:{account}:cluster:{cluster_identifier}',
  },
  inherits: [
    {
      from: ['restore_to_point_in_time.source_cluster_identifier'],
      type: 'aws_docdb_cluster',
      attributes: ['storage_encrypted'],
    },
  ],
  nothing: [
    'kms_key_id',
    'db_cluster_parameter_group_name',
    'db_subnet_group_name',
    'vpc_security_group_ids',
    'master_username',
    'cluster_identifier',
  ],
  links: {
    kms_key_id: ['aws_kms_key', 'aws_kms_alias'],
    vpc_security_group_ids: 'aws_security_group',
    db_cluster_parameter_group_name: 'aws_docdb_cluster_parameter_group',
    db_subnet_group_name: 'aws_docdb_subnet_group',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because(
      'a switch of Terraform itself',
      'allow_major_version_upgrade',
      'apply_immediately',
      'cluster_members',
      'final_snapshot_identifier',
      'skip_final_snapshot',
    ),
    ...because('Terraform makes up the rest of the name', 'cluster_identifier_prefix'),
    ...because('Terraform keeps it out of its state', 'master_password_wo', 'master_password_wo_version'),
  },
});
