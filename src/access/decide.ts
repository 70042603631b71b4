import {
  type Answer,
  all,
  any,
  both,
  type Cause,
  either,
  equals,
  type KeyState,
  type Naming,
  nameOf,
  open,
  type Request,
  statesOf,
  type Text,
  textOf,
  toDocument,
  toLowerCase,
} from '../iam/index.js';
import type { Value } from '../model/value.js';
import { type DecidingStatement, evaluateNaming, evaluatePolicies, type PolicyAnswer } from './evaluate-policies.js';
import { evaluateEndpoint } from './layers/endpoint.js';
import { evaluateKmsGrants } from './layers/kms.js';
import { evaluateBoundary, evaluateSession } from './layers/limits.js';
import { evaluateRcps } from './layers/rcp.js';
import { evaluateAcl, isOwnersRightToPolicy, restrictPublic } from './layers/s3.js';
import { evaluateScps } from './layers/scp.js';
import type { AccessRequest, PoliciesInForce, PolicyKind } from './request.js';

/** Whether a request is allowed. */
export interface Decision {
  readonly outcome: 'allowed' | 'explicit-deny' | 'implicit-deny' | 'depends';
  /** Allowed: the kinds that grant; denied: those that deny, or that would have to allow and do not. */
  readonly by: readonly PolicyKind[];
  /** What it depends on. */
  readonly causes: readonly Cause[];
  readonly statements: readonly DecidingStatement[];
}

/** What every layer says about a request. */
interface Layers {
  readonly identity: PolicyAnswer;
  readonly boundary: PolicyAnswer;
  readonly session: PolicyAnswer;
  readonly scp: PolicyAnswer;
  readonly rcp: { readonly denies: Answer };
  readonly endpoint: PolicyAnswer;
  readonly resource: { readonly allows: Naming; readonly denies: Answer };
  readonly acl: Naming;
  readonly kmsGrant: Answer;
  readonly isSameAccount: Answer;
}

/**
 * Decides one request by all policies in force, three-valued. IAM User Guide, "Policy evaluation logic", "How AWS
 * enforcement code logic evaluates requests to allow or deny access" and "Cross-account policy evaluation logic".
 */
export function decide(asked: AccessRequest): Decision {
  const decided = decideOnce(asked);
  return decided.outcome === 'depends' ? refine(asked, decided) : decided;
}

/** SAFETY: more combinations of values are not tried. */
const maxCombinations = 256;

/**
 * What depends on unknown keys may come out the same whatever their values are (`Allow if MFA` beside `Allow if not MFA`):
 * every combination of the values that the policies can tell apart is decided.
 */
function refine(asked: AccessRequest, decided: Decision): Decision {
  const keys = decided.causes.flatMap((cause) => (cause.kind === 'key' ? [cause.name] : []));
  if (keys.length !== decided.causes.length) return decided;
  const documents = documentsOf(asked.policies).map(toDocument);
  let combinations: ReadonlyMap<string, KeyState>[] = [new Map()];
  for (const key of keys) {
    const kind = asked.kindOf(key);
    const states =
      kind === undefined || asked.context(key).kind !== 'unknown' ? undefined : statesOf(key, kind, documents);
    if (states === undefined || states.length * combinations.length > maxCombinations) return decided;
    combinations = combinations.flatMap((chosen) => states.map((state) => new Map([...chosen, [key, state]])));
  }
  const outcomes = new Map<Decision['outcome'], Decision>();
  for (const chosen of combinations) {
    const one = decideOnce({ ...asked, context: (key) => chosen.get(key) ?? asked.context(key) });
    if (one.outcome === 'depends') return decided;
    outcomes.set(one.outcome, outcomes.get(one.outcome) ?? one);
  }
  if (outcomes.size > 1 && outcomes.has('allowed')) return decided;
  // Denied one way or the other.
  const same = outcomes.get('implicit-deny') ?? outcomes.get('allowed') ?? outcomes.get('explicit-deny');
  return same === undefined ? decided : { ...same, statements: decided.statements };
}

function documentsOf(policies: PoliciesInForce): Value[] {
  const { identity, boundary, session, resource, scp, rcp, endpoint } = policies;
  const written = [...(policies.writtenScps ?? []), ...(policies.writtenRcps ?? [])].flatMap((gate) => gate.policies);
  const limits = [boundary, endpoint].flatMap((policy) => policy ?? []);
  const all = [...identity, ...limits, ...(session ?? []), ...resource, ...scp.flat(), ...rcp.flat(), ...written];
  return all.map(({ document }) => document);
}

