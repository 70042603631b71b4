import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen } from '../terrain.js';

/** Have stacks of a set made with the role. */
export const createStackSet: Technique = {
  id: 'P19',
  title: 'Have stacks of a set made with the role',
  documentation: [
    'AWS CloudFormation API Reference, "CreateStackSet"',
    'AWS CloudFormation API Reference, "CreateStackInstances"',
    'AWS CloudFormation User Guide, "Grant self-managed permissions"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'act-as',
  needs: [
    passRole('cloudformation.amazonaws.com'),
    { action: 'cloudformation:CreateStackSet', on: '*' },
    needOn('stackset', 'cloudformation:CreateStackInstances'),
  ],
  prerequisite: (terrain) =>
    rolesTrusting(terrain, 'cloudformation.amazonaws.com', [
      notSeen('a role that the administration role assumes in the account'),
    ]),
};
