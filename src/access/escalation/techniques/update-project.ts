import { carriers } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Change what a project builds. */
export const updateProject: Technique = {
  id: 'X11',
  title: 'Change what a project builds',
  documentation: ['AWS CodeBuild API Reference, "UpdateProject"', 'AWS CodeBuild API Reference, "StartBuild"'],
  gain: 'become',
  needs: [
    { action: 'codebuild:UpdateProject', on: 'carrier' },
    { action: 'codebuild:StartBuild', on: 'carrier' },
  ],
  prerequisite: (terrain) =>
    carriers(terrain, {
      type: 'aws_codebuild_project',
      role: 'service_role',
      arn: 'arn:{partition}:codebuild:{region}:{account}:project/{name}',
    }),
};
