import { defineResourceType } from '../../entries.js';

export const codebuildProject = defineResourceType({
  type: 'aws_codebuild_project',
  identity: {
    same: [['name', 'id'], ['arn']],
    unique: { name: 'region', arn: 'global' },
    arn: 'arn:{partition}:codebuild:{region}:{account}:project/{name}',
  },
  nothing: ['description', 'encryption_key'],
  links: {
    encryption_key: ['aws_kms_key', 'aws_kms_alias'],
    service_role: 'aws_iam_role',
    'vpc_config.security_group_ids': 'aws_security_group',
    'vpc_config.subnets': 'aws_subnet',
    'logs_config.cloudwatch_logs.group_name': 'aws_cloudwatch_log_group',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
