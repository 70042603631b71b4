import { carriers } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Change what a pipeline runs. */
export const putPipelineDefinition: Technique = {
  id: 'X26',
  title: 'Change what a pipeline runs',
  documentation: ['AWS Data Pipeline API Reference, "PutPipelineDefinition"'],
  gain: 'act-as',
  needs: [
    { action: 'datapipeline:PutPipelineDefinition', on: 'carrier' },
    { action: 'datapipeline:ActivatePipeline', on: 'carrier' },
  ],
  prerequisite: (terrain) =>
    carriers(terrain, {
      type: 'aws_datapipeline_pipeline',
      role: 'role',
      arn: 'arn:{partition}:datapipeline:{region}:{account}:pipeline/{id}',
    }),
};
