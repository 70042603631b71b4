import { instancesIf } from '../compute.js';
import type { Technique } from '../technique.js';

/** Enter an instance with a key of its own. */
export const sendSshPublicKey: Technique = {
  id: 'X06',
  title: 'Enter an instance with a key of its own',
  documentation: ['EC2 Instance Connect API Reference, "SendSSHPublicKey"'],
  gain: 'become',
  needs: [{ action: 'ec2-instance-connect:SendSSHPublicKey', on: 'carrier' }],
  prerequisite: (terrain) =>
    instancesIf(terrain, (name) => `whether ${name} can be reached, and has EC2 Instance Connect`),
};
