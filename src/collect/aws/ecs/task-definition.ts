import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Loose } from '../collector.js';
import { asTheyAre, type CamelNames, each, get, inCapitals, lift } from '../json.js';
import { taskDefinitions } from './operations.js';

const CONTAINER: CamelNames = {
  ...asTheyAre('command', 'cpu', 'credentialSpecs', 'disableNetworking', 'dnsSearchDomains', 'dnsServers'),
  ...asTheyAre('dockerLabels', 'dockerSecurityOptions', 'entryPoint', 'essential', 'hostname', 'image'),
  ...asTheyAre('interactive', 'links', 'memory', 'memoryReservation', 'name', 'privileged', 'pseudoTerminal'),
  ...asTheyAre('readonlyRootFilesystem', 'startTimeout', 'stopTimeout', 'user', 'versionConsistency'),
  ...asTheyAre('workingDirectory'),
  dependsOn: asTheyAre('condition', 'containerName'),
  environment: asTheyAre('name', 'value'),
  environmentFiles: asTheyAre('type', 'value'),
  extraHosts: asTheyAre('hostname', 'ipAddress'),
  firelensConfiguration: asTheyAre('options', 'type'),
  healthCheck: asTheyAre('command', 'interval', 'retries', 'startPeriod', 'timeout'),
  linuxParameters: {
    ...asTheyAre('initProcessEnabled', 'maxSwap', 'sharedMemorySize', 'swappiness'),
    capabilities: asTheyAre('add', 'drop'),
    devices: asTheyAre('containerPath', 'hostPath', 'permissions'),
    tmpfs: asTheyAre('containerPath', 'mountOptions', 'size'),
  },
  logConfiguration: { ...asTheyAre('logDriver', 'options'), secretOptions: asTheyAre('name', 'valueFrom') },
  mountPoints: asTheyAre('containerPath', 'readOnly', 'sourceVolume'),
  portMappings: asTheyAre('appProtocol', 'containerPort', 'containerPortRange', 'hostPort', 'name', 'protocol'),
  repositoryCredentials: asTheyAre('credentialsParameter'),
  resourceRequirements: asTheyAre('type', 'value'),
  restartPolicy: asTheyAre('enabled', 'ignoredExitCodes', 'restartAttemptPeriod'),
  secrets: asTheyAre('name', 'valueFrom'),
  systemControls: asTheyAre('namespace', 'value'),
  ulimits: asTheyAre('hardLimit', 'name', 'softLimit'),
  volumesFrom: asTheyAre('readOnly', 'sourceContainer'),
};

/** What a task is started with: its containers and roles. Values in the environment of a container are kept back. */
export const ecsTaskDefinition: Collector = {
  type: 'AWS::ECS::TaskDefinition',
  service: 'ecs',
  version: 1,
  scope: 'region',
  list: taskDefinitions,
  tells: [
    ...['ContainerDefinitions', 'Cpu', 'EnableFaultInjection', 'EphemeralStorage', 'ExecutionRoleArn', 'Family'],
    ...['IpcMode', 'Memory', 'NetworkMode', 'PidMode', 'PlacementConstraints', 'ProxyConfiguration'],
    ...['RequiresCompatibilities', 'RuntimePlatform', 'Tags', 'TaskRoleArn', 'Volumes'],
  ],
  id: 'taskDefinition.taskDefinitionArn',
  arn: '{taskDefinition.taskDefinitionArn}',
  unread: ['InferenceAccelerators'],
  sets: ['RequiresCompatibilities', 'Tags'],
  secrets: ['ContainerDefinitions.*.Environment.*.Value'],
  project: (item) => {
    const definition = get(item, 'taskDefinition') ?? {};
    return {
      properties: {
        ...(inCapitals(definition, asTheyAre('cpu', 'enableFaultInjection', 'family', 'ipcMode', 'memory')) as object),
        ...(inCapitals(definition, asTheyAre('executionRoleArn', 'networkMode', 'pidMode', 'taskRoleArn')) as object),
        RequiresCompatibilities: get(definition, 'requiresCompatibilities'),
        ContainerDefinitions: inCapitals(get(definition, 'containerDefinitions'), CONTAINER),
        EphemeralStorage: inCapitals(get(definition, 'ephemeralStorage'), asTheyAre('sizeInGiB')),
        PlacementConstraints: inCapitals(get(definition, 'placementConstraints'), asTheyAre('expression', 'type')),
        ProxyConfiguration: proxyOf(get(definition, 'proxyConfiguration')),
        RuntimePlatform: inCapitals(
          get(definition, 'runtimePlatform'),
          asTheyAre('cpuArchitecture', 'operatingSystemFamily'),
        ),
        Tags: inCapitals(get(item, 'tags'), asTheyAre('key', 'value')),
        Volumes: each(definition, 'volumes', volumeOf),
      },
      live: lift(definition, { registered_at: 'registeredAt', revision: 'revision', status: 'status' }),
    };
  },
};

function proxyOf(proxy: SnapshotJson | undefined): Loose {
  if (proxy === undefined) return undefined;
  return {
    ...lift(proxy, { ContainerName: 'containerName', Type: 'type' }),
    ProxyConfigurationProperties: inCapitals(get(proxy, 'properties'), asTheyAre('name', 'value')),
  };
}

function volumeOf(volume: SnapshotJson): Loose {
  const files = get(volume, 'efsVolumeConfiguration');
  return {
    ...lift(volume, { ConfiguredAtLaunch: 'configuredAtLaunch', Name: 'name' }),
    DockerVolumeConfiguration: inCapitals(
      get(volume, 'dockerVolumeConfiguration'),
      asTheyAre('autoprovision', 'driver', 'driverOpts', 'labels', 'scope'),
    ),
    EFSVolumeConfiguration: files && {
      ...lift(files, { FilesystemId: 'fileSystemId', RootDirectory: 'rootDirectory' }),
      ...lift(files, { TransitEncryption: 'transitEncryption', TransitEncryptionPort: 'transitEncryptionPort' }),
      AuthorizationConfig: get(files, 'authorizationConfig') && {
        ...lift(files, { AccessPointId: 'authorizationConfig.accessPointId', IAM: 'authorizationConfig.iam' }),
      },
    },
    FSxWindowsFileServerVolumeConfiguration: inCapitals(get(volume, 'fsxWindowsFileServerVolumeConfiguration'), {
      ...asTheyAre('fileSystemId', 'rootDirectory'),
      authorizationConfig: asTheyAre('credentialsParameter', 'domain'),
    }),
    Host: inCapitals(get(volume, 'host'), asTheyAre('sourcePath')),
    S3FilesVolumeConfiguration: inCapitals(
      get(volume, 's3filesVolumeConfiguration'),
      asTheyAre('accessPointArn', 'fileSystemArn', 'rootDirectory', 'transitEncryptionPort'),
    ),
  };
}
