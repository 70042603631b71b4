import {
  ConfigServiceClient,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
} from '@aws-sdk/client-config-service';
import { sdkService } from './sdk-service.js';

export const service = sdkService(ConfigServiceClient, {
  DescribeConfigurationRecorderStatus: DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecorders: DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannels: DescribeDeliveryChannelsCommand,
});
