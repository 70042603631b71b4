import { STATE_MACHINE_ARN } from '../compute.js';
import { carriers, handedOverAgain } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Change what a state machine calls. */
export const updateStateMachine: Technique = {
  id: 'X20',
  title: 'Change what a state machine calls',
  documentation: [
    'AWS Step Functions API Reference, "UpdateStateMachine"',
    'AWS Step Functions API Reference, "StartExecution"',
    'Service Authorization Reference, "Actions, resources, and condition keys for AWS Step Functions"',
  ],
  gain: 'act-as',
  needs: [
    { action: 'states:UpdateStateMachine', on: 'carrier' },
    { action: 'states:StartExecution', on: 'carrier' },
  ],
  prerequisite: (terrain) =>
    handedOverAgain(
      terrain,
      carriers(terrain, { type: 'aws_sfn_state_machine', role: 'role_arn', arn: STATE_MACHINE_ARN }),
      'states.amazonaws.com',
    ),
};
