import { defineResourceType } from '../../entries.js';

export const kinesisFirehoseDeliveryStream = defineResourceType({
  type: 'aws_kinesis_firehose_delivery_stream',
  identity: {
    same: [['name'], ['arn', 'id']],
    unique: { name: 'region', arn: 'global', id: 'global' },
    arn: 'arn:{partition}:firehose:{region}:{account}:deliverystream/{name}',
  },
  links: {
    'server_side_encryption.key_arn': ['aws_kms_key', 'aws_kms_alias'],
    'extended_s3_configuration.bucket_arn': 'aws_s3_bucket',
    'extended_s3_configuration.role_arn': 'aws_iam_role',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
