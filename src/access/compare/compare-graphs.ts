import type { ComparedAccess } from '../../findings/access-comparison.js';
import { type Caller, equals, plainText, type Text, toDocument } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { iamActions } from '../../schemas/iam-actions.js';
import { compareText } from '../../source/compare-text.js';
import { boundaryOf, identityPoliciesOf } from '../identity-policies.js';
import { isPrincipalType } from '../names.js';
import { type OrganizationRules, organizationRulesOf } from '../organization.js';
import { isPermissionSet, permissionSetBoundary, permissionSetPolicies } from '../permission-sets.js';
import { sidOf } from '../places.js';
import { principalOf } from '../principals.js';
import type { PolicyInForce } from '../request.js';
import type { AccessSources } from '../stated-world.js';
import { arnTextOf, namedResources, type World } from '../world.js';
import { FULL_ACCESS, writtenGates } from '../written-controls.js';
import type { CompareAnswer } from './answer.js';
import { answersOf, type CompareOptions, compareSides, isSameSide } from './compare.js';
import {
  accountOf,
  askedSides,
  compareResourcePolicies,
  isUnseen,
  ownPolicies,
  unknownPrincipals,
} from './compare-resource.js';
import { toCompared } from './compared-access.js';
import { type ComparedControl, compareControls } from './control-policies.js';
import { contentOf } from './literals.js';
import {
  distinguishPolicies,
  distinguishSide,
  hasSameDefinitions,
  isUnderSameConditions,
  withOtherChoices,
} from './open-parts.js';
import { inRootOf } from './same-root.js';
import type { Side } from './sides.js';

/**
 * What users, roles and those whom resources let in may newly do in the second graph. They are found again by address,
 * else by ARN; one that is new may do nothing before. Those that are gone, or have the same policies, are left out.
 */
export function compareGraphs(
  before: AccessSources,
  after: AccessSources,
  options: CompareOptions = {},
): ComparedAccess[] {
  const { old, now, pairs } = pairsOf(before, after, 'address');
  return [
    ...pairs.filter(({ resource }) => isPrincipalType(resource)).map((pair) => comparePrincipal(pair, options)),
    ...pairs.filter(({ resource }) => isPermissionSet(resource)).map((pair) => comparePrincipal(pair, options)),
    ...pairs.flatMap((pair) => compareResource(pair, options)),
    ...answerOnce(compareControls(pairs, old, now, options)),
  ];
}

/** One answer for each control policy: the first new request; else what is not known. */
function answerOnce(controls: readonly ComparedControl[]): ComparedAccess[] {
  const byResource = new Map<Resource, ComparedControl[]>();
  for (const control of controls)
    byResource.set(control.resource, [...(byResource.get(control.resource) ?? []), control]);
  return [...byResource].flatMap(([resource, all]) => {
    const constructs = all.flatMap(({ answer }) => (answer.kind === 'unknown' ? answer.constructs : []));
    const answer: CompareAnswer = { kind: 'unknown', constructs: [...new Set(constructs)].sort() };
    const first = all.find((one) => one.answer.kind === 'yes');
    if (first === undefined) return toCompared('control', resource.address, constructs.length > 0 ? answer : NO_NEW);
    const { statements, ...compared } = toCompared('control', resource.address, first.answer);
    const { denied } = first;
    const location = resource.header ?? null;
    return { ...compared, statements: denied ? [{ policy: denied.policy, sid: sidOf(denied.source), location }] : [] };
  });
}

const NO_NEW: CompareAnswer = { kind: 'no', assumes: [`actions of ${iamActions().version}`] };

/** A resource of the second graph, and what it was in the first one. */
interface Pair {
  readonly now: World;
  readonly resource: Resource;
  readonly old: World;
  readonly earlier: Resource | undefined;
}

/** What is in the second graph, in the order of address or key. */
function pairsOf(before: AccessSources, after: AccessSources, by: 'address' | 'key') {
  const [old, now]: [World, World] = [
    { ...before, bindings: new Map() },
    { ...after, bindings: new Map() },
  ];
  const earlier = indexOf(old);
  const resources = namedResources(now).sort((a, b) => compareText(a[by], b[by]));
  const pairs = resources.map((resource): Pair => ({ now, old, resource, earlier: earlierOf(resource, now, earlier) }));
  return { old, now, pairs };
}

