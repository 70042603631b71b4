import { hasPassword, targetOf } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen, thingOf } from '../terrain.js';

/** Give another user a password. */
export const createLoginProfile: Technique = {
  id: 'E18',
  title: 'Give another user a password',
  documentation: ['AWS Identity and Access Management API Reference, "CreateLoginProfile"'],
  gain: 'become',
  needs: [{ action: 'iam:CreateLoginProfile', on: 'principal' }],
  prerequisite: (terrain) => ({
    targets: terrain.users.flatMap((user) => {
      const has = hasPassword(terrain, user);
      if (has === true) return [];
      const causes = has === undefined ? [notSeen(`password of ${user.address}`)] : [];
      return [targetOf(user, { principal: thingOf(terrain, user) }, { causes })];
    }),
  }),
};
