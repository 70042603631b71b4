import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { sdkService } from './sdk-service.js';

export const service = sdkService(OrganizationsClient, { DescribeOrganization: DescribeOrganizationCommand });
