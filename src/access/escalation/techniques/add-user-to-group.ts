import { adminGroups } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Join a group of administrators. */
export const addUserToGroup: Technique = {
  id: 'E09',
  title: 'Join a group of administrators',
  documentation: ['AWS Identity and Access Management API Reference, "AddUserToGroup"'],
  gain: 'grant-any',
  needs: [{ action: 'iam:AddUserToGroup', on: 'group' }],
  prerequisite: adminGroups,
};
