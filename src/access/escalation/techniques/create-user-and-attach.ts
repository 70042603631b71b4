import { attachingToNew, needOn, targetOf, WITHOUT_BOUNDARY } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a user with a policy attached, and an access key. */
export const createUserAndAttach: Technique = {
  id: 'E29',
  title: 'Make a user with a policy attached, and an access key',
  documentation: [
    'AWS Identity and Access Management API Reference, "CreateUser"',
    'AWS Identity and Access Management API Reference, "AttachUserPolicy"',
    'AWS Identity and Access Management API Reference, "CreateAccessKey"',
  ],
  gain: 'grant-any',
  needs: [
    { action: 'iam:CreateUser', on: { creates: 'user' }, contexts: () => [WITHOUT_BOUNDARY] },
    { action: 'iam:AttachUserPolicy', on: { creates: 'user' }, contexts: attachingToNew },
    needOn('user', 'iam:CreateAccessKey'),
  ],
  prerequisite: () => ({ targets: [targetOf(undefined, {})] }),
};
