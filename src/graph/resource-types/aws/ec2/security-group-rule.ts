import { defineResourceType, normalise } from '../../entries.js';

/** Folded into `aws_security_group`, one element a source. */
export const securityGroupRule = defineResourceType({
  type: 'aws_security_group_rule',
  terraform: {
    attributes: {
      protocol: normalise('ip_protocol', { all: '-1', '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' }),
    },
  },
});
