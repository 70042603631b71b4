import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Train with an image of its own and the role. */
export const createTrainingJob: Technique = {
  id: 'P25',
  title: 'Train with an image of its own and the role',
  documentation: [
    'Amazon SageMaker AI API Reference, "CreateTrainingJob"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('sagemaker.amazonaws.com'), needOn('training-job', 'sagemaker:CreateTrainingJob')],
  prerequisite: (terrain) => rolesTrusting(terrain, 'sagemaker.amazonaws.com'),
};
