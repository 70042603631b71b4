import type { DataEntry, DataMapping } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import { required } from './event.js';
import { copied, diagnose, generate, managedPolicyArn } from './expansion.js';
import type { EventExpander, Expansion, FunctionTarget, SamEvent } from './model.js';
import type { Draft, DraftMapping } from './nodes.js';
import { build, entryOf, invalid, itemsOf, mappingOf, nodeAt, placeOf, sub } from './nodes.js';
import { allow, inlinePolicy } from './role.js';

type PullEvent = SamEvent<FunctionTarget>;

/** Properties that every mapping has under the same name. */
const COPIED = [
  'BatchSize',
  'BisectBatchOnFunctionError',
  'Enabled',
  'FilterCriteria',
  'FunctionResponseTypes',
  'KmsKeyArn',
  'LoggingConfig',
  'MaximumBatchingWindowInSeconds',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'MetricsConfig',
  'ParallelizationFactor',
  'ProvisionedPollerConfig',
  'Queues',
  'ScalingConfig',
  'SourceAccessConfigurations',
  'StartingPosition',
  'StartingPositionTimestamp',
  'Topics',
  'TumblingWindowInSeconds',
];

/** The sources that a function polls: a mapping each, and the rights to read the source. */
export const PULL_EVENTS: Readonly<Record<string, EventExpander<FunctionTarget>>> = {
  DocumentDB: expandDocumentDb,
  DynamoDB: polled('Stream', 'AWSLambdaDynamoDBExecutionRole'),
  Kinesis: polled('Stream', 'AWSLambdaKinesisExecutionRole'),
  MQ: expandMq,
  MSK: expandMsk,
  SelfManagedKafka: expandSelfManagedKafka,
  SQS: polled('Queue', 'AWSLambdaSQSQueueExecutionRole'),
};

function polled(source: string, policy: string): EventExpander<FunctionTarget> {
  return (expansion, event) => {
    addManaged(expansion, event, policy);
    generateMapping(expansion, event, { EventSourceArn: required(expansion, event, source) });
  };
}

/** Adds the mapping of an event source; `SNS` uses it for its queue. */
export function generateMapping(
  expansion: Expansion,
  event: PullEvent,
  properties: DraftMapping,
  id: string = event.id,
): void {
  generate(expansion, event.owner, {
    id,
    type: 'AWS::Lambda::EventSourceMapping',
    place: event.place,
    properties: {
      ...copied(event.properties, COPIED),
      DestinationConfig: destinationConfig(expansion, event),
      FunctionName: event.target.name,
      ...properties,
    },
  });
}

/** Adds the managed policy that reads a source to the function's role. */
export function addManaged(expansion: Expansion, event: PullEvent, policy: string): void {
  const arn = managedPolicyArn(expansion, `service-role/${policy}`);
  event.target.policies.managed.push(build(event.place, arn));
}

/** `OnFailure`: the destination without its SAM type, and the right to send there. */
function destinationConfig(expansion: Expansion, event: PullEvent): Draft | undefined {
  const config = entryOf(event.properties, 'DestinationConfig');
  const failure = entryOf(mappingOf(config?.value), 'OnFailure');
  const settings = mappingOf(failure?.value);
  if (config === undefined || failure === undefined || settings === undefined) return config;
  const destination = entryOf(settings, 'Destination');
  addDestinationPolicy(expansion, event, { settings, failure, destination });
  const onFailure = build(placeOf(failure), { Destination: destination });
  return { ...config, value: build(config.value, { OnFailure: onFailure }) };
}

interface OnFailure {
  readonly settings: DataMapping;
  readonly failure: DataEntry;
  readonly destination: DataEntry | undefined;
}

