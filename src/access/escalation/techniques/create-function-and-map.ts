import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen } from '../terrain.js';

/** Make a function with the role, which a stream or a queue invokes. */
export const createFunctionAndMap: Technique = {
  id: 'P09',
  title: 'Make a function with the role, which a stream or a queue invokes',
  documentation: [
    'AWS Lambda API Reference, "CreateFunction"',
    'AWS Lambda API Reference, "CreateEventSourceMapping"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('lambda.amazonaws.com'),
    needOn('function', 'lambda:CreateFunction'),
    { action: 'lambda:CreateEventSourceMapping', on: '*' },
  ],
  prerequisite: (terrain) =>
    rolesTrusting(terrain, 'lambda.amazonaws.com', [notSeen('a source that the role reads and the caller writes')]),
};
