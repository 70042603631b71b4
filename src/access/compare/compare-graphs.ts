import type { ComparedAccess } from '../../findings/access-comparison.js';
import { plainText, principalNames, type Statement, toDocument } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { compareText } from '../../source/compare-text.js';
import { boundaryOf, identityPoliciesOf } from '../identity-policies.js';
import { isPrincipalType } from '../names.js';
import { placeOf, sidOf } from '../places.js';
import { outsidePrincipal } from '../principals.js';
import type { PolicyInForce } from '../request.js';
import { resourcePoliciesOf } from '../resource-policies.js';
import type { AccessSources } from '../stated-world.js';
import { arnTextOf, namedResources, type World } from '../world.js';
import type { CompareAnswer } from './answer.js';
import { answersOf, type CompareOptions, compareSides, isSameSide } from './compare.js';
import { contentOf } from './literals.js';
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
  const [old, now] = [before, after].map((sources): World => ({ ...sources, bindings: new Map() }));
  if (old === undefined || now === undefined) return [];
  const earlier = indexOf(old);
  const resources = namedResources(now).sort((a, b) => compareText(a.address, b.address));
  const pairs = resources.map((resource): Pair => ({ now, old, resource, earlier: earlierOf(resource, now, earlier) }));
  return [
    ...pairs.filter(({ resource }) => isPrincipalType(resource)).map((pair) => comparePrincipal(pair, options)),
    ...pairs.flatMap((pair) => compareResource(pair, options)),
  ];
}

