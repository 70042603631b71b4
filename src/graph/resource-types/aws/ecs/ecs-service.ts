import { defineResourceType } from '../../entries.js';

export const ecsService = defineResourceType({
  type: 'aws_ecs_service',
  nothing: ['iam_role', 'cluster'],
  undetermined: {
    launch_type: { reason: "the cluster's capacity providers decide" },
    platform_version: { reason: 'the service takes the latest' },
  },
  links: {
    cluster: 'aws_ecs_cluster',
    task_definition: 'aws_ecs_task_definition',
    iam_role: 'aws_iam_role',
    'network_configuration.security_groups': 'aws_security_group',
    'network_configuration.subnets': 'aws_subnet',
    'load_balancer.target_group_arn': 'aws_lb_target_group',
    'load_balancer.elb_name': 'aws_elb',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
