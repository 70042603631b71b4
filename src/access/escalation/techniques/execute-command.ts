import { commandedServices } from '../compute.js';
import type { Technique } from '../technique.js';

/** Run a command in a task. */
export const executeCommand: Technique = {
  id: 'X09',
  title: 'Run a command in a task',
  documentation: [
    'Amazon ECS API Reference, "ExecuteCommand"',
    'Amazon ECS Developer Guide, "Monitor Amazon ECS containers with ECS Exec"',
  ],
  gain: 'become',
  needs: [
    { action: 'ecs:ExecuteCommand', on: 'cluster' },
    { action: 'ecs:ExecuteCommand', on: 'task' },
  ],
  prerequisite: commandedServices,
};
