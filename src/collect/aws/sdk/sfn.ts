import {
  DescribeStateMachineCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { sdkService } from './sdk-service.js';

export const service = sdkService(SFNClient, {
  DescribeStateMachine: DescribeStateMachineCommand,
  ListStateMachines: ListStateMachinesCommand,
  ListTagsForResource: ListTagsForResourceCommand,
});
