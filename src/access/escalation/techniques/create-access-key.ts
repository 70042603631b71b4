import { keyCount, targetOf } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen, thingOf } from '../terrain.js';

/** Make an access key of another user. */
export const createAccessKey: Technique = {
  id: 'E17',
  title: 'Make an access key of another user',
  documentation: [
    'AWS Identity and Access Management API Reference, "CreateAccessKey"',
    'IAM User Guide, "IAM and AWS STS quotas"',
  ],
  gain: 'become',
  needs: [{ action: 'iam:CreateAccessKey', on: 'principal' }],
  prerequisite: (terrain) => ({
    targets: terrain.users.flatMap((user) => {
      const things = { principal: thingOf(terrain, user) };
      const count = keyCount(terrain, user);
      const deleting = targetOf(user, things, { also: [{ action: 'iam:DeleteAccessKey', on: 'principal' }] });
      if (count === undefined)
        return [deleting, targetOf(user, things, { causes: [notSeen(`number of access keys of ${user.address}`)] })];
      return count < 2 ? [targetOf(user, things)] : [deleting];
    }),
  }),
};
