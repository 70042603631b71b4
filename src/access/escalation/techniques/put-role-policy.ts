import { each, ownBoundary } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Write an inline policy of a role. */
export const putRolePolicy: Technique = {
  id: 'E08',
  title: 'Write an inline policy of a role',
  documentation: ['AWS Identity and Access Management API Reference, "PutRolePolicy"'],
  gain: 'grant-any',
  needs: [
    { action: 'iam:PutRolePolicy', on: 'principal', contexts: (target, terrain) => [ownBoundary(target, terrain)] },
  ],
  prerequisite: (terrain) => each(terrain, terrain.roles),
};
