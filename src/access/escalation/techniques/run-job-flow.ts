import { passRole, rolesInProfiles } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen } from '../terrain.js';

/** Start a cluster whose instances have the role. */
export const runJobFlow: Technique = {
  id: 'P37',
  title: 'Start a cluster whose instances have the role',
  documentation: [
    'Amazon EMR API Reference, "RunJobFlow"',
    'Amazon EMR Management Guide, "Configure IAM service roles for Amazon EMR"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('ec2.amazonaws.com'), { action: 'elasticmapreduce:RunJobFlow', on: '*' }],
  prerequisite: (terrain) => rolesInProfiles(terrain, [notSeen('a service role of EMR that the caller may pass')]),
};
