import { definedPipelines } from '../compute.js';
import type { Technique } from '../technique.js';

/** Change what a pipeline runs. */
export const putPipelineDefinition: Technique = {
  id: 'X26',
  title: 'Change what a pipeline runs',
  documentation: [
    'AWS Data Pipeline API Reference, "PutPipelineDefinition"',
    'AWS Data Pipeline API Reference, "ActivatePipeline"',
    'AWS Data Pipeline Developer Guide, "IAM Roles for AWS Data Pipeline"',
  ],
  gain: 'act-as',
  needs: [
    { action: 'datapipeline:PutPipelineDefinition', on: 'carrier' },
    { action: 'datapipeline:ActivatePipeline', on: 'carrier' },
  ],
  prerequisite: definedPipelines,
};
