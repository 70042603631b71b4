import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a function with the role, and invoke it. */
export const createFunctionAndInvoke: Technique = {
  id: 'P08',
  title: 'Make a function with the role, and invoke it',
  documentation: [
    'AWS Lambda API Reference, "CreateFunction"',
    'AWS Lambda API Reference, "Invoke"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('lambda.amazonaws.com'),
    needOn('function', 'lambda:CreateFunction'),
    needOn('function', 'lambda:InvokeFunction'),
  ],
  prerequisite: (terrain) => rolesTrusting(terrain, 'lambda.amazonaws.com'),
};
