import { defineResourceType, hoist } from '../../entries.js';

/** Folded into `aws_s3_bucket`. */
export const bucketVersioning = defineResourceType({
  type: 'aws_s3_bucket_versioning',
  terraform: { attributes: { versioning_configuration: hoist() } },
});
