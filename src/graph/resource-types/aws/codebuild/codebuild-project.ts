import { alike, because, certain, defineResourceType, list, mountObject, object } from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-codebuild-project-environment.html';

export const codebuildProject = defineResourceType({
  type: 'aws_codebuild_project',
  cloudformation: {
    type: 'AWS::CodeBuild::Project',
    ref: 'name',
    properties: {
      Artifacts: alike(),
      BuildBatchConfig: alike(),
      Cache: alike(),
      Environment: alike('environment', { EnvironmentVariables: list('environment_variable') }),
      FileSystemLocations: list('file_system_locations'),
      LogsConfig: object('logs_config', { CloudWatchLogs: object('cloudwatch_logs'), S3Logs: object('s3_logs') }),
      QueuedTimeoutInMinutes: 'queued_timeout',
      SecondaryArtifacts: list(),
      SecondarySourceVersions: list('secondary_source_version'),
      SecondarySources: alike('secondary_sources', { BuildSpec: 'buildspec' }),
      Source: alike('source', { BuildSpec: 'buildspec' }),
      TimeoutInMinutes: 'build_timeout',
      Visibility: 'project_visibility',
      VpcConfig: alike(),
    },
  },
  defaults: {
    'environment.privileged_mode': { cloudformation: certain(false, TEMPLATE) },
    'artifacts.encryption_disabled': { cloudformation: certain(false, TEMPLATE) },
    'logs_config.s3_logs.encryption_disabled': { cloudformation: certain(false, TEMPLATE) },
  },
  identity: {
    same: [['name', 'id'], ['arn']],
    unique: { name: 'region', arn: 'global' },
    arn: 'arn:{partition}:codebuild:{region}:{account}:project/{name}',
  },
  companions: [
    mountObject('policy', { type: 'aws_codebuild_resource_policy', link: 'resource_arn', to: 'arn', value: 'policy' }),
  ],
  nothing: ['description', 'encryption_key'],
  links: {
    encryption_key: ['aws_kms_key', 'aws_kms_alias'],
    service_role: 'aws_iam_role',
    'vpc_config.security_group_ids': 'aws_security_group',
    'vpc_config.subnets': 'aws_subnet',
    'logs_config.cloudwatch_logs.group_name': 'aws_cloudwatch_log_group',
  },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: {
    ...because(
      'no property',
      'artifacts.bucket_owner_access',
      'logs_config.s3_logs.bucket_owner_access',
      'secondary_artifacts.bucket_owner_access',
    ),
  },
});
