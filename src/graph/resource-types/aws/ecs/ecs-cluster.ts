import { alike, defineResourceType, list, mountObject, object } from '../../entries.js';

export const ecsCluster = defineResourceType({
  type: 'aws_ecs_cluster',
  cloudformation: {
    type: 'AWS::ECS::Cluster',
    ref: 'name',
    properties: {
      CapacityProviders: 'capacity_providers.capacity_providers',
      ClusterName: 'name',
      ClusterSettings: list('setting'),
      Configuration: alike('configuration', {
        ExecuteCommandConfiguration: object('execute_command_configuration', {
          LogConfiguration: object('log_configuration', { S3EncryptionEnabled: 's3_bucket_encryption_enabled' }),
        }),
      }),
      DefaultCapacityProviderStrategy: list('capacity_providers.default_capacity_provider_strategy'),
      ServiceConnectDefaults: object(),
    },
  },
  identity: {
    same: [['arn', 'id'], ['name']],
    unique: { arn: 'global', id: 'global', name: 'region' },
    arn: 'arn:{partition}:ecs:{region}:{account}:cluster/{name}',
  },
  companions: [
    mountObject('capacity_providers', { type: 'aws_ecs_cluster_capacity_providers', link: 'cluster_name', to: 'name' }),
  ],
  links: {
    'configuration.execute_command_configuration.kms_key_id': ['aws_kms_key', 'aws_kms_alias'],
    'configuration.execute_command_configuration.log_configuration.cloud_watch_log_group_name':
      'aws_cloudwatch_log_group',
    'configuration.execute_command_configuration.log_configuration.s3_bucket_name': 'aws_s3_bucket',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
