import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a function with the role, and let another principal invoke it. */
export const createFunctionAndPermit: Technique = {
  id: 'P10',
  title: 'Make a function with the role, and let another principal invoke it',
  documentation: [
    'AWS Lambda API Reference, "CreateFunction"',
    'AWS Lambda API Reference, "AddPermission"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('lambda.amazonaws.com'),
    needOn('function', 'lambda:CreateFunction'),
    needOn('function', 'lambda:AddPermission'),
  ],
  prerequisite: (terrain) => rolesTrusting(terrain, 'lambda.amazonaws.com'),
};
