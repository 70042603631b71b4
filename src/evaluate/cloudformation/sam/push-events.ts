import type { DataEntry, DataMapping } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import { generatePermission, required } from './event.js';
import { conditionOf, copied, diagnose, gather, generate, tagList } from './expansion.js';
import type { EventExpander, Expansion, FunctionTarget, SamEvent } from './model.js';
import type { Draft } from './nodes.js';
import {
  build,
  buildEntry,
  emptyAt,
  entryOf,
  getAtt,
  intrinsicOf,
  itemsOf,
  mappingOf,
  nodeAt,
  onlyIf,
  placeOf,
  ref,
  refTarget,
  sequenceOf,
  sub,
  withEntries,
} from './nodes.js';
import { addManaged, generateMapping } from './pull-events.js';

type PushEvent = SamEvent<FunctionTarget>;

/** The services that call a function: a permission each, and what makes them call. */
export const PUSH_EVENTS: Readonly<Record<string, EventExpander<FunctionTarget>>> = {
  AlexaSkill: expandAlexaSkill,
  CloudWatchLogs: expandCloudWatchLogs,
  Cognito: expandCognito,
  IoTRule: expandIotRule,
  S3: expandS3,
  SNS: expandSns,
};

function expandAlexaSkill(expansion: Expansion, event: PushEvent): void {
  const skill = entryOf(event.properties, 'SkillId');
  generatePermission(expansion, event, { principal: 'alexa-appkit.amazon.com', source: { EventSourceToken: skill } });
}

function expandCloudWatchLogs(expansion: Expansion, event: PushEvent): void {
  const group = required(expansion, event, 'LogGroupName');
  const arn = 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${__LogGroupName__}:*';
  const permission = generatePermission(expansion, event, {
    principal: 'logs.amazonaws.com',
    source: { SourceArn: group === undefined ? undefined : sub(arn, { __LogGroupName__: group }) },
  });
  generate(expansion, event.owner, {
    id: event.id,
    type: 'AWS::Logs::SubscriptionFilter',
    place: event.place,
    attributes: { DependsOn: [permission] },
    properties: {
      LogGroupName: group,
      ...copied(event.properties, ['FilterPattern']),
      DestinationArn: event.target.arn,
    },
  });
}

function expandIotRule(expansion: Expansion, event: PushEvent): void {
  const arn = 'arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:rule/${RuleName}';
  generatePermission(expansion, event, {
    principal: 'iot.amazonaws.com',
    source: { SourceAccount: sub('${AWS::AccountId}'), SourceArn: sub(arn, { RuleName: ref(event.id) }) },
  });
  const payload = {
    ...copied(event.properties, ['Sql', 'AwsIotSqlVersion']),
    RuleDisabled: false,
    Actions: [{ Lambda: { FunctionArn: event.target.arn } }],
  };
  generate(expansion, event.owner, {
    id: event.id,
    type: 'AWS::IoT::TopicRule',
    place: event.place,
    properties: { TopicRulePayload: payload },
  });
}

const SUBSCRIPTION = ['Region', 'FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy'];

function expandSns(expansion: Expansion, event: PushEvent): void {
  const topic = required(expansion, event, 'Topic');
  const queue = entryOf(event.properties, 'SqsSubscription');
  const settings = mappingOf(queue?.value);
  const isWritten = settings !== undefined;
  if (queue !== undefined && (isWritten || scalarText(queue.value) !== 'false')) {
    expandQueueSubscription(expansion, event, { topic, queue, settings });
    return;
  }
  generatePermission(expansion, event, { principal: 'sns.amazonaws.com', source: { SourceArn: topic } });
  subscribe(expansion, event, { Protocol: 'lambda', Endpoint: event.target.arn, TopicArn: topic });
}

function subscribe(expansion: Expansion, event: PushEvent, properties: Record<string, Draft | undefined>): void {
  generate(expansion, event.owner, {
    id: event.id,
    type: 'AWS::SNS::Subscription',
    place: event.place,
    properties: { ...copied(event.properties, SUBSCRIPTION), ...properties },
  });
}

