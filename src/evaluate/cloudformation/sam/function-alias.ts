import type { DataEntry, DataMapping } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import { addCondition } from './conditions.js';
import { addResource, copied, diagnose, generate, knownText, managedPolicyArn } from './expansion.js';
import type { Expansion, SamResource } from './model.js';
import type { Draft } from './nodes.js';
import {
  build,
  choiceOf,
  entryOf,
  getAtt,
  isNoValue,
  itemsOf,
  mappingOf,
  nodeAt,
  noValue,
  onlyIf,
  placeOf,
  ref,
  refTarget,
  sub,
} from './nodes.js';
import { trustOf } from './role.js';

export interface Alias {
  readonly id: string;
  readonly name: Draft;
}

/** `AutoPublishAlias`: a version, an alias of it, and by `DeploymentPreference` what shifts traffic to it. */
export function expandAlias(expansion: Expansion, owner: SamResource): Alias | undefined {
  const { properties } = owner;
  const entry = entryOf(properties, 'AutoPublishAlias');
  const concurrency = entryOf(properties, 'ProvisionedConcurrencyConfig');
  const preference = entryOf(properties, 'DeploymentPreference');
  if (entry === undefined) {
    for (const needing of [concurrency, preference]) {
      if (needing === undefined) continue;
      const message = `"${needing.key}" of "${owner.id}" needs "AutoPublishAlias".`;
      diagnose(expansion, 'sam-invalid', placeOf(needing), message);
    }
    return undefined;
  }
  const name = knownText(expansion, entry.value);
  if (name === undefined && refTarget(entry.value) === undefined) {
    const message = `"AutoPublishAlias" of "${owner.id}" must be a text or the "Ref" of a parameter.`;
    diagnose(expansion, 'sam-invalid', placeOf(entry), message);
  }
  const id = `${owner.id}Alias${aliasSuffix(name ?? '')}`;
  const version = generateVersion(expansion, owner, entry);
  const updatePolicy = expandPreference(expansion, owner, preference);
  generate(expansion, owner, {
    id,
    type: 'AWS::Lambda::Alias',
    place: placeOf(entry),
    attributes: { UpdatePolicy: updatePolicy },
    properties: {
      Name: entry,
      FunctionName: ref(owner.id),
      FunctionVersion: getAtt(version, 'Version'),
      ProvisionedConcurrencyConfig: concurrency,
    },
  });
  expansion.names.set(`${owner.id}.Alias`, id);
  return { id, name: entry };
}

/** An id holds letters and digits only: `-` and `_` of an alias are spelled out. */
function aliasSuffix(name: string): string {
  return name.replaceAll('-', 'D').replaceAll('_', 'U');
}

function generateVersion(expansion: Expansion, owner: SamResource, alias: DataEntry): string {
  const { properties } = owner;
  const id = `${owner.id}Version`;
  const deletion = entryOf(properties, 'VersionDeletionPolicy');
  const hasCapacity = entryOf(properties, 'CapacityProviderConfig') !== undefined;
  generate(expansion, owner, {
    id,
    type: 'AWS::Lambda::Version',
    place: placeOf(alias),
    attributes: { DeletionPolicy: deletion ?? (hasCapacity ? 'Delete' : 'Retain') },
    properties: {
      FunctionName: ref(owner.id),
      Description: entryOf(properties, 'VersionDescription'),
      ...copied(properties, ['FunctionScalingConfig']),
    },
  });
  expansion.names.set(`${owner.id}.Version`, id);
  return id;
}

const APPLICATION = 'ServerlessDeploymentApplication';
const SERVICE_ROLE = 'CodeDeployServiceRole';

/** The alias's update policy; `Enabled` decides by its text, where a parameter is known by its value. */
function expandPreference(expansion: Expansion, owner: SamResource, preference?: DataEntry): Draft | undefined {
  if (preference === undefined) return undefined;
  const settings = mappingOf(preference.value);
  const enabled = entryOf(settings, 'Enabled');
  const text = knownText(expansion, enabled?.value);
  if (text !== undefined && ['false', 'no', 'off', '0'].includes(text.toLowerCase())) return undefined;
  const condition = text === undefined ? enabledCondition(expansion, owner, enabled) : undefined;
  const place = placeOf(preference);
  const attributes = sharedAttributes(owner, settings, condition);
  addShared(expansion, owner, { settings, place, attributes });
  const groupId = `${owner.id}DeploymentGroup`;
  addResource(expansion, owner.declaredIn, {
    id: groupId,
    type: 'AWS::CodeDeploy::DeploymentGroup',
    place,
    attributes,
    properties: deploymentGroup(settings),
  });
  const hooks = mappingOf(nodeAt(settings, 'Hooks'));
  const update = {
    ApplicationName: ref(APPLICATION),
    DeploymentGroupName: ref(groupId),
    BeforeAllowTrafficHook: entryOf(hooks, 'PreTraffic'),
    AfterAllowTrafficHook: entryOf(hooks, 'PostTraffic'),
  };
  return build(place, onlyIf(condition, { CodeDeployLambdaAliasUpdate: update }));
}

