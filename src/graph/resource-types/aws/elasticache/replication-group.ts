import { because, defineResourceType, hoist, list } from '../../entries.js';

export const replicationGroup = defineResourceType({
  type: 'aws_elasticache_replication_group',
  cloudformation: {
    type: 'AWS::ElastiCache::ReplicationGroup',
    ref: 'replication_group_id',
    getAtt: {
      'PrimaryEndPoint.Address': 'primary_endpoint_address',
      'ReaderEndPoint.Address': 'reader_endpoint_address',
      'ConfigurationEndPoint.Address': 'configuration_endpoint_address',
    },
    properties: {
      AtRestEncryptionEnabled: 'at_rest_encryption_enabled',
      AutoMinorVersionUpgrade: 'auto_minor_version_upgrade',
      CacheNodeType: 'node_type',
      CacheParameterGroupName: 'parameter_group_name',
      CacheSecurityGroupNames: 'security_group_names',
      CacheSubnetGroupName: 'subnet_group_name',
      LogDeliveryConfigurations: list('log_delivery_configuration', {
        DestinationDetails: hoist({
          CloudWatchLogsDetails: hoist({ LogGroup: 'destination' }),
          KinesisFirehoseDetails: hoist({ DeliveryStream: 'destination' }),
        }),
      }),
      PreferredCacheClusterAZs: 'preferred_cache_cluster_azs',
      PreferredMaintenanceWindow: 'maintenance_window',
      ReplicationGroupDescription: 'description',
    },
  },
  identity: {
    same: [['replication_group_id', 'id'], ['arn']],
    unique: { replication_group_id: 'region', id: 'region', arn: 'global' },
  },
  // The API's own default is no encryption; newer engines switch transit encryption on.
  undetermined: {
    at_rest_encryption_enabled: { reason: 'it depends on the engine', decidedBy: 'engine' },
    transit_encryption_enabled: { reason: 'it depends on the engine', decidedBy: 'engine' },
  },
  links: {
    kms_key_id: ['aws_kms_key', 'aws_kms_alias'],
    subnet_group_name: 'aws_elasticache_subnet_group',
    security_group_ids: 'aws_security_group',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because(
      'a switch of Terraform itself',
      'apply_immediately',
      'auth_token_update_strategy',
      'final_snapshot_identifier',
    ),
  },
});
