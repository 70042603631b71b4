import type { DataEntry } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import { expandEventInvokeConfig } from './event-invoke-config.js';
import { expandEvents } from './events.js';
import { copied, diagnose, generateMain, knownText, managedPolicyArn, propagatedTags, tagsOf } from './expansion.js';
import { expandAlias } from './function-alias.js';
import { expandFunctionUrl } from './function-url.js';
import type { Expansion, FunctionTarget, RolePolicies, SamResource } from './model.js';
import type { Draft } from './nodes.js';
import { build, entryOf, getAtt, intrinsicOf, mappingOf, nodeAt, placeOf, ref } from './nodes.js';
import { readPolicies } from './policies.js';
import { allow, chooseRole, generateRole } from './role.js';
import { s3Location } from './s3-location.js';

/** Properties that the function has under the same name. */
const COPIED = [
  'Architectures',
  'CodeSigningConfigArn',
  'Description',
  'DurableConfig',
  'Environment',
  'EphemeralStorage',
  'FileSystemConfigs',
  'FunctionName',
  'FunctionScalingConfig',
  'Handler',
  'ImageConfig',
  'KmsKeyArn',
  'Layers',
  'LoggingConfig',
  'MemorySize',
  'PackageType',
  'PublishToLatestPublished',
  'RecursiveLoop',
  'ReservedConcurrentExecutions',
  'Runtime',
  'RuntimeManagementConfig',
  'SnapStart',
  'TenancyConfig',
  'Timeout',
  'VpcConfig',
];

/** `AWS::Serverless::Function`: the function, its role, its alias, its URL, and what its events become. */
export function expandFunction(expansion: Expansion, owner: SamResource): void {
  const role = chooseRole(expansion, owner);
  const tags = tagsOf(expansion, owner, 'lambda:createdBy');
  const { properties } = owner;
  const policies: RolePolicies = { managed: [], inline: [] };
  if (role.isGenerated) addOwnPolicies(expansion, owner, policies);
  else reportIgnoredPolicies(expansion, owner);

  generateMain(expansion, owner, 'AWS::Lambda::Function', {
    Code: codeOf(expansion, owner),
    ...copied(properties, COPIED),
    CapacityProviderConfig: capacityProvider(properties.entries.get('CapacityProviderConfig')),
    DeadLetterConfig: deadLetterConfig(entryOf(properties, 'DeadLetterQueue')),
    Role: role.value,
    Tags: tags,
    TracingConfig: nested(entryOf(properties, 'Tracing'), (tracing) => ({ Mode: tracing })),
  });
  const alias = expandAlias(expansion, owner);
  const target = targetOf(owner, alias?.id, policies);
  expandFunctionUrl(expansion, owner, target);
  expandEventInvokeConfig(expansion, owner, alias, policies);
  expandEvents(expansion, owner, target);
  if (role.isGenerated) readPolicies(expansion, owner, role.id, policies);
  generateRole(expansion, owner, { role, service: 'lambda.amazonaws.com', policies, tags });
}

/** What invokes the function: the alias, where one is published. */
function targetOf(owner: SamResource, alias: string | undefined, policies: RolePolicies): FunctionTarget {
  return {
    kind: 'function',
    id: alias ?? owner.id,
    name: ref(alias ?? owner.id),
    arn: alias === undefined ? getAtt(owner.id, 'Arn') : ref(alias),
    uri: alias === undefined ? `\${${owner.id}.Arn}` : `\${${alias}}`,
    policies,
    propagatedTags: propagatedTags(owner),
  };
}

