import { alike, assumed, because, certain, defineResourceType, hoist, list, mountList, object } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html';

const ENCRYPTION = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html';

export const rdsCluster = defineResourceType({
  type: 'aws_rds_cluster',
  cloudformation: {
    type: 'AWS::RDS::DBCluster',
    ref: 'cluster_identifier',
    getAtt: {
      DBClusterArn: 'arn',
      DBClusterResourceId: 'cluster_resource_id',
      'Endpoint.Address': 'endpoint',
      'Endpoint.Port': 'port',
      'ReadEndpoint.Address': 'reader_endpoint',
    },
    properties: {
      AssociatedRoles: list('role_association'),
      DBClusterIdentifier: 'cluster_identifier',
      EnableCloudwatchLogsExports: 'enabled_cloudwatch_logs_exports',
      EnableIAMDatabaseAuthentication: 'iam_database_authentication_enabled',
      MasterUserPassword: 'master_password',
      MasterUserSecret: hoist({ KmsKeyId: 'master_user_secret_kms_key_id' }),
      RestoreToTime: 'restore_to_point_in_time.restore_to_time',
      RestoreType: 'restore_to_point_in_time.restore_type',
      ScalingConfiguration: alike(),
      ServerlessV2ScalingConfiguration: object('serverlessv2_scaling_configuration'),
      SourceDBClusterIdentifier: 'restore_to_point_in_time.source_cluster_identifier',
      SourceDbClusterResourceId: 'restore_to_point_in_time.source_cluster_resource_id',
      UseLatestRestorableTime: 'restore_to_point_in_time.use_latest_restorable_time',
    },
  },
  identity: {
    same: [['cluster_identifier', 'id'], ['arn'], ['cluster_resource_id']],
    unique: { cluster_identifier: 'region', arn: 'global', id: 'region' },
    arn: 'arn:{partition}:rds:{region}:{account}:cluster:{cluster_identifier}',
  },
  inherits: [
    {
      from: ['replication_source_identifier', 'restore_to_point_in_time.source_cluster_identifier'],
      type: 'aws_rds_cluster',
      attributes: ['storage_encrypted'],
    },
  ],
  companions: [
    mountList('role_association[]', {
      type: 'aws_rds_cluster_role_association',
      link: 'db_cluster_identifier',
      to: 'cluster_identifier',
    }),
  ],
  undetermined: {
    backup_retention_period: { reason: 'the service decides' },
  },
  // A serverless cluster (engine mode) and one restored from an encrypted snapshot are encrypted all the same.
  defaults: {
    engine_mode: { cloudformation: assumed('provisioned', TEMPLATE) },
    copy_tags_to_snapshot: { cloudformation: certain(false, TEMPLATE) },
    deletion_protection: { cloudformation: certain(false, TEMPLATE) },
    enable_http_endpoint: { cloudformation: certain(false, TEMPLATE) },
    storage_encrypted: {
      terraform: assumed(false, ENCRYPTION),
      cloudformation: assumed(false, ENCRYPTION),
      unless: ['replication_source_identifier', 'snapshot_identifier', 'restore_to_point_in_time'],
    },
  },
  replaces: ['storage_encrypted'],
  nothing: [
    'kms_key_id',
    'snapshot_identifier',
    'vpc_security_group_ids',
    'db_subnet_group_name',
    'db_cluster_parameter_group_name',
    'iam_roles',
    'master_username',
    'cluster_identifier',
    'cluster_identifier_prefix',
    'database_name',
    'engine_version',
    'port',
    'global_cluster_identifier',
    'replication_source_identifier',
  ],
  links: {
    vpc_security_group_ids: 'aws_security_group',
    db_subnet_group_name: 'aws_db_subnet_group',
    db_cluster_parameter_group_name: 'aws_rds_cluster_parameter_group',
    kms_key_id: ['aws_kms_key', 'aws_kms_alias'],
    iam_roles: 'aws_iam_role',
    global_cluster_identifier: 'aws_rds_global_cluster',
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
    ...because('no property', 'ca_certificate_identifier', 'iam_roles', 's3_import'),
    ...because('Terraform makes up the rest of the name', 'cluster_identifier_prefix'),
    ...because('Terraform keeps it out of its state', 'master_password_wo', 'master_password_wo_version'),
  },
});
