import { passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen } from '../terrain.js';

/** Have an app built with the role. */
export const createAmplifyApp: Technique = {
  id: 'P40',
  title: 'Have an app built with the role',
  documentation: [
    'AWS Amplify API Reference, "CreateApp"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('amplify.amazonaws.com'), { action: 'amplify:CreateApp', on: '*' }],
  prerequisite: (terrain) =>
    rolesTrusting(terrain, 'amplify.amazonaws.com', [notSeen('a branch of the app that is built')]),
};
