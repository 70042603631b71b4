import { assumed, because, certain, defineResourceType, mountObject, object } from '../../entries.js';

const TEMPLATE_5 = 'https://docs.aws.amazon.com/redshift/latest/mgmt/behavior-changes.html';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-redshift-cluster.html';

/** True and false until then, and the other way round since. */
const VERSION_6 = { reason: 'version 6 of the provider takes another default than those before it' };

export const redshiftCluster = defineResourceType({
  type: 'aws_redshift_cluster',
  cloudformation: {
    type: 'AWS::Redshift::Cluster',
    ref: 'cluster_identifier',
    getAtt: { 'Endpoint.Address': 'endpoint', 'Endpoint.Port': 'port' },
    properties: {
      AvailabilityZoneRelocation: 'availability_zone_relocation_enabled',
      DBName: 'database_name',
      DestinationRegion: 'snapshot_copy.destination_region',
      SnapshotCopyGrantName: 'snapshot_copy.grant_name',
      SnapshotCopyRetentionPeriod: 'snapshot_copy.retention_period',
      LoggingProperties: object('logging'),
      MasterUserPassword: 'master_password',
    },
  },
  defaults: {
    publicly_accessible: { terraform: VERSION_6, cloudformation: assumed(false, TEMPLATE_5) },
    encrypted: {
      terraform: VERSION_6,
      cloudformation: assumed(true, TEMPLATE_5),
      unless: ['snapshot_identifier', 'snapshot_arn', 'snapshot_cluster_identifier'],
    },
    port: { cloudformation: certain(5439, TEMPLATE) },
    automated_snapshot_retention_period: { cloudformation: certain(1, TEMPLATE) },
    'logging.enable': { cloudformation: certain(true, TEMPLATE) },
    allow_version_upgrade: { cloudformation: certain(true, TEMPLATE) },
  },
  identity: {
    same: [['cluster_identifier', 'id'], ['arn']],
    unique: { cluster_identifier: 'region', id: 'region', arn: 'global' },
  },
  companions: [
    mountObject('logging', { type: 'aws_redshift_logging', link: 'cluster_identifier', to: 'cluster_identifier' }),
  ],
  links: {
    kms_key_id: ['aws_kms_key', 'aws_kms_alias'],
    vpc_security_group_ids: 'aws_security_group',
    cluster_subnet_group_name: 'aws_redshift_subnet_group',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'apply_immediately', 'final_snapshot_identifier', 'skip_final_snapshot'),
    ...because(
      'no property',
      'cluster_public_key',
      'cluster_revision_number',
      'default_iam_role_arn',
      'snapshot_arn',
      'logging.enable',
    ),
    ...because('the service makes it', 'endpoint'),
    ...because('Terraform keeps it out of its state', 'master_password_wo', 'master_password_wo_version'),
  },
});
