import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a notebook with the role, and open it. */
export const createNotebookInstance: Technique = {
  id: 'P24',
  title: 'Make a notebook with the role, and open it',
  documentation: [
    'Amazon SageMaker AI API Reference, "CreateNotebookInstance"',
    'Amazon SageMaker AI API Reference, "CreatePresignedNotebookInstanceUrl"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('sagemaker.amazonaws.com'),
    needOn('notebook-instance', 'sagemaker:CreateNotebookInstance'),
    needOn('notebook-instance', 'sagemaker:CreatePresignedNotebookInstanceUrl'),
  ],
  prerequisite: (terrain) => rolesTrusting(terrain, 'sagemaker.amazonaws.com'),
};
