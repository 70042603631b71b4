import { because, defineResourceType, hoist, list } from '../../entries.js';

export const cacheCluster = defineResourceType({
  type: 'aws_elasticache_cluster',
  cloudformation: {
    type: 'AWS::ElastiCache::CacheCluster',
    ref: 'cluster_id',
    getAtt: { 'ConfigurationEndpoint.Address': 'cluster_address', 'RedisEndpoint.Address': 'cluster_address' },
    properties: {
      AutoMinorVersionUpgrade: 'auto_minor_version_upgrade',
      CacheNodeType: 'node_type',
      CacheParameterGroupName: 'parameter_group_name',
      CacheSubnetGroupName: 'subnet_group_name',
      ClusterName: 'cluster_id',
      LogDeliveryConfigurations: list('log_delivery_configuration', {
        DestinationDetails: hoist({
          CloudWatchLogsDetails: hoist({ LogGroup: 'destination' }),
          KinesisFirehoseDetails: hoist({ DeliveryStream: 'destination' }),
        }),
      }),
      PreferredAvailabilityZone: 'availability_zone',
      PreferredMaintenanceWindow: 'maintenance_window',
      VpcSecurityGroupIds: 'security_group_ids',
    },
  },
  identity: { same: [['cluster_id', 'id'], ['arn']], unique: { cluster_id: 'region', id: 'region', arn: 'global' } },
  links: {
    replication_group_id: 'aws_elasticache_replication_group',
    subnet_group_name: 'aws_elasticache_subnet_group',
    security_group_ids: 'aws_security_group',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'apply_immediately', 'final_snapshot_identifier'),
    ...because('no property', 'outpost_mode', 'preferred_outpost_arn', 'replication_group_id'),
  },
});
