import { defineResourceType, list, mountNamed } from '../../entries.js';

export const ec2ManagedPrefixList = defineResourceType({
  type: 'aws_ec2_managed_prefix_list',
  cloudformation: {
    type: 'AWS::EC2::PrefixList',
    ref: 'id',
    getAtt: { PrefixListId: 'id' },
    properties: { PrefixListName: 'name', Entries: list('entry') },
  },
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  companions: [
    mountNamed('entry[]', 'cidr', { type: 'aws_ec2_managed_prefix_list_entry', link: 'prefix_list_id', to: 'id' }),
  ],
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
