import { because, defineResourceType, list } from '../../entries.js';

/** Folded into `aws_eks_cluster`. */
export const eksAddon = defineResourceType({
  type: 'aws_eks_addon',
  cloudformation: {
    type: 'AWS::EKS::Addon',
    properties: {
      PodIdentityAssociations: list('pod_identity_association'),
      PreserveOnDelete: 'preserve',
    },
  },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'resolve_conflicts_on_create', 'resolve_conflicts_on_update'),
  },
});
