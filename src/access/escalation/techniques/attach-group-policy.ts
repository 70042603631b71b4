import { attaching, membersOfGroups } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Attach a policy to a group of the user. */
export const attachGroupPolicy: Technique = {
  id: 'E04',
  title: 'Attach a policy to a group of the user',
  documentation: ['AWS Identity and Access Management API Reference, "AttachGroupPolicy"'],
  gain: 'grant-any',
  needs: [{ action: 'iam:AttachGroupPolicy', on: 'group', contexts: attaching }],
  prerequisite: membersOfGroups,
};
