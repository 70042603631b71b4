import { defineResourceType, mountObject, object } from '../../entries.js';

export const redshiftCluster = defineResourceType({
  type: 'aws_redshift_cluster',
  cloudformation: {
    type: 'AWS::Redshift::Cluster',
    ref: 'cluster_identifier',
    getAtt: { 'Endpoint.Address': 'endpoint', 'Endpoint.Port': 'port' },
    properties: {
      AvailabilityZoneRelocation: 'availability_zone_relocation_enabled',
      DBName: 'database_name',
      LoggingProperties: object('logging'),
      MasterUserPassword: 'master_password',
    },
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
});
