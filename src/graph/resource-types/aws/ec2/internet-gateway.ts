import { because, defineResourceType } from '../../entries.js';

export const internetGateway = defineResourceType({
  type: 'aws_internet_gateway',
  cloudformation: { type: 'AWS::EC2::InternetGateway', ref: 'id', getAtt: { InternetGatewayId: 'id' } },
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  nothing: ['vpc_id'],
  links: { vpc_id: 'aws_vpc' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('a resource of its own', 'vpc_id'),
  },
});
