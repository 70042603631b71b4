import { assumed, because, certain, defineResourceType, fieldsOf, object } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-neptune-dbcluster.html';

export const neptuneCluster = defineResourceType({
  type: 'aws_neptune_cluster',
  cloudformation: {
    type: 'AWS::Neptune::DBCluster',
    ref: 'cluster_identifier',
    getAtt: { ClusterResourceId: 'cluster_resource_id' },
    set: { engine: 'neptune' },
    properties: {
      AssociatedRoles: fieldsOf('iam_roles', 'RoleArn'),
      DBClusterIdentifier: 'cluster_identifier',
      DBClusterParameterGroupName: 'neptune_cluster_parameter_group_name',
      DBInstanceParameterGroupName: 'neptune_instance_parameter_group_name',
      DBPort: 'port',
      DBSubnetGroupName: 'neptune_subnet_group_name',
      IamAuthEnabled: 'iam_database_authentication_enabled',
      KmsKeyId: 'kms_key_arn',
      ServerlessScalingConfiguration: object('serverless_v2_scaling_configuration'),
    },
  },
  defaults: {
    storage_encrypted: {
      cloudformation: assumed(false, TEMPLATE),
      unless: ['snapshot_identifier', 'replication_source_identifier', 'native.SourceDBClusterIdentifier'],
    },
    backup_retention_period: { cloudformation: certain(1, TEMPLATE) },
    port: { cloudformation: certain(8182, TEMPLATE) },
  },
  identity: {
    same: [['cluster_identifier', 'id'], ['arn'], ['cluster_resource_id']],
    unique: { cluster_identifier: 'region', arn: 'global', id: 'region' },
    arn: 'arn:{partition}:rds:{region}:{account}:cluster:{cluster_identifier}',
  },
  inherits: [
    {
      from: ['native.SourceDBClusterIdentifier'],
      type: 'aws_neptune_cluster',
      attributes: ['storage_encrypted'],
    },
  ],
  nothing: [
    'kms_key_arn',
    'neptune_cluster_parameter_group_name',
    'neptune_subnet_group_name',
    'vpc_security_group_ids',
    'cluster_identifier',
  ],
  links: {
    kms_key_arn: ['aws_kms_key', 'aws_kms_alias'],
    vpc_security_group_ids: 'aws_security_group',
    iam_roles: 'aws_iam_role',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because(
      'a switch of Terraform itself',
      'allow_major_version_upgrade',
      'apply_immediately',
      'final_snapshot_identifier',
      'skip_final_snapshot',
    ),
    ...because('Terraform makes up the rest of the name', 'cluster_identifier_prefix'),
    ...because('no property', 'replication_source_identifier', 'storage_type'),
  },
});
