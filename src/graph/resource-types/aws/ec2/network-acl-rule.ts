import { defineResourceType, normalise } from '../../entries.js';

const PROTOCOLS = { all: '-1', '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };

/** Folded into `aws_network_acl`. */
export const networkAclRule = defineResourceType({
  type: 'aws_network_acl_rule',
  terraform: { attributes: { protocol: normalise('protocol', PROTOCOLS) } },
});
