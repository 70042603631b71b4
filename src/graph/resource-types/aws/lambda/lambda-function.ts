import {
  assumed,
  because,
  certain,
  defineResourceType,
  hoist,
  mountList,
  mountNamed,
  nativeOnly,
  object,
  single,
} from '../../entries.js';

const TEMPLATE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html';

// CloudFormation's page names no default.
const CONVENTION =
  'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function#package_type';

export const lambdaFunction = defineResourceType({
  type: 'aws_lambda_function',
  cloudformation: {
    type: 'AWS::Lambda::Function',
    ref: 'function_name',
    properties: {
      Code: hoist({ ZipFile: nativeOnly('inline source') }),
      DeadLetterConfig: object(),
      Environment: object(),
      EphemeralStorage: object(),
      FileSystemConfigs: single('file_system_config'),
      ImageConfig: object(),
      LoggingConfig: object(),
      SnapStart: object(),
      TracingConfig: object(),
      VpcConfig: object(),
    },
  },
  shape: { unset: { reserved_concurrent_executions: [-1] } },
  defaults: {
    memory_size: { cloudformation: certain(128, TEMPLATE) },
    timeout: { cloudformation: certain(3, TEMPLATE) },
    package_type: {
      cloudformation: assumed('Zip', CONVENTION),
      unless: ['image_uri'],
    },
  },
  identity: {
    same: [['function_name', 'id'], ['arn'], ['qualified_arn'], ['invoke_arn']],
    unique: { function_name: 'region', arn: 'global', id: 'region' },
    arn: 'arn:{partition}:lambda:{region}:{account}:function:{function_name}',
  },
  companions: [
    mountList('policy.statement[]', {
      type: 'aws_lambda_permission',
      link: 'function_name',
      to: 'function_name',
      statement: {
        sid: 'statement_id',
        action: 'action',
        principal: 'principal',
        conditions: [
          { attribute: 'source_arn', test: 'ArnLike', variable: 'AWS:SourceArn' },
          { attribute: 'source_account', test: 'StringEquals', variable: 'AWS:SourceAccount' },
          { attribute: 'principal_org_id', test: 'StringEquals', variable: 'aws:PrincipalOrgID' },
          { attribute: 'function_url_auth_type', test: 'StringEquals', variable: 'lambda:FunctionUrlAuthType' },
          { attribute: 'event_source_token', test: 'StringEquals', variable: 'lambda:EventSourceToken' },
        ],
      },
    }),
    mountNamed('event_invoke_config[]', 'qualifier', {
      type: 'aws_lambda_function_event_invoke_config',
      link: 'function_name',
      to: 'function_name',
    }),
  ],
  nothing: ['architectures', 'source_code_hash', 'logging_config.log_group'],
  links: {
    role: 'aws_iam_role',
    kms_key_arn: ['aws_kms_key', 'aws_kms_alias'],
    'vpc_config.security_group_ids': 'aws_security_group',
    'vpc_config.subnet_ids': 'aws_subnet',
    'dead_letter_config.target_arn': ['aws_sqs_queue', 'aws_sns_topic'],
    s3_bucket: 'aws_s3_bucket',
    'logging_config.log_group': 'aws_cloudwatch_log_group',
  },
  views: {
    resource_policy: { kind: 'value', from: [{ path: 'policy' }] },
    tagged: { kind: 'value', from: [{ path: 'tags' }] },
  },
  terraformOnly: {
    ...because('a file of the machine', 'filename'),
    ...because(
      'a switch of Terraform itself',
      'publish',
      'replace_security_groups_on_destroy',
      'replacement_security_group_ids',
      'skip_destroy',
      'source_code_hash',
    ),
  },
});
