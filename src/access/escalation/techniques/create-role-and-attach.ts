import { attachingToNew, targetOf, WITHOUT_BOUNDARY } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a role that trusts it, with a policy attached. */
export const createRoleAndAttach: Technique = {
  id: 'E28',
  title: 'Make a role that trusts it, with a policy attached',
  documentation: [
    'AWS Identity and Access Management API Reference, "CreateRole"',
    'AWS Identity and Access Management API Reference, "AttachRolePolicy"',
  ],
  gain: 'grant-any',
  needs: [
    { action: 'iam:CreateRole', on: { creates: 'role' }, contexts: () => [WITHOUT_BOUNDARY] },
    { action: 'iam:AttachRolePolicy', on: { creates: 'role' }, contexts: attachingToNew },
    { action: 'sts:AssumeRole', on: { creates: 'role' }, isGranted: true },
  ],
  prerequisite: () => ({ targets: [targetOf(undefined, {})] }),
};
