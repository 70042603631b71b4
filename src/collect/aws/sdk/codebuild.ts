import { BatchGetProjectsCommand, CodeBuildClient, ListProjectsCommand } from '@aws-sdk/client-codebuild';
import { sdkService } from './sdk-service.js';

export const service = sdkService(CodeBuildClient, {
  BatchGetProjects: BatchGetProjectsCommand,
  ListProjects: ListProjectsCommand,
});
