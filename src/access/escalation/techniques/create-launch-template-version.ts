import { withScaledTemplates } from '../compute.js';
import { passRole } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Have a group of instances start with the role. */
export const createLaunchTemplateVersion: Technique = {
  id: 'P06',
  title: 'Have a group of instances start with the role',
  documentation: [
    'Amazon EC2 API Reference, "CreateLaunchTemplateVersion"',
    'Amazon EC2 Auto Scaling User Guide, "Auto Scaling launch templates"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('ec2.amazonaws.com'), { action: 'ec2:CreateLaunchTemplateVersion', on: { chooses: 'some' } }],
  prerequisite: withScaledTemplates,
};
