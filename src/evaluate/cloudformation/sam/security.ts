import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import { addCondition } from './conditions.js';
import { diagnose, knownText } from './expansion.js';
import type { Expansion, Route, SamResource } from './model.js';
import type { Draft, DraftMapping } from './nodes.js';
import { build, entryOf, mappingOf, nodeAt, onlyIf, placeOf, refTarget, sequenceOf, withEntries } from './nodes.js';
import { editOperations, routesOf } from './open-api.js';

export const API_KEY = 'api_key';
const NONE = 'NONE';
export const AWS_IAM = 'AWS_IAM';

/** What `Auth` of an API says of its operations. */
export interface ApiAuth {
  readonly entry: DataEntry | undefined;
  readonly settings: DataMapping | undefined;
  readonly authorizers: DataMapping | undefined;
  readonly defaultAuthorizer: DataEntry | undefined;
  /** Its name, as the service substitutes parameters; absent with an authorizer there is: nobody knows which. */
  readonly defaultName: string | undefined;
  readonly needsApiKey: boolean;
  /** The condition under which a key is needed, where a parameter without value says it. */
  readonly keyCondition: string | undefined;
  /** The operations for preflight requests get the default authorizer as well. */
  readonly coversPreflight: boolean;
}

export function authOf(expansion: Expansion, owner: SamResource): ApiAuth {
  const entry = entryOf(owner.properties, 'Auth');
  const settings = mappingOf(entry?.value);
  const defaultAuthorizer = entryOf(settings, 'DefaultAuthorizer');
  const isFalse = (name: string) => knownText(expansion, nodeAt(settings, name)) === 'false';
  return {
    entry,
    settings,
    authorizers: mappingOf(nodeAt(settings, 'Authorizers')),
    defaultAuthorizer,
    defaultName: knownText(expansion, defaultAuthorizer?.value),
    needsApiKey: knownText(expansion, nodeAt(settings, 'ApiKeyRequired')) === 'true',
    keyCondition: keyCondition(expansion, owner, entryOf(settings, 'ApiKeyRequired')),
    coversPreflight: !isFalse('AddDefaultAuthorizerToCorsPreflight'),
  };
}

function keyCondition(expansion: Expansion, owner: SamResource, required: DataEntry | undefined): string | undefined {
  if (required === undefined || refTarget(required.value) === undefined) return undefined;
  if (knownText(expansion, required.value) !== undefined) return undefined;
  const name = `${owner.id}:ApiKeyRequired`;
  addCondition(expansion, name, placeOf(required), { 'Fn::Equals': [required.value, 'true'] });
  return name;
}

/** Gives every operation that has an integration the security that its event and its API ask for. */
export function secureOperations(
  expansion: Expansion,
  owner: SamResource,
  secured: { readonly body: DataMapping; readonly auth: ApiAuth },
): DataMapping {
  const { auth } = secured;
  const routes = routesOf(expansion, owner);
  return editOperations(secured.body, (operation, { path, method }) => {
    if (!operation.entries.has('x-amazon-apigateway-integration')) return operation;
    const isPreflight = method === 'options';
    if (isPreflight && !auth.coversPreflight) return operation;
    return secure(expansion, { operation, auth, owner, route: routes.get(`${method} ${path}`) });
  });
}

interface Secured {
  readonly operation: DataMapping;
  readonly auth: ApiAuth;
  readonly owner: SamResource;
  readonly route: Route | undefined;
}

function secure(expansion: Expansion, secured: Secured): DataNode {
  const { operation, auth, route } = secured;
  const own = route && entryOf(route.event.properties, 'Auth');
  const settings = mappingOf(own?.value);
  const place = own === undefined ? (auth.entry ? placeOf(auth.entry) : operation) : placeOf(own);
  if (own === undefined && auth.defaultAuthorizer !== undefined && auth.defaultName === undefined) {
    // Nobody knows which authorizer it is: what is written stands for what it will be.
    return withEntries(operation, place, { security: auth.defaultAuthorizer });
  }
  const requirements = requirementsOf(expansion, secured, settings);
  if (requirements === undefined) return operation;
  const security = requirements.map((requirement) => build(place, requirement));
  const integration = withCredentials(expansion, secured, settings);
  return withEntries(operation, place, {
    security: build(place, security),
    'x-amazon-apigateway-integration': integration,
  });
}

type Requirement = Record<string, Draft>;

