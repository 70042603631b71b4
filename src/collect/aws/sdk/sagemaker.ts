import {
  DescribeDomainCommand,
  DescribeNotebookInstanceCommand,
  DescribeUserProfileCommand,
  ListDomainsCommand,
  ListNotebookInstancesCommand,
  ListTagsCommand,
  ListUserProfilesCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { sdkService } from './sdk-service.js';

export const service = sdkService(SageMakerClient, {
  DescribeDomain: DescribeDomainCommand,
  DescribeNotebookInstance: DescribeNotebookInstanceCommand,
  DescribeUserProfile: DescribeUserProfileCommand,
  ListDomains: ListDomainsCommand,
  ListNotebookInstances: ListNotebookInstancesCommand,
  ListTags: ListTagsCommand,
  ListUserProfiles: ListUserProfilesCommand,
});
