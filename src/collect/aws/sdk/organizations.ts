import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListPoliciesCommand,
  ListRootsCommand,
  ListTargetsForPolicyCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { sdkService } from './sdk-service.js';

export const service = sdkService(OrganizationsClient, {
  DescribeOrganization: DescribeOrganizationCommand,
  DescribePolicy: DescribePolicyCommand,
  ListAccounts: ListAccountsCommand,
  ListAccountsForParent: ListAccountsForParentCommand,
  ListOrganizationalUnitsForParent: ListOrganizationalUnitsForParentCommand,
  ListPolicies: ListPoliciesCommand,
  ListRoots: ListRootsCommand,
  ListTargetsForPolicy: ListTargetsForPolicyCommand,
});
