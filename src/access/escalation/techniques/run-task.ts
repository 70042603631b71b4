import { rolesTrustingNear } from '../compute.js';
import { needOn, passRole } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Run a task with the role. */
export const runTask: Technique = {
  id: 'P27',
  title: 'Run a task with the role',
  documentation: [
    'Amazon ECS API Reference, "RegisterTaskDefinition"',
    'Amazon ECS API Reference, "RunTask"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('ecs-tasks.amazonaws.com'),
    needOn('task-definition', 'ecs:RegisterTaskDefinition'),
    needOn('task-definition', 'ecs:RunTask'),
  ],
  prerequisite: (terrain) =>
    rolesTrustingNear(terrain, 'ecs-tasks.amazonaws.com', 'aws_ecs_cluster', [
      { also: [needOn('cluster', 'ecs:CreateCluster')] },
    ]),
};
