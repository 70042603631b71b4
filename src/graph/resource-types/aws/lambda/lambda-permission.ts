import { because, defineResourceType } from '../../entries.js';

/** Folded into `aws_lambda_function`, as a statement of its policy. */
export const lambdaPermission = defineResourceType({
  type: 'aws_lambda_permission',
  cloudformation: { type: 'AWS::Lambda::Permission', ref: 'id' },
  terraformOnly: {
    ...because('no property', 'qualifier', 'statement_id'),
    ...because('a switch of Terraform itself', 'statement_id_prefix'),
  },
});
