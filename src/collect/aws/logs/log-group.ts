import type { Collector } from '../collector.js';
import { get, lift, where } from '../json.js';

export const logGroup: Collector = {
  type: 'AWS::Logs::LogGroup',
  service: 'logs',
  version: 1,
  scope: 'region',
  list: {
    call: 'logs:DescribeLogGroups',
    permission: 'logs:DescribeLogGroups',
    pages: { input: 'nextToken', output: 'nextToken', limit: ['limit', 50] },
    items: 'logGroups.*',
  },
  tells: [
    'BearerTokenAuthenticationEnabled',
    'DeletionProtectionEnabled',
    'KmsKeyId',
    'LogGroupClass',
    'LogGroupName',
    'RetentionInDays',
  ],
  id: 'logGroupName',
  arn: 'arn:{@partition}:logs:{@region}:{@account}:log-group:{logGroupName}',
  unread: ['DataProtectionPolicy', 'FieldIndexPolicies', 'ResourcePolicyDocument', 'Tags'],
  project: (item) => ({
    properties: lift(item, {
      BearerTokenAuthenticationEnabled: 'bearerTokenAuthenticationEnabled',
      DeletionProtectionEnabled: 'deletionProtectionEnabled',
      KmsKeyId: 'kmsKeyId',
      LogGroupClass: 'logGroupClass',
      LogGroupName: 'logGroupName',
      RetentionInDays: 'retentionInDays',
    }),
    live: {
      creation_time: where(get(item, 'creationTime'), (ms) =>
        typeof ms === 'number' ? new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z') : undefined,
      ),
    },
  }),
};
