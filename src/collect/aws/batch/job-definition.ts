import type { Collector } from '../collector.js';
import { asTheyAre, type CamelNames, each, get, inCapitals, lift } from '../json.js';

const CONTAINER: CamelNames = {
  ...asTheyAre('command', 'enableExecuteCommand', 'executionRoleArn', 'image', 'instanceType', 'jobRoleArn'),
  ...asTheyAre('memory', 'privileged', 'readonlyRootFilesystem', 'user', 'vcpus'),
  environment: asTheyAre('name', 'value'),
  ephemeralStorage: asTheyAre('sizeInGiB'),
  fargatePlatformConfiguration: asTheyAre('platformVersion'),
  linuxParameters: {
    ...asTheyAre('initProcessEnabled', 'maxSwap', 'sharedMemorySize', 'swappiness'),
    devices: asTheyAre('containerPath', 'hostPath', 'permissions'),
    tmpfs: asTheyAre('containerPath', 'mountOptions', 'size'),
  },
  logConfiguration: { ...asTheyAre('logDriver', 'options'), secretOptions: asTheyAre('name', 'valueFrom') },
  mountPoints: asTheyAre('containerPath', 'readOnly', 'sourceVolume'),
  networkConfiguration: asTheyAre('assignPublicIp'),
  repositoryCredentials: asTheyAre('credentialsParameter'),
  resourceRequirements: asTheyAre('type', 'value'),
  runtimePlatform: asTheyAre('cpuArchitecture', 'operatingSystemFamily'),
  secrets: asTheyAre('name', 'valueFrom'),
  ulimits: asTheyAre('hardLimit', 'name', 'softLimit'),
  volumes: {
    ...asTheyAre('name'),
    efsVolumeConfiguration: {
      ...asTheyAre('fileSystemId', 'rootDirectory', 'transitEncryption', 'transitEncryptionPort'),
      authorizationConfig: asTheyAre('accessPointId', 'iam'),
    },
    host: asTheyAre('sourcePath'),
    s3filesVolumeConfiguration: asTheyAre('accessPointArn', 'fileSystemArn', 'rootDirectory', 'transitEncryptionPort'),
  },
};

/** An active revision of what jobs are started with, with the role of its container. Values in its environment are kept back. */
export const batchJobDefinition: Collector = {
  type: 'AWS::Batch::JobDefinition',
  service: 'batch',
  version: 1,
  scope: 'region',
  list: {
    call: 'batch:DescribeJobDefinitions',
    permission: 'batch:DescribeJobDefinitions',
    input: { status: 'ACTIVE' },
    pages: { input: 'nextToken', output: 'nextToken', limit: ['maxResults', 100] },
    items: 'jobDefinitions.*',
  },
  tells: [
    ...['ContainerProperties', 'JobDefinitionName', 'Parameters', 'PlatformCapabilities', 'PropagateTags'],
    ...['RetryStrategy', 'SchedulingPriority', 'Tags', 'Timeout', 'Type'],
  ],
  id: 'jobDefinitionArn',
  arn: '{jobDefinitionArn}',
  // Jobs of several containers, nodes or pods.
  unread: [
    ...['ConsumableResourceProperties', 'EcsProperties', 'EksProperties', 'NodeProperties', 'ResourceRetentionPolicy'],
  ],
  secrets: ['ContainerProperties.Environment.*.Value', 'Parameters.*'],
  project: (item) => ({
    properties: {
      ...lift(item, { JobDefinitionName: 'jobDefinitionName', Parameters: 'parameters', Tags: 'tags', Type: 'type' }),
      ...lift(item, { PlatformCapabilities: 'platformCapabilities', PropagateTags: 'propagateTags' }),
      SchedulingPriority: get(item, 'schedulingPriority'),
      ContainerProperties: inCapitals(get(item, 'containerProperties'), CONTAINER),
      RetryStrategy: get(item, 'retryStrategy') && {
        Attempts: get(item, 'retryStrategy.attempts'),
        EvaluateOnExit: each(item, 'retryStrategy.evaluateOnExit', (one) =>
          inCapitals(one, asTheyAre('action', 'onExitCode', 'onReason', 'onStatusReason')),
        ),
      },
      Timeout: inCapitals(get(item, 'timeout'), asTheyAre('attemptDurationSeconds')),
    },
    live: lift(item, { revision: 'revision', status: 'status' }),
  }),
};
