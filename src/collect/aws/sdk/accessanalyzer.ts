import { AccessAnalyzerClient, ListAnalyzersCommand } from '@aws-sdk/client-accessanalyzer';
import { sdkService } from './sdk-service.js';

export const service = sdkService(AccessAnalyzerClient, {
  ListAnalyzers: ListAnalyzersCommand,
});
