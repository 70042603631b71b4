import { assumed, defineResourceType } from '../../entries.js';

export const autoscalingGroup = defineResourceType({
  type: 'aws_autoscaling_group',
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
