import {
  because,
  certain,
  defineResourceType,
  hoist,
  iamPolicy,
  jsonDocument,
  mountObject,
  type SplitCase,
  split,
  untranslated,
} from '../../entries.js';

/** What is logged of the deliveries by one protocol is an attribute of its own for each. */
function deliveriesBy(protocol: string, ...names: readonly string[]): SplitCase {
  return {
    when: { field: 'Protocol', in: names },
    entry: hoist({
      FailureFeedbackRoleArn: `${protocol}_failure_feedback_role_arn`,
      SuccessFeedbackRoleArn: `${protocol}_success_feedback_role_arn`,
      SuccessFeedbackSampleRate: `${protocol}_success_feedback_sample_rate`,
    }),
  };
}

const TEMPLATE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html';

const KMS_KEYS = ['aws_kms_key', 'aws_kms_alias'];

export const topic = defineResourceType({
  type: 'aws_sns_topic',
  terraform: { attributes: { policy: iamPolicy(), delivery_policy: jsonDocument() } },
  cloudformation: {
    type: 'AWS::SNS::Topic',
    ref: 'arn',
    getAtt: { TopicArn: 'arn', TopicName: 'name' },
    properties: {
      ArchivePolicy: untranslated('archive_policy'),
      DeliveryStatusLogging: split(
        deliveriesBy('application', 'application'),
        deliveriesBy('firehose', 'firehose'),
        deliveriesBy('http', 'http', 'https', 'http/s'),
        deliveriesBy('lambda', 'lambda'),
        deliveriesBy('sqs', 'sqs'),
      ),
      SignatureVersion: 'signature_version',
      TopicName: 'name',
    },
  },
  defaults: {
    fifo_topic: { cloudformation: certain(false, TEMPLATE) },
    content_based_deduplication: { cloudformation: certain(false, TEMPLATE) },
  },
  identity: {
    same: [['arn', 'id'], ['name']],
    unique: { arn: 'global', id: 'global', name: 'region' },
    arn: 'arn:{partition}:sns:{region}:{account}:{name}',
  },
  companions: [mountObject('policy', { type: 'aws_sns_topic_policy', link: 'arn', to: 'arn', value: 'policy' })],
  // Without a policy of its own a topic has one that allows its account only.
  nothing: ['policy'],
  links: { kms_master_key_id: KMS_KEYS },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: {
    ...because('no property', 'archive_policy', 'delivery_policy'),
    ...because('a resource of its own', 'policy'),
    name_prefix: 'Terraform makes up the rest of the name',
  },
});