interface QueueSubscription {
  readonly topic: Draft | undefined;
  readonly queue: DataEntry;
  readonly settings: DataMapping | undefined;
}

/** The topic's messages through a queue: one that is written, or one that is made for it, without encryption. */
function expandQueueSubscription(expansion: Expansion, event: PushEvent, asked: QueueSubscription): void {
  const { owner } = event;
  const { topic, settings } = asked;
  const place = placeOf(asked.queue);
  const queueId = `${event.id}Queue`;
  const arn = entryOf(settings, 'QueueArn');
  const url = entryOf(settings, 'QueueUrl');
  if (scalarText(asked.queue.value) !== 'true' && (arn === undefined || url === undefined)) {
    const message = `"SqsSubscription" of the event "${event.name}" needs "QueueArn" and "QueueUrl", or is "true".`;
    diagnose(expansion, 'sam-invalid', place, message);
  }
  if (settings === undefined) {
    const properties = { Tags: tagList(event.target.propagatedTags) };
    generate(expansion, owner, { id: queueId, type: 'AWS::SQS::Queue', place, properties });
  }
  const queueArn: Draft = settings === undefined ? getAtt(queueId, 'Arn') : (arn ?? '');
  generate(expansion, owner, {
    id: scalarText(nodeAt(settings, 'QueuePolicyLogicalId')) ?? `${event.id}QueuePolicy`,
    type: 'AWS::SQS::QueuePolicy',
    place,
    properties: {
      PolicyDocument: queuePolicy('*', queueArn, topic),
      Queues: [settings === undefined ? ref(queueId) : url],
    },
  });
  addManaged(expansion, event, 'AWSLambdaSQSQueueExecutionRole');
  const mapping = { EventSourceArn: queueArn, BatchSize: entryOf(settings, 'BatchSize') ?? 10 };
  const written = entryOf(settings, 'Enabled');
  // The service takes a written "false" for nothing written.
  const enabled = { Enabled: written === undefined || scalarText(written.value) === 'false' ? true : written };
  generateMapping(expansion, event, { ...mapping, ...enabled }, `${event.id}EventSourceMapping`);
  subscribe(expansion, event, { Protocol: 'sqs', Endpoint: queueArn, TopicArn: topic });
}

/** The document by which a service may send to a queue, from one source. */
export function queuePolicy(principal: Draft, queue: Draft, source: Draft | undefined): Draft {
  const statement = {
    Action: 'sqs:SendMessage',
    Effect: 'Allow',
    Principal: principal,
    Resource: queue,
    Condition: { ArnEquals: { 'aws:SourceArn': source } },
  };
  return { Version: '2012-10-17', Statement: [statement] };
}

/** The entry of a resource of this template that an event names, if it is of the type. */
function namedResource(
  expansion: Expansion,
  event: PushEvent,
  asked: { readonly property: string; readonly type: string },
): DataEntry | undefined {
  const { property, type } = asked;
  const id = refTarget(nodeAt(event.properties, property));
  const entry = id === undefined ? undefined : expansion.written.get(id);
  if (entry !== undefined && scalarText(nodeAt(mappingOf(entry.value), 'Type')) === type) return entry;
  const message = `"${property}" of the event "${event.name}" must be the "Ref" of a resource "${type}" of this template.`;
  diagnose(expansion, 'sam-invalid', event.place, message);
  return undefined;
}

/** Replaces a property of a resource that is written in the template. */
function setProperty(
  expansion: Expansion,
  id: string,
  name: string,
  make: (old: DataEntry | undefined) => Draft | undefined,
): void {
  const entry = expansion.written.get(id);
  const resource = mappingOf(entry?.value);
  if (entry === undefined || resource === undefined) return;
  const written = nodeAt(resource, 'Properties');
  const properties = written === undefined ? { ...resource, entries: new Map() } : mappingOf(written);
  if (properties === undefined) return;
  const changed = withEntries(properties, entry.value, { [name]: make(entryOf(properties, name)) });
  const value = withEntries(resource, entry.value, { Properties: changed });
  expansion.written.set(id, { ...entry, value });
}

