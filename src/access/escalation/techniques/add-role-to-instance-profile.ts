import { withUsedProfiles } from '../compute.js';
import { passRole } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Put the role into the instance profile of an instance. */
export const addRoleToInstanceProfile: Technique = {
  id: 'P04',
  title: 'Put the role into the instance profile of an instance',
  documentation: [
    'AWS Identity and Access Management API Reference, "AddRoleToInstanceProfile"',
    'IAM User Guide, "Use instance profiles"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('ec2.amazonaws.com'), { action: 'iam:AddRoleToInstanceProfile', on: { chooses: 'some' } }],
  prerequisite: withUsedProfiles,
};
