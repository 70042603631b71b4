import { certain, defineResourceType, hoist, normalise } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkaclentry.html';

const PROTOCOLS = { all: '-1', '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };

/** Folded into `aws_network_acl`. */
export const networkAclRule = defineResourceType({
  type: 'aws_network_acl_rule',
  cloudformation: {
    type: 'AWS::EC2::NetworkAclEntry',
    ref: 'id',
    properties: {
      Icmp: hoist({ Code: 'icmp_code', Type: 'icmp_type' }),
      PortRange: hoist({ From: 'from_port', To: 'to_port' }),
      Protocol: normalise('protocol', PROTOCOLS),
      RuleAction: normalise('rule_action', {}),
    },
  },
  terraform: { attributes: { protocol: normalise('protocol', PROTOCOLS), rule_action: normalise('rule_action', {}) } },
  defaults: {
    egress: { cloudformation: certain(false, TEMPLATE) },
  },
});
