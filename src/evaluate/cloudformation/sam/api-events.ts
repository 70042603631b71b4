import { scalarText } from '../expression/nodes.js';
import { canonicalText } from './canonical-text.js';
import { generatePermission } from './event.js';
import { diagnose, routeKey, shortHash } from './expansion.js';
import type { EventTarget, Expansion, FunctionTarget, Route, SamEvent } from './model.js';
import type { Draft, DraftMapping } from './nodes.js';
import { entryOf, mappingOf, nodeAt, ref, refTarget, sequenceOf, sub } from './nodes.js';
import { startRole } from './schedule-events.js';

/** The APIs that events imply which name none. */
export const IMPLICIT_REST_API = 'ServerlessRestApi';
export const IMPLICIT_HTTP_API = 'ServerlessHttpApi';
/** The key of an operation for every method. */
export const ANY_METHOD = 'x-amazon-apigateway-any-method';
/** The path of a route without a path. */
const DEFAULT_ROUTE = '$default';

/** `Api`: a method of a REST API, and the permission or the role by which the API calls. */
export function expandApiEvent(expansion: Expansion, event: SamEvent<EventTarget>): void {
  const path = scalarText(nodeAt(event.properties, 'Path'));
  const method = scalarText(nodeAt(event.properties, 'Method'));
  if (path === undefined || method === undefined) {
    const message = `The event "${event.name}" of "${event.owner.id}" needs a "Path" and a "Method".`;
    diagnose(expansion, 'sam-invalid', event.place, message);
    return;
  }
  const api = entryOf(event.properties, 'RestApiId');
  const apiId = api === undefined ? IMPLICIT_REST_API : (refTarget(api.value) ?? scalarText(api.value));
  const operation = isFunctionEvent(event) ? functionOperation(event) : startOperation(expansion, event);
  const hasRole = event.target.kind === 'state-machine';
  if (apiId !== undefined)
    addRoute(expansion, { kind: 'Api', apiId, path, method: methodKey(method), event, operation, hasRole });
  if (!isFunctionEvent(event)) return;
  generatePermission(expansion, event, {
    id: `${event.id}Permission${stageSuffix(expansion, apiId)}`,
    principal: 'apigateway.amazonaws.com',
    source: { SourceArn: sourceArn(api ?? ref(IMPLICIT_REST_API), `${methodInArn(method)}${pathInArn(path)}`) },
  });
}

/** `HttpApi`: a route of an HTTP API, the default one where nothing is said. */
export function expandHttpApiEvent(expansion: Expansion, event: SamEvent<FunctionTarget>): void {
  const writtenPath = scalarText(nodeAt(event.properties, 'Path'));
  const writtenMethod = scalarText(nodeAt(event.properties, 'Method'));
  const isDefault = writtenPath === undefined && writtenMethod === undefined;
  if (!isDefault && (writtenPath === undefined || writtenMethod === undefined)) {
    const message = `The event "${event.name}" of "${event.owner.id}" needs both "Path" and "Method", or neither.`;
    diagnose(expansion, 'sam-invalid', event.place, message);
    return;
  }
  const api = entryOf(event.properties, 'ApiId');
  const apiId = api === undefined ? IMPLICIT_HTTP_API : (refTarget(api.value) ?? scalarText(api.value));
  // The service writes the default route of an API of its own without the slash.
  const path = writtenPath ?? (api === undefined ? DEFAULT_ROUTE : `/${DEFAULT_ROUTE}`);
  const method = writtenMethod ?? ANY_METHOD;
  const operation = httpOperation(event, path, isDefault);
  if (apiId !== undefined) {
    addRoute(expansion, { kind: 'HttpApi', apiId, path, method: methodKey(method), event, operation, hasRole: false });
  }
  if (!isDefault && hasDefaultRoute(event)) return;
  const suffix = isDefault ? '*' : `${methodInArn(method)}${pathInArn(path)}`;
  generatePermission(expansion, event, {
    principal: 'apigateway.amazonaws.com',
    source: { SourceArn: sourceArn(api ?? ref(IMPLICIT_HTTP_API), suffix) },
  });
}

function isFunctionEvent(event: SamEvent<EventTarget>): event is SamEvent<FunctionTarget> {
  return event.target.kind === 'function';
}

/** The permission of a default route is for the whole API: the function gets no other one for it. */
function hasDefaultRoute(event: SamEvent<FunctionTarget>): boolean {
  const api = entryOf(event.properties, 'ApiId');
  const apiText = api === undefined ? '' : canonicalText(api.value);
  for (const { value } of mappingOf(nodeAt(event.owner.properties, 'Events'))?.entries.values() ?? []) {
    const other = mappingOf(value);
    const properties = mappingOf(nodeAt(other, 'Properties'));
    const otherApi = entryOf(properties, 'ApiId');
    const isSameApi = (otherApi === undefined ? '' : canonicalText(otherApi.value)) === apiText;
    const isRouted = entryOf(properties, 'Path') !== undefined || entryOf(properties, 'Method') !== undefined;
    if (scalarText(nodeAt(other, 'Type')) === 'HttpApi' && isSameApi && !isRouted) return true;
  }
  return false;
}

function addRoute(expansion: Expansion, route: Route): void {
  const api = routeKey(route.kind, route.apiId);
  const routes = expansion.routes.get(api) ?? new Map<string, Route>();
  expansion.routes.set(api, routes);
  const key = `${route.method} ${route.path}`;
  if (!routes.has(key)) {
    routes.set(key, route);
    return;
  }
  const message = `The method "${route.method}" of "${route.path}" is given by more than one event of "${route.apiId}".`;
  diagnose(expansion, 'sam-invalid', route.event.place, message);
}

