import { defineResourceType, iamPolicy } from '../../entries.js';

/** Folded into `aws_kinesis_stream`. */
export const kinesisResourcePolicy = defineResourceType({
  type: 'aws_kinesis_resource_policy',
  cloudformation: { type: 'AWS::Kinesis::ResourcePolicy', properties: { ResourcePolicy: iamPolicy('policy') } },
  terraform: { attributes: { policy: iamPolicy() } },
});
