import { instancesIf } from '../compute.js';
import type { Technique } from '../technique.js';

/** Enter an instance by its serial console. */
export const sendSerialConsoleKey: Technique = {
  id: 'X07',
  title: 'Enter an instance by its serial console',
  documentation: ['EC2 Instance Connect API Reference, "SendSerialConsoleSSHPublicKey"'],
  gain: 'become',
  needs: [{ action: 'ec2-instance-connect:SendSerialConsoleSSHPublicKey', on: 'carrier' }],
  prerequisite: (terrain) => instancesIf(terrain, () => 'whether the account has the serial console enabled'),
};
