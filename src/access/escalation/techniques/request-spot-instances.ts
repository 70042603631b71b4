import { needOn, passRole, rolesInProfiles } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Request a spot instance with the role. */
export const requestSpotInstances: Technique = {
  id: 'P05',
  title: 'Request a spot instance with the role',
  documentation: [
    'Amazon EC2 API Reference, "RequestSpotInstances"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('ec2.amazonaws.com'),
    needOn('image', 'ec2:RequestSpotInstances'),
    needOn('network-interface', 'ec2:RequestSpotInstances'),
    needOn('security-group', 'ec2:RequestSpotInstances'),
    needOn('spot-instances-request', 'ec2:RequestSpotInstances'),
    needOn('subnet', 'ec2:RequestSpotInstances'),
  ],
  prerequisite: rolesInProfiles,
};
