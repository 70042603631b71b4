import { carriersIn } from '../references.js';
import type { Technique } from '../technique.js';

/** Change a set of stacks that keeps its role. */
export const updateStackSet: Technique = {
  id: 'X14',
  title: 'Change a set of stacks that keeps its role',
  documentation: ['AWS CloudFormation API Reference, "UpdateStackSet"'],
  gain: 'act-as',
  needs: [{ action: 'cloudformation:UpdateStackSet', on: 'carrier' }],
  prerequisite: (terrain) =>
    carriersIn(terrain, [
      {
        type: 'aws_cloudformation_stack_set',
        role: 'administration_role_arn',
        arn: 'arn:{partition}:cloudformation:{region}:{account}:stackset/{name}:{id}',
      },
      {
        type: 'AWS::CloudFormation::StackSet',
        role: 'AdministrationRoleARN',
        arn: 'arn:{partition}:cloudformation:{region}:{account}:stackset/{StackSetName}:{StackSetId}',
      },
    ]),
};
