import { defineResourceType, mountObject } from '../../entries.js';

export const redshiftCluster = defineResourceType({
  type: 'aws_redshift_cluster',
  cloudformation: {
    type: 'AWS::Redshift::Cluster',
    ref: 'cluster_identifier',
    properties: {
      ClusterIdentifier: 'cluster_identifier',
      PubliclyAccessible: 'publicly_accessible',
      Encrypted: 'encrypted',
      KmsKeyId: 'kms_key_id',
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
