import {
  DescribeDomainCommand,
  ListDomainNamesCommand,
  ListTagsCommand,
  OpenSearchClient,
} from '@aws-sdk/client-opensearch';
import { sdkService } from './sdk-service.js';

export const service = sdkService(OpenSearchClient, {
  DescribeDomain: DescribeDomainCommand,
  ListDomainNames: ListDomainNamesCommand,
  ListTags: ListTagsCommand,
});
