import { plainText, type Text, textOf, unknownKey } from '../iam/index.js';
import type { IamAction, KeyKind } from '../schemas/iam-action-table.js';
import { iamActions } from '../schemas/iam-actions.js';
import { nearestName } from '../source/suggest.js';
import { type CallLimits, NO_LIMITS } from './call-limits.js';
import { deriveContext } from './derive-context.js';
import { isKey, MULTIVALUED } from './global-keys.js';
import { kmsGrantsOf } from './kms-grants.js';
import type { QuestionProblem, Target } from './names.js';
import { organizationRulesOf } from './organization.js';
import { type Principal, tagsOf } from './principals.js';
import type { AccessRequest } from './request.js';
import { policyOfService, resourcePoliciesOf, s3SettingsOf } from './resource-policies.js';
import { splitText } from './stated-world.js';
import { accountTextOf, regionTextOf, type World } from './world.js';
import { writtenGates } from './written-controls.js';

/** An action that is asked about. */
export interface KnownAction {
  /** `s3:GetObject` */
  readonly name: string;
  readonly known: IamAction | undefined;
  readonly notes: readonly string[];
}

/** The action of a name, as the catalogue has it. */
export function findAction(name: string): KnownAction | QuestionProblem {
  const [, service = '', action = ''] = /^([a-z0-9-]+):([A-Za-z0-9-]+)$/.exec(name) ?? [];
  if (service === '') return { problem: `"${name}" is no action: one is written as s3:GetObject, without wildcards.` };
  const actions = iamActions().actionsOf(service);
  const known = actions?.get(action.toLowerCase());
  if (known !== undefined) return { name, known, notes: [] };
  const names = actions === undefined ? iamActions().services : [...actions.values()].map((one) => one.name);
  const nearest = nearestName(actions === undefined ? service : name, names);
  const hint = nearest === undefined ? '' : `, perhaps ${nearest} is meant`;
  return {
    name,
    known: undefined,
    notes: [`${name} is an action, which the list of ${iamActions().version} does not have${hint}`],
  };
}

/** The prefix of an action: `s3`. */
export function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':'));
}

/** What a request is made of. */
export interface RequestParts {
  readonly world: World;
  readonly principal: Principal;
  readonly target: Target;
  readonly action: KnownAction;
  /** The resource as it is asked about. */
  readonly named: string;
  readonly given: ReadonlyMap<string, readonly (string | Text)[]>;
  readonly limits?: CallLimits | undefined;
  readonly assumed: Set<string>;
  /** What a denial takes for granted beside. */
  readonly assumedForDenial: Set<string>;
}

/** The request of a principal, with the policies that are in force for it. */
export function toRequest({
  world,
  principal,
  target,
  action: { name, known },
  named,
  given,
  limits = NO_LIMITS,
  assumed,
  assumedForDenial,
}: RequestParts): AccessRequest {
  const service = serviceOf(name);
  const { resource } = target;
  const hasNoResource = known !== undefined && known.resourceTypes.length === 0;
  const isGeneral = hasNoResource || plainText(target.text) === '*';
  if (hasNoResource && plainText(target.text) !== '*') assumed.add(`${name} is about no resource, and asked for "*"`);
  const isOfNoAccount = service === 'ec2' && !isGeneral && resource === undefined && hasNoAccount(target.text);
  if (isOfNoAccount) assumed.add(`${named} is the account's own, or shared with it`);
  const resourceAccount = isGeneral || isOfNoAccount ? ownAccount(principal) : accountOf(world, target);
  const { caller } = principal;
  const ofCaller = organizationRulesOf(world, ownAccount(principal));
  const ofResource = organizationRulesOf(world, resourceAccount);
  const bucket = resource?.type === 'aws_s3_bucket' && service === 's3' && !isGeneral ? resource : undefined;
  const policies =
    resource === undefined
      ? policyOfService(service, named, target.text)
      : resourcePoliciesOf(world, resource, service, target.text);
  return {
    caller,
    action: name,
    resource: isGeneral ? textOf('*') : target.text,
    resourceAccount,
    context: deriveContext(caller, {
      stated: limits.endpoint === undefined ? given : new Map([...limits.endpoint.keys, ...given]),
      principalTags: tagsOf(world, principal.resource),
      hasAllTags: principal.resource?.language === 'live',
      resourceTags: tagsOf(world, resource) ?? new Map(),
      organization: ofCaller.organization,
      resourceAccount,
      region: regionOf(world, target),
      hasKey: (key) => hasKey(service, known, key),
      fallback: unknownKey,
      assume: (assumption) => assumed.add(assumption),
    }),
    kindOf,
    isCallerInManagementAccount: ofCaller.isManagementAccount,
    isResourceInManagementAccount: ofResource.isManagementAccount,
    unseenScps: ofCaller.scp.unseen,
    unseenRcps: ofResource.rcp.unseen,
    isBoundByRcps: iamActions().isBoundByRcps(service),
    policies: {
      identity: principal.identity,
      boundary: principal.boundary,
      session: limits.session,
      endpoint: limits.endpoint?.policy,
      resource: isGeneral ? [] : policies,
      scp: ofCaller.scp.levels,
      rcp: ofResource.rcp.levels,
      writtenScps: writtenGates(world, ownAccount(principal), 'SERVICE_CONTROL_POLICY'),
      writtenRcps: writtenGates(world, resourceAccount, 'RESOURCE_CONTROL_POLICY'),
      kmsGrants: resource?.type === 'aws_kms_key' ? kmsGrantsOf(world, resource) : [],
      s3:
        bucket === undefined
          ? undefined
          : s3SettingsOf(world, bucket, (assumption) => assumedForDenial.add(assumption)),
    },
  };
}

