import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import { IMPLICIT_HTTP_API, IMPLICIT_REST_API, stageSuffixOf } from './api-events.js';
import { addPreflight } from './cors.js';
import { copied, generate, generateMain, knownText, propagatedTags, tagList, tagsOf } from './expansion.js';
import { localDocument } from './local-document.js';
import type { Expansion, SamResource } from './model.js';
import type { Draft, DraftMapping } from './nodes.js';
import { build, entryOf, itemsOf, mappingOf, nodeAt, placeOf, ref, sub, withEntries } from './nodes.js';
import { addSecuritySchemes, bodyEntry, openApiBody, routesOf } from './open-api.js';
import { addResourcePolicy } from './resource-policy.js';
import { expandRestDomain } from './rest-domain.js';
import { s3Location } from './s3-location.js';
import type { ApiAuth } from './security.js';
import { API_KEY, AWS_IAM, authOf, authorizerUri, SIGNED, secureOperations, usedAuthorizers } from './security.js';
import { expandUsagePlan } from './usage-plan.js';

const API = [
  'ApiKeySourceType',
  'BinaryMediaTypes',
  'Description',
  'EndpointAccessMode',
  'FailOnWarnings',
  'MinimumCompressionSize',
  'Mode',
  'Name',
  'SecurityPolicy',
];
const STAGE = [
  'AccessLogSetting',
  'CacheClusterEnabled',
  'CacheClusterSize',
  'CanarySetting',
  'MethodSettings',
  'StageName',
  'TracingEnabled',
  'Variables',
];

/** `AWS::Serverless::Api`: the API with its definition, its deployment and stage, and what `Auth` and `Domain` ask for. */
export function expandRestApi(expansion: Expansion, owner: SamResource): void {
  const { properties } = owner;
  const auth = authOf(expansion, owner);
  const handedOn = propagatedTags(owner) ?? impliedTags(expansion, owner);
  const stageTags = tagsOf(expansion, owner) ?? tagList(handedOn);
  const uri = entryOf(properties, 'DefinitionUri');
  const local = uri && localDocument(expansion, uri.value);
  const body = uri === undefined ? definition(expansion, owner, auth) : undefined;
  const endpoint = entryOf(properties, 'EndpointConfiguration');
  const types = endpointTypes(endpoint);
  generateMain(expansion, owner, 'AWS::ApiGateway::RestApi', {
    Body: local ?? (body && bodyEntry(owner, body)),
    BodyS3Location:
      local === undefined && uri !== undefined
        ? build(placeOf(uri), s3Location(uri.value, { bucket: 'Bucket', key: 'Key', version: 'Version' }))
        : undefined,
    ...copied(properties, API),
    EndpointConfiguration: endpointConfiguration(endpoint, types),
    Parameters: endpoint && types && build(placeOf(endpoint), { endpointConfigurationTypes: types }),
    Tags: tagList(handedOn),
  });
  const stageId = generateStage(expansion, owner, stageTags);
  generateAuthorizerPermissions(expansion, owner, auth);
  expandRestDomain(expansion, owner, stageId);
  expandUsagePlan(expansion, owner, { stageId, auth });
}

function generateStage(expansion: Expansion, owner: SamResource, tags: Draft | undefined): string {
  const { properties, id, place } = owner;
  const stage = entryOf(properties, 'StageName');
  const deploymentId = `${id}Deployment`;
  const hasVersion = entryOf(properties, 'OpenApiVersion') !== undefined;
  const suffix = stageSuffixOf(scalarText(stage?.value));
  const isPlain = suffix === scalarText(stage?.value);
  const stageId = isPlain ? `${id}${suffix}Stage` : `${id}Stage${suffix === 'Stage' ? '' : suffix}`;
  generate(expansion, owner, {
    id: deploymentId,
    type: 'AWS::ApiGateway::Deployment',
    place,
    // Without a version the service lets the deployment make a stage of its own.
    properties: { RestApiId: ref(id), StageName: hasVersion ? undefined : 'Stage' },
  });
  generate(expansion, owner, {
    id: stageId,
    type: 'AWS::ApiGateway::Stage',
    place: stage === undefined ? place : placeOf(stage),
    properties: { ...copied(properties, STAGE), DeploymentId: ref(deploymentId), RestApiId: ref(id), Tags: tags },
  });
  expansion.names.set(`${id}.Stage`, stageId);
  expansion.names.set(`${id}.Deployment`, deploymentId);
  return stageId;
}

/** Tags that functions hand on to the API that their events imply. */
export function impliedTags(expansion: Expansion, owner: SamResource): readonly DataEntry[] | undefined {
  if (owner.id !== IMPLICIT_REST_API && owner.id !== IMPLICIT_HTTP_API) return undefined;
  for (const { event } of routesOf(expansion, owner).values()) {
    if (event.target.propagatedTags !== undefined) return event.target.propagatedTags;
  }
  return undefined;
}

