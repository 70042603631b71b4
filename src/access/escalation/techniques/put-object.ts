import { scriptsInBuckets } from '../code-places.js';
import type { Technique } from '../technique.js';

/** Replace a script that a job runs. */
export const putObject: Technique = {
  id: 'X35',
  title: 'Replace a script that a job runs',
  documentation: ['Amazon S3 API Reference, "PutObject"', 'AWS Glue API Reference, "JobCommand"'],
  gain: 'become',
  needs: [{ action: 's3:PutObject', on: 'object' }],
  prerequisite: scriptsInBuckets,
};