/** `Enabled` by a parameter without value: everything that it decides exists under a condition on it. */
function enabledCondition(expansion: Expansion, owner: SamResource, enabled?: DataEntry): string | undefined {
  const parameter = refTarget(enabled?.value);
  if (enabled === undefined || parameter === undefined) return undefined;
  const name = `${owner.id}:DeploymentPreferenceEnabled`;
  addCondition(expansion, name, placeOf(enabled), { 'Fn::Equals': [enabled.value, 'true'] });
  return name;
}

function sharedAttributes(owner: SamResource, settings: DataMapping | undefined, condition: string | undefined) {
  if (condition !== undefined) return { Condition: condition };
  const passes = scalarText(nodeAt(settings, 'PassthroughCondition')) === 'true';
  return passes ? { Condition: owner.written.entries.get('Condition') } : {};
}

interface Shared {
  readonly settings: DataMapping | undefined;
  readonly place: { readonly start: number; readonly end: number };
  readonly attributes: { readonly Condition?: Draft | undefined };
}

/** One application and one role for every function of the template; certain as soon as one of them is. */
function addShared(expansion: Expansion, owner: SamResource, { settings, place, attributes }: Shared): void {
  const properties = { ComputePlatform: 'Lambda' };
  const application = { id: APPLICATION, type: 'AWS::CodeDeploy::Application', place, attributes, properties };
  if (isNew(expansion, APPLICATION, attributes)) addResource(expansion, owner.declaredIn, application);
  if (entryOf(settings, 'Role') !== undefined || !isNew(expansion, SERVICE_ROLE, attributes)) return;
  addResource(expansion, owner.declaredIn, {
    id: SERVICE_ROLE,
    type: 'AWS::IAM::Role',
    place,
    attributes,
    properties: {
      AssumeRolePolicyDocument: trustOf('codedeploy.amazonaws.com'),
      ManagedPolicyArns: [managedPolicyArn(expansion, 'service-role/AWSCodeDeployRoleForLambda')],
    },
  });
}

function isNew(expansion: Expansion, id: string, attributes: Shared['attributes']): boolean {
  const present = mappingOf(expansion.generated.get(id)?.value);
  if (present === undefined) return true;
  return present.entries.has('Condition') && attributes.Condition === undefined;
}

const ROLLBACK_EVENTS = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'];

function deploymentGroup(settings: DataMapping | undefined) {
  const triggers = entryOf(settings, 'TriggerConfigurations');
  return {
    AlarmConfiguration: alarmConfiguration(entryOf(settings, 'Alarms')),
    ApplicationName: ref(APPLICATION),
    AutoRollbackConfiguration: { Enabled: true, Events: ROLLBACK_EVENTS },
    DeploymentConfigName: deploymentConfig(entryOf(settings, 'Type')),
    DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
    ServiceRoleArn: entryOf(settings, 'Role') ?? getAtt(SERVICE_ROLE, 'Arn'),
    TriggerConfigurations: triggers,
  };
}

function alarmConfiguration(alarms: DataEntry | undefined): Draft | undefined {
  if (alarms === undefined) return undefined;
  const configuration = (node: DataEntry['value']): Draft =>
    isNoValue(node) ? noValue : { Enabled: true, Alarms: itemsOf(node).map((alarm) => build(alarm, { Name: alarm })) };
  const choice = choiceOf(alarms.value);
  const draft =
    choice === undefined
      ? configuration(alarms.value)
      : { 'Fn::If': [choice.condition, configuration(choice.yes), configuration(choice.no)] };
  return build(placeOf(alarms), draft);
}

/** The names that CodeDeploy has ready; another name is a configuration of the template's own. */
const READY_CONFIGS = new Set([
  'AllAtOnce',
  'Canary10Percent5Minutes',
  'Canary10Percent10Minutes',
  'Canary10Percent15Minutes',
  'Canary10Percent30Minutes',
  'Linear10PercentEvery1Minute',
  'Linear10PercentEvery2Minutes',
  'Linear10PercentEvery3Minutes',
  'Linear10PercentEvery10Minutes',
]);

function deploymentConfig(type: DataEntry | undefined): Draft | undefined {
  if (type === undefined) return undefined;
  const config = (node: DataEntry['value']): Draft =>
    READY_CONFIGS.has(scalarText(node) ?? '')
      ? sub('CodeDeployDefault.Lambda${ConfigName}', { ConfigName: node })
      : node;
  const choice = choiceOf(type.value);
  if (choice === undefined) return build(placeOf(type), config(type.value));
  return build(placeOf(type), { 'Fn::If': [choice.condition, config(choice.yes), config(choice.no)] });
}
