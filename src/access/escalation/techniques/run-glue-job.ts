import { glueJobs } from '../code-places.js';
import type { Technique } from '../technique.js';

/** Run a job with another script. */
export const runGlueJob: Technique = {
  id: 'X16',
  title: 'Run a job with another script',
  documentation: [
    'AWS Glue API Reference, "StartJobRun"',
    'AWS Glue Developer Guide, "Using job parameters in AWS Glue jobs"',
  ],
  gain: 'become',
  needs: [{ action: 'glue:StartJobRun', on: 'carrier' }],
  prerequisite: glueJobs,
};
