import { withInstances } from '../compute.js';
import { passRole } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Replace the role of an instance. */
export const replaceInstanceProfile: Technique = {
  id: 'P03',
  title: 'Replace the role of an instance',
  documentation: [
    'Amazon EC2 API Reference, "ReplaceIamInstanceProfileAssociation"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('ec2.amazonaws.com'),
    { action: 'ec2:ReplaceIamInstanceProfileAssociation', on: { chooses: 'some' } },
  ],
  prerequisite: withInstances,
};
