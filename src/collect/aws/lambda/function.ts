import type { SnapshotGap, SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Companion, ItemOperation } from '../collector.js';
import { all, documentOf, get, lift, NONE, pick, tagsOf, where } from '../json.js';

const of = (operation: string, rest: Omit<ItemOperation, 'call' | 'permission'>): ItemOperation => ({
  call: `lambda:${operation}`,
  permission: `lambda:${operation}`,
  ...rest,
});

const absent = { ResourceNotFoundException: NONE };

/** A function; policies of its versions and aliases are their own, and not collected. */
export const lambdaFunction: Collector = {
  type: 'AWS::Lambda::Function',
  service: 'lambda',
  version: 1,
  scope: 'region',
  list: {
    call: 'lambda:ListFunctions',
    permission: 'lambda:ListFunctions',
    pages: { input: 'Marker', output: 'NextMarker', limit: ['MaxItems', 50] },
    items: 'Functions.*',
  },
  each: {
    policy: of('GetPolicy', {
      input: { FunctionName: '{FunctionName}' },
      answer: 'Policy',
      absent,
      feeds: ['@policy'],
    }),
    urls: of('ListFunctionUrlConfigs', {
      input: { FunctionName: '{FunctionName}', MaxItems: 50 },
      answer: 'FunctionUrlConfigs',
      more: 'NextMarker',
      absent,
      feeds: ['@url'],
    }),
    concurrency: of('GetFunctionConcurrency', {
      input: { FunctionName: '{FunctionName}' },
      absent,
      feeds: ['ReservedConcurrentExecutions'],
    }),
    tags: of('ListTags', {
      input: { Resource: '{FunctionArn}' },
      answer: 'Tags',
      emptyMeans: {},
      absent,
      feeds: ['Tags'],
    }),
  },
  tells: [
    'Architectures',
    'DeadLetterConfig',
    'Description',
    'Environment',
    'EphemeralStorage',
    'FileSystemConfigs',
    'FunctionName',
    'Handler',
    'KmsKeyArn',
    'Layers',
    'LoggingConfig',
    'MemorySize',
    'PackageType',
    'Role',
    'Runtime',
    'SnapStart',
    'Timeout',
    'TracingConfig',
    'VpcConfig',
  ],
  beside: { 'AWS::Lambda::Permission': 'lambda:GetPolicy', 'AWS::Lambda::Url': 'lambda:ListFunctionUrlConfigs' },
  id: 'FunctionName',
  arn: '{FunctionArn}',
  unread: [
    'CapacityProviderConfig',
    'Code',
    'CodeSigningConfigArn',
    'DurableConfig',
    'FunctionScalingConfig',
    'ImageConfig',
    'PublishToLatestPublished',
    'RecursiveLoop',
    'RuntimeManagementConfig',
    'TenancyConfig',
  ],
  sets: ['Tags'],
  secrets: ['Environment.Variables.*'],
  project: (item, parts) => ({
    properties: {
      ...pick(item, 'Architectures', 'Description', 'FunctionName', 'Handler', 'MemorySize', 'PackageType', 'Role'),
      ...lift(item, { KmsKeyArn: 'KMSKeyArn', Runtime: 'Runtime', Timeout: 'Timeout' }),
      DeadLetterConfig: where(get(item, 'DeadLetterConfig'), (config) => pick(config, 'TargetArn')),
      Environment: where(get(item, 'Environment'), (environment) =>
        get(environment, 'Error') === undefined ? pick(environment, 'Variables') : undefined,
      ),
      EphemeralStorage: where(get(item, 'EphemeralStorage'), (storage) => pick(storage, 'Size')),
      FileSystemConfigs: all(item, 'FileSystemConfigs.*').map((system) => pick(system, 'Arn', 'LocalMountPath')),
      Layers: all(item, 'Layers.*.Arn'),
      LoggingConfig: where(get(item, 'LoggingConfig'), (config) =>
        pick(config, 'ApplicationLogLevel', 'LogFormat', 'LogGroup', 'SystemLogLevel'),
      ),
      ReservedConcurrentExecutions: get(parts['concurrency'], 'ReservedConcurrentExecutions'),
      SnapStart: where(get(item, 'SnapStart'), (start) => pick(start, 'ApplyOn')),
      Tags: where(parts['tags'], tagsOf),
      TracingConfig: where(get(item, 'TracingConfig'), (config) => pick(config, 'Mode')),
      VpcConfig: where(get(item, 'VpcConfig'), (config) =>
        pick(config, 'Ipv6AllowedForDualStack', 'SecurityGroupIds', 'SubnetIds'),
      ),
    },
    also: [...permissionsOf(item, parts['policy']), ...urlsOf(item, parts['urls'])],
    gaps: lockedOf(item),
  }),
};

/** Variables whose key does not let who asks decrypt: the answer has an error in their place. */
function lockedOf(item: SnapshotJson): readonly SnapshotGap[] {
  const code = get(item, 'Environment.Error.ErrorCode');
  if (get(item, 'Environment.Error') === undefined) return [];
  const permission = code === 'AccessDeniedException' ? 'kms:Decrypt' : null;
  return [
    {
      path: 'Environment',
      operation: 'lambda:ListFunctions',
      state: permission === null ? 'failed' : 'denied',
      permission,
      code: code === undefined ? null : String(code),
    },
  ];
}

/** A permission is all that can be added to a function's policy. */
function permissionsOf(item: SnapshotJson, policy: SnapshotJson | undefined): readonly Companion[] {
  const FunctionName = get(item, 'FunctionName');
  return all(documentOf(policy), 'Statement.*').map((statement, index) => ({
    type: 'AWS::Lambda::Permission',
    id: `${FunctionName}/${get(statement, 'Sid') ?? index}`,
    properties: {
      FunctionName,
      Action: get(statement, 'Action'),
      Principal: get(statement, 'Principal.Service') ?? get(statement, 'Principal.AWS') ?? get(statement, 'Principal'),
      SourceArn:
        get(statement, 'Condition.ArnLike.AWS:SourceArn') ?? get(statement, 'Condition.ArnEquals.AWS:SourceArn'),
      SourceAccount: get(statement, 'Condition.StringEquals.AWS:SourceAccount'),
      PrincipalOrgID: get(statement, 'Condition.StringEquals.aws:PrincipalOrgID'),
      FunctionUrlAuthType: get(statement, 'Condition.StringEquals.lambda:FunctionUrlAuthType'),
      EventSourceToken: get(statement, 'Condition.StringEquals.lambda:EventSourceToken'),
    },
    live: { statement_id: get(statement, 'Sid') },
  }));
}

function urlsOf(item: SnapshotJson, urls: SnapshotJson | undefined): readonly Companion[] {
  const name = String(get(item, 'FunctionName'));
  return all(urls, '*').map((url) => ({
    type: 'AWS::Lambda::Url',
    id: String(get(url, 'FunctionArn')),
    properties: {
      ...pick(url, 'AuthType', 'InvokeMode'),
      TargetFunctionArn: name,
      Cors: where(get(url, 'Cors'), (cors) =>
        pick(cors, 'AllowCredentials', 'AllowHeaders', 'AllowMethods', 'AllowOrigins', 'ExposeHeaders', 'MaxAge'),
      ),
    },
  }));
}
