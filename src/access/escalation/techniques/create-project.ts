import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a build project with the role, and build it. */
export const createProject: Technique = {
  id: 'P21',
  title: 'Make a build project with the role, and build it',
  documentation: [
    'AWS CodeBuild API Reference, "CreateProject"',
    'AWS CodeBuild API Reference, "StartBuild"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('codebuild.amazonaws.com'),
    needOn('project', 'codebuild:CreateProject'),
    needOn('project', 'codebuild:StartBuild'),
  ],
  prerequisite: (terrain) => rolesTrusting(terrain, 'codebuild.amazonaws.com'),
};
