import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_efs_file_system`. */
export const fileSystemPolicy = defineResourceType({
  type: 'aws_efs_file_system_policy',
  terraform: { attributes: { policy: iamPolicy() } },
});
