import type {
  AccessGrant,
  AccessGrants,
  AccessLimit,
  PrincipalGrants,
  ResourceGrants,
} from '../findings/access-grants.js';
import {
  ANY,
  coversAction,
  coversResource,
  elementsOf,
  expandActions,
  fieldOf,
  hasEffect,
  overlapsWith,
  type Pattern,
  type Statement,
  type Text,
  toActionPattern,
  toDocument,
  toPattern,
} from '../iam/index.js';
import type { Resource } from '../model/resource.js';
import type { Value } from '../model/value.js';
import { iamActions } from '../schemas/iam-actions.js';
import { problemsIn } from './document-problems.js';
import { keyName } from './global-keys.js';
import { boundaryOf, identityPoliciesOf } from './identity-policies.js';
import { isPrincipalType } from './names.js';
import { isPermissionSet, permissionSetBoundary, permissionSetPolicies } from './permission-sets.js';
import { locationOf, placeOf, sidOf } from './places.js';
import { assumedOf } from './policies-of-aws.js';
import { principalOf } from './principals.js';
import type { PolicyInForce, WrittenGate } from './request.js';
import { resourcePoliciesOf } from './resource-policies.js';
import { shown, shownList } from './shown-text.js';
import type { AccessSources } from './stated-world.js';
import { namedResources, type World } from './world.js';
import { mayAllow, writtenGates } from './written-controls.js';

/** The grants of all users and roles of the graph, and of its resources' own policies, as rows of statements. */
export function listGrants(sources: AccessSources): AccessGrants {
  const world: World = { ...sources, bindings: new Map() };
  const resources = namedResources(world);
  const principals = resources.filter(isPrincipalType);
  return {
    principals: [
      ...principals.map((resource) => principalGrants(world, resource)),
      ...resources.filter(isPermissionSet).map((set) => permissionSetGrants(world, set)),
    ],
    resources: resources.flatMap((resource) => resourceGrants(world, resource)),
    assumed: assumedOf(principals.flatMap((resource) => [...policiesOf(world, resource)])),
    problems: problemsIn([
      ...principals.flatMap((resource) => [...policiesOf(world, resource)]),
      ...resources.flatMap((resource) => ownPoliciesOf(world, resource)),
    ]),
  };
}

/** The grants of resources' own policies alone. */
export function listResourceGrants(sources: AccessSources): readonly ResourceGrants[] {
  const world: World = { ...sources, bindings: new Map() };
  return namedResources(world).flatMap((resource) => resourceGrants(world, resource));
}

function* policiesOf(world: World, principal: Resource): Iterable<PolicyInForce> {
  yield* identityPoliciesOf(world, principal);
  const boundary = boundaryOf(world, principal);
  if (boundary !== undefined) yield boundary;
}

function principalGrants(world: World, principal: Resource): PrincipalGrants {
  const policies = identityPoliciesOf(world, principal);
  const boundary = boundaryOf(world, principal);
  const { caller } = principalOf(world, principal);
  const gates =
    'account' in caller && !(caller.kind === 'role-session' && caller.isServiceLinked)
      ? writtenGates(world, caller.account, 'SERVICE_CONTROL_POLICY')
      : [];
  const denying = [
    ...policies,
    ...(boundary === undefined ? [] : [boundary]),
    ...gates.flatMap((gate) => gate.policies),
  ];
  const denies = denying.flatMap(deniesIn);
  return {
    kind: 'user-or-role',
    root: principal.root,
    principal: principal.address,
    grants: policies.flatMap((policy) =>
      allowsIn(policy).map((statement) => toGrant(statement, policy, { denies, boundary, gates })),
    ),
    unknown: unknownIn(boundary === undefined ? policies : [...policies, boundary]),
  };
}

/** What whoever is assigned a permission set is granted. */
function permissionSetGrants(world: World, set: Resource): PrincipalGrants {
  const policies = permissionSetPolicies(world, set);
  const limits: Limits = { denies: policies.flatMap(deniesIn), boundary: undefined, gates: [] };
  return {
    kind: 'permission-set',
    root: set.root,
    principal: set.address,
    grants: policies.flatMap((policy) => allowsIn(policy).map((statement) => toGrant(statement, policy, limits))),
    unknown: unknownIn([...policies, ...permissionSetBoundary(world, set)]),
  };
}

