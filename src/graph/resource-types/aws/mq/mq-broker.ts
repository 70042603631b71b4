import { assumed, because, defineResourceType, list, object } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-amazonmq-broker.html';

export const mqBroker = defineResourceType({
  type: 'aws_mq_broker',
  cloudformation: {
    type: 'AWS::AmazonMQ::Broker',
    ref: 'id',
    properties: {
      Configuration: object(),
      EncryptionOptions: object(),
      LdapServerMetadata: object(),
      Logs: object('logs', { Audit: 'audit' }),
      MaintenanceWindowStartTime: object(),
      Users: list('user'),
    },
  },
  defaults: {
    'encryption_options.use_aws_owned_key': { cloudformation: assumed(true, TEMPLATE) },
  },
  identity: {
    same: [['id'], ['arn'], ['broker_name']],
    unique: { id: 'global', arn: 'global', broker_name: 'region' },
  },
  nothing: ['subnet_ids'],
  links: {
    security_groups: 'aws_security_group',
    subnet_ids: 'aws_subnet',
    'encryption_options.kms_key_id': ['aws_kms_key', 'aws_kms_alias'],
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'apply_immediately'),
  },
});
