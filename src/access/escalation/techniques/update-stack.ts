import { carriersIn } from '../references.js';
import type { Technique } from '../technique.js';

/** Change a stack that keeps its role. */
export const updateStack: Technique = {
  id: 'X12',
  title: 'Change a stack that keeps its role',
  documentation: [
    'AWS CloudFormation API Reference, "UpdateStack"',
    'AWS CloudFormation User Guide, "AWS CloudFormation service role"',
  ],
  gain: 'act-as',
  needs: [{ action: 'cloudformation:UpdateStack', on: 'carrier' }],
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
