import {
  GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetLoginProfileCommand,
  IAMClient,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import { sdkService } from './sdk-service.js';

export const service = sdkService(IAMClient, {
  GetAccountAuthorizationDetails: GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicy: GetAccountPasswordPolicyCommand,
  GetAccountSummary: GetAccountSummaryCommand,
  GetLoginProfile: GetLoginProfileCommand,
  ListRoles: ListRolesCommand,
});
