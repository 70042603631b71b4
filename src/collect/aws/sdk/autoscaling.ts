import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeLaunchConfigurationsCommand,
} from '@aws-sdk/client-auto-scaling';
import { sdkService } from './sdk-service.js';

export const service = sdkService(AutoScalingClient, {
  DescribeAutoScalingGroups: DescribeAutoScalingGroupsCommand,
  DescribeLaunchConfigurations: DescribeLaunchConfigurationsCommand,
});
