import type { AccessAnswer, AccessStatement } from '../findings/access-answer.js';
import {
  equals,
  holeOf,
  identityOf,
  isHole,
  nameOf,
  plainText,
  type Text,
  type Token,
  textOf,
  unknownKey,
} from '../iam/index.js';
import { originChain, type Resource } from '../model/resource.js';
import type { UnknownValue, Value } from '../model/value.js';
import type { IamAction } from '../schemas/iam-action-table.js';
import { iamActions } from '../schemas/iam-actions.js';
import { nearestName } from '../source/suggest.js';
import { decide } from './decide.js';
import { deriveContext } from './derive-context.js';
import type { DecidingStatement } from './evaluate-policies.js';
import { outsidePrincipal, type Principal, principalOf, tagsOf } from './principals.js';
import type { AccessRequest } from './request.js';
import { policyOfService, resourcePoliciesOf, s3SettingsOf } from './resource-policies.js';
import { accountTextOf, arnTextOf, namedResources, regionTextOf, type World } from './world.js';

/** May a principal do something with a resource? */
export interface AccessQuestion {
  /** An address, an ARN, a service, or `anonymous`. */
  readonly principal: string;
  readonly action: string;
  /** An ARN, `*`, or an address, which may go on with what is in it: `aws_s3_bucket.orders/2024/*`. */
  readonly resource: string;
  /** Keys of the request, in lower case; without values they are absent. */
  readonly context: ReadonlyMap<string, readonly string[]>;
  /** The account of resources whose account is not known. */
  readonly account: string | undefined;
}

/** What questions are answered by. */
export type AccessSources = Omit<World, 'bindings'>;

/** What is wrong with a question, in one sentence. */
export interface QuestionProblem {
  readonly problem: string;
}

/** Answers a question out of the graph: by the policies that are in it, of the principal and of the resource. */
export function answerQuestion(question: AccessQuestion, input: AccessSources): AccessAnswer | QuestionProblem {
  const action = findAction(question.action);
  if ('problem' in action) return action;
  const world = bindQuestion(question, input);
  const principal = findPrincipal(world, question.principal);
  if ('problem' in principal) return principal;
  const target = findTarget(world, question.resource);
  if ('problem' in target) return target;
  const assumed = new Set(action.notes);
  for (const [name, value] of world.stated) assumed.add(`${name} is ${value}`);
  const request = toRequest({ world, question, principal, target, action: action.known, assumed });
  const { outcome, by, causes, statements } = decide(request);
  return {
    principal: question.principal,
    action: question.action,
    resource: question.resource,
    outcome,
    by,
    dependsOn: causes.map(nameOf),
    statements: statements.map((statement) => toStatement(statement)),
    assumed: [...assumed].sort(),
    notSeen: notSeen(question.action, request),
  };
}

interface KnownAction {
  readonly known: IamAction | undefined;
  readonly notes: readonly string[];
}

function findAction(name: string): KnownAction | QuestionProblem {
  const [, service = '', action = ''] = /^([a-z0-9-]+):([A-Za-z0-9-]+)$/.exec(name) ?? [];
  if (service === '') return { problem: `"${name}" is no action: one is written as s3:GetObject, without wildcards.` };
  const actions = iamActions().actionsOf(service);
  const known = actions?.get(action.toLowerCase());
  if (known !== undefined) return { known, notes: [] };
  const names = actions === undefined ? iamActions().services : [...actions.values()].map((one) => one.name);
  const nearest = nearestName(actions === undefined ? service : name, names);
  const hint = nearest === undefined ? '' : `, perhaps ${nearest} is meant`;
  return {
    known: undefined,
    notes: [`${name} is an action, which the list of ${iamActions().version} does not have${hint}`],
  };
}

/** The graph with what the question states: an ARN says in which account, region and partition its resource is. */
function bindQuestion(question: AccessQuestion, { graph, facts, roots }: AccessSources): StatedWorld {
  const bindings = new Map<string, string>();
  const stated = new Map<string, string>();
  const bind = (value: Value, text: string) => {
    if (value.kind !== 'unknown' || bindings.has(identityOf(value)) || text === '') return;
    bindings.set(identityOf(value), text);
    stated.set(value.subject ?? value.reason, text);
  };
  const written = [question.principal, question.resource].filter((text) => text.startsWith('arn:'));
  for (const { scope } of graph.resources.values()) {
    if (scope.provider !== 'aws') continue;
    for (const text of written) bind(scope.partition, text.split(':')[1] ?? '');
    if (question.account !== undefined) bind(scope.account, question.account);
  }
  const world = { graph, facts, bindings, roots };
  for (const text of written) {
    const [, , , region = '', account = ''] = text.split(':');
    const like = resourcesLike(world, text);
    const [only, ...others] = like;
    if (only === undefined || others.length > 0) continue;
    if (/^\d{12}$/.test(account)) bind(only.scope.account, account);
    if (region !== '') bind(only.scope.region, region);
  }
  return { ...world, bindings, stated };
}

