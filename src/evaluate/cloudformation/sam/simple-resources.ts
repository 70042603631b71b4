import type { DataMapping } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import {
  copied,
  diagnose,
  generate,
  generateMain,
  knownText,
  managedPolicyArn,
  propagatedTags,
  tagList,
  tagsOf,
} from './expansion.js';
import type { Expansion, SamResource } from './model.js';
import type { Draft, DraftMapping } from './nodes.js';
import { build, entryOf, getAtt, mappingOf, nodeAt, placeOf, ref, sub } from './nodes.js';
import { trustOf } from './role.js';
import { s3Location } from './s3-location.js';

const KEY_TYPES: Readonly<Record<string, string>> = { String: 'S', Number: 'N', Binary: 'B' };

/** `AWS::Serverless::SimpleTable`: a table with one key, paid by request unless its throughput is given. */
export function expandSimpleTable(expansion: Expansion, owner: SamResource): void {
  const { properties } = owner;
  const key = entryOf(properties, 'PrimaryKey');
  const settings = mappingOf(key?.value);
  const type = entryOf(settings, 'Type');
  const keyType = KEY_TYPES[scalarText(type?.value) ?? ''];
  if (key !== undefined && keyType === undefined) {
    const message = `"PrimaryKey" of "${owner.id}" needs a "Type": "String", "Number" or "Binary".`;
    diagnose(expansion, 'sam-invalid', placeOf(key), message);
  }
  const name: Draft = entryOf(settings, 'Name') ?? 'id';
  const attributeType = key === undefined ? 'S' : type && keyType !== undefined ? build(type.value, keyType) : type;
  const place = key === undefined ? owner.place : placeOf(key);
  const throughput = entryOf(properties, 'ProvisionedThroughput');
  generateMain(expansion, owner, 'AWS::DynamoDB::Table', {
    AttributeDefinitions: build(place, [{ AttributeName: name, AttributeType: attributeType }]),
    KeySchema: build(place, [{ AttributeName: name, KeyType: 'HASH' }]),
    ...copied(properties, ['PointInTimeRecoverySpecification', 'SSESpecification', 'TableName']),
    BillingMode: throughput === undefined ? 'PAY_PER_REQUEST' : undefined,
    ProvisionedThroughput: throughput,
    Tags: tagsOf(expansion, owner),
  });
}

/** `AWS::Serverless::LayerVersion`: kept when it is replaced, unless `RetentionPolicy` says otherwise. */
export function expandLayerVersion(expansion: Expansion, owner: SamResource): void {
  const { properties } = owner;
  const content = entryOf(properties, 'ContentUri');
  const location =
    content && s3Location(content.value, { bucket: 'S3Bucket', key: 'S3Key', version: 'S3ObjectVersion' });
  generateMain(expansion, owner, 'AWS::Lambda::LayerVersion', {
    Content: content && location && build(placeOf(content), location),
    ...copied(properties, ['CompatibleArchitectures', 'CompatibleRuntimes', 'Description', 'LicenseInfo']),
    LayerName: entryOf(properties, 'LayerName') ?? owner.id,
  });
  const retention = entryOf(properties, 'RetentionPolicy');
  const text = knownText(expansion, retention?.value);
  const made = expansion.generated.get(owner.id);
  const resource = mappingOf(made?.value);
  if (made === undefined || resource === undefined) return;
  if (retention === undefined && resource.entries.has('DeletionPolicy')) return;
  const place = retention === undefined ? owner.place : placeOf(retention);
  const isUnknown = retention !== undefined && text === undefined;
  const policy = isUnknown ? retention : text?.toLowerCase() === 'delete' ? 'Delete' : 'Retain';
  const entries = new Map(resource.entries);
  const value = build(place, policy);
  entries.set('DeletionPolicy', {
    key: 'DeletionPolicy',
    spelling: 'DeletionPolicy',
    keyStart: place.start,
    keyEnd: place.end,
    value,
  });
  expansion.generated.set(owner.id, { ...made, value: { ...resource, entries } });
}

