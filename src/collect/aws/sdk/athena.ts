import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  GetWorkGroupCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { sdkService } from './sdk-service.js';

export const service = sdkService(AthenaClient, {
  GetQueryExecution: GetQueryExecutionCommand,
  GetQueryResults: GetQueryResultsCommand,
  GetWorkGroup: GetWorkGroupCommand,
  StartQueryExecution: StartQueryExecutionCommand,
  StopQueryExecution: StopQueryExecutionCommand,
});