function decideOnce(asked: AccessRequest): Decision {
  const statements: DecidingStatement[] = [];
  const layers = evaluateLayers(asked, statements);
  let denied: Answer = false;
  for (const kind of DENYING) denied = either(denied, layers[kind].denies);
  if (denied === true) {
    const kinds = DENYING.filter((kind) => layers[kind].denies === true);
    return decision('explicit-deny', kinds, [], statements.filter(isDenying));
  }
  const grant = grantOf(asked, layers);
  const isAllowed = both(both(grant.answer, layers.scp.allows), layers.endpoint.allows);
  if (isAllowed === false) {
    const closed = GATES.filter((kind) => layers[kind].allows === false);
    const kinds = [...closed, ...(grant.answer === false ? grant.missing : [])];
    return decision('implicit-deny', kinds, [], statements);
  }
  if (isAllowed === true && denied === false) return decision('allowed', grant.by, [], statements.filter(isGranting));
  const causes = [isAllowed, denied].flatMap((answer) => (typeof answer === 'boolean' ? [] : answer.causes));
  return decision('depends', [], causes, statements);
}

const DENYING = ['identity', 'resource', 'boundary', 'session', 'scp', 'rcp', 'endpoint'] as const;
const GATES = ['scp', 'endpoint'] as const;

function decision(
  outcome: Decision['outcome'],
  by: readonly PolicyKind[],
  causes: readonly Cause[],
  statements: readonly DecidingStatement[],
): Decision {
  return {
    outcome,
    by: by.length < 2 ? by : [...new Set(by)].sort(),
    causes: causes.length < 2 ? causes : sortedCauses(causes),
    statements,
  };
}

function sortedCauses(causes: readonly Cause[]): Cause[] {
  const byName = new Map(causes.map((cause) => [nameOf(cause), cause]));
  const names = [...byName.keys()].sort();
  return names.flatMap((name) => byName.get(name) ?? []);
}

function isDenying({ effect, applies }: DecidingStatement): boolean {
  return effect === 'Deny' && applies === 'yes';
}

function isGranting({ effect, applies }: DecidingStatement): boolean {
  return effect === 'Allow' && applies === 'yes';
}

function evaluateLayers(asked: AccessRequest, statements: DecidingStatement[]): Layers {
  const { caller, policies } = asked;
  const request: Request = {
    caller,
    hasBoundary:
      policies.boundary?.perhaps === undefined ? policies.boundary !== undefined : open(policies.boundary.perhaps),
    action: actionText(asked.action),
    resource: asked.resource,
    context: asked.context,
  };
  const isSameAccount = sameAccount(asked);
  const resource = evaluateNaming('resource', policies.resource, request, statements);
  const isOverruled = isOwnersRightToPolicy(asked, isSameAccount);
  return {
    identity: evaluatePolicies('identity', policies.identity, request, statements),
    boundary: evaluateBoundary(asked, request, statements),
    session: evaluateSession(asked, request, statements),
    scp: evaluateScps(asked, request, statements),
    rcp: { denies: evaluateRcps(asked, request, statements) },
    endpoint: evaluateEndpoint(asked, request, statements),
    resource: {
      allows: restrictPublic(resource.allows, asked, isSameAccount),
      denies: isOverruled === true ? false : all([resource.denies, isOverruled === false || isOverruled]),
    },
    acl: evaluateAcl(asked),
    kmsGrant: evaluateKmsGrants(asked, isSameAccount),
    isSameAccount,
  };
}

/** SAFETY: more actions than there are, by far. */
const maxActions = 50_000;

const actionTexts = new Map<string, Text>();

/** An action in lower case: the same text for the same name, for they are asked again and again. */
function actionText(action: string): Text {
  let text = actionTexts.get(action);
  if (text === undefined) {
    if (actionTexts.size >= maxActions) actionTexts.clear();
    text = toLowerCase(textOf(action));
    actionTexts.set(action, text);
  }
  return text;
}

function sameAccount({ caller, resourceAccount }: AccessRequest): Answer {
  if (!('account' in caller)) return false;
  if (resourceAccount === undefined) return open({ kind: 'key', name: 'aws:resourceaccount' });
  return caller.account === resourceAccount || equals(caller.account, resourceAccount);
}

/** Whether something grants the request: by what, or what would have to. */
interface Grant {
  readonly answer: Answer;
  readonly by: readonly PolicyKind[];
  readonly missing: readonly PolicyKind[];
}

function grantOf(asked: AccessRequest, layers: Layers): Grant {
  if (!('account' in asked.caller)) return grantByResourceOnly(layers);
  const same = asked.caller.kind === 'root' ? grantToRoot(asked, layers) : grantInAccount(asked, layers);
  if (layers.isSameAccount === true) return same;
  const other = grantAcrossAccounts(asked, layers);
  if (layers.isSameAccount === false) return other;
  // Whose the resource is is not known: what holds either way.
  const answers = [same.answer, other.answer];
  const answer =
    answers.every((one) => one === true) || answers.every((one) => one === false)
      ? same.answer
      : open(...layers.isSameAccount.causes, ...answers.flatMap((one) => (typeof one === 'boolean' ? [] : one.causes)));
  return { answer, by: [...same.by, ...other.by], missing: [...same.missing, ...other.missing] };
}

