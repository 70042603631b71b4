import { carriersIn } from '../references.js';
import type { Technique } from '../technique.js';

/** Change a stack that keeps its role by a change set. */
export const executeChangeSet: Technique = {
  id: 'X13',
  title: 'Change a stack that keeps its role by a change set',
  documentation: [
    'AWS CloudFormation API Reference, "CreateChangeSet"',
    'AWS CloudFormation API Reference, "ExecuteChangeSet"',
    'AWS CloudFormation User Guide, "AWS CloudFormation service role"',
  ],
  gain: 'act-as',
  needs: [
    { action: 'cloudformation:CreateChangeSet', on: 'carrier' },
    { action: 'cloudformation:ExecuteChangeSet', on: 'carrier' },
  ],
  prerequisite: (terrain) =>
    carriersIn(terrain, [
      {
        type: 'aws_cloudformation_stack',
        role: 'iam_role_arn',
        arn: 'arn:{partition}:cloudformation:{region}:{account}:stack/{name}/{id}',
      },
      {
        type: 'AWS::CloudFormation::Stack',
        role: 'RoleARN',
        arn: 'arn:{partition}:cloudformation:{region}:{account}:stack/{StackName}/{StackId}',
      },
    ]),
};
