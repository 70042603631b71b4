import { GetPartitionsCommand, GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { sdkService } from './sdk-service.js';

export const service = sdkService(GlueClient, { GetPartitions: GetPartitionsCommand, GetTable: GetTableCommand });
