import { attaching, each } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Attach a policy to a user. */
export const attachUserPolicy: Technique = {
  id: 'E03',
  title: 'Attach a policy to a user',
  documentation: ['AWS Identity and Access Management API Reference, "AttachUserPolicy"'],
  gain: 'grant-any',
  needs: [{ action: 'iam:AttachUserPolicy', on: 'principal', contexts: attaching }],
  prerequisite: (terrain) => each(terrain, terrain.users),
};
