import { bounded } from '../prerequisites.js';
import { replacingBoundary } from '../providers.js';
import type { Technique } from '../technique.js';

/** Set itself a boundary that limits nothing. */
export const putUserPermissionsBoundary: Technique = {
  id: 'E16-user',
  title: 'Set itself a boundary that limits nothing',
  documentation: ['AWS Identity and Access Management API Reference, "PutUserPermissionsBoundary"'],
  gain: 'unlimit',
  needs: [{ action: 'iam:PutUserPermissionsBoundary', on: 'principal', contexts: replacingBoundary }],
  prerequisite: (terrain) => bounded(terrain, 'aws_iam_user'),
};
