import { assumed, because, certain, defineResourceType, iamPolicy, jsonDocument, mountObject } from '../../entries.js';

const TEMPLATE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html';

export const queue = defineResourceType({
  type: 'aws_sqs_queue',
  terraform: {
    attributes: { policy: iamPolicy(), redrive_policy: jsonDocument(), redrive_allow_policy: jsonDocument() },
  },
  cloudformation: {
    type: 'AWS::SQS::Queue',
    ref: 'url',
    getAtt: { Arn: 'arn', QueueName: 'name', QueueUrl: 'url' },
    properties: {
      MaximumMessageSize: 'max_message_size',
      MessageRetentionPeriod: 'message_retention_seconds',
      QueueName: 'name',
      ReceiveMessageWaitTimeSeconds: 'receive_wait_time_seconds',
      RedriveAllowPolicy: jsonDocument('redrive_allow_policy'),
      RedrivePolicy: jsonDocument('redrive_policy'),
      VisibilityTimeout: 'visibility_timeout_seconds',
    },
  },
  defaults: {
    fifo_queue: { cloudformation: certain(false, TEMPLATE) },
    content_based_deduplication: { cloudformation: 'nothing' },
    delay_seconds: { cloudformation: certain(0, TEMPLATE) },
    max_message_size: { cloudformation: assumed(262144, TEMPLATE) },
    message_retention_seconds: { cloudformation: certain(345600, TEMPLATE) },
    receive_wait_time_seconds: { cloudformation: certain(0, TEMPLATE) },
    visibility_timeout_seconds: { cloudformation: certain(30, TEMPLATE) },
  },
  identity: {
    same: [['url', 'id'], ['arn'], ['name']],
    unique: { url: 'global', id: 'global', arn: 'global', name: 'region' },
    arn: 'arn:{partition}:sqs:{region}:{account}:{name}',
  },
  companions: [
    mountObject('policy', { type: 'aws_sqs_queue_policy', link: 'queue_url', to: 'url', value: 'policy' }),
    mountObject('redrive_policy', {
      type: 'aws_sqs_queue_redrive_policy',
      link: 'queue_url',
      to: 'url',
      value: 'redrive_policy',
    }),
  ],
  // Without a policy of its own a queue lets its account's principals in only.
  nothing: ['policy', 'redrive_policy', 'redrive_allow_policy'],
  links: { kms_master_key_id: ['aws_kms_key', 'aws_kms_alias'] },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: {
    ...because('a resource of its own', 'policy'),
    name_prefix: 'Terraform makes up the rest of the name',
  },
});
