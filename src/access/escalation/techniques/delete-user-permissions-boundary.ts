import { bounded, ownBoundary } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Delete its own permissions boundary. */
export const deleteUserPermissionsBoundary: Technique = {
  id: 'E14',
  title: 'Delete its own permissions boundary',
  documentation: ['AWS Identity and Access Management API Reference, "DeleteUserPermissionsBoundary"'],
  gain: 'unlimit',
  needs: [
    {
      action: 'iam:DeleteUserPermissionsBoundary',
      on: 'principal',
      contexts: (target, terrain) => [ownBoundary(target, terrain)],
    },
  ],
  prerequisite: (terrain) => bounded(terrain, 'aws_iam_user'),
};
