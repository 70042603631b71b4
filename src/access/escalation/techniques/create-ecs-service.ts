import { rolesTrustingNear } from '../compute.js';
import { needOn, passRole } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a service whose tasks have the role. */
export const createEcsService: Technique = {
  id: 'P28',
  title: 'Make a service whose tasks have the role',
  documentation: [
    'Amazon ECS API Reference, "RegisterTaskDefinition"',
    'Amazon ECS API Reference, "CreateService"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('ecs-tasks.amazonaws.com'),
    needOn('task-definition', 'ecs:RegisterTaskDefinition'),
    needOn('service', 'ecs:CreateService'),
  ],
  prerequisite: (terrain) =>
    rolesTrustingNear(terrain, 'ecs-tasks.amazonaws.com', 'aws_ecs_cluster', [
      { also: [needOn('cluster', 'ecs:CreateCluster')] },
    ]),
};