interface Index {
  readonly byKey: ReadonlyMap<string, Resource>;
  readonly byAddress: ReadonlyMap<string, readonly Resource[]>;
  readonly byArn: ReadonlyMap<string, Resource>;
}

function indexOf(world: World): Index {
  const byKey = new Map<string, Resource>();
  const byAddress = new Map<string, Resource[]>();
  const byArn = new Map<string, Resource>();
  for (const resource of namedResources(world)) {
    byKey.set(resource.key, resource);
    byAddress.set(resource.address, [...(byAddress.get(resource.address) ?? []), resource]);
    const arn = arnOf(world, resource);
    if (arn !== undefined) byArn.set(arn, resource);
  }
  return { byKey, byAddress, byArn };
}

function arnOf(world: World, resource: Resource): string | undefined {
  const arn = arnTextOf(world, resource);
  return arn === undefined ? undefined : plainText(arn);
}

function earlierOf(resource: Resource, world: World, { byKey, byAddress, byArn }: Index): Resource | undefined {
  const [only, ...others] = byAddress.get(resource.address) ?? [];
  const same = byKey.get(resource.key) ?? (others.length === 0 ? only : undefined);
  if (same !== undefined) return same;
  const arn = arnOf(world, resource);
  return arn === undefined ? undefined : byArn.get(arn);
}

const NOTHING: Side = { grants: [], limits: new Map() };

/** The policies of a principal, with the service control policies of its account where both sides show them. */
function sideOf(world: World, principal: Resource, rules: readonly OrganizationRules[]): Side {
  const boundary = boundaryOf(world, principal);
  const limits = new Map(boundary === undefined ? [] : [['boundary', [boundary]]]);
  const [own] = rules;
  // What was not seen closes nothing, on neither side.
  if (own !== undefined && rules.every(({ scp }) => scp.unseen === undefined))
    for (const [index, level] of own.scp.levels.entries()) limits.set(`service control policies ${index}`, [...level]);
  return { grants: identityPoliciesOf(world, principal), limits };
}

/** What the organization says of a principal; nothing of one that it does not bind. */
function organizationOf(world: World, caller: Caller): OrganizationRules[] {
  const isBound = 'account' in caller && !(caller.kind === 'role-session' && caller.isServiceLinked);
  return isBound ? [organizationRulesOf(world, caller.account)] : [];
}

function comparePrincipal(pair: Pair, options: CompareOptions): ComparedAccess {
  const { before, after } = sidesOf(pair);
  return toCompared('principal', pair.resource.address, compareSides(before, after, options));
}

function sidesOf({ now, resource, old, earlier }: Pair): { readonly before: Side; readonly after: Side } {
  if (isPermissionSet(resource)) return sidesOfSet({ now, resource, old, earlier });
  const { caller } = principalOf(now, resource);
  const was = earlier === undefined ? undefined : principalOf(old, earlier).caller;
  const ofNow = organizationOf(now, caller);
  const ofOld = was === undefined ? [] : organizationOf(old, was);
  const kept = was === undefined ? [] : keptDenies(accountIn(caller), accountIn(was), old, now);
  const before =
    earlier === undefined
      ? NOTHING
      : within(kept, inRoot(sideOf(old, earlier, [...ofOld, ...ofNow]), earlier, resource));
  const asWritten = within(kept, sideOf(now, resource, [...ofNow, ...ofOld]));
  const isSame = earlier === undefined || isUnderSameConditions(earlier, resource);
  const told = distinguishSide(before, isSame ? asWritten : underOthers(asWritten));
  const after = earlier === undefined || hasSameDefinitions(earlier, resource) ? told : withOthers(told);
  return { before, after: { ...after, whose: isSameCaller(caller, was) ? { caller } : undefined } };
}

/** A permission set is a role in each account that it is assigned in. */
function sidesOfSet({ now, resource, old, earlier }: Pair): { readonly before: Side; readonly after: Side } {
  const of = (world: World, set: Resource): Side => {
    const boundary = permissionSetBoundary(world, set);
    return {
      grants: permissionSetPolicies(world, set),
      limits: new Map(boundary.length === 0 ? [] : [['boundary', boundary]]),
    };
  };
  const before = earlier === undefined ? NOTHING : inRoot(of(old, earlier), earlier, resource);
  const asWritten = of(now, resource);
  const isSame = earlier === undefined || isUnderSameConditions(earlier, resource);
  return { before, after: distinguishSide(before, isSame ? asWritten : underOthers(asWritten)) };
}

