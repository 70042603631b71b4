import { needOn, passRole, rolesInProfiles } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen } from '../terrain.js';

/** Start a group of instances with the role. */
export const createLaunchConfiguration: Technique = {
  id: 'P07',
  title: 'Start a group of instances with the role',
  documentation: [
    'Amazon EC2 Auto Scaling API Reference, "CreateLaunchConfiguration"',
    'Amazon EC2 Auto Scaling User Guide, "Launch configurations"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('ec2.amazonaws.com'),
    needOn('launchConfiguration', 'autoscaling:CreateLaunchConfiguration'),
    needOn('autoScalingGroup', 'autoscaling:CreateAutoScalingGroup'),
  ],
  prerequisite: (terrain) =>
    rolesInProfiles(terrain, [notSeen('whether the account may still make launch configurations')]),
};