interface StatedWorld extends World {
  /** What was stated, by its name. */
  readonly stated: ReadonlyMap<string, string>;
}

/** Resources whose ARN is the text's, but for an account and a region that are not known. */
function resourcesLike(world: World, text: string): Resource[] {
  const parts = text.split(':');
  return namedResources(world).filter((resource) => {
    const arn = arnTextOf(world, resource);
    if (arn === undefined || resource.scope.provider !== 'aws') return false;
    const own = splitText(arn);
    return (
      own.length >= 6 &&
      [2, 3, 4].every((index) => isPart(own[index] ?? [], parts[index] ?? '', index > 2)) &&
      plainText(joinRest(own)) === parts.slice(5).join(':')
    );
  });
}

function isPart(own: Text, part: string, mayBeUnknown: boolean): boolean {
  return plainText(own) === part || (mayBeUnknown && own.length === 1 && own.some(isHole));
}

function splitText(text: Text): Text[] {
  const parts: Token[][] = [[]];
  for (const token of text) {
    if (token === COLON) parts.push([]);
    else parts[parts.length - 1]?.push(token);
  }
  return parts;
}

function joinRest(parts: readonly Text[]): Text {
  return parts.slice(5).flatMap((part, index) => (index === 0 ? part : [COLON, ...part]));
}

const COLON = 58;

function findPrincipal(world: World, name: string): Principal | QuestionProblem {
  const named = byAddress(world, name);
  if (named.length > 1)
    return { problem: `"${name}" is in several roots: ${named.map(({ root }) => root).join(', ')}.` };
  const [resource] = named.length > 0 ? named : byArn(world, name).filter(isPrincipalType);
  if (resource !== undefined && isPrincipalType(resource)) return principalOf(world, resource);
  if (resource !== undefined)
    return { problem: `"${name}" is a ${resource.type}: principals are users, roles, services and accounts' roots.` };
  const session = sessionOf(world, name);
  if (session !== undefined) return session;
  const outside = outsidePrincipal(name);
  if (outside !== undefined) return outside;
  const addresses = namedResources(world)
    .filter(isPrincipalType)
    .map(({ address }) => address);
  const nearest = nearestName(name, addresses);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return { problem: `"${name}" is no user or role of the input, no ARN of one, and no service.${hint}` };
}

function isPrincipalType({ type, mode }: Resource): boolean {
  return mode === 'managed' && (type === 'aws_iam_role' || type === 'aws_iam_user');
}

/** A named session of a role of the graph. */
function sessionOf(world: World, name: string): Principal | undefined {
  const [, partition = '', account = '', role = ''] =
    /^arn:([a-z-]+):sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/.exec(name) ?? [];
  if (role === '') return undefined;
  const found = namedResources(world).filter((resource) => {
    const arn = resource.type === 'aws_iam_role' ? arnTextOf(world, resource) : undefined;
    const text = arn === undefined ? undefined : plainText(arn);
    return text?.startsWith(`arn:${partition}:iam::${account}:role/`) === true && text.endsWith(`/${role}`);
  });
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) return undefined;
  const principal = principalOf(world, only);
  const { caller } = principal;
  return caller.kind === 'role-session' ? { ...principal, caller: { ...caller, arn: textOf(name) } } : undefined;
}

/** What is asked about. */
interface Target {
  readonly text: Text;
  readonly resource: Resource | undefined;
}

function findTarget(world: World, name: string): Target | QuestionProblem {
  if (name === '*') return { text: textOf('*'), resource: undefined };
  if (name.startsWith('arn:')) {
    const [resource] = byArn(world, name);
    return { text: textOf(name), resource: resource ?? containerOf(world, name) };
  }
  const resources = namedResources(world).filter(({ address }) => name === address || name.startsWith(`${address}/`));
  const longest = Math.max(0, ...resources.map(({ address }) => address.length));
  const [resource, ...others] = resources.filter(({ address }) => address.length === longest);
  if (resource === undefined) {
    const nearest = nearestName(
      name,
      namedResources(world).map(({ address }) => address),
    );
    return {
      problem: `"${name}" is no resource of the input and no ARN.${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`,
    };
  }
  if (others.length > 0)
    return { problem: `"${name}" is in several roots: ${[resource, ...others].map(({ root }) => root).join(', ')}.` };
  const arn = arnTextOf(world, resource) ?? [holeOf(unknownArn(resource))];
  return { text: [...arn, ...textOf(name.slice(longest))], resource };
}

function unknownArn({ root, address }: Resource): UnknownValue {
  return {
    kind: 'unknown',
    type: { kind: 'string' },
    reason: 'computed-by-provider',
    subject: `${address}.arn`,
    identity: `${root}\0${address}.arn`,
    notNull: true,
    refersTo: [{ root, address, attribute: 'arn' }],
  };
}

