import { rolesForPods } from '../clusters.js';
import { passRole } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Let pods of a cluster have the role. */
export const createPodIdentityAssociation: Technique = {
  id: 'X25',
  title: 'Let pods of a cluster have the role',
  documentation: [
    'Amazon EKS API Reference, "CreatePodIdentityAssociation"',
    'Amazon EKS User Guide, "Assign an IAM role to a Kubernetes service account"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('pods.eks.amazonaws.com'), { action: 'eks:CreatePodIdentityAssociation', on: { chooses: 'some' } }],
  prerequisite: rolesForPods,
};
