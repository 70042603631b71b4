import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListGrantsCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import { sdkService } from './sdk-service.js';

export const service = sdkService(KMSClient, {
  DescribeKey: DescribeKeyCommand,
  GetKeyPolicy: GetKeyPolicyCommand,
  GetKeyRotationStatus: GetKeyRotationStatusCommand,
  ListGrants: ListGrantsCommand,
  ListKeys: ListKeysCommand,
  ListResourceTags: ListResourceTagsCommand,
});
