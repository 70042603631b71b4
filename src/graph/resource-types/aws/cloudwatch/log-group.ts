import { defineResourceType, mountList, pairs } from '../../entries.js';

export const logGroup = defineResourceType({
  type: 'aws_cloudwatch_log_group',
  cloudformation: {
    type: 'AWS::Logs::LogGroup',
    ref: 'name',
    getAtt: { Arn: 'arn' },
    properties: {
      LogGroupName: 'name',
      RetentionInDays: 'retention_in_days',
      KmsKeyId: 'kms_key_id',
      LogGroupClass: 'log_group_class',
      Tags: pairs('tags'),
    },
  },
  identity: {
    same: [['name', 'id'], ['arn']],
    unique: { name: 'region', id: 'region', arn: 'global' },
    arn: 'arn:{partition}:logs:{region}:{account}:log-group:{name}',
  },
  companions: [
    mountList('metric_filter[]', { type: 'aws_cloudwatch_log_metric_filter', link: 'log_group_name', to: 'name' }),
  ],
  nothing: ['kms_key_id'],
  links: { kms_key_id: ['aws_kms_key', 'aws_kms_alias'] },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    skip_destroy: 'a switch of Terraform itself',
    name_prefix: 'Terraform makes up the rest of the name',
  },
});
