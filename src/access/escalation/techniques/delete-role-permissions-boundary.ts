import { bounded, ownBoundary } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Delete its own permissions boundary. */
export const deleteRolePermissionsBoundary: Technique = {
  id: 'E15',
  title: 'Delete its own permissions boundary',
  documentation: ['AWS Identity and Access Management API Reference, "DeleteRolePermissionsBoundary"'],
  gain: 'unlimit',
  needs: [
    {
      action: 'iam:DeleteRolePermissionsBoundary',
      on: 'principal',
      contexts: (target, terrain) => [ownBoundary(target, terrain)],
    },
  ],
  prerequisite: (terrain) => bounded(terrain, 'aws_iam_role'),
};
