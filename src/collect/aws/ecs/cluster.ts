import type { Collector } from '../collector.js';
import { asTheyAre, get, inCapitals, lift } from '../json.js';
import { described } from './operations.js';

export const ecsCluster: Collector = {
  type: 'AWS::ECS::Cluster',
  service: 'ecs',
  version: 1,
  scope: 'region',
  list: described.clusters,
  // One that was deleted is shown for a while.
  only: [{ path: 'status', differs: 'INACTIVE' }],
  tells: [
    ...['CapacityProviders', 'ClusterName', 'ClusterSettings', 'Configuration', 'DefaultCapacityProviderStrategy'],
    ...['ServiceConnectDefaults', 'Tags'],
  ],
  id: 'clusterName',
  arn: '{clusterArn}',
  sets: ['CapacityProviders', 'Tags'],
  project: (item) => ({
    properties: {
      ...lift(item, { CapacityProviders: 'capacityProviders', ClusterName: 'clusterName' }),
      ClusterSettings: inCapitals(get(item, 'settings'), asTheyAre('name', 'value')),
      Configuration: inCapitals(get(item, 'configuration'), {
        executeCommandConfiguration: {
          ...asTheyAre('kmsKeyId', 'logging'),
          logConfiguration: asTheyAre(
            ...['cloudWatchEncryptionEnabled', 'cloudWatchLogGroupName', 's3BucketName', 's3EncryptionEnabled'],
            's3KeyPrefix',
          ),
        },
        managedStorageConfiguration: asTheyAre('fargateEphemeralStorageKmsKeyId', 'kmsKeyId'),
      }),
      DefaultCapacityProviderStrategy: inCapitals(
        get(item, 'defaultCapacityProviderStrategy'),
        asTheyAre('base', 'capacityProvider', 'weight'),
      ),
      ServiceConnectDefaults: inCapitals(get(item, 'serviceConnectDefaults'), asTheyAre('namespace')),
      Tags: inCapitals(get(item, 'tags'), asTheyAre('key', 'value')),
    },
    live: lift(item, { status: 'status' }),
  }),
};
