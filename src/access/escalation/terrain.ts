import type { EscalationFact } from '../../findings/escalation.js';
import {
  type Answer,
  type Cause,
  holeOf,
  plainText,
  principalNames,
  type Statement,
  type Text,
  textOf,
  toDocument,
} from '../../iam/index.js';
import { openTypeOf, type Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { unknownValue } from '../../model/values.js';
import { bindValue } from '../bind-values.js';
import { decide } from '../decide.js';
import { locationOf } from '../places.js';
import type { Grants } from '../rows/open-grants.js';
import { findAction, toRequest } from '../to-request.js';
import {
  accountTextOf,
  arnTextOf,
  asText,
  attributeOf,
  namedResources,
  regionTextOf,
  resourceBehind,
  type World,
} from '../world.js';

/** What techniques look for in a graph. */
export interface Terrain {
  readonly world: World;
  readonly grants: Grants;
  readonly users: readonly Resource[];
  /** Those that can be changed: not of services. */
  readonly roles: readonly Resource[];
  readonly groups: readonly Resource[];
  /** The written resources of a type. */
  readonly ofType: (type: string) => readonly Resource[];
  /** The user or role that a value names, by reference or ARN, in any form of the type. */
  readonly roleNamed: (from: Resource, path: string, value: Value | undefined) => Resource | undefined;
  /** Whether all resources of a type in the root of another one are there; else why not. */
  readonly unseenType: (type: string, root: string) => string | undefined;
  /** Whether a role's trust policy lets a service assume it, and the statements that name it. */
  readonly trustOf: (role: Resource, service: string) => Trust;
  /** What was not tried for there is too much of it, in sentences: told by whoever leaves it out. */
  readonly cuts: Set<string>;
  /** The roles whose trust policies name a service, or may. */
  readonly trusting: (service: string) => readonly Resource[];
  /** What was cut off while principals were tried, and found closed: by technique, what there are too many of, by principal. */
  readonly cutOff: Map<string, Map<string, string>>;
}

/** What an action is about. */
export interface Thing {
  readonly text: Text;
  readonly resource: Resource | undefined;
}

export interface Trust {
  readonly answer: Answer;
  readonly facts: readonly EscalationFact[];
  readonly sources: readonly Value[];
}

export function openTerrain(grants: Grants): Terrain {
  const { world, principals } = grants;
  const written = namedResources(world).filter(({ mode, presence }) => mode === 'managed' && presence === 'written');
  const types = new Map<string, Resource[]>();
  for (const one of written) append(types, one.type, one);
  const roles = principals.filter((one) => one.type === 'aws_iam_role' && !isOfService(world, one));
  const trust = openTrust(world, roles);
  return {
    world,
    grants,
    users: principals.filter(({ type }) => type === 'aws_iam_user'),
    roles,
    groups: types.get('aws_iam_group') ?? [],
    ofType: (type) => types.get(type) ?? [],
    roleNamed: openNames(world, principals),
    unseenType: (type, root) => unseenType(world, type, root),
    cutOff: new Map(),
    cuts: new Set(),
    ...trust,
  };
}

function append(index: Map<string, Resource[]>, key: string, one: Resource): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [one]);
  else list.push(one);
}

/** Only their services assume and change them: IAM User Guide, "Create a service-linked role". */
function isOfService(world: World, role: Resource): boolean {
  const path = attributeOf(world, role, 'path');
  return path?.kind === 'string' && path.value.startsWith('/aws-service-role/');
}

function unseenType({ graph }: World, type: string, root: string): string | undefined {
  if (graph.openTypes.get(root)?.account === undefined) return 'what the code does not have may be there';
  const open = openTypeOf(graph, root, type);
  return open === undefined ? undefined : `${open.subject ?? type} (${open.reason})`;
}

function openNames(world: World, principals: readonly Resource[]): Terrain['roleNamed'] {
  const byReference = new Map(principals.map((one) => [`${one.root}\0${one.address}`, one]));
  const byText = new Map<string, Resource>();
  for (const one of principals) {
    const text = plainOf(arnTextOf(world, one));
    if (text !== undefined && !byText.has(text)) byText.set(text, one);
  }
  return (from, path, value) => {
    if (value === undefined) return undefined;
    const linked = resourceBehind(world, from, path, value);
    if (linked !== undefined) return linked.presence === 'written' ? linked : undefined;
    const [reference, ...others] = value.refersTo ?? [];
    if (reference !== undefined && others.length === 0 && reference.mayBePart !== true) {
      const found = byReference.get(`${reference.root}\0${reference.address}`);
      if (found !== undefined) return found;
    }
    return value.kind === 'string' ? byText.get(value.value) : undefined;
  };
}