/** Services, federated identities and anonymous callers have no policies of their own. */
function grantByResourceOnly({ resource, acl }: Layers): Grant {
  return choose(
    [
      { kinds: ['resource'], answer: resource.allows.direct },
      { kinds: ['acl'], answer: acl.direct },
    ],
    ['resource'],
  );
}

/** The root of the resource's account needs no policy, but for keys and for roles that are to be assumed. */
function grantToRoot(asked: AccessRequest, layers: Layers): Grant {
  if (!needsResourcePolicy(asked)) return { answer: true, by: ['root'], missing: [] };
  return choose(
    [
      { kinds: ['resource'], answer: named(layers.resource.allows) },
      { kinds: ['kms-grant'], answer: layers.kmsGrant },
    ],
    ['resource'],
  );
}

/**
 * In one account a resource policy is enough that names the caller or everyone, past boundary and session policies; one
 * that names the role is enough within them. One that names the account only lets the caller's own policies decide. IAM
 * User Guide, "Policy evaluation logic", "Permissions boundaries", "Session policies", "Principal".
 */
function grantInAccount(asked: AccessRequest, layers: Layers): Grant {
  const { identity, resource, acl, kmsGrant } = layers;
  const limits = limitsOf(layers);
  const byIdentity = needsResourcePolicy(asked)
    ? { kinds: ['identity', 'resource'] as const, answer: all([identity.allows, resource.allows.account, limits]) }
    : { kinds: ['identity'] as const, answer: all([identity.allows, limits]) };
  return choose(
    [
      { kinds: ['resource'], answer: resource.allows.direct },
      { kinds: ['resource'], answer: all([resource.allows.role, limits]) },
      byIdentity,
      { kinds: ['acl'], answer: acl.direct },
      { kinds: ['kms-grant'], answer: kmsGrant },
    ],
    missingInAccount(asked, layers),
  );
}

function missingInAccount(asked: AccessRequest, { identity, resource, boundary, session }: Layers): PolicyKind[] {
  const { role, account } = resource.allows;
  const missing: PolicyKind[] = [];
  if (needsResourcePolicy(asked)) {
    if (any([role, account]) === false) missing.push('resource');
    if (role === false && identity.allows === false) missing.push('identity');
  } else if (any([role, identity.allows]) === false) missing.push('identity');
  return [...missing, ...closedLimits({ boundary, session })];
}

/** Both sides have to allow. IAM User Guide, "Cross-account policy evaluation logic". */
function grantAcrossAccounts({ caller }: AccessRequest, layers: Layers): Grant {
  const { identity, resource, acl, kmsGrant } = layers;
  const isRoot = caller.kind === 'root';
  const own = isRoot ? true : all([identity.allows, limitsOf(layers)]);
  const ownKinds: PolicyKind[] = isRoot ? [] : ['identity'];
  const byPolicy = named(resource.allows);
  const byAcl = any([acl.direct, acl.account]);
  const missing: PolicyKind[] = isRoot ? [] : closedLimits(layers);
  if (!isRoot && identity.allows === false) missing.push('identity');
  if (any([byPolicy, byAcl]) === false) missing.push('resource');
  return choose(
    [
      { kinds: [...ownKinds, 'resource'], answer: all([own, byPolicy]) },
      { kinds: [...ownKinds, 'acl'], answer: all([own, byAcl]) },
      { kinds: ['kms-grant'], answer: kmsGrant },
    ],
    missing,
  );
}

/**
 * Keys and roles that are to be assumed: without their own policy nothing is allowed. AWS KMS Developer Guide, "Key
 * policies in AWS KMS"; IAM User Guide, "How IAM roles differ from resource-based policies"; AWS STS API Reference,
 * "AssumeRole".
 */
function needsResourcePolicy({ action, resource }: AccessRequest): boolean {
  const lower = action.toLowerCase();
  if (TRUSTED_ACTIONS.has(lower)) return true;
  // Actions that are about no key (`kms:ListKeys`) have no key policy.
  return lower.startsWith('kms:') && resource.length > 1;
}

const TRUSTED_ACTIONS: ReadonlySet<string> = new Set([
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:setsourceidentity',
  'sts:tagsession',
]);

function named({ direct, role, account }: Naming): Answer {
  return any([direct, role, account]);
}

function limitsOf({ boundary, session }: Layers): Answer {
  return all([boundary.allows, session.allows]);
}

function closedLimits({ boundary, session }: Pick<Layers, 'boundary' | 'session'>): PolicyKind[] {
  return [
    ...(boundary.allows === false ? (['boundary'] as const) : []),
    ...(session.allows === false ? (['session'] as const) : []),
  ];
}

function choose(
  ways: readonly { readonly kinds: readonly PolicyKind[]; readonly answer: Answer }[],
  missing: readonly PolicyKind[],
): Grant {
  let answer: Answer = false;
  let by: readonly PolicyKind[] = [];
  for (const way of ways) {
    answer = either(answer, way.answer);
    if (way.answer === true) by = by.length === 0 ? way.kinds : [...by, ...way.kinds];
  }
  return { answer, by, missing };
}
