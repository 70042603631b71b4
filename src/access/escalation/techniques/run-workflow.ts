import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Run a workflow with the role. */
export const runWorkflow: Technique = {
  id: 'P44',
  title: 'Run a workflow with the role',
  documentation: [
    'AWS HealthOmics API Reference, "CreateWorkflow"',
    'AWS HealthOmics API Reference, "StartRun"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('omics.amazonaws.com'),
    { action: 'omics:CreateWorkflow', on: '*' },
    needOn('run', 'omics:StartRun'),
  ],
  prerequisite: (terrain) => rolesTrusting(terrain, 'omics.amazonaws.com'),
};