function inRoot(side: Side, earlier: Resource, resource: Resource): Side {
  if (earlier.root === resource.root) return side;
  return {
    ...side,
    grants: inRootOf(side.grants, earlier.root, resource.root),
    limits: new Map(
      [...side.limits].map(([name, policies]) => [name, inRootOf(policies, earlier.root, resource.root)]),
    ),
  };
}

function withOthers(side: Side): Side {
  return {
    ...side,
    grants: withOtherChoices(side.grants),
    limits: new Map([...side.limits].map(([name, policies]) => [name, withOtherChoices(policies)])),
  };
}

/** A resource's own policies as they are now, their parts that are not known told from those before. */
function ownNow(pair: Pair, before: readonly PolicyInForce[], after: readonly PolicyInForce[]): PolicyInForce[] {
  const told = distinguishPolicies(before, after);
  return pair.earlier === undefined || hasSameDefinitions(pair.earlier, pair.resource) ? told : withOtherChoices(told);
}

/** What is perhaps attached is so under another condition than before. */
function underOthers(side: Side): Side {
  const renamed = (policy: PolicyInForce): PolicyInForce =>
    policy.perhaps === undefined ? policy : { ...policy, name: `${policy.name ?? 'policy'}, as it is now` };
  return {
    ...side,
    grants: side.grants.map(renamed),
    limits: new Map([...side.limits].map(([name, policies]) => [name, policies.map(renamed)])),
  };
}

function accountIn(caller: Caller): Text | undefined {
  const isBound = 'account' in caller && !(caller.kind === 'role-session' && caller.isServiceLinked);
  return isBound ? caller.account : undefined;
}

/** Control policies of code that bind the account before and after, and say the same: of others it is told once, at the policy. */
function keptDenies(account: Text | undefined, was: Text | undefined, old: World, now: World): PolicyInForce[] {
  if (account === undefined || was === undefined) return [];
  const [before, after] = [
    writtenGates(old, was, 'SERVICE_CONTROL_POLICY'),
    writtenGates(now, account, 'SERVICE_CONTROL_POLICY'),
  ].map((gates) => gates.flatMap(({ policies }) => policies.filter(({ perhaps }) => perhaps === undefined)));
  const contents = new Set(before?.map(({ document }) => contentOf(document)));
  return (after ?? []).filter(({ document }) => contents.has(contentOf(document)));
}

function within(denies: readonly PolicyInForce[], side: Side): Side {
  if (denies.length === 0) return side;
  return { ...side, limits: new Map([...side.limits, ['control policies of the code', [FULL_ACCESS, ...denies]]]) };
}

/** One that was renamed is somebody else to policies that name it. */
function isSameCaller(caller: Caller, was: Caller | undefined): boolean {
  if (was === undefined) return true;
  const [some, other] = [caller, was].map((one) => ('arn' in one ? one.arn : []));
  return equals(some ?? [], other ?? []) === true;
}

function compareResource(pair: Pair, options: CompareOptions): ComparedAccess[] {
  const { now, resource, old, earlier } = pair;
  const after = ownPolicies(now, resource);
  if (after.length === 0) return [];
  const unseen = after.filter(isUnseen).map(({ name }) => name ?? 'policy');
  if (unseen.length > 0) return [toCompared('resource', resource.address, { kind: 'unknown', constructs: unseen })];
  const before = earlier === undefined ? [] : inRootOf(ownPolicies(old, earlier), earlier.root, resource.root);
  const policies = { before, after: ownNow(pair, before, after), account: accountOf(now, resource) };
  return [compareResourcePolicies(resource.address, policies, options)];
}

/** Something new by one statement. */
export interface NewAccess {
  readonly resource: Resource;
  /** Whom a resource's policy lets in; undefined where the resource itself is who calls. */
  readonly principal: string | undefined;
  /** Whether the resource is a control policy, which lets it through. */
  readonly isControl?: boolean;
  /** Tells it from others of the resource: the policy and the statement. */
  readonly key: string;
  /** The same in short. */
  readonly name: string;
  readonly answer: Exclude<CompareAnswer, { kind: 'no' }>;
  /** The statement that is wider; undefined where a Deny or a limit is gone. */
  readonly source: Value | undefined;
}

