import { defineResourceType } from '../../entries.js';

export const lambdaFunctionUrl = defineResourceType({
  type: 'aws_lambda_function_url',
  links: { function_name: 'aws_lambda_function' },
});
