import type { Collector } from '../collector.js';
import { lift, pick, timeAt } from '../json.js';

/** The same error means that the account may not ask; only its words say which. */
const notEnabled = [{ code: 'InvalidAccessException', says: /is not subscribed to/ }];

export const hub: Collector = {
  type: 'AWS::SecurityHub::Hub',
  service: 'securityhub',
  version: 1,
  scope: 'region',
  list: {
    call: 'securityhub:DescribeHub',
    permission: 'securityhub:DescribeHub',
    items: '',
    proof: 'HubArn',
    notEnabled,
  },
  tells: ['AutoEnableControls', 'ControlFindingGenerator'],
  id: 'HubArn',
  arn: '{HubArn}',
  unread: ['EnableDefaultStandards', 'Tags'],
  project: (item) => ({
    properties: pick(item, 'AutoEnableControls', 'ControlFindingGenerator'),
    live: { subscribed_at: timeAt(item, 'SubscribedAt') },
  }),
};

export const standard: Collector = {
  type: 'AWS::SecurityHub::Standard',
  service: 'securityhub',
  version: 1,
  scope: 'region',
  list: {
    call: 'securityhub:GetEnabledStandards',
    permission: 'securityhub:GetEnabledStandards',
    pages: { input: 'NextToken', output: 'NextToken', limit: ['MaxResults', 100] },
    items: 'StandardsSubscriptions.*',
    notEnabled,
  },
  tells: ['StandardsArn'],
  id: 'StandardsSubscriptionArn',
  arn: '{StandardsSubscriptionArn}',
  unread: ['DisabledStandardsControls'],
  project: (item) => ({
    properties: pick(item, 'StandardsArn'),
    live: lift(item, { standards_status: 'StandardsStatus' }),
  }),
};
