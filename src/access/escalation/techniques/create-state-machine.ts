import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a state machine with the role, and start it. */
export const createStateMachine: Technique = {
  id: 'P31',
  title: 'Make a state machine with the role, and start it',
  documentation: [
    'AWS Step Functions API Reference, "CreateStateMachine"',
    'AWS Step Functions API Reference, "StartExecution"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'act-as',
  needs: [
    passRole('states.amazonaws.com'),
    needOn('statemachine', 'states:CreateStateMachine'),
    needOn('statemachine', 'states:StartExecution'),
  ],
  prerequisite: (terrain) => rolesTrusting(terrain, 'states.amazonaws.com'),
};
