import {
  alike,
  because,
  defineResourceType,
  type FieldShape,
  hoist,
  jsonDocument,
  list,
  object,
  pairs,
} from '../../entries.js';

const CONTAINER_DOCUMENT = { keys: 'camel', freeMaps: ['dockerLabels', 'options', 'driverOpts'] } as const;

/** [ContainerDefinition](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html). */
const CONTAINERS: FieldShape = [
  {
    name: 'string',
    image: 'string',
    cpu: 'number',
    memory: 'number',
    memoryReservation: 'number',
    essential: 'bool',
    privileged: 'bool',
    readonlyRootFilesystem: 'bool',
    user: 'string',
    interactive: 'bool',
    pseudoTerminal: 'bool',
    disableNetworking: 'bool',
    hostname: 'string',
    command: ['string'],
    entryPoint: ['string'],
    links: ['string'],
    workingDirectory: 'string',
    startTimeout: 'number',
    stopTimeout: 'number',
    versionConsistency: 'string',
    credentialSpecs: ['string'],
    dnsServers: ['string'],
    dnsSearchDomains: ['string'],
    dockerSecurityOptions: ['string'],
    dockerLabels: { '*': 'string' },
    environment: [{ name: 'string', value: 'string' }],
    environmentFiles: [{ type: 'string', value: 'string' }],
    secrets: [{ name: 'string', valueFrom: 'string' }],
    portMappings: [
      {
        name: 'string',
        containerPort: 'number',
        hostPort: 'number',
        protocol: 'string',
        appProtocol: 'string',
        containerPortRange: 'string',
      },
    ],
    mountPoints: [{ sourceVolume: 'string', containerPath: 'string', readOnly: 'bool' }],
    volumesFrom: [{ sourceContainer: 'string', readOnly: 'bool' }],
    dependsOn: [{ containerName: 'string', condition: 'string' }],
    extraHosts: [{ hostname: 'string', ipAddress: 'string' }],
    ulimits: [{ name: 'string', softLimit: 'number', hardLimit: 'number' }],
    systemControls: [{ namespace: 'string', value: 'string' }],
    resourceRequirements: [{ type: 'string', value: 'string' }],
    repositoryCredentials: { credentialsParameter: 'string' },
    firelensConfiguration: { type: 'string', options: { '*': 'string' } },
    restartPolicy: { enabled: 'bool', ignoredExitCodes: ['number'], restartAttemptPeriod: 'number' },
    healthCheck: {
      command: ['string'],
      interval: 'number',
      timeout: 'number',
      retries: 'number',
      startPeriod: 'number',
    },
    logConfiguration: {
      logDriver: 'string',
      options: { '*': 'string' },
      secretOptions: [{ name: 'string', valueFrom: 'string' }],
    },
    linuxParameters: {
      initProcessEnabled: 'bool',
      maxSwap: 'number',
      sharedMemorySize: 'number',
      swappiness: 'number',
      capabilities: { add: ['string'], drop: ['string'] },
      devices: [{ hostPath: 'string', containerPath: 'string', permissions: ['string'] }],
      tmpfs: [{ containerPath: 'string', size: 'number', mountOptions: ['string'] }],
    },
  },
];

export const ecsTaskDefinition = defineResourceType({
  type: 'aws_ecs_task_definition',
  cloudformation: {
    type: 'AWS::ECS::TaskDefinition',
    ref: 'arn',
    properties: {
      ContainerDefinitions: jsonDocument('container_definitions', CONTAINER_DOCUMENT),
      EphemeralStorage: object(),
      InferenceAccelerators: list('inference_accelerator'),
      PlacementConstraints: list(),
      ProxyConfiguration: object('proxy_configuration', {
        ProxyConfigurationProperties: pairs('properties', { key: 'Name', value: 'Value' }),
      }),
      RuntimePlatform: object(),
      Volumes: list('volume', {
        ConfiguredAtLaunch: 'configure_at_launch',
        DockerVolumeConfiguration: object(),
        EFSVolumeConfiguration: alike('efs_volume_configuration', {
          AuthorizationConfig: object('authorization_config', { IAM: 'iam' }),
          FilesystemId: 'file_system_id',
        }),
        FSxWindowsFileServerVolumeConfiguration: alike('fsx_windows_file_server_volume_configuration'),
        Host: hoist({ SourcePath: 'host_path' }),
      }),
    },
  },
  terraform: {
    attributes: {
      container_definitions: jsonDocument('container_definitions', {
        keys: 'camel',
        freeMaps: ['dockerLabels', 'options', 'driverOpts'],
        fields: CONTAINERS,
      }),
    },
  },
  identity: {
    same: [['arn'], ['arn_without_revision'], ['family', 'id']],
    unique: { arn: 'global', family: 'region' },
    arn: 'arn:{partition}:ecs:{region}:{account}:task-definition/{family}',
  },
  undetermined: { network_mode: { reason: 'the operating system decides' } },
  links: {
    task_role_arn: 'aws_iam_role',
    execution_role_arn: 'aws_iam_role',
    'volume.efs_volume_configuration.file_system_id': 'aws_efs_file_system',
  },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('a switch of Terraform itself', 'skip_destroy', 'track_latest'),
  },
});
