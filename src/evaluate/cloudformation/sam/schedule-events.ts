import type { DataEntry } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import { generatePermission, required } from './event.js';
import { copied, diagnose, generate, tagList } from './expansion.js';
import type { EventTarget, Expansion, FunctionTarget, SamEvent } from './model.js';
import type { Draft, DraftMapping } from './nodes.js';
import { build, entryOf, getAtt, intrinsicOf, mappingOf, nodeAt, placeOf, ref } from './nodes.js';
import { queuePolicy } from './push-events.js';
import { allow, inlinePolicy, trustOf } from './role.js';

/** `Schedule`: a rule that calls by the clock. */
export function expandScheduleEvent(expansion: Expansion, event: SamEvent<EventTarget>): void {
  const { properties } = event;
  generateRule(expansion, event, {
    ScheduleExpression: required(expansion, event, 'Schedule'),
    Name: entryOf(properties, 'Name'),
    Description: entryOf(properties, 'Description'),
  });
}

/** `EventBridgeRule` and `CloudWatchEvent`: a rule that calls on events. */
export function expandRuleEvent(expansion: Expansion, event: SamEvent<EventTarget>): void {
  const { properties } = event;
  generateRule(expansion, event, {
    EventBusName: entryOf(properties, 'EventBusName'),
    EventPattern: entryOf(properties, 'Pattern'),
    Name: entryOf(properties, 'RuleName'),
  });
}

function generateRule(expansion: Expansion, event: SamEvent<EventTarget>, properties: DraftMapping): void {
  const { owner, id, place } = event;
  const queue = deadLetterQueue(expansion, event);
  if (queue?.isOwn === true) generateQueuePolicy(expansion, event, queue);
  const target = {
    Arn: event.target.arn,
    Id: targetId(event),
    ...copied(event.properties, ['Input', 'InputPath', 'InputTransformer', 'RetryPolicy']),
    DeadLetterConfig: queue?.config,
    RoleArn: event.target.kind === 'function' ? undefined : startRole(expansion, event, 'events.amazonaws.com'),
  };
  generate(expansion, owner, {
    id,
    type: 'AWS::Events::Rule',
    place,
    properties: { ...properties, State: stateOf(event), Targets: [target] },
  });
  if (!isFunctionEvent(event)) return;
  generatePermission(expansion, event, {
    principal: 'events.amazonaws.com',
    source: { SourceArn: getAtt(id, 'Arn') },
  });
}

function isFunctionEvent(event: SamEvent<EventTarget>): event is SamEvent<FunctionTarget> {
  return event.target.kind === 'function';
}

function targetId(event: SamEvent<EventTarget>): Draft {
  const written = entryOf(mappingOf(nodeAt(event.properties, 'Target')), 'Id');
  if (written !== undefined) return written;
  return `${event.id}${event.target.kind === 'function' ? 'LambdaTarget' : 'StepFunctionsTarget'}`;
}

/** `State`, or `Enabled`; one that is not written out counts as enabled, as the service reads it. */
function stateOf(event: SamEvent<EventTarget>): Draft | undefined {
  const state = entryOf(event.properties, 'State');
  const enabled = entryOf(event.properties, 'Enabled');
  if (state !== undefined || enabled === undefined) return state;
  const isOff = intrinsicOf(enabled.value) === undefined && scalarText(enabled.value) === 'false';
  return build(placeOf(enabled), isOff ? 'DISABLED' : 'ENABLED');
}

interface DeadLetterQueue {
  readonly config: Draft;
  readonly arn: Draft;
  /** The queue is made for the event. */
  readonly isOwn: boolean;
  readonly id: string;
  readonly place: DataEntry;
}

function deadLetterQueue(expansion: Expansion, event: SamEvent<EventTarget>): DeadLetterQueue | undefined {
  const config = entryOf(event.properties, 'DeadLetterConfig');
  if (config === undefined) return undefined;
  const settings = mappingOf(config.value);
  const arn = entryOf(settings, 'Arn');
  const id = scalarText(nodeAt(settings, 'QueueLogicalId')) ?? `${event.id}Queue`;
  const place = placeOf(config);
  if (arn !== undefined || settings === undefined || intrinsicOf(config.value) !== undefined)
    return { config, arn: arn ?? '', isOwn: false, id, place: config };
  if (scalarText(nodeAt(settings, 'Type')) !== 'SQS') {
    const message = `"DeadLetterConfig" of the event "${event.name}" needs an "Arn", or the "Type" "SQS".`;
    diagnose(expansion, 'sam-invalid', place, message);
    return undefined;
  }
  const properties = { Tags: tagList(event.target.propagatedTags) };
  generate(expansion, event.owner, { id, type: 'AWS::SQS::Queue', place, properties });
  const own = getAtt(id, 'Arn');
  return { config: build(place, { Arn: own }), arn: own, isOwn: true, id, place: config };
}

