import {
  ABSENT,
  type Cause,
  type Context,
  type KeyState,
  known,
  statesOf,
  type Text,
  toDocument,
} from '../../iam/index.js';
import { DYNAMIC } from '../../model/type.js';
import type { Value } from '../../model/value.js';
import { listValue, objectValue, stringValue } from '../../model/values.js';
import { type Decision, decide } from '../decide.js';
import { documentOf, textsOf } from '../documents.js';
import type { DecidingStatement } from '../evaluate-policies.js';
import { causeName } from '../global-keys.js';
import { type Principal, tagsOf } from '../principals.js';
import type { AccessRequest, PoliciesInForce, PolicyInForce } from '../request.js';
import { findAction, type KnownAction, toRequest } from '../to-request.js';
import type { World } from '../world.js';
import type { RequestContext } from './technique.js';
import type { Thing } from './terrain.js';

/** Whether something can be done: `causes` are what it depends on, none where it is certain. */
export interface Judged {
  readonly statements: readonly DecidingStatement[];
  readonly causes: readonly Cause[];
  /** Keys whose values the caller chooses so that it is allowed. */
  readonly chosen: readonly string[];
}

/** A request of a principal. */
export interface Asked {
  readonly world: World;
  readonly principal: Principal;
  readonly action: string;
  readonly thing: Thing;
  readonly context: RequestContext;
  /** Only an explicit Deny would be in the way. */
  readonly isGranted: boolean;
  /** A statement that is taken to be gone. */
  readonly without: Value | undefined;
}

/** Decides a request; undefined: it is denied, whatever the caller chooses. */
export function judge(asked: Asked): Judged | undefined {
  const request = requestOf(asked);
  if (request === undefined) return undefined;
  const decision = decide(request);
  if (decision.outcome === 'allowed') return { statements: granting(decision), causes: [], chosen: [] };
  if (decision.outcome !== 'depends') return undefined;
  return choose(request, decision) ?? { statements: granting(decision), causes: decision.causes, chosen: [] };
}

function granting({ statements }: Decision): DecidingStatement[] {
  return statements.filter(({ effect, applies }) => effect === 'Allow' && applies !== 'condition');
}

const actions = new Map<string, KnownAction | undefined>();

function actionNamed(name: string): KnownAction | undefined {
  if (!actions.has(name)) {
    const found = findAction(name);
    actions.set(name, 'problem' in found ? undefined : found);
  }
  return actions.get(name);
}

function requestOf({
  world,
  principal,
  action: name,
  thing,
  context,
  isGranted,
  without,
}: Asked): AccessRequest | undefined {
  const action = actionNamed(name);
  if (action === undefined) return undefined;
  const request = toRequest({
    world,
    principal,
    target: thing,
    action,
    named: name,
    given: new Map(),
    assumed: new Set(),
    assumedForDenial: new Set(),
  });
  const policies = without === undefined ? request.policies : withoutStatement(request.policies, without);
  const { caller } = principal;
  return {
    ...request,
    // Images and documents that are everybody's have no account: only the caller's own policies count.
    resourceAccount:
      request.resourceAccount ?? (thing.resource === undefined && 'account' in caller ? caller.account : undefined),
    context: withContext(request.context, context, {
      world,
      thing,
      isGlobal: GLOBAL.has(name.slice(0, name.indexOf(':'))),
    }),
    // What is new, or AWS's own, has no policy of its own.
    policies:
      isGranted || thing.resource === undefined ? { ...policies, resource: isGranted ? [WRITTEN] : [] } : policies,
  };
}

/** What the caller writes into the policy of what it may change: it names whoever is to get in. */
const WRITTEN: PolicyInForce = {
  name: 'the policy that the caller writes',
  document: documentOf([
    ['effect', stringValue('Allow')],
    ['actions', textsOf('*')],
    [
      'principals',
      listValue({ kind: 'list', element: DYNAMIC }, [
        objectValue(
          { kind: 'object', attributes: new Map() },
          new Map<string, Value>([
            ['type', stringValue('AWS')],
            ['identifiers', textsOf('*')],
          ]),
        ),
      ]),
    ],
  ]),
};

/** Services with one endpoint for all regions: AWS General Reference, "Service endpoints". */
const GLOBAL: ReadonlySet<string> = new Set(['iam', 'organizations']);

interface Circumstances {
  readonly world: World;
  readonly thing: Thing;
  readonly isGlobal: boolean;
}

function withContext(base: Context, own: RequestContext, { world, thing, isGlobal }: Circumstances): Context {
  const isLive = thing.resource?.language === 'live';
  let tags: ReadonlyMap<string, Text> | undefined;
  return (key) => {
    const given = own.get(key);
    if (given !== undefined) return given.length === 0 ? ABSENT : known(...given);
    if (isGlobal && key === 'aws:requestedregion') return known('us-east-1');
    const tag = /^(?:aws|iam):resourcetag\/(.*)$/s.exec(key)?.[1];
    if (tag === undefined || thing.resource === undefined) return base(key);
    tags ??= tagsOf(world, thing.resource);
    const value = tags?.get(tag);
    if (value !== undefined) return known(value);
    return isLive && tags !== undefined ? ABSENT : base(key);
  };
}

