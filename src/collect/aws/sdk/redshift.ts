import { DescribeClustersCommand, DescribeLoggingStatusCommand, RedshiftClient } from '@aws-sdk/client-redshift';
import { sdkService } from './sdk-service.js';

export const service = sdkService(RedshiftClient, {
  DescribeClusters: DescribeClustersCommand,
  DescribeLoggingStatus: DescribeLoggingStatusCommand,
});
