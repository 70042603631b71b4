import { hasPassword, targetOf } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen, thingOf } from '../terrain.js';

/** Change the password of another user. */
export const updateLoginProfile: Technique = {
  id: 'E19',
  title: 'Change the password of another user',
  documentation: ['AWS Identity and Access Management API Reference, "UpdateLoginProfile"'],
  gain: 'become',
  needs: [{ action: 'iam:UpdateLoginProfile', on: 'principal' }],
  prerequisite: (terrain) => ({
    targets: terrain.users.flatMap((user) => {
      const has = hasPassword(terrain, user);
      if (has === false) return [];
      const causes = has === undefined ? [notSeen(`password of ${user.address}`)] : [];
      return [targetOf(user, { principal: thingOf(terrain, user) }, { causes })];
    }),
  }),
};
