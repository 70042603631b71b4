import { defineResourceType } from '../../entries.js';

export const deliveryChannel = defineResourceType({
  type: 'aws_config_delivery_channel',
  identity: { same: [['name', 'id']], unique: { name: 'region', id: 'region' } },
  links: { s3_bucket_name: 'aws_s3_bucket', sns_topic_arn: 'aws_sns_topic', s3_kms_key_arn: 'aws_kms_key' },
});
