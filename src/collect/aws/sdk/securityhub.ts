import { DescribeHubCommand, GetEnabledStandardsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { sdkService } from './sdk-service.js';

export const service = sdkService(SecurityHubClient, {
  DescribeHub: DescribeHubCommand,
  GetEnabledStandards: GetEnabledStandardsCommand,
});
