import { DescribeClusterCommand, EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { sdkService } from './sdk-service.js';

export const service = sdkService(EKSClient, {
  DescribeCluster: DescribeClusterCommand,
  ListClusters: ListClustersCommand,
});
