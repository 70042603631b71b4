import { alike, assumed, defineResourceType, hoist, list, object } from '../../entries.js';

export const autoscalingGroup = defineResourceType({
  type: 'aws_autoscaling_group',
  cloudformation: {
    type: 'AWS::AutoScaling::AutoScalingGroup',
    ref: 'name',
    getAtt: { AutoScalingGroupARN: 'arn' },
    properties: {
      AutoScalingGroupName: 'name',
      AvailabilityZoneDistribution: alike(),
      CapacityReservationSpecification: alike(),
      Cooldown: 'default_cooldown',
      DesiredCapacity: 'desired_capacity',
      InstanceMaintenancePolicy: alike(),
      LaunchConfigurationName: 'launch_configuration',
      LaunchTemplate: object('launch_template', { LaunchTemplateId: 'id', LaunchTemplateName: 'name' }),
      LifecycleHookSpecificationList: list('initial_lifecycle_hook', {
        LifecycleHookName: 'name',
        NotificationTargetARN: 'notification_target_arn',
        RoleARN: 'role_arn',
      }),
      LoadBalancerNames: 'load_balancers',
      MaxSize: 'max_size',
      MetricsCollection: hoist({ Granularity: 'metrics_granularity', Metrics: 'enabled_metrics' }),
      MinSize: 'min_size',
      MixedInstancesPolicy: alike(),
      NewInstancesProtectedFromScaleIn: 'protect_from_scale_in',
      Tags: list('tag'),
      TargetGroupARNs: 'target_group_arns',
      TrafficSources: list('traffic_source'),
    },
  },
  identity: { same: [['name', 'id'], ['arn']], unique: { name: 'region', id: 'region', arn: 'global' } },
  nothing: [
    'launch_template.id',
    'launch_template.name',
    'name',
    'name_prefix',
    'load_balancers',
    'target_group_arns',
    'vpc_zone_identifier',
    'availability_zones',
  ],
  defaults: {
    health_check_type: {
      terraform: assumed(
        'EC2',
        'https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html',
      ),
    },
  },
  links: {
    'launch_template.id': 'aws_launch_template',
    'launch_template.name': 'aws_launch_template',
    launch_configuration: 'aws_launch_configuration',
    load_balancers: 'aws_elb',
    target_group_arns: 'aws_lb_target_group',
    vpc_zone_identifier: 'aws_subnet',
    'mixed_instances_policy.launch_template.launch_template_specification.launch_template_id': 'aws_launch_template',
  },
});
