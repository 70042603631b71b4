import { carriersIn } from '../references.js';
import type { Technique } from '../technique.js';

/** Enter a development endpoint with a key of its own. */
export const updateDevEndpoint: Technique = {
  id: 'X15',
  title: 'Enter a development endpoint with a key of its own',
  documentation: ['AWS Glue API Reference, "UpdateDevEndpoint"'],
  gain: 'become',
  needs: [{ action: 'glue:UpdateDevEndpoint', on: 'carrier' }],
  prerequisite: (terrain) =>
    carriersIn(terrain, [
      {
        type: 'aws_glue_dev_endpoint',
        role: 'role_arn',
        arn: 'arn:{partition}:glue:{region}:{account}:devEndpoint/{name}',
      },
      {
        type: 'AWS::Glue::DevEndpoint',
        role: 'RoleArn',
        arn: 'arn:{partition}:glue:{region}:{account}:devEndpoint/{EndpointName}',
      },
    ]),
};
