import { because, certain, defineResourceType, iamPolicy, mountObject, object, words } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html';

export const vpcEndpoint = defineResourceType({
  type: 'aws_vpc_endpoint',
  cloudformation: {
    type: 'AWS::EC2::VPCEndpoint',
    ref: 'id',
    properties: {
      DnsOptions: object('dns_options', {
        PrivateDnsOnlyForInboundResolverEndpoint: words('private_dns_only_for_inbound_resolver_endpoint', {
          OnlyInboundResolver: 'true',
          AllResolvers: 'false',
        }),
      }),
      PolicyDocument: iamPolicy('policy'),
    },
  },
  terraform: { attributes: { policy: iamPolicy() } },
  defaults: {
    vpc_endpoint_type: { cloudformation: certain('Gateway', TEMPLATE) },
  },
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  companions: [
    mountObject('policy', { type: 'aws_vpc_endpoint_policy', link: 'vpc_endpoint_id', to: 'id', value: 'policy' }),
  ],
  nothing: ['policy', 'private_dns_enabled', 'security_group_ids', 'subnet_ids', 'route_table_ids'],
  links: {
    vpc_id: 'aws_vpc',
    security_group_ids: 'aws_security_group',
    subnet_ids: 'aws_subnet',
    route_table_ids: 'aws_route_table',
  },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'auto_accept'),
    ...because('no property', 'subnet_configuration'),
  },
});