/** A resource of the second graph, and what it was in the first one. */
interface Pair {
  readonly now: World;
  readonly resource: Resource;
  readonly old: World;
  readonly earlier: Resource | undefined;
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

function sideOf(world: World, principal: Resource): Side {
  const boundary = boundaryOf(world, principal);
  return {
    grants: identityPoliciesOf(world, principal),
    limits: boundary === undefined ? new Map() : new Map([['boundary', [boundary]]]),
  };
}

function comparePrincipal({ now, resource, old, earlier }: Pair, options: CompareOptions): ComparedAccess {
  const before = earlier === undefined ? NOTHING : sideOf(old, earlier);
  return toCompared('principal', resource.address, compareSides(before, sideOf(now, resource), options));
}

function compareResource({ now, resource, old, earlier }: Pair, options: CompareOptions): ComparedAccess[] {
  const after = ownPolicies(now, resource);
  if (after.length === 0) return [];
  const unseen = after.filter(isUnseen).map(({ name }) => name ?? 'policy');
  if (unseen.length > 0) return [toCompared('resource', resource.address, { kind: 'unknown', constructs: unseen })];
  const before = earlier === undefined ? [] : ownPolicies(old, earlier);
  return [compareResourcePolicies(resource.address, { before, after }, options)];
}

/** Who may newly do what by the policies of one resource: everyone whom either side names is asked about. */
export function compareResourcePolicies(
  subject: string,
  { before, after }: { readonly before: readonly PolicyInForce[]; readonly after: readonly PolicyInForce[] },
  options: CompareOptions,
): ComparedAccess {
  const names = new Set(['anonymous', 'any-account', ...[...before, ...after].flatMap(namesIn)]);
  const constructs = new Set(hasNewUnknownPrincipal(before, after) ? ['principal'] : []);
  for (const name of [...names].sort(compareText)) {
    const caller = outsidePrincipal(name)?.caller;
    if (caller === undefined) {
      if (hasNewStatement(name, before, after)) constructs.add(`principal:${name}`);
      continue;
    }
    const side = (grants: readonly PolicyInForce[]): Side => ({ grants, limits: NO_LIMITS, caller });
    const answer = compareSides(side(before), side(after), options);
    if (answer.kind === 'yes') return toCompared('resource', subject, answer, name);
    for (const construct of answer.kind === 'unknown' ? answer.constructs : []) constructs.add(construct);
  }
  const answer: CompareAnswer =
    constructs.size > 0 ? { kind: 'unknown', constructs: [...constructs].sort() } : { kind: 'no', assumes: [] };
  return toCompared('resource', subject, answer);
}

function namesIn({ document }: PolicyInForce): string[] {
  return toDocument(document).statements.flatMap(principalNames);
}

/** Statements of NEW that OLD has not, by what they say. */
function newStatements(before: readonly PolicyInForce[], after: readonly PolicyInForce[]): Statement[] {
  const statementsOf = (policies: readonly PolicyInForce[]) =>
    policies.flatMap(({ document }) => toDocument(document).statements);
  const known = new Set(statementsOf(before).map(({ source }) => contentOf(source)));
  return statementsOf(after).filter(({ source }) => !known.has(contentOf(source)));
}

/** Names that are no principals' of today: deleted ones, canonical ids. */
function hasNewStatement(name: string, before: readonly PolicyInForce[], after: readonly PolicyInForce[]): boolean {
  const isChanged = newStatements(before, after).some((statement) => principalNames(statement).includes(name));
  return isChanged || newStatements(after, before).some((statement) => principalNames(statement).includes(name));
}

function hasNewUnknownPrincipal(before: readonly PolicyInForce[], after: readonly PolicyInForce[]): boolean {
  const changed = [...newStatements(before, after), ...newStatements(after, before)];
  return changed.some(({ principals, notPrincipals }) =>
    [principals, notPrincipals].some(
      (list) =>
        list?.isOpen === true ||
        list?.groups.some(
          ({ identifiers }) =>
            identifiers.rest !== undefined ||
            identifiers.elements.some(({ options }) =>
              options.some((one) => one?.tokens.some((token) => typeof token !== 'number') === true),
            ),
        ),
    ),
  );
}

const NO_LIMITS: Side['limits'] = new Map();

function ownPolicies(world: World, resource: Resource): PolicyInForce[] {
  if (resource.mode !== 'managed' || resource.presence !== 'written') return [];
  const service = resource.type === 'aws_iam_role' ? 'sts' : serviceOf(world, resource);
  if (service === undefined || service === 'iam') return [];
  return resourcePoliciesOf(world, resource, service);
}

/** Of two policies that the input does not show, nobody knows whether they are the same. */
function isUnseen({ document }: PolicyInForce): boolean {
  return document.kind === 'unknown' && document.reason === 'outside-input';
}

function serviceOf(world: World, resource: Resource): string | undefined {
  const arn = arnTextOf(world, resource);
  const text = arn?.map((token) => (typeof token === 'number' ? String.fromCharCode(token) : '-')).join('');
  return text?.split(':')[2];
}

/** Something new by one statement. */
export interface NewAccess {
  readonly resource: Resource;
  /** Tells it from others of the principal: the policy and the statement. */
  readonly key: string;
  readonly answer: Exclude<CompareAnswer, { kind: 'no' }>;
  /** The statement that is wider; undefined where a Deny or a limit is gone. */
  readonly source: Value | undefined;
}

/** Of each user and role whose policies changed: each statement that allows something new. */
export function listNewAccess(before: AccessSources, after: AccessSources, options: CompareOptions): NewAccess[] {
  const [old, now] = [before, after].map((sources): World => ({ ...sources, bindings: new Map() }));
  if (old === undefined || now === undefined) return [];
  const earlier = indexOf(old);
  const principals = namedResources(now)
    .filter(isPrincipalType)
    .sort((a, b) => compareText(a.key, b.key));
  return principals.flatMap((resource) => {
    const was = earlierOf(resource, now, earlier);
    return newOf(resource, was === undefined ? NOTHING : sideOf(old, was), sideOf(now, resource), options);
  });
}

function newOf(...[resource, before, after, options]: readonly [Resource, Side, Side, CompareOptions]): NewAccess[] {
  if (isSameSide(before, after)) return [];
  const found: NewAccess[] = [];
  for (const { target, answer } of answersOf(before, after, options)) {
    if (answer.kind === 'no') continue;
    const isGone = target?.isAllow !== true;
    const source = isGone ? undefined : target.statement?.source;
    const name = answer.kind === 'yes' ? answer.statements.find((one) => one.source === source)?.policy : undefined;
    const sid = source === undefined ? null : sidOf(source);
    const key = `${name ?? ''} ${sid ?? (isGone ? 'denied before' : (target.key ?? ''))}`.trim();
    found.push({ resource, key, answer, source });
  }
  return found;
}

/** An answer for reports. */
export function toCompared(
  kind: ComparedAccess['kind'],
  subject: string,
  answer: CompareAnswer,
  principal: string | null = null,
): ComparedAccess {
  const statements = answer.kind === 'yes' ? answer.statements : [];
  return {
    kind,
    subject,
    outcome: answer.kind,
    witness: answer.kind === 'yes' ? { principal, ...answer.witness } : null,
    statements: statements.map((statement) => ({
      policy: statement.policy ?? null,
      sid: sidOf(statement.source),
      location: placeOf(statement),
    })),
    dependsOn: answer.kind === 'unknown' ? answer.constructs : [],
    assumed: answer.kind === 'unknown' ? [] : answer.assumes,
  };
}
