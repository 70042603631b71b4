import { certain, defineResourceType } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-natgateway.html';

export const natGateway = defineResourceType({
  type: 'aws_nat_gateway',
  cloudformation: {
    type: 'AWS::EC2::NatGateway',
    ref: 'id',
    getAtt: { NatGatewayId: 'id' },
    properties: { PrivateIpAddress: 'private_ip' },
  },
  defaults: { connectivity_type: { cloudformation: certain('public', TEMPLATE) } },
  identity: { same: [['id']], unique: { id: 'global' } },
  nothing: ['allocation_id', 'private_ip'],
  live: { state: 'string' },
  links: { allocation_id: 'aws_eip', secondary_allocation_ids: 'aws_eip', subnet_id: 'aws_subnet' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