function resourceGrants(world: World, resource: Resource): ResourceGrants[] {
  const policies = ownPoliciesOf(world, resource);
  const denies = policies.flatMap(deniesIn);
  const grants = policies.flatMap((policy) =>
    allowsIn(policy).map((statement) => ({
      principals: shownPrincipals(statement.source),
      ...toGrant(statement, policy, { denies, boundary: undefined, gates: [] }),
    })),
  );
  if (grants.length === 0) return [];
  return [{ root: resource.root, resource: resource.address, grants, unknown: unknownIn(policies) }];
}

/** What a resource's policy is not in the input is no grant of the input. */
function ownPoliciesOf(world: World, resource: Resource): readonly PolicyInForce[] {
  const service = resource.type === 'aws_iam_role' ? 'sts' : serviceOf(world, resource);
  return resource.mode === 'managed' && service !== undefined ? resourcePoliciesOf(world, resource, service) : [];
}

/** The service of a resource, by its ARN. */
function serviceOf(world: World, resource: Resource): string | undefined {
  const arn = world.facts.arnOf(resource);
  const [first] = arn?.kind === 'string' ? [arn.value] : arn?.kind === 'unknown' ? (arn.parts ?? []) : [];
  const text =
    arn?.kind === 'unknown' ? (arn.parts ?? []).map((part) => (typeof part === 'string' ? part : '-')).join('') : first;
  return typeof text === 'string' ? text.split(':')[2] : undefined;
}

interface Deny {
  readonly statement: Statement;
  readonly policy: PolicyInForce;
}

function allowsIn({ document }: PolicyInForce): Statement[] {
  return toDocument(document).statements.filter(({ isAllow }) => isAllow !== false);
}

function deniesIn(policy: PolicyInForce): Deny[] {
  const statements = toDocument(policy.document).statements.filter(({ isAllow }) => isAllow !== true);
  return statements.map((statement) => ({ statement, policy }));
}

function unknownIn(policies: readonly PolicyInForce[]): string[] {
  const open = policies.filter(({ document, perhaps }) => toDocument(document).isOpen || perhaps !== undefined);
  return [...new Set(open.map(({ name, document }) => name ?? document.kind))];
}

interface Limits {
  readonly denies: readonly Deny[];
  readonly boundary: PolicyInForce | undefined;
  /** Control policies in code. */
  readonly gates: readonly WrittenGate[];
}

function toGrant(statement: Statement, policy: PolicyInForce, { denies, boundary, gates }: Limits): AccessGrant {
  const { source } = statement;
  const row = patternsOf(source);
  const limits: AccessLimit[] = denies
    .filter(({ statement: deny }) => deny !== statement)
    .filter(({ statement: deny }) =>
      row.some(([action, resource]) => overlapsWith(deny.source, action, resource) !== false),
    )
    .map(({ statement: deny, policy: of }) => toLimit('deny', of, deny.source));
  const held = boundary === undefined ? 'all' : heldBy(row, boundary);
  if (boundary !== undefined && held !== 'all') limits.push(toLimit('boundary', boundary, undefined));
  for (const { policies, others } of gates) {
    const [first] = policies.filter(mayAllow);
    const isHeld = policies.some((one) => heldBy(row, { ...one, perhaps: undefined }) === 'all');
    if (first !== undefined && others !== undefined && !isHeld) limits.push(toLimit('control', first, undefined));
  }
  const conditions = conditionsOf(source);
  const isUnknown =
    policy.perhaps !== undefined || statement.perhaps || statement.isAllow === undefined || hasUnknown(source);
  const isConditional = conditions.length > 0 || limits.length > 0;
  return {
    policy: policy.name ?? '',
    sid: sidOf(source),
    state: held === 'none' ? 'closed' : isUnknown ? 'unknown' : isConditional ? 'conditional' : 'certain',
    actions: textsIn(source, 'actions'),
    notActions: textsIn(source, 'not_actions'),
    actionCount: countActions(statement),
    resources: textsIn(source, 'resources'),
    notResources: textsIn(source, 'not_resources'),
    conditions,
    limits,
    location: placeOf({ source, attachedBy: policy.attachedBy }),
  };
}

function toLimit(kind: AccessLimit['kind'], policy: PolicyInForce, source: Value | undefined): AccessLimit {
  return {
    kind,
    policy: policy.name ?? '',
    sid: source === undefined ? null : sidOf(source),
    location: locationOf(policy.attachedBy ?? source ?? policy.document),
  };
}

/** Each action with each resource of a statement; those that are excepted count as all. */
function patternsOf(source: Value): [Pattern, Pattern][] {
  const actions = namedPatterns(fieldOf(source, 'actions'), toActionPattern);
  const resources = namedPatterns(fieldOf(source, 'resources'), toPattern);
  return actions.flatMap((action) => resources.map((resource): [Pattern, Pattern] => [action, resource]));
}