/** `AWS::Serverless::Application`: a nested stack; one of the serverless repository is not at hand. */
export function expandApplication(expansion: Expansion, owner: SamResource): void {
  const { properties } = owner;
  const location = entryOf(properties, 'Location');
  const isRepository = mappingOf(location?.value) !== undefined;
  generateMain(expansion, owner, 'AWS::CloudFormation::Stack', {
    TemplateURL: location && isRepository ? build(placeOf(location), repositoryTemplate(location.value)) : location,
    ...copied(properties, ['NotificationARNs', 'Parameters', 'TimeoutInMinutes']),
    Tags: tagsOf(expansion, owner),
  });
}

function repositoryTemplate(location: DataMapping | Parameters<typeof mappingOf>[0]): Draft {
  const settings = mappingOf(location);
  const application = entryOf(settings, 'ApplicationId') ?? '';
  const version = entryOf(settings, 'SemanticVersion') ?? '';
  return { 'Fn::Join': ['@', ['serverlessrepo:', application, version]] };
}

/** `AWS::Serverless::CapacityProvider`: the provider, and the role that operates it. */
export function expandCapacityProvider(expansion: Expansion, owner: SamResource): void {
  const { properties } = owner;
  const written = entryOf(properties, 'OperatorRole');
  const roleId = `${owner.id}OperatorRole`;
  const tags = tagsOf(expansion, owner, 'lambda:createdBy');
  const scaling = entryOf(properties, 'ScalingConfig');
  const scalingMode = mappingOf(scaling?.value)?.entries.has('ScalingPolicies') === true ? undefined : 'Auto';
  generateMain(expansion, owner, 'AWS::Lambda::CapacityProvider', {
    ...copied(properties, ['CapacityProviderName', 'InstanceRequirements', 'KmsKeyArn', 'VpcConfig']),
    CapacityProviderScalingConfig:
      scaling &&
      build(placeOf(scaling), {
        ...Object.fromEntries(mappingOf(scaling.value)?.entries ?? []),
        ScalingMode: scalingMode,
      }),
    PermissionsConfig: { CapacityProviderOperatorRoleArn: written ?? getAtt(roleId, 'Arn') },
    Tags: tags,
  });
  if (written !== undefined) return;
  generate(expansion, owner, {
    id: roleId,
    type: 'AWS::IAM::Role',
    place: owner.place,
    properties: {
      AssumeRolePolicyDocument: trustOf('lambda.amazonaws.com'),
      ManagedPolicyArns: [managedPolicyArn(expansion, 'AWSLambdaManagedEC2ResourceOperator')],
      Tags: tagList(propagatedTags(owner)),
    },
  });
}

/** `AWS::Serverless::GraphQLApi`: the API, its schema and the role for its logs. Its resolvers are not expanded. */
export function expandGraphQlApi(expansion: Expansion, owner: SamResource): void {
  const { properties, id } = owner;
  const auth = mappingOf(nodeAt(properties, 'Auth'));
  const logging = entryOf(properties, 'Logging');
  const isOff = scalarText(logging?.value) === 'false';
  const roleId = `${id}CloudWatchRole`;
  const additional = entryOf(auth, 'Additional');
  const written = mappingOf(logging?.value);
  const logConfig: DraftMapping = { FieldLogLevel: 'ALL', CloudWatchLogsRoleArn: getAtt(roleId, 'Arn') };
  generateMain(expansion, owner, 'AWS::AppSync::GraphQLApi', {
    Name: entryOf(properties, 'Name') ?? id,
    Tags: tagsOf(expansion, owner, 'graphqlapi:createdBy'),
    ...copied(properties, [
      'IntrospectionConfig',
      'OwnerContact',
      'QueryDepthLimit',
      'ResolverCountLimit',
      'Visibility',
      'XrayEnabled',
    ]),
    ...authentication(auth),
    AdditionalAuthenticationProviders: additional && build(placeOf(additional), additionalProviders(additional.value)),
    LogConfig: isOff ? undefined : written && logging ? logging : logConfig,
  });
  const schema = entryOf(properties, 'SchemaInline');
  generate(expansion, owner, {
    id: `${id}Schema`,
    type: 'AWS::AppSync::GraphQLSchema',
    place: schema === undefined ? owner.place : placeOf(schema),
    properties: { ApiId: getAtt(id, 'ApiId'), Definition: schema },
  });
  reportRest(expansion, owner, ['ApiKeys', 'Cache', 'DataSources', 'DomainName', 'Functions', 'Resolvers']);
  if (isOff || written !== undefined) return;
  const arn = 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSAppSyncPushToCloudWatchLogs';
  generate(expansion, owner, {
    id: roleId,
    type: 'AWS::IAM::Role',
    place: logging === undefined ? owner.place : placeOf(logging),
    properties: { AssumeRolePolicyDocument: trustOf('appsync.amazonaws.com'), ManagedPolicyArns: [sub(arn)] },
  });
}

