import { carriersIn } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Change what a service runs. */
export const updateAppRunnerService: Technique = {
  id: 'X21',
  title: 'Change what a service runs',
  documentation: ['AWS App Runner API Reference, "UpdateService"'],
  gain: 'become',
  needs: [{ action: 'apprunner:UpdateService', on: 'carrier' }],
  prerequisite: (terrain) =>
    carriersIn(terrain, {
      type: 'aws_apprunner_service',
      block: 'instance_configuration',
      role: 'instance_role_arn',
      arn: 'arn:{partition}:apprunner:{region}:{account}:service/{service_name}/{service_id}',
    }),
};
