import { GetDetectorCommand, GuardDutyClient, ListDetectorsCommand } from '@aws-sdk/client-guardduty';
import { sdkService } from './sdk-service.js';

export const service = sdkService(GuardDutyClient, {
  GetDetector: GetDetectorCommand,
  ListDetectors: ListDetectorsCommand,
});
