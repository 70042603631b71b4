import { managedInstances } from '../compute.js';
import type { Technique } from '../technique.js';

/** Run a command on an instance. */
export const sendCommand: Technique = {
  id: 'X04',
  title: 'Run a command on an instance',
  documentation: [
    'AWS Systems Manager API Reference, "SendCommand"',
    'AWS Systems Manager User Guide, "Configure instance permissions required for Systems Manager"',
  ],
  gain: 'become',
  needs: [
    { action: 'ssm:SendCommand', on: 'carrier' },
    { action: 'ssm:SendCommand', on: 'document' },
  ],
  prerequisite: managedInstances,
};
