import { needOn, passRole, rolesInProfiles } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Run an instance with the role. */
export const runInstances: Technique = {
  id: 'P01',
  title: 'Run an instance with the role',
  documentation: [
    'Amazon EC2 API Reference, "RunInstances"',
    'Amazon EC2 User Guide, "IAM roles for Amazon EC2"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('ec2.amazonaws.com'),
    needOn('instance', 'ec2:RunInstances'),
    needOn('image', 'ec2:RunInstances'),
    needOn('network-interface', 'ec2:RunInstances'),
    needOn('security-group', 'ec2:RunInstances'),
    needOn('subnet', 'ec2:RunInstances'),
    needOn('volume', 'ec2:RunInstances'),
  ],
  prerequisite: rolesInProfiles,
};
