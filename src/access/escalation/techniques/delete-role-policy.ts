import { ownBoundary, ownDenies } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Delete an inline policy of its own role that denies. */
export const deleteRolePolicy: Technique = {
  id: 'E12',
  title: 'Delete an inline policy of its own role that denies',
  documentation: ['AWS Identity and Access Management API Reference, "DeleteRolePolicy"'],
  gain: 'unlimit',
  needs: [
    { action: 'iam:DeleteRolePolicy', on: 'principal', contexts: (target, terrain) => [ownBoundary(target, terrain)] },
  ],
  prerequisite: (terrain) => ownDenies(terrain, 'aws_iam_role', false),
};
