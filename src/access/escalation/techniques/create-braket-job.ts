import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Run a hybrid job with the role. */
export const createBraketJob: Technique = {
  id: 'P45',
  title: 'Run a hybrid job with the role',
  documentation: [
    'Amazon Braket API Reference, "CreateJob"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('braket.amazonaws.com'), needOn('device', 'braket:CreateJob'), needOn('job', 'braket:CreateJob')],
  prerequisite: (terrain) => rolesTrusting(terrain, 'braket.amazonaws.com'),
};
