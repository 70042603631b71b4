import { defineResourceType } from '../../entries.js';

export const subnet = defineResourceType({
  type: 'aws_subnet',
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  aliases: { aws_default_subnet: {} },
  nothing: ['availability_zone'],
  links: { vpc_id: 'aws_vpc' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
