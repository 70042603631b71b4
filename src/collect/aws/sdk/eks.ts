import {
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  DescribePodIdentityAssociationCommand,
  EKSClient,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
  ListClustersCommand,
  ListNodegroupsCommand,
  ListPodIdentityAssociationsCommand,
} from '@aws-sdk/client-eks';
import { sdkService } from './sdk-service.js';

export const service = sdkService(EKSClient, {
  DescribeAccessEntry: DescribeAccessEntryCommand,
  DescribeCluster: DescribeClusterCommand,
  DescribeNodegroup: DescribeNodegroupCommand,
  DescribePodIdentityAssociation: DescribePodIdentityAssociationCommand,
  ListAccessEntries: ListAccessEntriesCommand,
  ListAssociatedAccessPolicies: ListAssociatedAccessPoliciesCommand,
  ListClusters: ListClustersCommand,
  ListNodegroups: ListNodegroupsCommand,
  ListPodIdentityAssociations: ListPodIdentityAssociationsCommand,
});
