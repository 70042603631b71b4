import { because, defineResourceType } from '../../entries.js';

export const eksAccessEntry = defineResourceType({
  type: 'aws_eks_access_entry',
  cloudformation: {
    type: 'AWS::EKS::AccessEntry',
    getAtt: { AccessEntryArn: 'access_entry_arn' },
    properties: { Tags: 'tags', Username: 'user_name' },
  },
  identity: { same: [['access_entry_arn']], unique: { access_entry_arn: 'global' } },
  links: { cluster_name: 'aws_eks_cluster', principal_arn: ['aws_iam_role', 'aws_iam_user'] },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: { ...because('a switch of Terraform itself', 'timeouts') },
});
