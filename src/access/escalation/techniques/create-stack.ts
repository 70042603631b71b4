import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Have a stack made with the role. */
export const createStack: Technique = {
  id: 'P17',
  title: 'Have a stack made with the role',
  documentation: [
    'AWS CloudFormation API Reference, "CreateStack"',
    'AWS CloudFormation User Guide, "AWS CloudFormation service role"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'act-as',
  needs: [passRole('cloudformation.amazonaws.com'), needOn('stack', 'cloudformation:CreateStack')],
  prerequisite: (terrain) => rolesTrusting(terrain, 'cloudformation.amazonaws.com'),
};
