import { passRole, rolesTrustingWith } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Give a build project the role, and build it. */
export const passRoleToProject: Technique = {
  id: 'P22',
  title: 'Give a build project the role, and build it',
  documentation: [
    'AWS CodeBuild API Reference, "UpdateProject"',
    'AWS CodeBuild API Reference, "StartBuild"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('codebuild.amazonaws.com'),
    { action: 'codebuild:UpdateProject', on: { chooses: 'some' } },
    { action: 'codebuild:StartBuild', on: { chooses: 'some' } },
  ],
  prerequisite: (terrain) =>
    rolesTrustingWith(
      terrain,
      'codebuild.amazonaws.com',
      'aws_codebuild_project',
      'arn:{partition}:codebuild:{region}:{account}:project/{name}',
    ),
};
