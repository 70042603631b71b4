import { scriptsInBuckets } from '../code-places.js';
import type { Technique } from '../technique.js';

/** Let itself into a bucket, and replace a script that a job runs. */
export const putBucketPolicy: Technique = {
  id: 'X35-policy',
  title: 'Let itself into a bucket, and replace a script that a job runs',
  documentation: ['Amazon S3 API Reference, "PutBucketPolicy"', 'AWS Glue API Reference, "JobCommand"'],
  gain: 'become',
  needs: [
    { action: 's3:PutBucketPolicy', on: 'bucket' },
    { action: 's3:PutObject', on: 'object', isGranted: true },
  ],
  prerequisite: scriptsInBuckets,
};
