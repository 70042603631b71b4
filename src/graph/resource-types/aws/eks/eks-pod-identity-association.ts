import { defineResourceType } from '../../entries.js';

export const eksPodIdentityAssociation = defineResourceType({
  type: 'aws_eks_pod_identity_association',
  cloudformation: {
    type: 'AWS::EKS::PodIdentityAssociation',
    ref: 'association_arn',
    getAtt: { AssociationArn: 'association_arn', AssociationId: 'association_id' },
    properties: { Tags: 'tags' },
  },
  identity: { same: [['association_arn']], unique: { association_arn: 'global' } },
  links: { cluster_name: 'aws_eks_cluster', role_arn: 'aws_iam_role' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
