import {
  CloudFormationClient,
  DescribeStackSetCommand,
  DescribeStacksCommand,
  ListStackSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { sdkService } from './sdk-service.js';

export const service = sdkService(CloudFormationClient, {
  DescribeStackSet: DescribeStackSetCommand,
  DescribeStacks: DescribeStacksCommand,
  ListStackSets: ListStackSetsCommand,
});
