import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Have any operation called with the role at a time. */
export const createSchedule: Technique = {
  id: 'P33',
  title: 'Have any operation called with the role at a time',
  documentation: [
    'Amazon EventBridge Scheduler API Reference, "CreateSchedule"',
    'Amazon EventBridge Scheduler User Guide, "Using universal targets"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'act-as',
  needs: [passRole('scheduler.amazonaws.com'), needOn('schedule', 'scheduler:CreateSchedule')],
  prerequisite: (terrain) => rolesTrusting(terrain, 'scheduler.amazonaws.com'),
};
