import {
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListFunctionUrlConfigsCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';
import { sdkService } from './sdk-service.js';

export const service = sdkService(LambdaClient, {
  GetFunctionConcurrency: GetFunctionConcurrencyCommand,
  GetPolicy: GetPolicyCommand,
  ListFunctionUrlConfigs: ListFunctionUrlConfigsCommand,
  ListFunctions: ListFunctionsCommand,
  ListTags: ListTagsCommand,
});