/**
 * Keys of a request that whoever calls chooses: where and when it calls, what it tags, what it calls with. IAM User Guide, "AWS
 * global condition context keys": of multi-factor authentication it is taken that a caller can have it.
 */
const CHOOSABLE: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:multifactorauthage',
  'aws:multifactorauthpresent',
  'aws:referer',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:tagkeys',
  'aws:tokenissuetime',
  'aws:useragent',
  'ec2:instancetype',
  'ec2:tenancy',
  'iam:associatedresourcearn',
  'sts:rolesessionname',
]);

function isChoosable(key: string): boolean {
  return CHOOSABLE.has(key) || key.startsWith('aws:requesttag/');
}

/** SAFETY: more combinations of values are not tried. */
const maxCombinations = 128;

/** A choice of keys with which the request is allowed, or depends on others only; undefined: none is found. */
function choose(request: AccessRequest, { causes }: Decision): Judged | undefined {
  const keys = causes.flatMap((cause) => (cause.kind === 'key' && isChoosable(cause.name) ? [cause.name] : []));
  if (keys.length === 0) return undefined;
  const documents = documentsIn(request.policies).map(({ document }) => toDocument(document));
  let combinations: ReadonlyMap<string, KeyState>[] = [new Map()];
  for (const key of keys) {
    const states = statesOf(key, request.kindOf(key) ?? 'text', documents);
    if (states === undefined || states.length * combinations.length > maxCombinations) return undefined;
    combinations = combinations.flatMap((chosen) => states.map((state) => new Map([...chosen, [key, state]])));
  }
  let best: Judged | undefined;
  let isDenied = true;
  for (const chosen of combinations) {
    const one = decide({ ...request, context: (key) => chosen.get(key) ?? request.context(key) });
    if (one.outcome === 'allowed') return { statements: granting(one), causes: [], chosen: keys };
    if (one.outcome !== 'depends') continue;
    isDenied = false;
    best ??= { statements: granting(one), causes: one.causes, chosen: keys };
  }
  return isDenied ? undefined : best;
}

function documentsIn(policies: PoliciesInForce): PolicyInForce[] {
  const { identity, boundary, session, resource, scp, rcp, writtenScps = [], writtenRcps = [] } = policies;
  return [
    ...identity,
    ...(boundary === undefined ? [] : [boundary]),
    ...(session ?? []),
    ...resource,
    ...scp.flat(),
    ...rcp.flat(),
    ...[...writtenScps, ...writtenRcps].flatMap((gate) => gate.policies),
  ];
}

/** The policies as they were if a statement, or the name by which a policy is attached, were not there. */
function withoutStatement(policies: PoliciesInForce, gone: Value): PoliciesInForce {
  const identity = policies.identity.filter(({ attachedBy }) => attachedBy !== gone);
  const rid = (policy: PolicyInForce): PolicyInForce => ({
    ...policy,
    document: documentWithout(policy.document, gone),
  });
  return { ...policies, identity: identity.map(rid), resource: policies.resource.map(rid) };
}

const shortened = new WeakMap<Value, WeakMap<Value, Value>>();

function documentWithout(document: Value, gone: Value): Value {
  if (!toDocument(document).statements.some(({ source }) => source === gone)) return document;
  let of = shortened.get(gone);
  if (of === undefined) {
    of = new WeakMap();
    shortened.set(gone, of);
  }
  const known = of.get(document);
  if (known !== undefined) return known;
  const made = remove(document, gone);
  of.set(document, made);
  return made;
}

function remove(document: Value, gone: Value): Value {
  if (document.kind !== 'object') return document;
  const list = document.entries.get('statement');
  if (list?.kind !== 'list')
    return { ...document, entries: new Map([...document.entries].filter(([name]) => name !== 'statement')) };
  const kept = list.elements.flatMap((element, index) =>
    element === gone ? [] : [{ element, existence: list.existence?.get(index) }],
  );
  const existence = new Map(
    kept.flatMap((one, index) => (one.existence === undefined ? [] : [[index, one.existence] as const])),
  );
  const statement = {
    ...list,
    elements: kept.map(({ element }) => element),
    existence: list.existence === undefined ? undefined : existence,
  };
  return { ...document, entries: new Map([...document.entries, ['statement', statement]]) };
}

/** Names of causes, each once, in order. */
export function namesOf(causes: readonly Cause[]): string[] {
  return [...new Set(causes.map(causeName))].sort();
}
