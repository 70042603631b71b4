import { defineResourceType } from '../../entries.js';

export const networkInterface = defineResourceType({
  type: 'aws_network_interface',
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  nothing: ['security_groups', 'description'],
  links: { subnet_id: 'aws_subnet', security_groups: 'aws_security_group' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
