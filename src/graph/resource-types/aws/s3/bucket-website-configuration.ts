import { defineResourceType, jsonDocument } from '../../entries.js';

/** Folded into `aws_s3_bucket`. */
export const bucketWebsiteConfiguration = defineResourceType({
  type: 'aws_s3_bucket_website_configuration',
  terraform: { attributes: { routing_rules: jsonDocument('routing_rules') } },
});
