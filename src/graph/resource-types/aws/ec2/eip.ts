import { because, defineResourceType } from '../../entries.js';

export const eip = defineResourceType({
  type: 'aws_eip',
  cloudformation: {
    type: 'AWS::EC2::EIP',
    ref: 'public_ip',
    getAtt: { AllocationId: 'id' },
    properties: { InstanceId: 'instance' },
  },
  identity: { same: [['id', 'allocation_id'], ['public_ip']], unique: { id: 'global' } },
  nothing: ['instance', 'network_interface'],
  live: { association_id: 'string' },
  links: { instance: 'aws_instance', network_interface: 'aws_network_interface' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('no property', 'associate_with_private_ip', 'customer_owned_ipv4_pool', 'network_interface', 'vpc'),
  },
});
