import { assumed, because, certain, defineResourceType } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html';

const DOCUMENTATION =
  'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/rds_cluster_instance';

export const rdsClusterInstance = defineResourceType({
  type: 'aws_rds_cluster_instance',
  cloudformation: {
    type: 'AWS::RDS::DBInstance',
    when: { property: 'DBClusterIdentifier', is: 'set' },
    ref: 'identifier',
    getAtt: { DBInstanceArn: 'arn', 'Endpoint.Address': 'endpoint', 'Endpoint.Port': 'port' },
    properties: {
      CACertificateIdentifier: 'ca_cert_identifier',
      DBClusterIdentifier: 'cluster_identifier',
      DBInstanceClass: 'instance_class',
      DBInstanceIdentifier: 'identifier',
      EnablePerformanceInsights: 'performance_insights_enabled',
    },
  },
  identity: {
    same: [['identifier', 'id'], ['arn']],
    unique: { identifier: 'region', arn: 'global' },
    arn: 'arn:{partition}:rds:{region}:{account}:db:{identifier}',
  },
  nothing: [
    'db_parameter_group_name',
    'db_subnet_group_name',
    'monitoring_role_arn',
    'performance_insights_kms_key_id',
  ],
  // The API looks at the subnet group; the provider's documentation says false.
  defaults: {
    auto_minor_version_upgrade: { cloudformation: certain(true, TEMPLATE) },
    copy_tags_to_snapshot: { cloudformation: certain(false, TEMPLATE) },
    monitoring_interval: { cloudformation: certain(0, TEMPLATE) },
    publicly_accessible: {
      terraform: assumed(false, DOCUMENTATION),
      cloudformation: { reason: 'the subnets and the VPC decide', decidedBy: 'db_subnet_group_name' },
    },
  },
  links: {
    cluster_identifier: 'aws_rds_cluster',
    db_parameter_group_name: 'aws_db_parameter_group',
    monitoring_role_arn: 'aws_iam_role',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'force_destroy'),
    ...because('Terraform makes up the rest of the name', 'identifier_prefix'),
  },
});