const PROVIDERS: Readonly<Record<string, string>> = {
  LambdaAuthorizer: 'LambdaAuthorizerConfig',
  OpenIDConnect: 'OpenIDConnectConfig',
  UserPool: 'UserPoolConfig',
};

function authentication(settings: DataMapping | undefined): Record<string, Draft> {
  const made: Record<string, Draft> = {};
  const type = entryOf(settings, 'Type');
  if (type !== undefined) made['AuthenticationType'] = type;
  for (const [written, name] of Object.entries(PROVIDERS)) {
    const entry = entryOf(settings, written);
    if (entry !== undefined) made[name] = entry;
  }
  return made;
}

function additionalProviders(written: Parameters<typeof mappingOf>[0]): Draft {
  const items = written?.kind === 'sequence' ? written.items : [];
  return items.map((item) => build(item, authentication(mappingOf(item))));
}

/** `AWS::Serverless::WebSocketApi`: the API and its stage. Its routes are not expanded. */
export function expandWebSocketApi(expansion: Expansion, owner: SamResource): void {
  const { properties, id } = owner;
  const stage = entryOf(properties, 'StageName');
  const name = scalarText(stage?.value);
  generateMain(expansion, owner, 'AWS::ApiGatewayV2::Api', {
    Name: entryOf(properties, 'Name') ?? id,
    ProtocolType: 'WEBSOCKET',
    ...copied(properties, [
      'ApiKeySelectionExpression',
      'Description',
      'DisableExecuteApiEndpoint',
      'DisableSchemaValidation',
      'IpAddressType',
      'RouteSelectionExpression',
    ]),
    Tags: {
      'websocketapi:createdBy': 'SAM',
      ...Object.fromEntries(mappingOf(nodeAt(properties, 'Tags'))?.entries ?? []),
    },
  });
  generate(expansion, owner, {
    id:
      name === undefined || !/^[A-Za-z0-9]+$/.test(name)
        ? `${id}${stage === undefined ? 'default' : ''}Stage`
        : `${id}${name}Stage`,
    type: 'AWS::ApiGatewayV2::Stage',
    place: stage === undefined ? owner.place : placeOf(stage),
    properties: {
      ApiId: ref(id),
      StageName: stage ?? 'default',
      ...copied(properties, ['AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings', 'StageVariables']),
      AutoDeploy: true,
      Tags: { 'websocketapi:createdBy': 'SAM' },
    },
  });
  reportRest(expansion, owner, ['Auth', 'Domain', 'Routes']);
}

function reportRest(expansion: Expansion, owner: SamResource, names: readonly string[]): void {
  for (const name of names) {
    const entry = entryOf(owner.properties, name);
    if (entry === undefined) continue;
    const message = `What "${name}" of "${owner.id}" becomes is not known here: its resources are not judged.`;
    diagnose(expansion, 'sam-not-expanded', placeOf(entry), message);
  }
}