function requirementsOf(
  expansion: Expansion,
  secured: Secured,
  settings: DataMapping | undefined,
): Draft[] | undefined {
  const { operation, auth, owner, route } = secured;
  const present = sequenceOf(nodeAt(operation, 'security'))?.items;
  const kept = (present ?? []).map((item): Requirement => Object.fromEntries(mappingOf(item)?.entries ?? []));
  const authorizer = entryOf(settings, 'Authorizer');
  const name = knownText(expansion, authorizer?.value);
  let requirements: Requirement[] = kept;
  if (name !== undefined) {
    checkAuthorizer(expansion, { owner, auth, name, route });
    requirements = [{ [name]: entryOf(settings, 'AuthorizationScopes') ?? scopesOf(auth, name) }];
  } else if (auth.defaultName !== undefined && !kept.some((requirement) => NONE in requirement)) {
    const isThere = kept.some((requirement) => auth.defaultName !== undefined && auth.defaultName in requirement);
    if (!isThere) requirements = [...kept, { [auth.defaultName]: scopesOf(auth, auth.defaultName) }];
  }
  const asked = knownText(expansion, nodeAt(settings, 'ApiKeyRequired'));
  const withKey: Draft[] = withApiKey(requirements, asked, auth.needsApiKey);
  if (asked === undefined && auth.keyCondition !== undefined)
    withKey.push(onlyIf(auth.keyCondition, { [API_KEY]: [] }));
  return withKey.length === 0 && present === undefined && name === undefined ? undefined : withKey;
}

/** A key is needed where the event, or else the API, says so; an event that says it outweighs NONE. */
function withApiKey(requirements: Requirement[], asked: string | undefined, isNeeded: boolean): Requirement[] {
  const isNone = (requirement: Requirement) => NONE in requirement;
  if (asked === 'true') return [...requirements.filter((requirement) => !isNone(requirement)), { [API_KEY]: [] }];
  if (asked === 'false') return isNeeded ? requirements.filter((requirement) => !isNone(requirement)) : requirements;
  const isThere = requirements.some((requirement) => API_KEY in requirement);
  return isNeeded && !isThere ? [...requirements, { [API_KEY]: [] }] : requirements;
}

function scopesOf(auth: ApiAuth, name: string): Draft {
  return entryOf(mappingOf(nodeAt(auth.authorizers, name)), 'AuthorizationScopes') ?? [];
}

interface Checked {
  readonly owner: SamResource;
  readonly auth: ApiAuth;
  readonly name: string;
  readonly route: Route | undefined;
}

function checkAuthorizer(expansion: Expansion, checked: Checked): void {
  const { owner, auth, name, route } = checked;
  if (route === undefined || name === AWS_IAM || (name === NONE && auth.defaultAuthorizer !== undefined)) return;
  if (auth.authorizers?.entries.has(name) === true) return;
  const message = `"${owner.id}" has no authorizer "${name}" for the event "${route.event.name}".`;
  diagnose(expansion, 'sam-invalid', route.event.place, message);
}

/** Where a caller signs, a REST API calls with the caller's rights, unless another role is named. */
function withCredentials(expansion: Expansion, secured: Secured, settings: DataMapping | undefined): Draft | undefined {
  const { route, auth, operation } = secured;
  if (route === undefined || route.kind !== 'Api' || route.hasRole) return undefined;
  // Only what is written counts: an authorizer by a parameter gives no credentials.
  const authorizer = entryOf(settings, 'Authorizer') ?? auth.defaultAuthorizer;
  if (scalarText(authorizer?.value) !== AWS_IAM) return undefined;
  const role = entryOf(settings, 'InvokeRole') ?? entryOf(auth.settings, 'InvokeRole');
  const name = role === undefined ? 'CALLER_CREDENTIALS' : scalarText(role.value);
  if (name === NONE) return undefined;
  const caller = `arn:${expansion.context.partition ?? 'aws'}:iam::*:user/*`;
  const credentials = name === 'CALLER_CREDENTIALS' ? caller : role;
  const integration = mappingOf(nodeAt(operation, 'x-amazon-apigateway-integration'));
  return integration && withEntries(integration, operation, { credentials });
}

/** The names of all authorizers that operations of the API ask for. */
export function usedAuthorizers(expansion: Expansion, owner: SamResource, auth: ApiAuth): ReadonlySet<string> {
  const used = new Set<string>(auth.defaultName === undefined ? [] : [auth.defaultName]);
  if (auth.needsApiKey || auth.keyCondition !== undefined) used.add(API_KEY);
  for (const route of routesOf(expansion, owner).values()) {
    const settings = mappingOf(nodeAt(route.event.properties, 'Auth'));
    const name = knownText(expansion, nodeAt(settings, 'Authorizer'));
    if (name !== undefined) used.add(name);
    if (knownText(expansion, nodeAt(settings, 'ApiKeyRequired')) === 'true') used.add(API_KEY);
  }
  return used;
}

/** Signed requests, as a scheme. */
export const SIGNED: DraftMapping = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': 'awsSigv4',
};

/** Where an authorizer's function is called. */
export function authorizerUri(functionArn: Draft): DraftMapping {
  const arn = 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/';
  return { 'Fn::Sub': [`${arn}\${__FunctionArn__}/invocations`, { __FunctionArn__: functionArn }] };
}
