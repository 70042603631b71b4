import type { Collector } from '../collector.js';
import { get, lift, NONE, pick, where } from '../json.js';
import { attachedPolicies, authorizationDetails, inlinePolicies } from './authorization-details.js';

export const user: Collector = {
  type: 'AWS::IAM::User',
  service: 'iam',
  version: 1,
  scope: 'account',
  list: authorizationDetails('UserDetailList.*'),
  each: {
    login: {
      call: 'iam:GetLoginProfile',
      permission: 'iam:GetLoginProfile',
      input: { UserName: '{UserName}' },
      answer: 'LoginProfile',
      absent: { NoSuchEntity: NONE, NoSuchEntityException: NONE },
      feeds: ['LoginProfile'],
    },
  },
  tells: ['Groups', 'ManagedPolicyArns', 'Path', 'PermissionsBoundary', 'Policies', 'Tags', 'UserName'],
  id: 'UserName',
  arn: '{Arn}',
  sets: ['Groups', 'ManagedPolicyArns', 'Policies', 'Tags'],
  project: (item, parts) => ({
    properties: {
      ...pick(item, 'Path', 'Tags', 'UserName'),
      Groups: get(item, 'GroupList'),
      LoginProfile: where(parts['login'], (login) => pick(login, 'PasswordResetRequired')),
      ManagedPolicyArns: attachedPolicies(item),
      PermissionsBoundary: get(item, 'PermissionsBoundary.PermissionsBoundaryArn'),
      Policies: inlinePolicies(item, 'UserPolicyList'),
    },
    live: lift(item, { unique_id: 'UserId', create_date: 'CreateDate' }),
  }),
};
