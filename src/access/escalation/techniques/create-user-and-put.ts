import { needOn, targetOf, WITHOUT_BOUNDARY } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a user with an inline policy, and an access key. */
export const createUserAndPut: Technique = {
  id: 'E29-inline',
  title: 'Make a user with an inline policy, and an access key',
  documentation: [
    'AWS Identity and Access Management API Reference, "CreateUser"',
    'AWS Identity and Access Management API Reference, "PutUserPolicy"',
    'AWS Identity and Access Management API Reference, "CreateAccessKey"',
  ],
  gain: 'grant-any',
  needs: [
    { action: 'iam:CreateUser', on: { creates: 'user' }, contexts: () => [WITHOUT_BOUNDARY] },
    { action: 'iam:PutUserPolicy', on: { creates: 'user' }, contexts: () => [WITHOUT_BOUNDARY] },
    needOn('user', 'iam:CreateAccessKey'),
  ],
  prerequisite: () => ({ targets: [targetOf(undefined, {})] }),
};
