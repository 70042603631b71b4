import {
  AppRunnerClient,
  DescribeServiceCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-apprunner';
import { sdkService } from './sdk-service.js';

export const service = sdkService(AppRunnerClient, {
  DescribeService: DescribeServiceCommand,
  ListServices: ListServicesCommand,
  ListTagsForResource: ListTagsForResourceCommand,
});
