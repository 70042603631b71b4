import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListClustersCommand,
  ListServicesCommand,
  ListTaskDefinitionFamiliesCommand,
} from '@aws-sdk/client-ecs';
import { sdkService } from './sdk-service.js';

export const service = sdkService(ECSClient, {
  DescribeClusters: DescribeClustersCommand,
  DescribeServices: DescribeServicesCommand,
  DescribeTaskDefinition: DescribeTaskDefinitionCommand,
  ListClusters: ListClustersCommand,
  ListServices: ListServicesCommand,
  ListTaskDefinitionFamilies: ListTaskDefinitionFamiliesCommand,
});
