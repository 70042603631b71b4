import { withInstances } from '../compute.js';
import { passRole } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Give an instance the role. */
export const associateInstanceProfile: Technique = {
  id: 'P02',
  title: 'Give an instance the role',
  documentation: [
    'Amazon EC2 API Reference, "AssociateIamInstanceProfile"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('ec2.amazonaws.com'), { action: 'ec2:AssociateIamInstanceProfile', on: { chooses: 'some' } }],
  prerequisite: withInstances,
};
