import { alike, because, defineResourceType, object } from '../../entries.js';

export const appsyncGraphqlApi = defineResourceType({
  type: 'aws_appsync_graphql_api',
  cloudformation: {
    type: 'AWS::AppSync::GraphQLApi',
    getAtt: { ApiId: 'id', Arn: 'arn' },
    ref: 'arn',
    properties: {
      AdditionalAuthenticationProviders: alike('additional_authentication_provider', {
        OpenIDConnectConfig: object('openid_connect_config'),
      }),
      EnhancedMetricsConfig: alike(),
      LambdaAuthorizerConfig: alike(),
      LogConfig: object('log_config', { CloudWatchLogsRoleArn: 'cloudwatch_logs_role_arn' }),
      OpenIDConnectConfig: object('openid_connect_config'),
      UserPoolConfig: alike(),
    },
  },
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  links: { 'log_config.cloudwatch_logs_role_arn': 'aws_iam_role' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('no property', 'schema'),
  },
});
