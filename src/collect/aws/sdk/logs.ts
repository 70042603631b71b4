import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { sdkService } from './sdk-service.js';

export const service = sdkService(CloudWatchLogsClient, {
  DescribeLogGroups: DescribeLogGroupsCommand,
});
