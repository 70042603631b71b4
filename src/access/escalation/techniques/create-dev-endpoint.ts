import { passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a development endpoint with the role. */
export const createDevEndpoint: Technique = {
  id: 'P12',
  title: 'Make a development endpoint with the role',
  documentation: [
    'AWS Glue API Reference, "CreateDevEndpoint"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('glue.amazonaws.com'), { action: 'glue:CreateDevEndpoint', on: '*' }],
  prerequisite: (terrain) => rolesTrusting(terrain, 'glue.amazonaws.com'),
};
