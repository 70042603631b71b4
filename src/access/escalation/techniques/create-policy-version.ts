import { attachedPolicies } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Write a new version of a policy that it has. */
export const createPolicyVersion: Technique = {
  id: 'E01',
  title: 'Write a new version of a policy that it has',
  documentation: ['AWS Identity and Access Management API Reference, "CreatePolicyVersion"'],
  gain: 'grant-any',
  needs: [{ action: 'iam:CreatePolicyVersion', on: 'policy' }],
  prerequisite: attachedPolicies,
};
