import {
  CloudFrontClient,
  GetDistributionConfigCommand,
  ListDistributionsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudfront';
import { sdkService } from './sdk-service.js';

export const service = sdkService(CloudFrontClient, {
  GetDistributionConfig: GetDistributionConfigCommand,
  ListDistributions: ListDistributionsCommand,
  ListTagsForResource: ListTagsForResourceCommand,
});
