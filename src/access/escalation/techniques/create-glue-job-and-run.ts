import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a job with the role, and run it. */
export const createGlueJobAndRun: Technique = {
  id: 'P13',
  title: 'Make a job with the role, and run it',
  documentation: [
    'AWS Glue API Reference, "CreateJob"',
    'AWS Glue API Reference, "StartJobRun"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('glue.amazonaws.com'), needOn('job', 'glue:CreateJob'), needOn('job', 'glue:StartJobRun')],
  prerequisite: (terrain) => rolesTrusting(terrain, 'glue.amazonaws.com'),
};