function addDestinationPolicy(expansion: Expansion, event: PullEvent, onFailure: OnFailure): void {
  const type = entryOf(onFailure.settings, 'Type');
  if (type === undefined) return;
  const place = placeOf(onFailure.failure);
  const target = onFailure.destination ?? invalid(place);
  const name = scalarText(type.value);
  const add = (suffix: string, statements: readonly Draft[]): void => {
    event.target.policies.inline.push(inlinePolicy(place, `${event.id}${suffix}Policy`, statements));
  };
  if (name === 'SQS') add('SQS', [allow('sqs:SendMessage', target)]);
  else if (name === 'SNS') add('SNS', [allow('sns:publish', target)]);
  else if (name === 'S3') {
    const objects = { 'Fn::Join': ['/', [target, '*']] };
    add('S3', [allow('s3:PutObject', objects), allow('s3:ListBucket', target)]);
  } else if (name !== 'Kafka') {
    const message = `"OnFailure" of the event "${event.name}" needs a "Type" that is written: SQS, SNS, S3, Kafka.`;
    diagnose(expansion, 'sam-invalid', placeOf(type), message);
  }
}

function expandMsk(expansion: Expansion, event: PullEvent): void {
  addManaged(expansion, event, 'AWSLambdaMSKExecutionRole');
  const secrets = sourceAccess(event)
    .filter((access) => access.type === 'CLIENT_CERTIFICATE_TLS_AUTH')
    .map((access) => readSecret(access.uri));
  addInline(event, 'MSKExecutionRolePolicy', [...secrets, ...schemaRegistryStatements(event)]);
  generateMapping(expansion, event, {
    EventSourceArn: required(expansion, event, 'Stream'),
    AmazonManagedKafkaEventSourceConfig: kafkaConfig(event),
  });
}

function expandSelfManagedKafka(expansion: Expansion, event: PullEvent): void {
  const { properties, place } = event;
  const access = sourceAccess(event);
  if (access.length === 0) reportMissingAccess(expansion, event);
  const signIn = access.find(({ type }) => SIGN_IN_TYPES.has(type ?? ''));
  const statements: Draft[] = signIn === undefined ? [] : [readSecret(signIn.uri)];
  // For the certificate, too, the service names the secret to sign in with.
  if (access.some(({ type }) => type === 'SERVER_ROOT_CA_CERTIFICATE')) statements.push(readSecret(signIn?.uri));
  if (access.some(({ type }) => type === 'VPC_SUBNET' || type === 'VPC_SECURITY_GROUP')) statements.push(NETWORK);
  statements.push(...decryptStatements(event, true), ...schemaRegistryStatements(event));
  const document = { Version: '2012-10-17', Statement: statements };
  const policy = { PolicyName: 'SelfManagedKafkaExecutionRolePolicy', PolicyDocument: document };
  if (statements.length > 0) event.target.policies.inline.push(build(place, policy));
  const servers = entryOf(properties, 'KafkaBootstrapServers');
  const endpoints = servers && build(placeOf(servers), { KafkaBootstrapServers: servers });
  generateMapping(expansion, event, {
    SelfManagedEventSource: endpoints && { Endpoints: endpoints },
    SelfManagedKafkaEventSourceConfig: kafkaConfig(event),
  });
}

function kafkaConfig(event: PullEvent): Draft | undefined {
  const config = copied(event.properties, ['ConsumerGroupId', 'SchemaRegistryConfig']);
  return Object.keys(config).length === 0 ? undefined : config;
}

const SIGN_IN_TYPES = new Set([
  'BASIC_AUTH',
  'CLIENT_CERTIFICATE_TLS_AUTH',
  'SASL_SCRAM_256_AUTH',
  'SASL_SCRAM_512_AUTH',
]);

function expandMq(expansion: Expansion, event: PullEvent): void {
  const broker = required(expansion, event, 'Broker') ?? invalid(event.place);
  const statements: Draft[] = [...basicAuth(expansion, event), allow(['mq:DescribeBroker'], broker)];
  statements.push(...decryptStatements(event, false));
  const isDynamic = scalarText(nodeAt(event.properties, 'DynamicPolicyName')) === 'true';
  addInline(event, isDynamic ? `${event.id}AMQPolicy` : 'SamAutoGeneratedAMQPolicy', statements);
  generateMapping(expansion, event, { EventSourceArn: broker });
}

