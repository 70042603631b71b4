import {
  BedrockAgentCoreControlClient,
  GetCodeInterpreterCommand,
  ListCodeInterpretersCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-bedrock-agentcore-control';
import { sdkService } from './sdk-service.js';

export const service = sdkService(BedrockAgentCoreControlClient, {
  GetCodeInterpreter: GetCodeInterpreterCommand,
  ListCodeInterpreters: ListCodeInterpretersCommand,
  ListTagsForResource: ListTagsForResourceCommand,
});