function generateQueuePolicy(expansion: Expansion, event: SamEvent<EventTarget>, queue: DeadLetterQueue): void {
  generate(expansion, event.owner, {
    id: `${event.id}QueuePolicy`,
    type: 'AWS::SQS::QueuePolicy',
    place: placeOf(queue.place),
    properties: {
      PolicyDocument: queuePolicy({ Service: 'events.amazonaws.com' }, queue.arn, getAtt(event.id, 'Arn')),
      Queues: [ref(queue.id)],
    },
  });
}

const SCHEDULE = [
  'ScheduleExpression',
  'ScheduleExpressionTimezone',
  'State',
  'Description',
  'StartDate',
  'EndDate',
  'GroupName',
  'KmsKeyArn',
];

/** `ScheduleV2`: a schedule with a role of its own. */
export function expandSchedulerEvent(expansion: Expansion, event: SamEvent<EventTarget>): void {
  const { properties, owner, id, place } = event;
  required(expansion, event, 'ScheduleExpression');
  const queue = deadLetterQueue(expansion, event);
  const isNameless = scalarText(nodeAt(properties, 'OmitName')) === 'true';
  const target = {
    Arn: event.target.arn,
    RoleArn: entryOf(properties, 'RoleArn') ?? schedulerRole(expansion, event, queue),
    ...copied(properties, ['Input', 'RetryPolicy']),
    DeadLetterConfig: queue?.config,
  };
  generate(expansion, owner, {
    id,
    type: 'AWS::Scheduler::Schedule',
    place,
    properties: {
      ...copied(properties, SCHEDULE),
      FlexibleTimeWindow: entryOf(properties, 'FlexibleTimeWindow') ?? { Mode: 'OFF' },
      Name: entryOf(properties, 'Name') ?? (isNameless ? undefined : id),
      Target: target,
    },
  });
}

function schedulerRole(expansion: Expansion, event: SamEvent<EventTarget>, queue: DeadLetterQueue | undefined): Draft {
  const { owner, place, target } = event;
  const id = `${event.id}Role`;
  const isFunction = target.kind === 'function';
  const action = isFunction ? 'lambda:InvokeFunction' : 'states:StartExecution';
  const name = `${event.id}${isFunction ? 'LambdaPolicy' : 'StartExecutionPolicy'}`;
  const policies = [inlinePolicy(place, name, [allow(action, isFunction ? target.arn : ref(target.id))])];
  if (queue !== undefined) {
    const statements = [allow('sqs:SendMessage', queue.arn)];
    policies.push(inlinePolicy(placeOf(queue.place), `${event.id}SQSPolicy`, statements));
  }
  generate(expansion, owner, {
    id,
    type: 'AWS::IAM::Role',
    place,
    properties: {
      AssumeRolePolicyDocument: trustOf('scheduler.amazonaws.com'),
      Policies: policies,
      PermissionsBoundary: entryOf(event.properties, 'PermissionsBoundary'),
      Tags: tagList(target.propagatedTags),
    },
  });
  return getAtt(id, 'Arn');
}

/** The role by which a rule or an API starts a state machine. */
export function startRole(expansion: Expansion, event: SamEvent<EventTarget>, service: string): Draft {
  const written = entryOf(event.properties, 'RoleArn');
  if (written !== undefined) return written;
  const { owner, place, target } = event;
  const id = `${event.id}Role`;
  const statements = [allow('states:StartExecution', target.arn)];
  generate(expansion, owner, {
    id,
    type: 'AWS::IAM::Role',
    place,
    properties: {
      AssumeRolePolicyDocument: trustOf(service),
      Policies: [inlinePolicy(place, `${id}StartExecutionPolicy`, statements)],
      PermissionsBoundary: entryOf(owner.properties, 'PermissionsBoundary'),
      Tags: tagList(target.propagatedTags),
    },
  });
  return getAtt(id, 'Arn');
}
