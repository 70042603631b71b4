import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Loose } from '../collector.js';
import { all, each, filled, get, lift, pick, pickFilled, where } from '../json.js';
import { list } from './list.js';

export const autoScalingGroup: Collector = {
  type: 'AWS::AutoScaling::AutoScalingGroup',
  service: 'autoscaling',
  version: 1,
  scope: 'region',
  list: list('DescribeAutoScalingGroups', 'AutoScalingGroups.*'),
  tells: [
    'AutoScalingGroupName',
    'AvailabilityZoneDistribution',
    'AvailabilityZoneIds',
    'AvailabilityZoneImpairmentPolicy',
    'AvailabilityZones',
    'CapacityRebalance',
    'CapacityReservationSpecification',
    'Context',
    'Cooldown',
    'DefaultInstanceWarmup',
    'DeletionProtection',
    'DesiredCapacity',
    'DesiredCapacityType',
    'HealthCheckGracePeriod',
    'HealthCheckType',
    'InstanceLifecyclePolicy',
    'InstanceMaintenancePolicy',
    'LaunchConfigurationName',
    'LaunchTemplate',
    'LoadBalancerNames',
    'MaxInstanceLifetime',
    'MaxSize',
    'MetricsCollection',
    'MinSize',
    'MixedInstancesPolicy',
    'NewInstancesProtectedFromScaleIn',
    'PlacementGroup',
    'ServiceLinkedRoleARN',
    'Tags',
    'TargetGroupARNs',
    'TerminationPolicies',
    'TrafficSources',
    'VPCZoneIdentifier',
  ],
  id: 'AutoScalingGroupName',
  arn: '{AutoScalingGroupARN}',
  unread: [
    'InstanceId',
    'LifecycleHookSpecificationList',
    'NotificationConfiguration',
    'NotificationConfigurations',
    'SkipZonalShiftValidation',
  ],
  sets: ['AvailabilityZoneIds', 'AvailabilityZones', 'LoadBalancerNames', 'Tags', 'TargetGroupARNs'],
  project: (item) => ({
    properties: {
      ...pick(item, 'AutoScalingGroupName', 'AvailabilityZoneDistribution', 'AvailabilityZoneIds', 'AvailabilityZones'),
      ...pick(item, 'AvailabilityZoneImpairmentPolicy', 'CapacityRebalance', 'CapacityReservationSpecification'),
      ...pick(item, 'DefaultInstanceWarmup', 'DeletionProtection', 'DesiredCapacityType', 'HealthCheckGracePeriod'),
      ...pick(item, 'HealthCheckType', 'InstanceLifecyclePolicy', 'InstanceMaintenancePolicy', 'LoadBalancerNames'),
      ...pick(item, 'MaxInstanceLifetime', 'NewInstancesProtectedFromScaleIn', 'ServiceLinkedRoleARN'),
      ...pick(item, 'TargetGroupARNs', 'TerminationPolicies'),
      ...pickFilled(item, 'Context', 'LaunchConfigurationName', 'PlacementGroup'),
      // Numbers in an answer, texts in a template.
      Cooldown: where(get(item, 'DefaultCooldown'), String),
      DesiredCapacity: where(get(item, 'DesiredCapacity'), String),
      MaxSize: where(get(item, 'MaxSize'), String),
      MinSize: where(get(item, 'MinSize'), String),
      LaunchTemplate: where(get(item, 'LaunchTemplate'), toTemplate),
      MetricsCollection: toMetrics(item),
      MixedInstancesPolicy: where(get(item, 'MixedInstancesPolicy'), (policy) => ({
        InstancesDistribution: get(policy, 'InstancesDistribution'),
        LaunchTemplate: where(get(policy, 'LaunchTemplate'), (template) => ({
          LaunchTemplateSpecification: where(get(template, 'LaunchTemplateSpecification'), toTemplate),
          Overrides: each(template, 'Overrides', (override) => ({
            ...pick(override, 'ImageId', 'InstanceRequirements', 'InstanceType', 'WeightedCapacity'),
            LaunchTemplateSpecification: where(get(override, 'LaunchTemplateSpecification'), toTemplate),
          })),
        })),
      })),
      Tags: each(item, 'Tags', (tag) => pick(tag, 'Key', 'PropagateAtLaunch', 'Value')),
      TrafficSources: each(item, 'TrafficSources', (source) => pick(source, 'Identifier', 'Type')),
      VPCZoneIdentifier: where(filled(get(item, 'VPCZoneIdentifier')), (subnets) => String(subnets).split(',')),
    },
  }),
};

/** An answer names a template by its id and by its name, a configuration by one of them. */
function toTemplate(template: SnapshotJson): Loose {
  return lift(template, {
    LaunchTemplateId: 'LaunchTemplateId',
    LaunchTemplateName: 'LaunchTemplateName',
    Version: 'Version',
  });
}

/** Metric by metric in an answer, by granularity in a template. */
function toMetrics(item: SnapshotJson): Loose {
  const granularities = new Set(all(item, 'EnabledMetrics.*.Granularity'));
  return [...granularities].map((Granularity) => ({
    Granularity,
    Metrics: all(item, 'EnabledMetrics.*')
      .filter((metric) => get(metric, 'Granularity') === Granularity)
      .map((metric) => get(metric, 'Metric')),
  }));
}
