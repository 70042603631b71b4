import {
  BatchGetRepositoryScanningConfigurationCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-ecr';
import { sdkService } from './sdk-service.js';

export const service = sdkService(ECRClient, {
  BatchGetRepositoryScanningConfiguration: BatchGetRepositoryScanningConfigurationCommand,
  DescribeRepositories: DescribeRepositoriesCommand,
  GetLifecyclePolicy: GetLifecyclePolicyCommand,
  GetRepositoryPolicy: GetRepositoryPolicyCommand,
  ListTagsForResource: ListTagsForResourceCommand,
});
