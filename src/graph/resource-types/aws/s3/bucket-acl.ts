import { defineResourceType, hoist, list } from '../../entries.js';

/** Folded into `aws_s3_bucket`. */
export const bucketAcl = defineResourceType({
  type: 'aws_s3_bucket_acl',
  terraform: {
    attributes: { access_control_policy: hoist({ grant: list('grant', { grantee: hoist() }) }) },
  },
});
