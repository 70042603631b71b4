import type { Collector } from '../collector.js';
import { get, NONE, pick } from '../json.js';

/** A parameter without its value, which is never asked for. */
export const parameter: Collector = {
  type: 'AWS::SSM::Parameter',
  service: 'ssm',
  version: 1,
  scope: 'region',
  list: {
    call: 'ssm:DescribeParameters',
    permission: 'ssm:DescribeParameters',
    pages: { input: 'NextToken', output: 'NextToken', limit: ['MaxResults', 50] },
    items: 'Parameters.*',
  },
  tells: ['AllowedPattern', 'DataType', 'Description', 'Name', 'Tier', 'Type'],
  id: 'Name',
  arn: '{ARN}',
  unread: ['Policies', 'Tags', 'Value'],
  project: (item) => ({
    properties: pick(item, 'AllowedPattern', 'DataType', 'Description', 'Name', 'Tier', 'Type'),
    live: { key_id: get(item, 'KeyId') ?? NONE, last_modified_date: get(item, 'LastModifiedDate') },
  }),
};
