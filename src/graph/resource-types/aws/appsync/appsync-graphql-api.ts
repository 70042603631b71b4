import { defineResourceType } from '../../entries.js';

export const appsyncGraphqlApi = defineResourceType({
  type: 'aws_appsync_graphql_api',
  identity: { same: [['id'], ['arn']], unique: { id: 'global', arn: 'global' } },
  links: { 'log_config.cloudwatch_logs_role_arn': 'aws_iam_role' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
