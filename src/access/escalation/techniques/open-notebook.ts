import { carriers } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Open a notebook. */
export const openNotebook: Technique = {
  id: 'X17',
  title: 'Open a notebook',
  documentation: ['Amazon SageMaker AI API Reference, "CreatePresignedNotebookInstanceUrl"'],
  gain: 'become',
  needs: [{ action: 'sagemaker:CreatePresignedNotebookInstanceUrl', on: 'carrier' }],
  prerequisite: (terrain) =>
    carriers(terrain, {
      type: 'aws_sagemaker_notebook_instance',
      role: 'role_arn',
      arn: 'arn:{partition}:sagemaker:{region}:{account}:notebook-instance/{name}',
    }),
};
