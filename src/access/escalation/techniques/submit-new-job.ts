import { rolesForJobs } from '../batch.js';
import { needOn, passRole } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Run a job with the role. */
export const submitNewJob: Technique = {
  id: 'P36',
  title: 'Run a job with the role',
  documentation: [
    'AWS Batch API Reference, "RegisterJobDefinition"',
    'AWS Batch API Reference, "SubmitJob"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('ecs-tasks.amazonaws.com'),
    needOn('job-definition', 'batch:RegisterJobDefinition'),
    needOn('job-definition', 'batch:SubmitJob'),
    needOn('job-queue', 'batch:SubmitJob'),
  ],
  prerequisite: rolesForJobs,
};
