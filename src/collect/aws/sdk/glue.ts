import {
  GetDevEndpointsCommand,
  GetJobsCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GlueClient,
} from '@aws-sdk/client-glue';
import { sdkService } from './sdk-service.js';

export const service = sdkService(GlueClient, {
  GetDevEndpoints: GetDevEndpointsCommand,
  GetJobs: GetJobsCommand,
  GetPartitions: GetPartitionsCommand,
  GetTable: GetTableCommand,
});