function openTrust(world: World, roles: readonly Resource[]): Pick<Terrain, 'trustOf' | 'trusting'> {
  const services = new Map<string, Resource[]>();
  const unknown: Resource[] = [];
  for (const role of roles) {
    const document = attributeOf(world, role, 'assume_role_policy');
    const { statements, isOpen } = document === undefined ? NO_DOCUMENT : toDocument(document);
    const names = new Set(statements.flatMap((one) => (one.isAllow === false ? [] : servicesIn(one))));
    if (isOpen || names.has('')) unknown.push(role);
    else for (const name of names) append(services, name, role);
  }
  const answers = new Map<string, Trust>();
  return {
    trusting: (service) => [...(services.get(service) ?? []), ...unknown],
    trustOf: (role, service) => {
      const key = `${role.key}\0${service}`;
      const known = answers.get(key) ?? trustOf(world, role, service);
      answers.set(key, known);
      return known;
    },
  };
}

const NO_DOCUMENT = { statements: [], isOpen: true } as const;

/** The services that a statement names; an empty text for what is not known. `*` names them too. */
function servicesIn(statement: Statement): string[] {
  const { principals } = statement;
  if (principals === undefined) return [];
  const names = principalNames({ principals, notPrincipals: undefined });
  const isUnknown =
    principals.isOpen ||
    principals.groups.some(
      ({ type, identifiers }) =>
        (type === undefined || type === 'Service') &&
        (identifiers.rest !== undefined ||
          identifiers.elements.some(({ options }) =>
            options.some((one) => one?.tokens.some((token) => typeof token === 'object')),
          )),
    );
  return [
    ...names.filter((name) => name.endsWith('amazonaws.com') || name.endsWith('.amazonaws.com.cn')),
    ...(isUnknown ? [''] : []),
  ];
}

function trustOf(world: World, role: Resource, service: string): Trust {
  const account = plainOf(accountTextOf(world, role));
  const action = findAction('sts:AssumeRole');
  const text = arnTextOf(world, role);
  if ('problem' in action || text === undefined) return { answer: false, facts: [], sources: [] };
  const request = toRequest({
    world,
    principal: {
      caller: { kind: 'service', service: textOf(service) },
      resource: undefined,
      identity: [],
      boundary: undefined,
    },
    target: { text, resource: role },
    action,
    named: role.address,
    // It acts for the account in which the caller has it act.
    given: new Map(account === undefined ? [] : [['aws:sourceaccount', [account]]]),
    assumed: new Set(),
    assumedForDenial: new Set(),
  });
  const { outcome, causes, statements } = decide(request);
  const answer: Answer = outcome === 'allowed' ? true : outcome === 'depends' ? { causes } : false;
  const naming = statements.filter(({ effect, applies }) => effect === 'Allow' && applies !== 'condition');
  return {
    answer,
    facts: naming.slice(0, 1).map(({ source }) => ({
      text: `${role.address} trusts ${service}`,
      location: locationOf(source),
    })),
    sources: naming.map(({ source }) => source),
  };
}

export function plainOf(text: Text | undefined): string | undefined {
  return text === undefined ? undefined : plainText(text);
}

const things = new WeakMap<Terrain, Map<Resource, Thing>>();

/** A user, role or group as what an action is about. */
export function thingOf(terrain: Terrain, resource: Resource): Thing {
  let known = things.get(terrain);
  if (known === undefined) {
    known = new Map();
    things.set(terrain, known);
  }
  let thing = known.get(resource);
  if (thing === undefined) {
    const unseen = () => holeOf(unknownValue('outside-input', { subject: `ARN of ${resource.address}` }));
    thing = { text: arnTextOf(terrain.world, resource) ?? [unseen()], resource };
    known.set(resource, thing);
  }
  return thing;
}

/**
 * What an action is about, by the template of its ARN: `arn:{partition}:glue:{region}:{account}:job/{name}`, in braces what
 * the scope and the attributes of the resource say.
 */
