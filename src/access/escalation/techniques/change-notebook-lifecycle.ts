import { carriers, needOn } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen } from '../terrain.js';

/** Have a notebook run commands when it starts. */
export const changeNotebookLifecycle: Technique = {
  id: 'X19',
  title: 'Have a notebook run commands when it starts',
  documentation: [
    'Amazon SageMaker AI API Reference, "CreateNotebookInstanceLifecycleConfig"',
    'Amazon SageMaker AI API Reference, "UpdateNotebookInstance"',
    'Amazon SageMaker AI API Reference, "StartNotebookInstance"',
  ],
  gain: 'become',
  needs: [
    needOn('notebook-instance-lifecycle-config', 'sagemaker:CreateNotebookInstanceLifecycleConfig'),
    { action: 'sagemaker:UpdateNotebookInstance', on: 'carrier' },
    { action: 'sagemaker:StartNotebookInstance', on: 'carrier' },
  ],
  prerequisite: (terrain) => {
    const notebooks = carriers(terrain, {
      type: 'aws_sagemaker_notebook_instance',
      role: 'role_arn',
      arn: 'arn:{partition}:sagemaker:{region}:{account}:notebook-instance/{name}',
    });
    // Only a notebook that is stopped can be changed.
    return {
      ...notebooks,
      targets: notebooks.targets.flatMap((target) => [
        { ...target, also: [{ action: 'sagemaker:StopNotebookInstance', on: 'carrier' }] },
        { ...target, causes: [notSeen(`whether ${target.things['carrier']?.resource?.address ?? 'it'} is stopped`)] },
      ]),
    };
  },
};
