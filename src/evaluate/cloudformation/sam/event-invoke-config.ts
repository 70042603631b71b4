import type { DataEntry } from '../../../syntax/data/ast.js';
import { negatedCondition } from './conditions.js';
import { copied, diagnose, generate, knownText, propagatedTags, tagList } from './expansion.js';
import type { Alias } from './function-alias.js';
import type { Expansion, RolePolicies, SamResource } from './model.js';
import type { Choice, Draft, Place } from './nodes.js';
import { build, choiceOf, entryOf, getAtt, isNoValue, mappingOf, nodeAt, placeOf, ref } from './nodes.js';
import { allow, inlinePolicy } from './role.js';

/** `EventInvokeConfig`: the configuration, a queue or topic where a destination has none, and the right to send to it. */
export function expandEventInvokeConfig(
  expansion: Expansion,
  owner: SamResource,
  alias: Alias | undefined,
  policies: RolePolicies,
): void {
  const config = entryOf(owner.properties, 'EventInvokeConfig');
  if (config === undefined) return;
  const settings = mappingOf(config.value);
  const destinations = entryOf(settings, 'DestinationConfig');
  const made: Record<string, Draft> = {};
  for (const name of ['OnSuccess', 'OnFailure']) {
    const destination = entryOf(mappingOf(destinations?.value), name);
    if (destination === undefined) continue;
    made[name] = build(placeOf(destination), {
      Destination: destinationOf(expansion, owner, { destination, policies }),
    });
  }
  generate(expansion, owner, {
    id: `${owner.id}EventInvokeConfig`,
    type: 'AWS::Lambda::EventInvokeConfig',
    place: placeOf(config),
    attributes: { DependsOn: alias === undefined ? undefined : [alias.id] },
    properties: {
      FunctionName: ref(owner.id),
      Qualifier: alias === undefined ? '$LATEST' : alias.name,
      ...copied(settings, ['MaximumEventAgeInSeconds', 'MaximumRetryAttempts']),
      DestinationConfig: build(destinations ? placeOf(destinations) : placeOf(config), made),
    },
  });
}

const ACTIONS: Readonly<Record<string, string>> = {
  SQS: 'sqs:SendMessage',
  SNS: 'sns:publish',
  Lambda: 'lambda:InvokeFunction',
  EventBridge: 'events:PutEvents',
  S3Bucket: 's3:PutObject',
};

interface Asked {
  readonly destination: DataEntry;
  readonly policies: RolePolicies;
}

function destinationOf(expansion: Expansion, owner: SamResource, asked: Asked): Draft | undefined {
  const { destination, policies } = asked;
  const settings = mappingOf(destination.value);
  const type = knownText(expansion, nodeAt(settings, 'Type'));
  const written = entryOf(settings, 'Destination');
  const action = type === undefined ? undefined : ACTIONS[type];
  if (type === undefined || action === undefined) {
    const message = `"${destination.key}" of "${owner.id}" needs a "Type" that is written: ${Object.keys(ACTIONS).join(', ')}.`;
    diagnose(expansion, 'sam-invalid', placeOf(destination), message);
    return written;
  }
  const target =
    written !== undefined && isWholly(written) ? written : ownTarget(expansion, owner, { destination, type, written });
  const name = `${owner.id}EventInvokeConfig${destination.key}${type}Policy`;
  policies.inline.push(inlinePolicy(placeOf(destination), name, statements(type, action, target ?? '')));
  return target;
}

function statements(type: string, action: string, target: Draft): Draft[] {
  if (type !== 'S3Bucket') return [allow(action, target)];
  return [allow(action, { 'Fn::Join': ['/', [target, '*']] }), allow('s3:ListBucket', target)];
}

function isWholly(written: DataEntry): boolean {
  const choice = choiceOf(written.value);
  return !isNoValue(written.value) && !(choice !== undefined && (isNoValue(choice.yes) || isNoValue(choice.no)));
}

interface Missing {
  readonly destination: DataEntry;
  readonly type: string;
  readonly written: DataEntry | undefined;
}

/** Where a written destination has no value. */
function missingCondition(expansion: Expansion, choice: Choice, place: Place): string | undefined {
  if (isNoValue(choice.yes) && isNoValue(choice.no)) return undefined;
  return isNoValue(choice.yes) ? choice.condition : negatedCondition(expansion, choice.condition, place);
}

/** The queue or topic that is made where no destination is written, or only under a condition. */
function ownTarget(expansion: Expansion, owner: SamResource, missing: Missing): Draft | undefined {
  const { destination, type, written } = missing;
  const base = `${owner.id}EventInvokeConfig${destination.key}`;
  const made = type === 'SQS' ? getAtt(`${base}Queue`, 'Arn') : type === 'SNS' ? ref(`${base}Topic`) : undefined;
  if (made === undefined) {
    const message = `"${destination.key}" of "${owner.id}" needs a "Destination".`;
    diagnose(expansion, 'sam-invalid', placeOf(destination), message);
    return undefined;
  }
  const id = type === 'SQS' ? `${base}Queue` : `${base}Topic`;
  const choice = written && choiceOf(written.value);
  const condition = choice && missingCondition(expansion, choice, placeOf(destination));
  generate(expansion, owner, {
    id,
    type: type === 'SQS' ? 'AWS::SQS::Queue' : 'AWS::SNS::Topic',
    place: placeOf(destination),
    ...(condition === undefined ? {} : { attributes: { Condition: condition } }),
    properties: { Tags: tagList(propagatedTags(owner)) },
  });
  expansion.names.set(`${owner.id}.${type === 'SQS' ? 'DestinationQueue' : 'DestinationTopic'}`, id);
  if (choice === undefined) return made;
  const branch = (node: DataEntry['value']): Draft => (isNoValue(node) ? made : node);
  return build(placeOf(destination), { 'Fn::If': [choice.condition, branch(choice.yes), branch(choice.no)] });
}
