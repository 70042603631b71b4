import { carriers } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Build a project by instructions of its own. */
export const startBuild: Technique = {
  id: 'X10',
  title: 'Build a project by instructions of its own',
  documentation: ['AWS CodeBuild API Reference, "StartBuild"'],
  gain: 'become',
  needs: [{ action: 'codebuild:StartBuild', on: 'carrier' }],
  prerequisite: (terrain) =>
    carriers(terrain, {
      type: 'aws_codebuild_project',
      role: 'service_role',
      arn: 'arn:{partition}:codebuild:{region}:{account}:project/{name}',
    }),
};
