import {
  DescribeDBClusterParameterGroupsCommand,
  DescribeDBClusterParametersCommand,
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBParametersCommand,
  DescribeDBSnapshotAttributesCommand,
  DescribeDBSnapshotsCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { sdkService } from './sdk-service.js';

export const service = sdkService(RDSClient, {
  DescribeDBClusterParameterGroups: DescribeDBClusterParameterGroupsCommand,
  DescribeDBClusterParameters: DescribeDBClusterParametersCommand,
  DescribeDBClusterSnapshotAttributes: DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBClusterSnapshots: DescribeDBClusterSnapshotsCommand,
  DescribeDBClusters: DescribeDBClustersCommand,
  DescribeDBInstances: DescribeDBInstancesCommand,
  DescribeDBParameterGroups: DescribeDBParameterGroupsCommand,
  DescribeDBParameters: DescribeDBParametersCommand,
  DescribeDBSnapshotAttributes: DescribeDBSnapshotAttributesCommand,
  DescribeDBSnapshots: DescribeDBSnapshotsCommand,
});
