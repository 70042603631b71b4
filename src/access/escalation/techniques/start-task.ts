import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen } from '../terrain.js';

/** Start a task with the role on an instance of a cluster. */
export const startTask: Technique = {
  id: 'P29',
  title: 'Start a task with the role on an instance of a cluster',
  documentation: [
    'Amazon ECS API Reference, "RegisterTaskDefinition"',
    'Amazon ECS API Reference, "StartTask"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('ecs-tasks.amazonaws.com'),
    needOn('task-definition', 'ecs:RegisterTaskDefinition'),
    needOn('task-definition', 'ecs:StartTask'),
  ],
  prerequisite: (terrain) => rolesTrusting(terrain, 'ecs-tasks.amazonaws.com', [notSeen('an instance in a cluster')]),
};
