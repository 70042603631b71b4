import { FUNCTION_ARN } from '../compute.js';
import { passRole, rolesTrustingWith } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Give a function the role and other code. */
export const passRoleToFunction: Technique = {
  id: 'P11',
  title: 'Give a function the role and other code',
  documentation: [
    'AWS Lambda API Reference, "UpdateFunctionConfiguration"',
    'AWS Lambda API Reference, "Invoke"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('lambda.amazonaws.com'),
    { action: 'lambda:UpdateFunctionConfiguration', on: { chooses: 'some' } },
    { action: 'lambda:InvokeFunction', on: { chooses: 'some' } },
  ],
  prerequisite: (terrain) => rolesTrustingWith(terrain, 'lambda.amazonaws.com', 'aws_lambda_function', FUNCTION_ARN),
};
