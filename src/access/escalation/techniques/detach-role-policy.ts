import { ownBoundary, ownDenies } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Detach a policy of its own role that denies. */
export const detachRolePolicy: Technique = {
  id: 'E13',
  title: 'Detach a policy of its own role that denies',
  documentation: ['AWS Identity and Access Management API Reference, "DetachRolePolicy"'],
  gain: 'unlimit',
  needs: [
    { action: 'iam:DetachRolePolicy', on: 'principal', contexts: (target, terrain) => [ownBoundary(target, terrain)] },
  ],
  prerequisite: (terrain) => ownDenies(terrain, 'aws_iam_role', true),
};
