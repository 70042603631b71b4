import { defineResourceType, object } from '../../entries.js';

export const deliveryChannel = defineResourceType({
  type: 'aws_config_delivery_channel',
  cloudformation: {
    type: 'AWS::Config::DeliveryChannel',
    ref: 'name',
    properties: {
      ConfigSnapshotDeliveryProperties: object('snapshot_delivery_properties'),
      SnsTopicARN: 'sns_topic_arn',
    },
  },
  identity: { same: [['name', 'id']], unique: { name: 'region', id: 'region' } },
  links: { s3_bucket_name: 'aws_s3_bucket', sns_topic_arn: 'aws_sns_topic', s3_kms_key_arn: 'aws_kms_key' },
});
