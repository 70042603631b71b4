import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  LookupEventsCommand,
} from '@aws-sdk/client-cloudtrail';
import { sdkService } from './sdk-service.js';

export const service = sdkService(CloudTrailClient, {
  DescribeTrails: DescribeTrailsCommand,
  GetEventSelectors: GetEventSelectorsCommand,
  GetInsightSelectors: GetInsightSelectorsCommand,
  GetTrailStatus: GetTrailStatusCommand,
  ListTags: ListTagsCommand,
  LookupEvents: LookupEventsCommand,
});
