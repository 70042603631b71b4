import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a job with the role, which a trigger starts. */
export const createGlueJobAndTrigger: Technique = {
  id: 'P14',
  title: 'Make a job with the role, which a trigger starts',
  documentation: [
    'AWS Glue API Reference, "CreateJob"',
    'AWS Glue API Reference, "CreateTrigger"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('glue.amazonaws.com'), needOn('job', 'glue:CreateJob'), needOn('trigger', 'glue:CreateTrigger')],
  prerequisite: (terrain) => rolesTrusting(terrain, 'glue.amazonaws.com'),
};