/** The bucket itself gets the notification, after the permission that it needs. */
function expandS3(expansion: Expansion, event: PushEvent): void {
  const permission = generatePermission(expansion, event, {
    principal: 's3.amazonaws.com',
    source: { SourceAccount: ref('AWS::AccountId') },
  });
  const bucket = namedResource(expansion, event, { property: 'Bucket', type: 'AWS::S3::Bucket' });
  if (bucket === undefined) return;
  const condition = conditionOf(event.owner);
  const filter = entryOf(event.properties, 'Filter');
  const added = itemsOf(nodeAt(event.properties, 'Events')).map((name) =>
    build(event.place, onlyIf(condition, { Event: name, Filter: filter, Function: event.target.arn })),
  );
  const into = gather(expansion, bucket.key, (listOf) => {
    finishBucket(expansion, bucket.key, event, listOf);
  });
  into('notifications', ...added);
  if (condition === undefined) into('dependencies', build(event.place, permission));
  else into('tags', dependencyTag(event, permission, condition));
}

/** Everything that events add to a bucket, after what it has itself. */
function finishBucket(
  expansion: Expansion,
  id: string,
  event: PushEvent,
  listOf: (name: string) => readonly Draft[],
): void {
  setProperty(expansion, id, 'NotificationConfiguration', (old) => {
    const configuration = old === undefined ? emptyAt(event.place) : mappingOf(old.value);
    const present = nodeAt(configuration, 'LambdaConfigurations');
    // What an intrinsic function decides stays as it is: the service would not take it.
    if (configuration === undefined || intrinsicOf(present) !== undefined) return undefined;
    const items = [...(sequenceOf(present)?.items ?? []), ...listOf('notifications')];
    return withEntries(configuration, event.place, { LambdaConfigurations: build(event.place, items) });
  });
  const tags = listOf('tags');
  if (tags.length > 0) {
    setProperty(expansion, id, 'Tags', (old) => {
      const present = old === undefined ? [] : sequenceOf(old.value)?.items;
      return present && build(event.place, [...present, ...tags]);
    });
  }
  const entry = expansion.written.get(id);
  const resource = mappingOf(entry?.value);
  const dependencies = listOf('dependencies');
  if (entry === undefined || resource === undefined || dependencies.length === 0) return;
  const depends = build(event.place, [...itemsOf(nodeAt(resource, 'DependsOn')), ...dependencies]);
  expansion.written.set(id, { ...entry, value: withEntries(resource, event.place, { DependsOn: depends }) });
}

/** A dependency cannot have a condition: the service writes it into a tag. */
function dependencyTag(event: PushEvent, permission: string, condition: string): Draft {
  const choice = { 'Fn::If': [condition, ref(permission), 'no dependency'] };
  return build(event.place, { Key: `sam:ConditionalDependsOn:${permission}`, Value: choice });
}

/** The user pool itself gets the trigger; one permission does for all of them. */
function expandCognito(expansion: Expansion, event: PushEvent): void {
  const pool = namedResource(expansion, event, { property: 'UserPool', type: 'AWS::Cognito::UserPool' });
  const source = pool === undefined ? undefined : { SourceArn: getAtt(pool.key, 'Arn') };
  generatePermission(expansion, event, {
    id: `${event.target.id}CognitoPermission`,
    principal: 'cognito-idp.amazonaws.com',
    ...(source === undefined ? {} : { source }),
  });
  if (pool === undefined) return;
  setProperty(expansion, pool.key, 'LambdaConfig', (old) => {
    const config = old === undefined ? emptyAt(event.place) : mappingOf(old.value);
    if (config === undefined) return undefined;
    const entries = new Map(config.entries);
    for (const trigger of itemsOf(nodeAt(event.properties, 'Trigger'))) {
      const name = scalarText(trigger);
      if (name !== undefined) entries.set(name, buildEntry(trigger, name, event.target.arn));
    }
    return { ...config, entries };
  });
}