function methodKey(method: string): string {
  const key = method.toLowerCase();
  return key === 'any' ? ANY_METHOD : key;
}

function methodInArn(method: string): string {
  const key = methodKey(method);
  return key === ANY_METHOD ? '*' : key.toUpperCase();
}

function pathInArn(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '*');
}

function sourceArn(api: Draft, suffix: string): DraftMapping {
  const arn = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/${__Stage__}/';
  return sub(`${arn}${suffix}`, { __ApiId__: api, __Stage__: '*' });
}

/** The ending that a stage gives to ids: its name, `Stage` where the name is not written, a hash where no id may hold it. */
export function stageSuffixOf(stage: string | undefined): string {
  if (stage === undefined) return 'Stage';
  return /^[A-Za-z0-9]+$/.test(stage) ? stage : shortHash(stage);
}

function stageSuffix(expansion: Expansion, apiId: string | undefined): string {
  if (apiId === IMPLICIT_REST_API) return 'Prod';
  const api = apiId === undefined ? undefined : expansion.resources.get(apiId);
  return stageSuffixOf(scalarText(nodeAt(api?.properties, 'StageName')));
}

/** Where the functions of an API are called. */
function invocation(uri: string): DraftMapping {
  const arn = 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/';
  return sub(`${arn}${uri}/invocations`);
}

function functionOperation(event: SamEvent<FunctionTarget>): DraftMapping {
  const { properties } = event;
  const parameters = requestParameters(event);
  const cached = parameters.filter(({ isCached }) => isCached).map(({ name }) => name);
  const model = mappingOf(nodeAt(properties, 'RequestModel'));
  const modelName = scalarText(nodeAt(model, 'Model'));
  const validator = validatorOf(model, modelName);
  const body = modelName === undefined ? [] : [bodyParameter(modelName, entryOf(model, 'Required'))];
  const all = [...body, ...parameters.map(({ draft }) => draft)];
  return {
    'x-amazon-apigateway-integration': {
      httpMethod: 'POST',
      type: 'aws_proxy',
      uri: invocation(event.target.uri),
      timeoutInMillis: entryOf(properties, 'TimeoutInMillis'),
      cacheKeyParameters: cached.length === 0 ? undefined : cached,
    },
    'x-amazon-apigateway-request-validator': validator,
    parameters: all.length === 0 ? undefined : all,
    responses: {},
  };
}

function bodyParameter(model: string, required: Draft | undefined): DraftMapping {
  const name = model.toLowerCase();
  return { in: 'body', name, required, schema: { $ref: `#/definitions/${name}` } };
}

function validatorOf(model: ReturnType<typeof mappingOf>, modelName: string | undefined): string | undefined {
  if (modelName === undefined) return undefined;
  const isBody = scalarText(nodeAt(model, 'ValidateBody')) === 'true';
  const isParameters = scalarText(nodeAt(model, 'ValidateParameters')) === 'true';
  if (isBody && isParameters) return 'body-and-params';
  if (isBody) return 'body-only';
  return isParameters ? 'params-only' : undefined;
}

interface Parameter {
  readonly name: string;
  readonly isCached: boolean;
  readonly draft: DraftMapping;
}

const PARAMETER_PLACES: Readonly<Record<string, string>> = { header: 'header', querystring: 'query', path: 'path' };

function requestParameters(event: SamEvent): Parameter[] {
  const found: Parameter[] = [];
  for (const item of sequenceOf(nodeAt(event.properties, 'RequestParameters'))?.items ?? []) {
    const settings = mappingOf(item);
    const [written] = settings === undefined ? [] : settings.entries;
    const name = scalarText(item) ?? written?.[0] ?? '';
    const options = mappingOf(written?.[1].value);
    const [, place = '', key = ''] = /^method\.request\.([a-z]+)\.(.+)$/.exec(name) ?? [];
    const isRequired = scalarText(nodeAt(options, 'Required')) === 'true';
    found.push({
      name,
      isCached: scalarText(nodeAt(options, 'Caching')) === 'true',
      draft: { in: PARAMETER_PLACES[place] ?? place, name: key, required: isRequired, type: 'string' },
    });
  }
  return found;
}

/** A state machine is started with the rights of a role that the event has for itself. */
function startOperation(expansion: Expansion, event: SamEvent): DraftMapping {
  const isUnescaped = scalarText(nodeAt(event.properties, 'UnescapeMappingTemplate')) === 'true';
  const unescaping = isUnescaped ? '.replaceAll("\\\\\'","\'")' : '';
  const input = `{"input": "$util.escapeJavaScript($input.json('$'))${unescaping}", "stateMachineArn": "\${${event.target.id}}"}`;
  return {
    'x-amazon-apigateway-integration': {
      type: 'aws',
      httpMethod: 'POST',
      uri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution'),
      credentials: startRole(expansion, event, 'apigateway.amazonaws.com'),
      requestTemplates: { 'application/json': sub(input) },
      responses: { '200': { statusCode: '200' }, '400': { statusCode: '400' } },
    },
    responses: { '200': { description: 'OK' }, '400': { description: 'Bad Request' } },
  };
}

function httpOperation(event: SamEvent<FunctionTarget>, path: string, isDefault: boolean): DraftMapping {
  const { properties } = event;
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => ({ in: 'path', name, required: true }));
  return {
    isDefaultRoute: isDefault ? true : undefined,
    parameters: names.length === 0 ? undefined : names,
    'x-amazon-apigateway-integration': {
      httpMethod: 'POST',
      type: 'aws_proxy',
      uri: invocation(event.target.uri),
      payloadFormatVersion: entryOf(properties, 'PayloadFormatVersion') ?? '2.0',
      timeoutInMillis: entryOf(properties, 'TimeoutInMillis'),
    },
    responses: {},
  };
}
