import {
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListInstancesCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsCommand,
  ListTagsForResourceCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import { sdkService } from './sdk-service.js';

export const service = sdkService(SSOAdminClient, {
  DescribePermissionSet: DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSet: GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSet: GetPermissionsBoundaryForPermissionSetCommand,
  ListCustomerManagedPolicyReferencesInPermissionSet: ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListInstances: ListInstancesCommand,
  ListManagedPoliciesInPermissionSet: ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSets: ListPermissionSetsCommand,
  ListTagsForResource: ListTagsForResourceCommand,
});
