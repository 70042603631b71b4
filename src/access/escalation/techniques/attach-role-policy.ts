import { attaching, each } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Attach a policy to a role. */
export const attachRolePolicy: Technique = {
  id: 'E05',
  title: 'Attach a policy to a role',
  documentation: ['AWS Identity and Access Management API Reference, "AttachRolePolicy"'],
  gain: 'grant-any',
  needs: [{ action: 'iam:AttachRolePolicy', on: 'principal', contexts: attaching }],
  prerequisite: (terrain) => each(terrain, terrain.roles),
};
