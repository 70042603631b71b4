import { defineResourceType } from '../../entries.js';

export const eksNodeGroup = defineResourceType({
  type: 'aws_eks_node_group',
  identity: { same: [['arn']], unique: { arn: 'global' } },
  nothing: ['launch_template.id', 'launch_template.name', 'node_group_name', 'node_group_name_prefix'],
  links: {
    cluster_name: 'aws_eks_cluster',
    node_role_arn: 'aws_iam_role',
    subnet_ids: 'aws_subnet',
    'launch_template.id': 'aws_launch_template',
    'launch_template.name': 'aws_launch_template',
    'remote_access.source_security_group_ids': 'aws_security_group',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
