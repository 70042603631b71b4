import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Process with an image of its own and the role. */
export const createProcessingJob: Technique = {
  id: 'P26',
  title: 'Process with an image of its own and the role',
  documentation: [
    'Amazon SageMaker AI API Reference, "CreateProcessingJob"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('sagemaker.amazonaws.com'), needOn('processing-job', 'sagemaker:CreateProcessingJob')],
  prerequisite: (terrain) => rolesTrusting(terrain, 'sagemaker.amazonaws.com'),
};
