import { membersOfGroups } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Write an inline policy of a group of the user. */
export const putGroupPolicy: Technique = {
  id: 'E07',
  title: 'Write an inline policy of a group of the user',
  documentation: ['AWS Identity and Access Management API Reference, "PutGroupPolicy"'],
  gain: 'grant-any',
  needs: [{ action: 'iam:PutGroupPolicy', on: 'group' }],
  prerequisite: membersOfGroups,
};
