import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_s3_bucket`. */
export const bucketPolicy = defineResourceType({
  type: 'aws_s3_bucket_policy',
  terraform: { attributes: { policy: iamPolicy() } },
  cloudformation: {
    type: 'AWS::S3::BucketPolicy',
    properties: { Bucket: 'bucket', PolicyDocument: iamPolicy('policy') },
  },
});
