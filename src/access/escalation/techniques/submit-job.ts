import { jobDefinitions } from '../batch.js';
import { needOn } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Run a job by a command of its own. */
export const submitJob: Technique = {
  id: 'X27',
  title: 'Run a job by a command of its own',
  documentation: ['AWS Batch API Reference, "SubmitJob"'],
  gain: 'become',
  needs: [{ action: 'batch:SubmitJob', on: 'carrier' }, needOn('job-queue', 'batch:SubmitJob')],
  prerequisite: jobDefinitions,
};
