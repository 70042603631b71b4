import {
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  GetLoginProfileCommand,
  GetOpenIDConnectProviderCommand,
  IAMClient,
  ListMFADevicesCommand,
  ListOpenIDConnectProvidersCommand,
  ListRolesCommand,
  ListSAMLProvidersCommand,
  ListServerCertificatesCommand,
  ListVirtualMFADevicesCommand,
} from '@aws-sdk/client-iam';
import { sdkService } from './sdk-service.js';

export const service = sdkService(IAMClient, {
  GenerateCredentialReport: GenerateCredentialReportCommand,
  GetAccountAuthorizationDetails: GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicy: GetAccountPasswordPolicyCommand,
  GetAccountSummary: GetAccountSummaryCommand,
  GetCredentialReport: GetCredentialReportCommand,
  GetLoginProfile: GetLoginProfileCommand,
  GetOpenIDConnectProvider: GetOpenIDConnectProviderCommand,
  ListMFADevices: ListMFADevicesCommand,
  ListOpenIDConnectProviders: ListOpenIDConnectProvidersCommand,
  ListRoles: ListRolesCommand,
  ListSAMLProviders: ListSAMLProvidersCommand,
  ListServerCertificates: ListServerCertificatesCommand,
  ListVirtualMFADevices: ListVirtualMFADevicesCommand,
});
