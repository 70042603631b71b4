import { because, defineResourceType, list, object } from '../../entries.js';

export const eksNodeGroup = defineResourceType({
  type: 'aws_eks_node_group',
  cloudformation: {
    type: 'AWS::EKS::Nodegroup',
    ref: 'id',
    getAtt: { ClusterName: 'cluster_name', NodegroupName: 'node_group_name' },
    properties: {
      ForceUpdateEnabled: 'force_update_version',
      LaunchTemplate: object(),
      NodeRepairConfig: object(),
      NodeRole: 'node_role_arn',
      NodegroupName: 'node_group_name',
      RemoteAccess: object('remote_access', { SourceSecurityGroups: 'source_security_group_ids' }),
      ScalingConfig: object(),
      Subnets: 'subnet_ids',
      Taints: list('taint'),
      UpdateConfig: object(),
    },
  },
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
  terraformOnly: {
    ...because('Terraform makes up the rest of the name', 'node_group_name_prefix'),
  },
});
