import { ownBoundary, ownDenies } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Detach a policy of its own that denies. */
export const detachUserPolicy: Technique = {
  id: 'E11',
  title: 'Detach a policy of its own that denies',
  documentation: ['AWS Identity and Access Management API Reference, "DetachUserPolicy"'],
  gain: 'unlimit',
  needs: [
    { action: 'iam:DetachUserPolicy', on: 'principal', contexts: (target, terrain) => [ownBoundary(target, terrain)] },
  ],
  prerequisite: (terrain) => ownDenies(terrain, 'aws_iam_user', true),
};
