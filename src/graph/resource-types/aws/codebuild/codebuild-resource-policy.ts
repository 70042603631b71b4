import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_codebuild_project`. */
export const codebuildResourcePolicy = defineResourceType({
  type: 'aws_codebuild_resource_policy',
  terraform: { attributes: { policy: iamPolicy() } },
});
