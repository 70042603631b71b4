import { defineResourceType, object } from '../../entries.js';

export const lambdaFunctionUrl = defineResourceType({
  type: 'aws_lambda_function_url',
  cloudformation: {
    type: 'AWS::Lambda::Url',
    ref: 'function_arn',
    getAtt: { FunctionArn: 'function_arn', FunctionUrl: 'function_url' },
    properties: { AuthType: 'authorization_type', Cors: object(), TargetFunctionArn: 'function_name' },
  },
  links: { function_name: 'aws_lambda_function' },
});