/** The types of an endpoint: one, written alone or as `Type`. */
function endpointTypes(endpoint: DataEntry | undefined): Draft | undefined {
  if (endpoint === undefined) return undefined;
  const settings = mappingOf(endpoint.value);
  return settings?.entries.has('Type') === true ? entryOf(settings, 'Type') : endpoint;
}

function endpointConfiguration(endpoint: DataEntry | undefined, type: Draft | undefined): Draft | undefined {
  if (endpoint === undefined || type === undefined) return undefined;
  const settings = mappingOf(endpoint.value);
  return build(placeOf(endpoint), {
    Types: [type],
    VpcEndpointIds: entryOf(settings, 'VPCEndpointIds'),
    IpAddressType: entryOf(settings, 'IpAddressType'),
  });
}

function definition(expansion: Expansion, owner: SamResource, auth: ApiAuth): DataNode {
  const version = knownText(expansion, nodeAt(owner.properties, 'OpenApiVersion'));
  const isV3 = version?.startsWith('3') === true;
  const header = isV3 ? { openapi: version } : { swagger: '2.0' };
  const written = openApiBody(expansion, owner, header);
  let body = mappingOf(written);
  if (body === undefined) return written;
  if (isV3 && !body.entries.has('openapi')) body = asVersion3(body, owner, version);
  body = addPreflight(expansion, owner, body);
  body = secureOperations(expansion, owner, { body, auth });
  const schemes = securitySchemes(expansion, owner, auth);
  const schemesPlace = auth.entry?.value ?? owner.properties;
  body = addSecuritySchemes(body, schemes, schemesPlace);
  body = addResourcePolicy(expansion, owner, { body, auth });
  return addExtensions(expansion, owner, body);
}

function asVersion3(body: DataMapping, owner: SamResource, version: string): DataMapping {
  const changed = withEntries(body, owner.place, { openapi: version });
  const entries = new Map(changed.entries);
  entries.delete('swagger');
  return { ...changed, entries };
}

/** What else of the API's properties stands in its definition. */
function addExtensions(expansion: Expansion, owner: SamResource, body: DataMapping): DataMapping {
  const { properties } = owner;
  const models = entryOf(properties, 'Models');
  const responses = entryOf(properties, 'GatewayResponses');
  const types = entryOf(properties, 'BinaryMediaTypes');
  const isDisabled = entryOf(properties, 'DisableExecuteApiEndpoint');
  const added: Record<string, Draft> = {};
  if (types !== undefined) {
    const names = itemsOf(types.value).map((item) => {
      const text = scalarText(item);
      return text === undefined ? item : build(item, text.replaceAll('~1', '/'));
    });
    added['x-amazon-apigateway-binary-media-types'] = build(placeOf(types), names);
  }
  if (isDisabled !== undefined) {
    const endpoint = build(placeOf(isDisabled), { disableExecuteApiEndpoint: isDisabled });
    if (body.entries.has('openapi')) added['servers'] = [{ 'x-amazon-apigateway-endpoint-configuration': endpoint }];
    else added['x-amazon-apigateway-endpoint-configuration'] = endpoint;
  }
  if (responses !== undefined) added['x-amazon-apigateway-gateway-responses'] = gatewayResponses(responses);
  const validators = validatorsOf(expansion, owner);
  if (validators !== undefined) added['x-amazon-apigateway-request-validators'] = validators;
  if (models !== undefined && !body.entries.has('openapi')) {
    const definitions = [...(mappingOf(models.value)?.entries ?? [])].map(([name, model]) => [
      name.toLowerCase(),
      model,
    ]);
    added['definitions'] = build(placeOf(models), Object.fromEntries(definitions) as DraftMapping);
  }
  return withEntries(body, owner.place, added);
}

const VALIDATORS: Readonly<Record<string, DraftMapping>> = {
  'body-only': { validateRequestBody: true, validateRequestParameters: false },
  'params-only': { validateRequestBody: false, validateRequestParameters: true },
  'body-and-params': { validateRequestBody: true, validateRequestParameters: true },
};

function validatorsOf(expansion: Expansion, owner: SamResource): DraftMapping | undefined {
  const used = [...routesOf(expansion, owner).values()]
    .map((route) => route.operation['x-amazon-apigateway-request-validator'])
    .filter((name) => typeof name === 'string');
  if (used.length === 0) return undefined;
  return Object.fromEntries(used.map((name) => [name, VALIDATORS[name]]));
}

