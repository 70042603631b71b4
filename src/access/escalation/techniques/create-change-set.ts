import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Have a change set executed with the role. */
export const createChangeSet: Technique = {
  id: 'P20',
  title: 'Have a change set executed with the role',
  documentation: [
    'AWS CloudFormation API Reference, "CreateChangeSet"',
    'AWS CloudFormation API Reference, "ExecuteChangeSet"',
    'AWS CloudFormation User Guide, "AWS CloudFormation service role"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'act-as',
  needs: [
    passRole('cloudformation.amazonaws.com'),
    needOn('stack', 'cloudformation:CreateChangeSet'),
    needOn('stack', 'cloudformation:ExecuteChangeSet'),
  ],
  prerequisite: (terrain) => rolesTrusting(terrain, 'cloudformation.amazonaws.com'),
};
