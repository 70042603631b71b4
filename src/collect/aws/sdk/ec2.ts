import {
  DescribeFlowLogsCommand,
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  DescribeSecurityGroupsCommand,
  DescribeVolumesCommand,
  DescribeVpcsCommand,
  EC2Client,
  GetEbsDefaultKmsKeyIdCommand,
  GetEbsEncryptionByDefaultCommand,
  GetImageBlockPublicAccessStateCommand,
  GetSnapshotBlockPublicAccessStateCommand,
} from '@aws-sdk/client-ec2';
import { sdkService } from './sdk-service.js';

export const service = sdkService(EC2Client, {
  DescribeFlowLogs: DescribeFlowLogsCommand,
  DescribeInstances: DescribeInstancesCommand,
  DescribeRegions: DescribeRegionsCommand,
  DescribeSecurityGroups: DescribeSecurityGroupsCommand,
  DescribeVolumes: DescribeVolumesCommand,
  DescribeVpcs: DescribeVpcsCommand,
  GetEbsDefaultKmsKeyId: GetEbsDefaultKmsKeyIdCommand,
  GetEbsEncryptionByDefault: GetEbsEncryptionByDefaultCommand,
  GetImageBlockPublicAccessState: GetImageBlockPublicAccessStateCommand,
  GetSnapshotBlockPublicAccessState: GetSnapshotBlockPublicAccessStateCommand,
});
