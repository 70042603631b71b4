import type { Collector } from '../collector.js';
import { asTheyAre, get, inCapitals, lift } from '../json.js';
import { described } from './operations.js';

export const ecsService: Collector = {
  type: 'AWS::ECS::Service',
  service: 'ecs',
  version: 1,
  scope: 'region',
  list: described.services,
  only: [{ path: 'status', differs: 'INACTIVE' }],
  tells: [
    ...['CapacityProviderStrategy', 'Cluster', 'DeploymentController', 'DesiredCount', 'EnableECSManagedTags'],
    ...['EnableExecuteCommand', 'HealthCheckGracePeriodSeconds', 'LaunchType', 'LoadBalancers'],
    ...['NetworkConfiguration', 'PlacementConstraints', 'PlacementStrategies', 'PlatformVersion', 'PropagateTags'],
    ...['Role', 'SchedulingStrategy', 'ServiceName', 'ServiceRegistries', 'Tags', 'TaskDefinition'],
  ],
  id: 'serviceArn',
  arn: '{serviceArn}',
  // How it is changed, and what only its newest deployment tells.
  unread: [
    ...['AvailabilityZoneRebalancing', 'DeploymentConfiguration', 'ForceNewDeployment', 'Monitoring'],
    ...['ServiceConnectConfiguration', 'VolumeConfigurations', 'VpcLatticeConfigurations'],
  ],
  sets: ['Tags'],
  project: (item) => ({
    properties: {
      ...lift(item, { Cluster: 'clusterArn', Role: 'roleArn', TaskDefinition: 'taskDefinition' }),
      ...lift(item, { EnableECSManagedTags: 'enableECSManagedTags', EnableExecuteCommand: 'enableExecuteCommand' }),
      ...lift(item, { DesiredCount: 'desiredCount', LaunchType: 'launchType', PlatformVersion: 'platformVersion' }),
      ...lift(item, { PropagateTags: 'propagateTags', SchedulingStrategy: 'schedulingStrategy' }),
      ...lift(item, { HealthCheckGracePeriodSeconds: 'healthCheckGracePeriodSeconds', ServiceName: 'serviceName' }),
      CapacityProviderStrategy: inCapitals(
        get(item, 'capacityProviderStrategy'),
        asTheyAre('base', 'capacityProvider', 'weight'),
      ),
      DeploymentController: inCapitals(get(item, 'deploymentController'), asTheyAre('type')),
      LoadBalancers: inCapitals(get(item, 'loadBalancers'), {
        ...asTheyAre('containerName', 'containerPort', 'loadBalancerName', 'targetGroupArn'),
        advancedConfiguration: asTheyAre(
          ...['alternateTargetGroupArn', 'productionListenerRule', 'roleArn', 'testListenerRule'],
        ),
      }),
      NetworkConfiguration: inCapitals(get(item, 'networkConfiguration'), {
        awsvpcConfiguration: asTheyAre('assignPublicIp', 'securityGroups', 'subnets'),
      }),
      PlacementConstraints: inCapitals(get(item, 'placementConstraints'), asTheyAre('expression', 'type')),
      PlacementStrategies: inCapitals(get(item, 'placementStrategy'), asTheyAre('field', 'type')),
      ServiceRegistries: inCapitals(
        get(item, 'serviceRegistries'),
        asTheyAre('containerName', 'containerPort', 'port', 'registryArn'),
      ),
      Tags: inCapitals(get(item, 'tags'), asTheyAre('key', 'value')),
    },
    live: lift(item, { created_at: 'createdAt', status: 'status' }),
  }),
};
