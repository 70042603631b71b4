import { each, ownBoundary } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Write an inline policy of a user. */
export const putUserPolicy: Technique = {
  id: 'E06',
  title: 'Write an inline policy of a user',
  documentation: ['AWS Identity and Access Management API Reference, "PutUserPolicy"'],
  gain: 'grant-any',
  needs: [
    { action: 'iam:PutUserPolicy', on: 'principal', contexts: (target, terrain) => [ownBoundary(target, terrain)] },
  ],
  prerequisite: (terrain) => each(terrain, terrain.users),
};
