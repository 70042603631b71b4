import type { Collector } from '../collector.js';
import { all, lift, pick } from '../json.js';
import { authorizationDetails } from './authorization-details.js';

/** A profile with a role: it stands with that role. One without a role hands nothing to an instance, and is not listed. */
export const instanceProfile: Collector = {
  type: 'AWS::IAM::InstanceProfile',
  service: 'iam',
  version: 1,
  scope: 'account',
  list: authorizationDetails('RoleDetailList.*.InstanceProfileList.*'),
  tells: ['InstanceProfileName', 'Path', 'Roles'],
  id: 'InstanceProfileName',
  arn: '{Arn}',
  sets: ['Roles'],
  project: (item) => ({
    properties: { ...pick(item, 'InstanceProfileName', 'Path'), Roles: all(item, 'Roles.*.RoleName') },
    live: lift(item, { unique_id: 'InstanceProfileId', create_date: 'CreateDate' }),
  }),
};