function byAddress(world: World, name: string): Resource[] {
  return namedResources(world).filter(({ address }) => address === name);
}

function byArn(world: World, name: string): Resource[] {
  if (!name.startsWith('arn:')) return [];
  const text = textOf(name);
  const found = namedResources(world).filter((resource) => {
    const arn = arnTextOf(world, resource);
    return arn !== undefined && equals(arn, text) === true;
  });
  // What code says of a live resource is what is asked about.
  return [
    ...found.filter(({ language }) => language !== 'live'),
    ...found.filter(({ language }) => language === 'live'),
  ];
}

/** The resource in which one lies: the bucket of an object, the log group of a stream. */
function containerOf(world: World, name: string): Resource | undefined {
  let found: Resource | undefined;
  let longest = 0;
  for (const resource of namedResources(world)) {
    const arn = arnTextOf(world, resource);
    const text = arn === undefined ? undefined : plainText(arn);
    if (text === undefined || text.length <= longest) continue;
    if (!name.startsWith(`${text}/`) && !name.startsWith(`${text}:`)) continue;
    found = resource;
    longest = text.length;
  }
  return found;
}

interface RequestParts {
  readonly world: World;
  readonly question: AccessQuestion;
  readonly principal: Principal;
  readonly target: Target;
  readonly action: IamAction | undefined;
  readonly assumed: Set<string>;
}

function toRequest({ world, question, principal, target, action, assumed }: RequestParts): AccessRequest {
  const service = question.action.split(':')[0] ?? '';
  const { resource } = target;
  const hasNoResource = action !== undefined && action.resourceTypes.length === 0;
  const isGeneral = hasNoResource || plainText(target.text) === '*';
  if (hasNoResource && plainText(target.text) !== '*')
    assumed.add(`${question.action} is about no resource, and asked for "*"`);
  const resourceAccount = isGeneral ? ownAccount(principal) : accountOf(world, target);
  const { caller } = principal;
  const bucket = resource?.type === 'aws_s3_bucket' && service === 's3' && !isGeneral ? resource : undefined;
  const policies =
    resource === undefined ? policyOfService(service, question.resource) : resourcePoliciesOf(world, resource, service);
  return {
    caller,
    action: question.action,
    resource: isGeneral ? textOf('*') : target.text,
    resourceAccount,
    context: deriveContext(caller, {
      stated: question.context,
      principalTags: tagsOf(world, principal.resource),
      hasAllTags: principal.resource?.language === 'live',
      resourceTags: tagsOf(world, resource) ?? new Map(),
      organization: undefined,
      resourceAccount,
      region: regionOf(world, target),
      hasKey: (key) => hasKey(service, action, key),
      fallback: unknownKey,
      assume: (assumption) => assumed.add(assumption),
    }),
    isCallerInManagementAccount: false,
    isResourceInManagementAccount: false,
    isBoundByRcps: iamActions().isBoundByRcps(service),
    policies: {
      identity: principal.identity,
      boundary: principal.boundary,
      resource: isGeneral ? [] : policies,
      scp: [],
      rcp: [],
      kmsGrants: [],
      s3: bucket === undefined ? undefined : s3SettingsOf(world, bucket),
    },
  };
}

function ownAccount({ caller }: Principal): Text | undefined {
  return 'account' in caller ? caller.account : undefined;
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

/** `s3:ExistingObjectTag/<key>` and `${TagKey}` stand for any name. */
function isKey(written: string, key: string): boolean {
  const lower = written.toLowerCase();
  const at = lower.search(/\$\{|</);
  return at === -1 ? lower === key : key.startsWith(lower.slice(0, at)) && key.length > at;
}

function toStatement({ kind, effect, applies, policy, source }: DecidingStatement): AccessStatement {
  const sid = source.kind === 'object' ? source.entries.get('sid') : undefined;
  const origin = source.origin === undefined ? undefined : originChain(source.origin).at(-1);
  return {
    kind,
    effect: effect ?? null,
    applies,
    policy: policy ?? null,
    sid: sid?.kind === 'string' ? sid.value : null,
    location: origin === undefined ? null : { file: origin.file, start: origin.start, end: origin.end },
  };
}

/** What can decide and is in no input: its absence is no proof. */
function notSeen(action: string, { caller, isBoundByRcps }: AccessRequest): string[] {
  const hasAccount = 'account' in caller;
  return [
    ...(hasAccount ? ['service control policies'] : []),
    ...(isBoundByRcps ? ['resource control policies'] : []),
    ...(caller.kind === 'role-session' || caller.kind === 'federated-user' ? ['session policies'] : []),
    ...(hasAccount ? ['policies of VPC endpoints'] : []),
    ...(action.startsWith('kms:') ? ['grants of keys'] : []),
  ];
}
