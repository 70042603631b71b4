import {
  BatchGetProjectsCommand,
  CodeBuildClient,
  GetResourcePolicyCommand,
  ListProjectsCommand,
} from '@aws-sdk/client-codebuild';
import { sdkService } from './sdk-service.js';

export const service = sdkService(CodeBuildClient, {
  BatchGetProjects: BatchGetProjectsCommand,
  GetResourcePolicy: GetResourcePolicyCommand,
  ListProjects: ListProjectsCommand,
});