const RDS = 'arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}';

function expandDocumentDb(expansion: Expansion, event: PullEvent): void {
  const cluster = required(expansion, event, 'Cluster') ?? invalid(event.place);
  addInline(event, 'SamAutoGeneratedDocumentDBPolicy', [
    ...basicAuth(expansion, event),
    allow(['rds:DescribeDBClusterParameters'], sub(`${RDS}:cluster-pg:*`)),
    allow(['rds:DescribeDBSubnetGroups'], sub(`${RDS}:subgrp:*`)),
    allow(['rds:DescribeDBClusters'], cluster),
    NETWORK,
    ...decryptStatements(event, true),
  ]);
  generateMapping(expansion, event, {
    EventSourceArn: cluster,
    DocumentDBEventSourceConfig: copied(event.properties, ['DatabaseName', 'CollectionName', 'FullDocument']),
  });
}

const NETWORK: Draft = allow(
  [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeVpcs',
    'ec2:DescribeSubnets',
    'ec2:DescribeSecurityGroups',
  ],
  '*',
);

interface SourceAccess {
  readonly type: string | undefined;
  readonly uri: DataEntry | undefined;
}

function sourceAccess(event: PullEvent): SourceAccess[] {
  return itemsOf(nodeAt(event.properties, 'SourceAccessConfigurations')).map((item) => {
    const settings = mappingOf(item);
    return { type: scalarText(nodeAt(settings, 'Type')), uri: entryOf(settings, 'URI') };
  });
}

function readSecret(secret: Draft | undefined): DraftMapping {
  return allow(['secretsmanager:GetSecretValue'], secret ?? '');
}

function basicAuth(expansion: Expansion, event: PullEvent): DraftMapping[] {
  const secrets = sourceAccess(event).filter(({ type }) => type === 'BASIC_AUTH');
  if (secrets.length === 0) reportMissingAccess(expansion, event);
  return secrets.map(({ uri }) => readSecret(uri));
}

function reportMissingAccess(expansion: Expansion, event: PullEvent): void {
  const message = `The event "${event.name}" of "${event.owner.id}" needs "SourceAccessConfigurations" to sign in with.`;
  diagnose(expansion, 'sam-invalid', event.place, message);
}

/** The right to decrypt the secret; the id of the key must be written, as it goes into a text. */
function decryptStatements(event: PullEvent, isList: boolean): Draft[] {
  const entry = entryOf(event.properties, 'SecretsManagerKmsKeyId');
  if (entry === undefined) return [];
  const key = scalarText(entry.value) ?? '*';
  const arn = sub(`arn:\${AWS::Partition}:kms:\${AWS::Region}:\${AWS::AccountId}:key/${key}`);
  return [build(placeOf(entry), allow(isList ? ['kms:Decrypt'] : 'kms:Decrypt', arn))];
}

/** What a schema registry needs: its secret, and where it is of Glue the registry and its schemas. */
function schemaRegistryStatements(event: PullEvent): Draft[] {
  const config = mappingOf(nodeAt(event.properties, 'SchemaRegistryConfig'));
  const statements: Draft[] = itemsOf(nodeAt(config, 'AccessConfigs')).map((item) =>
    readSecret(entryOf(mappingOf(item), 'URI')),
  );
  const registry = entryOf(config, 'SchemaRegistryURI');
  const name = /^arn:[^:]+:glue:[^:]*:[^:]*:registry\/(.+)$/.exec(scalarText(registry?.value) ?? '')?.[1];
  if (registry === undefined || name === undefined) return statements;
  const schemas = sub(`arn:\${AWS::Partition}:glue:\${AWS::Region}:\${AWS::AccountId}:schema/${name}/*`);
  return [...statements, allow(['glue:GetRegistry'], registry), allow(['glue:GetSchemaVersion'], [schemas])];
}

function addInline(event: PullEvent, name: string, statements: readonly Draft[]): void {
  if (statements.length > 0) event.target.policies.inline.push(inlinePolicy(event.place, name, statements));
}
