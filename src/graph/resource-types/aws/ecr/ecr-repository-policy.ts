import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_ecr_repository`. */
export const ecrRepositoryPolicy = defineResourceType({
  type: 'aws_ecr_repository_policy',
  terraform: { attributes: { policy: iamPolicy() } },
});
