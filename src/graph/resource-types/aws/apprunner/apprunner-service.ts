import { alike, defineResourceType, type Entries, pairs } from '../../entries.js';

const VARIABLES: Entries = {
  RuntimeEnvironmentSecrets: pairs('runtime_environment_secrets', { key: 'Name', value: 'Value' }),
  RuntimeEnvironmentVariables: pairs('runtime_environment_variables', { key: 'Name', value: 'Value' }),
};

export const apprunnerService = defineResourceType({
  type: 'aws_apprunner_service',
  cloudformation: {
    type: 'AWS::AppRunner::Service',
    ref: 'arn',
    getAtt: { ServiceArn: 'arn', ServiceId: 'service_id', ServiceUrl: 'service_url', Status: 'status' },
    properties: {
      EncryptionConfiguration: alike(),
      HealthCheckConfiguration: alike(),
      InstanceConfiguration: alike(),
      NetworkConfiguration: alike(),
      ObservabilityConfiguration: alike(),
      SourceConfiguration: alike('source_configuration', {
        CodeRepository: alike('code_repository', {
          CodeConfiguration: alike('code_configuration', {
            CodeConfigurationValues: alike('code_configuration_values', VARIABLES),
          }),
        }),
        ImageRepository: alike('image_repository', { ImageConfiguration: alike('image_configuration', VARIABLES) }),
      }),
    },
  },
  identity: {
    same: [['arn', 'id'], ['service_name']],
    unique: { arn: 'global', id: 'global', service_name: 'region' },
  },
  links: {
    'encryption_configuration.kms_key': ['aws_kms_key', 'aws_kms_alias'],
    'instance_configuration.instance_role_arn': 'aws_iam_role',
    'source_configuration.authentication_configuration.access_role_arn': 'aws_iam_role',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
