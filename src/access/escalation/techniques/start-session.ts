import { managedInstances } from '../compute.js';
import type { Technique } from '../technique.js';

/** Open a session on an instance. */
export const startSession: Technique = {
  id: 'X05',
  title: 'Open a session on an instance',
  documentation: [
    'AWS Systems Manager API Reference, "StartSession"',
    'AWS Systems Manager User Guide, "Configure instance permissions required for Systems Manager"',
  ],
  gain: 'become',
  needs: [
    { action: 'ssm:StartSession', on: 'carrier' },
    { action: 'ssm:StartSession', on: 'session' },
  ],
  prerequisite: managedInstances,
};