/** Of each user, role and resource whose policies changed: each statement that allows something new. */
export function listNewAccess(before: AccessSources, after: AccessSources, options: CompareOptions): NewAccess[] {
  const { old, now, pairs } = pairsOf(before, after, 'key');
  const controls = compareControls(pairs, old, now, options).flatMap(newByControl);
  const found = pairs.flatMap((pair) => {
    const own =
      isPrincipalType(pair.resource) || isPermissionSet(pair.resource)
        ? newOf(pair, [{ name: undefined, ...sidesOf(pair) }], options)
        : [];
    return [...own, ...newByResource(pair, options)];
  });
  return [...found, ...controls];
}

/** What a control policy lets through, told at the policy: what denied it is gone, or says something else. */
function newByControl({ resource, answer, denied }: ComparedControl): NewAccess[] {
  if (answer.kind === 'no') return [];
  const [construct = ''] = answer.kind === 'unknown' ? answer.constructs : [];
  const sid = denied === undefined ? null : sidOf(denied.source);
  const name = denied === undefined ? construct : `${denied.policy}${sid === null ? '' : ` (${sid})`}`;
  const key = denied === undefined ? construct : `${denied.policy} denied ${sid ?? contentOf(denied.source)}`;
  return [{ resource, principal: undefined, isControl: true, key, name, answer, source: undefined }];
}

/** What a resource's own policy newly lets others do. Of a policy that is not in the input nothing is said. */
function newByResource(pair: Pair, options: CompareOptions): NewAccess[] {
  const { now, old, resource, earlier } = pair;
  const after = ownPolicies(now, resource);
  const before = earlier === undefined ? [] : inRootOf(ownPolicies(old, earlier), earlier.root, resource.root);
  if (after.length === 0 || [...before, ...after].some(isUnseen)) return [];
  const account = accountOf(now, resource);
  const policies = { before, after: ownNow(pair, before, after), account };
  const certain = [...askedSides(policies)].filter(({ assumption }) => assumption === undefined);
  const found = newOf(pair, certain, options);
  // What is new lets in whom it is made for: only others are told.
  if (earlier === undefined)
    return found.filter(({ answer, principal }) => answer.kind === 'yes' && isOutside(principal, account));
  const constructs = unknownPrincipals(policies);
  if (constructs.length === 0) return found;
  const answer = { kind: 'unknown', constructs } as const;
  return [
    ...found,
    { resource, principal: undefined, key: 'principals', name: 'principals', answer, source: undefined },
  ];
}

function isOutside(principal: string | undefined, account: string | undefined): boolean {
  if (principal === 'anonymous' || principal === 'any-account') return true;
  const own = principal?.match(/\d{12}/)?.[0];
  return own !== undefined && account !== undefined && own !== account;
}

interface Sides {
  readonly name: string | undefined;
  readonly before: Side;
  readonly after: Side;
}

function newOf({ resource }: Pair, sides: readonly Sides[], options: CompareOptions): NewAccess[] {
  const found = new Map<string, NewAccess>();
  for (const { name: principal, before, after } of sides) {
    if (isSameSide(before, after)) continue;
    for (const { target, answer } of answersOf(before, after, options)) {
      if (answer.kind === 'no') continue;
      const isGone = target?.isAllow !== true;
      const source = isGone ? undefined : target.statement?.source;
      const { key, name } = namesOf(source, answer, [...after.grants, ...[...after.limits.values()].flat()]);
      const known = found.get(key);
      if (known === undefined || (known.answer.kind === 'unknown' && answer.kind === 'yes'))
        found.set(key, { resource, principal, key, name, answer, source });
    }
  }
  return [...found.values()];
}

/** How a statement is told from others: by its policy and its Sid, else by what it says. */
function namesOf(
  source: Value | undefined,
  answer: CompareAnswer,
  policies: readonly PolicyInForce[],
): { readonly key: string; readonly name: string } {
  const granting = answer.kind === 'yes' ? answer.statements.find((one) => one.source === source)?.policy : undefined;
  const policy = granting ?? policies.find(({ document }) => holds(document, source))?.name ?? 'policy';
  if (source === undefined) return { key: `${policy} denied before`, name: 'what was denied before' };
  const sid = sidOf(source);
  const name = sid === null ? policy : `${policy} (${sid})`;
  return { key: `${policy} ${sid ?? contentOf(source)}`, name };
}

function holds(document: Value, statement: Value | undefined): boolean {
  return statement !== undefined && toDocument(document).statements.some(({ source }) => source === statement);
}