function addOwnPolicies(expansion: Expansion, owner: SamResource, policies: RolePolicies): void {
  const { properties } = owner;
  const isDurable = entryOf(properties, 'DurableConfig') !== undefined;
  const basic = isDurable ? 'AWSLambdaBasicDurableExecutionRolePolicy' : 'AWSLambdaBasicExecutionRole';
  policies.managed.push(managedPolicyArn(expansion, `service-role/${basic}`));
  const needed: readonly (readonly [string, string])[] = [
    ['Tracing', 'AWSXrayWriteOnlyAccess'],
    ['VpcConfig', 'service-role/AWSLambdaVPCAccessExecutionRole'],
  ];
  for (const [name, path] of needed) {
    const entry = entryOf(properties, name);
    if (entry !== undefined) policies.managed.push(build(placeOf(entry), managedPolicyArn(expansion, path)));
  }
  const queue = entryOf(properties, 'DeadLetterQueue');
  if (queue !== undefined) addDeadLetterPolicy(expansion, owner, queue, policies);
}

const DEAD_LETTER_ACTIONS: Readonly<Record<string, string>> = { SQS: 'sqs:SendMessage', SNS: 'sns:Publish' };

function addDeadLetterPolicy(expansion: Expansion, owner: SamResource, queue: DataEntry, policies: RolePolicies): void {
  const settings = mappingOf(queue.value);
  const target = entryOf(settings, 'TargetArn');
  const type = scalarText(nodeAt(settings, 'Type'));
  const action = type === undefined ? undefined : DEAD_LETTER_ACTIONS[type];
  if (action === undefined || target === undefined) {
    const message = `"DeadLetterQueue" of "${owner.id}" needs a "TargetArn" and a "Type" that is written: "SQS" or "SNS".`;
    diagnose(expansion, 'sam-invalid', placeOf(queue), message);
    policies.inline.push({ kind: 'invalid', reason: 'invalid-value', start: queue.keyStart, end: queue.keyEnd });
    return;
  }
  const document = { Version: '2012-10-17', Statement: [allow(action, target)] };
  const policy = { PolicyName: 'DeadLetterQueuePolicy', PolicyDocument: document };
  policies.inline.push(build(placeOf(queue), policy));
}

function reportIgnoredPolicies(expansion: Expansion, owner: SamResource): void {
  const entry = entryOf(owner.properties, 'Policies');
  if (entry === undefined) return;
  const message = `"Policies" of "${owner.id}" have no effect, because it has a "Role".`;
  diagnose(expansion, 'sam-policies-ignored', placeOf(entry), message);
}

function deadLetterConfig(queue: DataEntry | undefined): Draft | undefined {
  if (queue === undefined || intrinsicOf(queue.value) !== undefined) return queue;
  const target = entryOf(mappingOf(queue.value), 'TargetArn');
  return build(placeOf(queue), { TargetArn: target });
}

function capacityProvider(entry: DataEntry | undefined): Draft | undefined {
  const settings = mappingOf(entry?.value);
  if (entry === undefined || settings === undefined) return entry;
  const { Arn, ...rest } = Object.fromEntries(settings.entries);
  const managed = build(placeOf(entry), { CapacityProviderArn: Arn, ...rest });
  return build(placeOf(entry), { LambdaManagedInstancesCapacityProviderConfig: managed });
}

/** A property that becomes an object of its own, at its own place. */
function nested(entry: DataEntry | undefined, make: (entry: DataEntry) => Draft): Draft | undefined {
  return entry === undefined ? undefined : build(placeOf(entry), make(entry));
}

/** `Code`: text in the template, an image, or an object in a bucket. A local path is packaged later, unknown where. */
function codeOf(expansion: Expansion, owner: SamResource): Draft {
  const { properties } = owner;
  const key = entryOf(properties, 'SourceKMSKeyArn');
  const image = entryOf(properties, 'ImageUri');
  const inline = entryOf(properties, 'InlineCode');
  const location = entryOf(properties, 'CodeUri');
  if (inline !== undefined) return build(placeOf(inline), { ZipFile: inline });
  const type = knownText(expansion, nodeAt(properties, 'PackageType'));
  if (image !== undefined || type === 'Image') return { ImageUri: image, SourceKMSKeyArn: key };
  if (location === undefined) return build(owner.place, { SourceKMSKeyArn: key });
  const found = s3Location(location.value, { bucket: 'S3Bucket', key: 'S3Key', version: 'S3ObjectVersion' });
  return build(placeOf(location), { ...found, SourceKMSKeyArn: key });
}
