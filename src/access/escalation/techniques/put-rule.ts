import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen } from '../terrain.js';

/** Have a rule call its targets with the role. */
export const putRule: Technique = {
  id: 'P34',
  title: 'Have a rule call its targets with the role',
  documentation: [
    'Amazon EventBridge API Reference, "PutRule"',
    'Amazon EventBridge API Reference, "PutTargets"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'act-as',
  needs: [
    passRole('events.amazonaws.com'),
    needOn('rule-on-default-event-bus', 'events:PutRule'),
    needOn('rule-on-default-event-bus', 'events:PutTargets'),
  ],
  prerequisite: (terrain) =>
    rolesTrusting(terrain, 'events.amazonaws.com', [notSeen('a target of EventBridge that does more with the role')]),
};
