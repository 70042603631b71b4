import { attachedPolicies } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen } from '../terrain.js';

/** Go back to an older version of a policy that it has. */
export const setDefaultPolicyVersion: Technique = {
  id: 'E02',
  title: 'Go back to an older version of a policy that it has',
  documentation: ['AWS Identity and Access Management API Reference, "SetDefaultPolicyVersion"'],
  gain: 'grant-any',
  needs: [{ action: 'iam:SetDefaultPolicyVersion', on: 'policy' }],
  prerequisite: (terrain) => ({
    targets: attachedPolicies(terrain).targets.map((target) => ({
      ...target,
      causes: [...target.causes, notSeen('older versions of the policy')],
    })),
  }),
};
