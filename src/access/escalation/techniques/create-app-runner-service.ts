import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a service whose instances have the role. */
export const createAppRunnerService: Technique = {
  id: 'P30',
  title: 'Make a service whose instances have the role',
  documentation: [
    'AWS App Runner API Reference, "CreateService"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('tasks.apprunner.amazonaws.com'), needOn('service', 'apprunner:CreateService')],
  prerequisite: (terrain) => rolesTrusting(terrain, 'tasks.apprunner.amazonaws.com'),
};