export function thingLike(terrain: Terrain, resource: Resource, template: string): Thing {
  const own = arnTextOf(terrain.world, resource);
  if (own !== undefined && plainText(own)?.startsWith('arn:') === true) return { text: own, resource };
  return { text: fillTemplate(terrain, resource, template), resource };
}

/** Something that is no resource of the graph, by the scope and the attributes of one near which it is: a task of a cluster. */
export function thingNear(terrain: Terrain, near: Resource, template: string): Thing {
  return { text: fillTemplate(terrain, near, template), resource: undefined };
}

function fillTemplate({ world }: Terrain, resource: Resource, template: string): Text {
  return template.split(/(\{[A-Za-z_]+\})/).flatMap((piece): Text => {
    if (!piece.startsWith('{')) return textOf(piece);
    const name = piece.slice(1, -1);
    if (name === 'partition') return asText(bindValue(resource.scope.partition, world.bindings)) ?? textOf('aws');
    if (name === 'account') return accountTextOf(world, resource) ?? [];
    if (name === 'region') return regionTextOf(world, resource) ?? [];
    const value = attributeOf(world, resource, name);
    const known = value === undefined ? undefined : asText(value);
    return known ?? [holeOf(unknownValue('computed-by-provider', { subject: `${resource.address}.${name}` }))];
  });
}

/** Where a resource is declared. */
export function declared(resource: Resource, text: string): EscalationFact {
  return { text, location: resource.header ?? resource.range ?? null };
}

/** What is not known of the input. */
export function notSeen(name: string): Cause {
  return { kind: 'construct', name };
}

/** Whom a role's trust policy names. */
export interface Named {
  /** The users and roles of the graph that it names themselves; everybody by `*`. */
  readonly named: readonly Resource[];
  /** It may let in others too, by their account or in a way that is not known. */
  readonly isWide: boolean;
}

export function namedBy({ world, grants }: Terrain, role: Resource): Named {
  const document = attributeOf(world, role, 'assume_role_policy');
  if (document === undefined) return { named: [], isWide: true };
  const { statements, isOpen } = toDocument(document);
  const references: Resource[] = [];
  let isWide = isOpen;
  for (const { principals, notPrincipals, isAllow } of statements) {
    if (isAllow === false) continue;
    if (notPrincipals !== undefined || principals?.isOpen === true) isWide = true;
    for (const { type, identifiers } of principals?.groups ?? []) {
      if (type !== undefined && type !== 'AWS' && type !== '*') continue;
      if (identifiers.rest !== undefined) isWide = true;
      for (const { value } of identifiers.elements) {
        if (value.kind === 'string' && value.value === '*') return { named: grants.principals, isWide: true };
        const found = referred(world, value);
        if (found === undefined) isWide = true;
        else references.push(...found);
      }
    }
  }
  return { named: references, isWide };
}

/** Undefined: an account, everybody, or what is not known. */
function referred(world: World, value: Value): readonly Resource[] | undefined {
  if (value.kind === 'string') {
    const { value: name } = value;
    if (!name.includes(':user/') && !name.includes(':role/')) return undefined;
    const { index, isPartly } = nameIndex(world);
    return index.get(name) ?? (isPartly ? undefined : []);
  }
  const [reference, ...others] = value.refersTo ?? [];
  if (reference === undefined || others.length > 0) return undefined;
  const found = world.graph.resources.get(`${reference.root}\0${reference.address}`);
  return found?.type === 'aws_iam_role' || found?.type === 'aws_iam_user' ? [found] : undefined;
}

interface NameIndex {
  readonly index: Map<string, Resource[]>;
  /** Some ARNs are not wholly known. */
  isPartly: boolean;
}

const nameIndexes = new WeakMap<World, NameIndex>();

function nameIndex(world: World): NameIndex {
  let made = nameIndexes.get(world);
  if (made === undefined) {
    made = { index: new Map(), isPartly: false };
    for (const resource of namedResources(world)) {
      if (resource.type !== 'aws_iam_user' && resource.type !== 'aws_iam_role') continue;
      const text = plainOf(arnTextOf(world, resource));
      if (text === undefined) made.isPartly = true;
      else append(made.index, text, resource);
    }
    nameIndexes.set(world, made);
  }
  return made;
}
