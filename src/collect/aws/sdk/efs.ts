import {
  DescribeBackupPolicyCommand,
  DescribeFileSystemPolicyCommand,
  DescribeFileSystemsCommand,
  DescribeLifecycleConfigurationCommand,
  EFSClient,
} from '@aws-sdk/client-efs';
import { sdkService } from './sdk-service.js';

export const service = sdkService(EFSClient, {
  DescribeBackupPolicy: DescribeBackupPolicyCommand,
  DescribeFileSystemPolicy: DescribeFileSystemPolicyCommand,
  DescribeFileSystems: DescribeFileSystemsCommand,
  DescribeLifecycleConfiguration: DescribeLifecycleConfigurationCommand,
});
