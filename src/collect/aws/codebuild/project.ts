import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Companion, Loose } from '../collector.js';
import { asTheyAre, type CamelNames, each, get, inCapitals, lift, NONE, textAt, where } from '../json.js';

const SOURCE: CamelNames = {
  ...asTheyAre('gitCloneDepth', 'insecureSsl', 'location', 'reportBuildStatus', 'sourceIdentifier', 'type'),
  auth: asTheyAre('resource', 'type'),
  buildStatusConfig: asTheyAre('context', 'targetUrl'),
  gitSubmodulesConfig: asTheyAre('fetchSubmodules'),
};

const ARTIFACTS = asTheyAre(
  ...['artifactIdentifier', 'encryptionDisabled', 'location', 'name', 'namespaceType', 'overrideArtifactName'],
  ...['packaging', 'path', 'type'],
);

const LOGS: CamelNames = {
  cloudWatchLogs: asTheyAre('groupName', 'status', 'streamName'),
  s3Logs: asTheyAre('encryptionDisabled', 'location', 'status'),
};

const ENVIRONMENT: CamelNames = {
  ...asTheyAre(
    'certificate',
    'computeType',
    'hostKernel',
    'image',
    'imagePullCredentialsType',
    'privilegedMode',
    'type',
  ),
  dockerServer: asTheyAre('computeType', 'securityGroupIds'),
  environmentVariables: asTheyAre('name', 'type', 'value'),
  fleet: asTheyAre('fleetArn'),
  registryCredential: asTheyAre('credential', 'credentialProvider'),
};

/** A build project, with the role that its builds have; values of its variables and what it runs are kept back. */
export const codeBuildProject: Collector = {
  type: 'AWS::CodeBuild::Project',
  service: 'codebuild',
  version: 1,
  scope: 'region',
  list: {
    call: 'codebuild:BatchGetProjects',
    permission: 'codebuild:BatchGetProjects',
    items: 'projects.*',
    per: {
      input: 'names',
      of: [
        {
          call: 'codebuild:ListProjects',
          permission: 'codebuild:ListProjects',
          pages: { input: 'nextToken', output: 'nextToken' },
          items: 'projects.*',
        },
      ],
      batch: { most: 100, name: 'name' },
    },
  },
  each: {
    policy: {
      call: 'codebuild:GetResourcePolicy',
      permission: 'codebuild:GetResourcePolicy',
      input: { resourceArn: '{arn}' },
      answer: 'policy',
      absent: { ResourceNotFoundException: NONE },
      feeds: ['@policy'],
    },
  },
  beside: { aws_codebuild_resource_policy: 'codebuild:GetResourcePolicy' },
  tells: [
    ...['Artifacts', 'AutoRetryLimit', 'BadgeEnabled', 'BuildBatchConfig', 'Cache', 'ConcurrentBuildLimit'],
    ...['Description', 'EncryptionKey', 'Environment', 'FileSystemLocations', 'LogsConfig', 'Name'],
    ...['QueuedTimeoutInMinutes', 'ResourceAccessRole', 'SecondaryArtifacts', 'SecondarySourceVersions'],
    ...['SecondarySources', 'ServiceRole', 'Source', 'SourceVersion', 'Tags', 'TimeoutInMinutes', 'Visibility'],
    'VpcConfig',
  ],
  id: 'name',
  arn: '{arn}',
  // How a push starts a build.
  unread: ['Triggers'],
  sets: ['Tags'],
  secrets: ['Environment.EnvironmentVariables.*.Value', 'Source.BuildSpec', 'SecondarySources.*.BuildSpec'],
  project: (item, parts) => ({
    properties: {
      ...(inCapitals(
        item,
        asTheyAre('autoRetryLimit', 'concurrentBuildLimit', 'description', 'encryptionKey', 'name'),
      ) as object),
      ...(inCapitals(item, asTheyAre('queuedTimeoutInMinutes', 'resourceAccessRole', 'serviceRole')) as object),
      ...(inCapitals(item, asTheyAre('sourceVersion', 'timeoutInMinutes')) as object),
      ...lift(item, { BadgeEnabled: 'badge.badgeEnabled', Visibility: 'projectVisibility' }),
      Artifacts: inCapitals(get(item, 'artifacts'), ARTIFACTS),
      SecondaryArtifacts: inCapitals(get(item, 'secondaryArtifacts'), ARTIFACTS),
      BuildBatchConfig: inCapitals(get(item, 'buildBatchConfig'), {
        ...asTheyAre('batchReportMode', 'combineArtifacts', 'serviceRole', 'timeoutInMins'),
        restrictions: asTheyAre('computeTypesAllowed', 'maximumBuildsAllowed'),
      }),
      Cache: inCapitals(get(item, 'cache'), asTheyAre('cacheNamespace', 'location', 'modes', 'type')),
      Environment: inCapitals(get(item, 'environment'), ENVIRONMENT),
      FileSystemLocations: inCapitals(
        get(item, 'fileSystemLocations'),
        asTheyAre('identifier', 'location', 'mountOptions', 'mountPoint', 'type'),
      ),
      LogsConfig: inCapitals(get(item, 'logsConfig'), LOGS),
      SecondarySources: each(item, 'secondarySources', sourceOf),
      SecondarySourceVersions: inCapitals(
        get(item, 'secondarySourceVersions'),
        asTheyAre('sourceIdentifier', 'sourceVersion'),
      ),
      Source: where(get(item, 'source'), sourceOf),
      Tags: inCapitals(get(item, 'tags'), asTheyAre('key', 'value')),
      VpcConfig: inCapitals(get(item, 'vpcConfig'), asTheyAre('securityGroupIds', 'subnets', 'vpcId')),
    },
    live: lift(item, { created: 'created', last_modified: 'lastModified' }),
    also: policyOf(item, parts['policy']),
  }),
};

/** CloudFormation has no type for it. */
function policyOf(item: SnapshotJson, policy: SnapshotJson | undefined): readonly Companion[] {
  if (typeof policy !== 'string') return [];
  const arn = textAt(item, 'arn');
  return [{ type: 'aws_codebuild_resource_policy', id: arn, properties: { resource_arn: arn, policy } }];
}

function sourceOf(source: SnapshotJson): Loose {
  return { ...(inCapitals(source, SOURCE) as object), BuildSpec: get(source, 'buildspec') };
}
