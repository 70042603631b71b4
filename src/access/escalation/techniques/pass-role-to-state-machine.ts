import { STATE_MACHINE_ARN } from '../compute.js';
import { passRole, rolesTrustingWith } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Give a state machine the role and other steps, and start it. */
export const passRoleToStateMachine: Technique = {
  id: 'P32',
  title: 'Give a state machine the role and other steps, and start it',
  documentation: [
    'AWS Step Functions API Reference, "UpdateStateMachine"',
    'AWS Step Functions API Reference, "StartExecution"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'act-as',
  needs: [
    passRole('states.amazonaws.com'),
    { action: 'states:UpdateStateMachine', on: { chooses: 'some' } },
    { action: 'states:StartExecution', on: { chooses: 'some' } },
  ],
  prerequisite: (terrain) =>
    rolesTrustingWith(terrain, 'states.amazonaws.com', 'aws_sfn_state_machine', STATE_MACHINE_ARN),
};
