import { passRole, rolesTrustingWith } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Have a stack changed with the role. */
export const updateStackWithRole: Technique = {
  id: 'P18',
  title: 'Have a stack changed with the role',
  documentation: [
    'AWS CloudFormation API Reference, "UpdateStack"',
    'AWS CloudFormation User Guide, "AWS CloudFormation service role"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'act-as',
  needs: [passRole('cloudformation.amazonaws.com'), { action: 'cloudformation:UpdateStack', on: { chooses: 'some' } }],
  prerequisite: (terrain) =>
    rolesTrustingWith(
      terrain,
      'cloudformation.amazonaws.com',
      'aws_cloudformation_stack',
      'arn:{partition}:cloudformation:{region}:{account}:stack/{name}/{id}',
    ),
};
