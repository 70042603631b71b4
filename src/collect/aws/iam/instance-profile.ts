import type { Collector } from '../collector.js';
import { all, lift, pick } from '../json.js';

/** What hands a role to an instance; one may have none, until somebody puts one into it. */
export const instanceProfile: Collector = {
  type: 'AWS::IAM::InstanceProfile',
  service: 'iam',
  version: 1,
  scope: 'account',
  list: {
    call: 'iam:ListInstanceProfiles',
    permission: 'iam:ListInstanceProfiles',
    pages: { input: 'Marker', output: 'Marker', more: 'IsTruncated', limit: ['MaxItems', 1000] },
    items: 'InstanceProfiles.*',
  },
  tells: ['InstanceProfileName', 'Path', 'Roles'],
  id: 'InstanceProfileName',
  arn: '{Arn}',
  sets: ['Roles'],
  project: (item) => ({
    properties: { ...pick(item, 'InstanceProfileName', 'Path'), Roles: all(item, 'Roles.*.RoleName') },
    live: lift(item, { unique_id: 'InstanceProfileId', create_date: 'CreateDate' }),
  }),
};
