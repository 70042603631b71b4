import { bounded } from '../prerequisites.js';
import { replacingBoundary } from '../providers.js';
import type { Technique } from '../technique.js';

/** Set itself a boundary that limits nothing. */
export const putRolePermissionsBoundary: Technique = {
  id: 'E16-role',
  title: 'Set itself a boundary that limits nothing',
  documentation: ['AWS Identity and Access Management API Reference, "PutRolePermissionsBoundary"'],
  gain: 'unlimit',
  needs: [{ action: 'iam:PutRolePermissionsBoundary', on: 'principal', contexts: replacingBoundary }],
  prerequisite: (terrain) => bounded(terrain, 'aws_iam_role'),
};
