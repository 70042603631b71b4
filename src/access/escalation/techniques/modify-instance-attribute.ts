import { instancesWithRole } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Change what an instance runs when it starts. */
export const modifyInstanceAttribute: Technique = {
  id: 'X08',
  title: 'Change what an instance runs when it starts',
  documentation: [
    'Amazon EC2 API Reference, "ModifyInstanceAttribute"',
    'Amazon EC2 User Guide, "Run commands when you launch an EC2 instance with user data input"',
  ],
  gain: 'become',
  needs: [
    { action: 'ec2:ModifyInstanceAttribute', on: 'carrier' },
    { action: 'ec2:StopInstances', on: 'carrier' },
    { action: 'ec2:StartInstances', on: 'carrier' },
  ],
  prerequisite: instancesWithRole,
};
