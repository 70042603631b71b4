import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a pipeline that runs commands with the role. */
export const createDataPipeline: Technique = {
  id: 'P23',
  title: 'Make a pipeline that runs commands with the role',
  documentation: [
    'AWS Data Pipeline API Reference, "CreatePipeline"',
    'AWS Data Pipeline API Reference, "PutPipelineDefinition"',
    'AWS Data Pipeline API Reference, "ActivatePipeline"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'act-as',
  needs: [
    passRole('datapipeline.amazonaws.com'),
    { action: 'datapipeline:CreatePipeline', on: '*' },
    needOn('pipeline', 'datapipeline:PutPipelineDefinition'),
    needOn('pipeline', 'datapipeline:ActivatePipeline'),
  ],
  prerequisite: (terrain) => rolesTrusting(terrain, 'datapipeline.amazonaws.com'),
};