function gatewayResponses(responses: DataEntry): Draft {
  const made: Record<string, Draft> = {};
  for (const [name, entry] of mappingOf(responses.value)?.entries ?? []) {
    const settings = mappingOf(entry.value);
    const headers = mappingOf(nodeAt(mappingOf(nodeAt(settings, 'ResponseParameters')), 'Headers'));
    const parameters = [...(headers?.entries ?? [])].map(([key, value]) => [`gatewayresponse.header.${key}`, value]);
    const status = entryOf(settings, 'StatusCode');
    const text = scalarText(status?.value);
    made[name] = build(placeOf(entry), {
      statusCode: status !== undefined && text !== undefined ? build(status.value, text) : status,
      responseParameters: Object.fromEntries(parameters) as DraftMapping,
      responseTemplates: entryOf(settings, 'ResponseTemplates') ?? {},
    });
  }
  return build(placeOf(responses), made);
}

function securitySchemes(expansion: Expansion, owner: SamResource, auth: ApiAuth): DraftMapping {
  const schemes: Record<string, Draft> = {};
  for (const [name, entry] of auth.authorizers?.entries ?? []) {
    const settings = mappingOf(entry.value);
    if (settings !== undefined) schemes[name] = build(placeOf(entry), authorizerScheme(settings));
  }
  const used = usedAuthorizers(expansion, owner, auth);
  if (used.has(API_KEY)) schemes[API_KEY] = { type: 'apiKey', name: 'x-api-key', in: 'header' };
  if (used.has(AWS_IAM)) schemes[AWS_IAM] = SIGNED;
  return schemes;
}

function authorizerScheme(settings: DataMapping): DraftMapping {
  const pool = entryOf(settings, 'UserPoolArn');
  const identity = mappingOf(nodeAt(settings, 'Identity'));
  const isRequest = scalarText(nodeAt(settings, 'FunctionPayloadType')) === 'REQUEST';
  const header = entryOf(identity, 'Header') ?? 'Authorization';
  const authorizer: Record<string, Draft | undefined> =
    pool === undefined
      ? { type: isRequest ? 'request' : 'token', ...lambdaAuthorizer(settings, isRequest) }
      : { type: 'cognito_user_pools', providerARNs: itemsOf(pool.value) };
  return {
    type: 'apiKey',
    in: 'header',
    name: pool === undefined && isRequest ? 'Unused' : header,
    'x-amazon-apigateway-authtype': pool === undefined ? 'custom' : 'cognito_user_pools',
    'x-amazon-apigateway-authorizer': {
      ...authorizer,
      identityValidationExpression: entryOf(identity, 'ValidationExpression'),
    },
  };
}

const SOURCES: readonly (readonly [string, string])[] = [
  ['Headers', 'method.request.header.'],
  ['QueryStrings', 'method.request.querystring.'],
  ['StageVariables', 'stageVariables.'],
  ['Context', 'context.'],
];

function lambdaAuthorizer(settings: DataMapping, isRequest: boolean): Record<string, Draft | undefined> {
  const identity = mappingOf(nodeAt(settings, 'Identity'));
  const sources = SOURCES.flatMap(([name, prefix]) =>
    itemsOf(nodeAt(identity, name)).map((item) => `${prefix}${scalarText(item) ?? ''}`),
  );
  return {
    authorizerUri: authorizerUri(entryOf(settings, 'FunctionArn') ?? ''),
    authorizerCredentials: entryOf(settings, 'FunctionInvokeRole'),
    authorizerResultTtlInSeconds: entryOf(identity, 'ReauthorizeEvery'),
    identitySource: isRequest && sources.length > 0 ? sources.join(', ') : undefined,
  };
}

/** The permission by which the API calls an authorizer's function. */
function generateAuthorizerPermissions(expansion: Expansion, owner: SamResource, auth: ApiAuth): void {
  for (const [name, entry] of auth.authorizers?.entries ?? []) {
    const settings = mappingOf(entry.value);
    const functionArn = entryOf(settings, 'FunctionArn');
    const isOff = scalarText(nodeAt(settings, 'DisableFunctionDefaultPermissions')) === 'true';
    if (functionArn === undefined || isOff) continue;
    generateAuthorizerPermission(expansion, owner, { name, entry, functionArn });
  }
}

export function generateAuthorizerPermission(
  expansion: Expansion,
  owner: SamResource,
  authorizer: { readonly name: string; readonly entry: DataEntry; readonly functionArn: Draft },
): void {
  const arn = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*';
  generate(expansion, owner, {
    id: `${owner.id}${authorizer.name}AuthorizerPermission`,
    type: 'AWS::Lambda::Permission',
    place: placeOf(authorizer.entry),
    properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: authorizer.functionArn,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: sub(arn, { __ApiId__: ref(owner.id) }),
    },
  });
}
