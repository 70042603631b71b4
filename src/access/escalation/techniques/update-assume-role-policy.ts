import { ASSUME_WHAT_TRUSTS, targetOf } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { thingOf } from '../terrain.js';

/** Have a role trust whoever calls. */
export const updateAssumeRolePolicy: Technique = {
  id: 'E21',
  title: 'Have a role trust whoever calls',
  documentation: ['AWS Identity and Access Management API Reference, "UpdateAssumeRolePolicy"'],
  gain: 'become',
  needs: [{ action: 'iam:UpdateAssumeRolePolicy', on: 'role' }, ASSUME_WHAT_TRUSTS],
  prerequisite: (terrain) => ({
    targets: terrain.roles.map((role) => targetOf(role, { role: thingOf(terrain, role) })),
  }),
};
