import type { Collector } from '../collector.js';
import { lift, pick } from '../json.js';
import { attachedPolicies, authorizationDetails, inlinePolicies } from './authorization-details.js';

export const group: Collector = {
  type: 'AWS::IAM::Group',
  service: 'iam',
  version: 1,
  scope: 'account',
  list: authorizationDetails('GroupDetailList.*'),
  tells: ['GroupName', 'ManagedPolicyArns', 'Path', 'Policies'],
  id: 'GroupName',
  arn: '{Arn}',
  sets: ['ManagedPolicyArns', 'Policies'],
  project: (item) => ({
    properties: {
      ...pick(item, 'GroupName', 'Path'),
      ManagedPolicyArns: attachedPolicies(item),
      Policies: inlinePolicies(item, 'GroupPolicyList'),
    },
    live: lift(item, { unique_id: 'GroupId', create_date: 'CreateDate' }),
  }),
};
