import { because, certain, defineResourceType, hoist, mountObject, object } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html';

export const kinesisStream = defineResourceType({
  type: 'aws_kinesis_stream',
  cloudformation: {
    type: 'AWS::Kinesis::Stream',
    ref: 'name',
    properties: {
      DesiredShardLevelMetrics: 'shard_level_metrics',
      RetentionPeriodHours: 'retention_period',
      StreamEncryption: hoist({ EncryptionType: 'encryption_type', KeyId: 'kms_key_id' }),
      StreamModeDetails: object(),
    },
  },
  defaults: {
    retention_period: { cloudformation: certain(24, TEMPLATE) },
    encryption_type: { cloudformation: certain('NONE', TEMPLATE) },
  },
  identity: {
    same: [['name'], ['arn', 'id']],
    unique: { name: 'region', arn: 'global', id: 'global' },
    arn: 'arn:{partition}:kinesis:{region}:{account}:stream/{name}',
  },
  companions: [
    mountObject('policy', { type: 'aws_kinesis_resource_policy', link: 'resource_arn', to: 'arn', value: 'policy' }),
  ],
  links: { kms_key_id: ['aws_kms_key', 'aws_kms_alias'] },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: {
    ...because('the service makes it', 'arn'),
    ...because('a switch of Terraform itself', 'enforce_consumer_deletion'),
  },
});
