import { targetOf, WITHOUT_BOUNDARY } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a role that trusts it, with an inline policy. */
export const createRoleAndPut: Technique = {
  id: 'E28-inline',
  title: 'Make a role that trusts it, with an inline policy',
  documentation: [
    'AWS Identity and Access Management API Reference, "CreateRole"',
    'AWS Identity and Access Management API Reference, "PutRolePolicy"',
  ],
  gain: 'grant-any',
  needs: [
    { action: 'iam:CreateRole', on: { creates: 'role' }, contexts: () => [WITHOUT_BOUNDARY] },
    { action: 'iam:PutRolePolicy', on: { creates: 'role' }, contexts: () => [WITHOUT_BOUNDARY] },
    { action: 'sts:AssumeRole', on: { creates: 'role' }, isGranted: true },
  ],
  prerequisite: () => ({ targets: [targetOf(undefined, {})] }),
};