function ownAccount({ caller }: Principal): Text | undefined {
  return 'account' in caller ? caller.account : undefined;
}

/** Of images and snapshots no account is in the ARN: whose they are, and who may use them, no policy says. */
function hasNoAccount(text: Text): boolean {
  const parts = splitText(text);
  return parts.length >= 6 && parts[4]?.length === 0;
}

function accountOf(world: World, { resource, text }: Target): Text | undefined {
  if (resource !== undefined) return accountTextOf(world, resource);
  const account = splitText(text)[4];
  return account === undefined || account.length === 0 ? undefined : account;
}

/** Of global services no region is in the ARN, and where they are called is another one. */
function regionOf(world: World, { resource, text }: Target): Text | undefined {
  const region = splitText(text)[3];
  if (region !== undefined && region.length > 0) return region;
  return resource?.type === 'aws_s3_bucket' ? regionTextOf(world, resource) : undefined;
}

/** Whether a service's key can be in a request: the catalogue lists it for the action, or for none of the service's. */
function hasKey(service: string, action: IamAction | undefined, key: string): boolean | undefined {
  const prefix = key.slice(0, key.indexOf(':'));
  const isOfService = iamActions().actionsOf(prefix) !== undefined;
  if (action === undefined || !isOfService || prefix !== service) return undefined;
  if (action.conditionKeys.some(({ name }) => isKey(name, key))) return true;
  return iamActions()
    .keysOf(service)
    .some(({ name }) => isKey(name, key))
    ? false
    : undefined;
}

/** Global keys whose values are no texts. */
const KINDS: ReadonlyMap<string, KeyKind> = new Map([
  ['aws:currenttime', 'date'],
  ['aws:epochtime', 'date'],
  ['aws:multifactorauthage', 'number'],
  ['aws:multifactorauthpresent', 'bool'],
  ['aws:principalisawsservice', 'bool'],
  ['aws:securetransport', 'bool'],
  ['aws:tokenissuetime', 'date'],
  ['aws:viaawsservice', 'bool'],
]);

/** What the values of a key are, where it has one at most. */
function kindOf(key: string): KeyKind | undefined {
  const prefix = key.slice(0, key.indexOf(':'));
  if (prefix === 'aws') return MULTIVALUED.has(key) ? undefined : (KINDS.get(key) ?? 'text');
  const known = iamActions()
    .keysOf(prefix)
    .find(({ name }) => isKey(name, key));
  return known === undefined || known.isMultivalued ? undefined : known.kind;
}

/** What can decide and is in no input: its absence is no proof. */
export function notSeen(
  { action, caller, isBoundByRcps, unseenScps, unseenRcps }: AccessRequest,
  isCode: boolean,
  { session, endpoint }: CallLimits = NO_LIMITS,
): string[] {
  const hasAccount = 'account' in caller;
  return [
    ...(isCode ? ['policies attached outside of the input'] : []),
    ...(hasAccount && unseenScps !== undefined ? [unseenScps] : []),
    ...(isBoundByRcps && unseenRcps !== undefined ? [unseenRcps] : []),
    ...(session === undefined && caller.kind === 'role-session' ? ['session policies'] : []),
    ...(hasAccount && endpoint === undefined ? ['policies of VPC endpoints'] : []),
    ...(action.startsWith('kms:') ? ['grants of keys outside of the input'] : []),
  ];
}
