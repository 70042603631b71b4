import { ownBoundary, ownDenies } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Delete an inline policy of its own that denies. */
export const deleteUserPolicy: Technique = {
  id: 'E10',
  title: 'Delete an inline policy of its own that denies',
  documentation: ['AWS Identity and Access Management API Reference, "DeleteUserPolicy"'],
  gain: 'unlimit',
  needs: [
    { action: 'iam:DeleteUserPolicy', on: 'principal', contexts: (target, terrain) => [ownBoundary(target, terrain)] },
  ],
  prerequisite: (terrain) => ownDenies(terrain, 'aws_iam_user', false),
};