const EVERYTHING: Pattern = { widest: '*', isExact: true };

function namedPatterns(value: Value | undefined, parse: (value: Value) => Pattern | undefined): Pattern[] {
  const { elements, isOpen } = elementsOf(value);
  const patterns = elements.flatMap(({ value: element }) => parse(element) ?? []);
  return patterns.length === 0 || isOpen ? [...patterns, EVERYTHING] : patterns;
}

/** How much of a row is within a boundary: `all` where one statement without conditions holds it. */
function heldBy(row: readonly (readonly [Pattern, Pattern])[], boundary: PolicyInForce): 'all' | 'some' | 'none' {
  const { statements, isOpen } = toDocument(boundary.document);
  const allows = statements.filter(({ source }) => hasEffect(source, 'Allow') !== false);
  const isHeld = ([action, resource]: readonly [Pattern, Pattern]) =>
    allows.some(
      ({ source, conditions, areConditionsOpen, perhaps }) =>
        conditions.length === 0 &&
        !areConditionsOpen &&
        !perhaps &&
        coversAction(source, action) === true &&
        coversResource(source, resource) === true,
    );
  if (row.every(isHeld) && boundary.perhaps === undefined) return 'all';
  const isMet = row.some(([action, resource]) =>
    allows.some(({ source }) => overlapsWith(source, action, resource) !== false),
  );
  return isMet || isOpen || boundary.perhaps !== undefined ? 'some' : 'none';
}

const counts = new WeakMap<Statement, number>();

function countActions(statement: Statement): number {
  const known = counts.get(statement) ?? countNamed(statement);
  counts.set(statement, known);
  return known;
}

function countNamed({ actions, notActions }: Statement): number {
  const catalogue = iamActions();
  if (notActions === undefined) return expandActions(patternsIn(actions), catalogue).size;
  const all = expandActions([[ANY]], catalogue).size;
  return all - expandActions(patternsIn(notActions), catalogue).size;
}

function patternsIn(texts: Statement['actions']): Text[] {
  return (texts?.elements ?? []).flatMap(({ options }) => {
    const [template, ...others] = options;
    return template === undefined || others.length > 0 ? [] : [template.tokens as Text];
  });
}

function textsIn(source: Value, field: 'actions' | 'not_actions' | 'resources' | 'not_resources'): string[] {
  return openList(fieldOf(source, field));
}

/** With a mark where the list may have more. */
function openList(value: Value | undefined): string[] {
  return elementsOf(value).isOpen ? [...shownList(value), '…'] : shownList(value);
}

function conditionsOf(source: Value): string[] {
  const { elements, isOpen } = elementsOf(fieldOf(source, 'condition'));
  const conditions = elements.map(({ value }) => {
    const [test, variable] = (['test', 'variable'] as const).map((name) => {
      const field = fieldOf(value, name);
      return field === undefined ? '' : shown(field);
    });
    return `${test} ${keyName(variable ?? '')} ${openList(fieldOf(value, 'values')).join(', ')}`;
  });
  return isOpen ? [...conditions, '…'] : conditions;
}

/** Whom a statement of a resource's policy names, as it is written. */
export function shownPrincipals(source: Value): string[] {
  const named = elementsOf(fieldOf(source, 'principals')).elements.flatMap(({ value }) =>
    openList(fieldOf(value, 'identifiers')),
  );
  const excepted = elementsOf(fieldOf(source, 'not_principals')).elements.flatMap(({ value }) =>
    openList(fieldOf(value, 'identifiers')),
  );
  return excepted.length === 0 ? named : [...named, `all but ${excepted.join(', ')}`];
}

/** What a configuration settles when it is applied: it is the same wherever it stands. */
const SETTLED: ReadonlySet<string> = new Set(['computed-by-provider', 'provider-configuration']);

/** Whether a part of a statement is not known, beside what the configuration settles. */
function hasUnknown(value: Value): boolean {
  switch (value.kind) {
    case 'unknown':
      return value.parts === undefined
        ? !SETTLED.has(value.reason)
        : value.parts.some((part) => typeof part === 'object' && hasUnknown(part));
    case 'list':
      return value.rest !== undefined || value.existence !== undefined || value.elements.some(hasUnknown);
    case 'object':
      return value.rest !== undefined || [...value.entries.values()].some(hasUnknown);
    default:
      return false;
  }
}
