import {
  alike,
  assumed,
  because,
  certain,
  defineResourceType,
  hoist,
  list,
  object,
  single,
  words,
} from '../../entries.js';

const TEMPLATE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html';

// CloudFormation's page names no default.
const CONVENTION = 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service';

export const ecsService = defineResourceType({
  type: 'aws_ecs_service',
  cloudformation: {
    type: 'AWS::ECS::Service',
    ref: 'id',
    getAtt: { Name: 'name', ServiceArn: 'id' },
    properties: {
      CapacityProviderStrategy: list(),
      DeploymentConfiguration: hoist({
        Alarms: object('alarms'),
        DeploymentCircuitBreaker: object('deployment_circuit_breaker'),
        MaximumPercent: 'deployment_maximum_percent',
        MinimumHealthyPercent: 'deployment_minimum_healthy_percent',
      }),
      DeploymentController: object(),
      ForceNewDeployment: hoist({ EnableForceNewDeployment: 'force_new_deployment' }),
      LoadBalancers: list('load_balancer', { LoadBalancerName: 'elb_name' }),
      NetworkConfiguration: object('network_configuration', {
        AwsvpcConfiguration: hoist({
          AssignPublicIp: words('assign_public_ip', { ENABLED: 'true', DISABLED: 'false' }),
        }),
      }),
      PlacementConstraints: list(),
      PlacementStrategies: list('ordered_placement_strategy'),
      Role: 'iam_role',
      ServiceConnectConfiguration: alike('service_connect_configuration', {
        LogConfiguration: object('log_configuration', { SecretOptions: list('secret_option') }),
        Services: alike('service', {
          ClientAliases: single('client_alias'),
          Tls: object('tls', {
            IssuerCertificateAuthority: object('issuer_cert_authority', {
              AwsPcaAuthorityArn: 'aws_pca_authority_arn',
            }),
          }),
        }),
      }),
      ServiceName: 'name',
      ServiceRegistries: single(),
      VolumeConfigurations: single('volume_configuration', {
        ManagedEBSVolume: alike('managed_ebs_volume', { FilesystemType: 'file_system_type', SizeInGiB: 'size_in_gb' }),
      }),
      VpcLatticeConfigurations: list(),
    },
  },
  defaults: {
    enable_execute_command: { cloudformation: certain(false, TEMPLATE) },
    scheduling_strategy: { cloudformation: assumed('REPLICA', CONVENTION) },
    'deployment_controller.type': { cloudformation: assumed('ECS', CONVENTION) },
    'network_configuration.assign_public_ip': { cloudformation: certain(false, TEMPLATE) },
  },
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
  terraformOnly: {
    ...because('a switch of Terraform itself', 'force_delete', 'triggers', 'wait_for_steady_state'),
  },
});
