import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_dynamodb_table`. */
export const dynamodbResourcePolicy = defineResourceType({
  type: 'aws_dynamodb_resource_policy',
  terraform: { attributes: { policy: iamPolicy() } },
});
