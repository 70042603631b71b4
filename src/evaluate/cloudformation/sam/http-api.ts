import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import { stageSuffixOf } from './api-events.js';
import { corsExtension } from './cors.js';
import { addRecords, domainPrefix, hashedId } from './domains.js';
import { copied, diagnose, generate, generateMain, knownText } from './expansion.js';
import { localDocument } from './local-document.js';
import type { Expansion, SamResource } from './model.js';
import type { Draft, DraftMapping } from './nodes.js';
import { build, entryOf, itemsOf, mappingOf, nodeAt, placeOf, ref, withEntries } from './nodes.js';
import { addSecuritySchemes, bodyEntry, openApiBody, routesOf } from './open-api.js';
import { generateAuthorizerPermission, impliedTags } from './rest-api.js';
import { regionalTarget } from './rest-domain.js';
import { s3Location } from './s3-location.js';
import type { ApiAuth } from './security.js';
import { AWS_IAM, authOf, authorizerUri, SIGNED, secureOperations, usedAuthorizers } from './security.js';

const DEFAULT_STAGE = '$default';
const CREATED_BY: DraftMapping = { 'httpapi:createdBy': 'SAM' };

/** `AWS::Serverless::HttpApi`: the API with its definition, its stage, and what `Auth` and `Domain` ask for. */
export function expandHttpApi(expansion: Expansion, owner: SamResource): void {
  const { properties } = owner;
  const auth = authOf(expansion, owner);
  const uri = entryOf(properties, 'DefinitionUri');
  const local = uri && localDocument(expansion, uri.value);
  const body = uri === undefined ? definition(expansion, owner, auth) : undefined;
  generateMain(expansion, owner, 'AWS::ApiGatewayV2::Api', {
    Body: local ?? (body && bodyEntry(owner, body)),
    BodyS3Location:
      local === undefined && uri !== undefined
        ? build(placeOf(uri), s3Location(uri.value, { bucket: 'Bucket', key: 'Key', version: 'Version' }))
        : undefined,
    ...copied(properties, ['FailOnWarnings']),
  });
  const stageId = generateStage(expansion, owner, body !== undefined);
  for (const [name, entry] of auth.authorizers?.entries ?? []) {
    const settings = mappingOf(entry.value);
    const functionArn = entryOf(settings, 'FunctionArn');
    const isOn = knownText(expansion, nodeAt(settings, 'EnableFunctionDefaultPermissions')) === 'true';
    if (functionArn !== undefined && isOn) generateAuthorizerPermission(expansion, owner, { name, entry, functionArn });
  }
  expandDomain(expansion, owner, stageId);
}

function generateStage(expansion: Expansion, owner: SamResource, hasBody: boolean): string {
  const { properties, id } = owner;
  const stage = entryOf(properties, 'StageName');
  const tags = ownTags(expansion, owner);
  const stageId = stageIdOf(id, stage);
  generate(expansion, owner, {
    id: stageId,
    type: 'AWS::ApiGatewayV2::Stage',
    place: stage === undefined ? owner.place : placeOf(stage),
    properties: {
      ...copied(properties, ['AccessLogSettings', 'DefaultRouteSettings', 'StageVariables']),
      RouteSettings: routeSettings(expansion, owner),
      ApiId: ref(id),
      StageName: stage ?? DEFAULT_STAGE,
      Tags: hasBody || Object.keys(tags).length > 0 ? { ...CREATED_BY, ...tags } : undefined,
      AutoDeploy: true,
    },
  });
  expansion.names.set(`${id}.Stage`, stageId);
  return stageId;
}

function stageIdOf(id: string, stage: DataEntry | undefined): string {
  const name = stage === undefined ? DEFAULT_STAGE : scalarText(stage.value);
  if (name === DEFAULT_STAGE) return `${id}ApiGatewayDefaultStage`;
  const suffix = stageSuffixOf(name);
  if (suffix === name) return `${id}${suffix}Stage`;
  return `${id}Stage${suffix === 'Stage' ? '' : suffix}`;
}

/** The settings of routes: those of the API, and over them those that events have for their own. */
function routeSettings(expansion: Expansion, owner: SamResource): Draft | undefined {
  const written = entryOf(owner.properties, 'RouteSettings');
  const settings = mappingOf(written?.value);
  const made: Record<string, Draft> = Object.fromEntries(settings?.entries ?? []);
  let isChanged = false;
  for (const route of routesOf(expansion, owner).values()) {
    const own = entryOf(route.event.properties, 'RouteSettings');
    if (own === undefined) continue;
    const method = route.method.startsWith('x-') ? 'ANY' : route.method.toUpperCase();
    const key = `${method} ${route.path}`;
    const present = mappingOf(nodeAt(settings, key));
    const added = mappingOf(own.value);
    isChanged = true;
    if (present === undefined || added === undefined) made[key] = own;
    else made[key] = { ...present, entries: new Map([...present.entries, ...added.entries]) };
  }
  if (!isChanged) return written;
  return build(written === undefined ? owner.place : placeOf(written), made);
}

function definition(expansion: Expansion, owner: SamResource, auth: ApiAuth): DataNode {
  const { properties } = owner;
  const written = openApiBody(expansion, owner, { openapi: '3.0.1' });
  let body = mappingOf(written);
  if (body === undefined) return written;
  body = secureOperations(expansion, owner, { body, auth });
  body = addSecuritySchemes(body, securitySchemes(expansion, owner, auth), auth.entry?.value ?? owner.properties);
  const name = entryOf(properties, 'Name');
  const description = entryOf(properties, 'Description');
  const info = mappingOf(nodeAt(body, 'info'));
  if (info !== undefined && (name !== undefined || description !== undefined))
    body = withEntries(body, info, { info: withEntries(info, info, { title: name, description }) });
  const disabled = entryOf(properties, 'DisableExecuteApiEndpoint');
  const endpoint = disabled && build(placeOf(disabled), { disableExecuteApiEndpoint: disabled });
  return withEntries(body, owner.place, {
    'x-amazon-apigateway-cors': corsExtension(expansion, owner),
    servers: endpoint && [{ 'x-amazon-apigateway-endpoint-configuration': endpoint }],
    tags: bodyTags(expansion, owner),
  });
}

/** The API's tags, or those that functions hand on to an API that is implied. */
function ownTags(expansion: Expansion, owner: SamResource): Record<string, DataEntry> {
  const written = mappingOf(nodeAt(owner.properties, 'Tags'));
  const entries = written?.entries.values() ?? impliedTags(expansion, owner) ?? [];
  return Object.fromEntries([...entries].map((entry) => [entry.key, entry]));
}

function bodyTags(expansion: Expansion, owner: SamResource): Draft {
  const tags: Draft[] = [{ name: 'httpapi:createdBy', 'x-amazon-apigateway-tag-value': 'SAM' }];
  for (const [name, entry] of Object.entries(ownTags(expansion, owner))) {
    tags.push(build(placeOf(entry), { name, 'x-amazon-apigateway-tag-value': entry }));
  }
  return tags;
}

function securitySchemes(expansion: Expansion, owner: SamResource, auth: ApiAuth): DraftMapping {
  const schemes: Record<string, Draft> = {};
  for (const [name, entry] of auth.authorizers?.entries ?? []) {
    const settings = mappingOf(entry.value);
    if (settings === undefined) continue;
    const hasFunction = entryOf(settings, 'FunctionArn') !== undefined;
    if (!hasFunction && entryOf(settings, 'JwtConfiguration') === undefined) {
      const message = `The authorizer "${name}" of "${owner.id}" needs "JwtConfiguration" or "FunctionArn".`;
      diagnose(expansion, 'sam-invalid', placeOf(entry), message);
    }
    schemes[name] = build(placeOf(entry), hasFunction ? lambdaScheme(settings) : jwtScheme(settings));
  }
  const isIamOn = knownText(expansion, nodeAt(auth.settings, 'EnableIamAuthorizer')) === 'true';
  if (isIamOn || usedAuthorizers(expansion, owner, auth).has(AWS_IAM)) schemes[AWS_IAM] = SIGNED;
  return schemes;
}

function jwtScheme(settings: DataMapping): DraftMapping {
  return {
    type: 'oauth2',
    'x-amazon-apigateway-authorizer': {
      type: 'jwt',
      jwtConfiguration: entryOf(settings, 'JwtConfiguration'),
      identitySource: entryOf(settings, 'IdentitySource'),
    },
  };
}

const SOURCES: readonly (readonly [string, string])[] = [
  ['Headers', '$request.header.'],
  ['QueryStrings', '$request.querystring.'],
  ['StageVariables', '$stageVariables.'],
  ['Context', '$context.'],
];

function lambdaScheme(settings: DataMapping): DraftMapping {
  const identity = mappingOf(nodeAt(settings, 'Identity'));
  const sources = SOURCES.flatMap(([name, prefix]) =>
    itemsOf(nodeAt(identity, name)).map((item) => build(item, `${prefix}${scalarText(item) ?? ''}`)),
  );
  return {
    type: 'apiKey',
    name: 'Unused',
    in: 'header',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerUri: authorizerUri(entryOf(settings, 'FunctionArn') ?? ''),
      authorizerCredentials: entryOf(settings, 'FunctionInvokeRole'),
      authorizerResultTtlInSeconds: entryOf(identity, 'ReauthorizeEvery'),
      identitySource: sources.length === 0 ? undefined : sources,
      authorizerPayloadFormatVersion: entryOf(settings, 'AuthorizerPayloadFormatVersion'),
      enableSimpleResponses: entryOf(settings, 'EnableSimpleResponses'),
    },
  };
}

function expandDomain(expansion: Expansion, owner: SamResource, stageId: string): void {
  const entry = entryOf(owner.properties, 'Domain');
  if (entry === undefined) return;
  const domain = mappingOf(entry.value);
  const name = entryOf(domain, 'DomainName');
  const certificate = entryOf(domain, 'CertificateArn');
  if (domain === undefined || name === undefined || certificate === undefined) {
    const message = `"Domain" of "${owner.id}" needs "DomainName" and "CertificateArn".`;
    diagnose(expansion, 'sam-invalid', placeOf(entry), message);
    return;
  }
  const domainId = hashedId(expansion, domainPrefix(owner, domain), name.value);
  const configuration = {
    CertificateArn: certificate,
    EndpointType: entryOf(domain, 'EndpointConfiguration') ?? 'REGIONAL',
    ...copied(domain, ['OwnershipVerificationCertificateArn', 'SecurityPolicy']),
  };
  generate(expansion, owner, {
    id: domainId,
    type: 'AWS::ApiGatewayV2::DomainName',
    place: placeOf(entry),
    properties: {
      DomainName: name,
      DomainNameConfigurations: [configuration],
      ...copied(domain, ['MutualTlsAuthentication']),
      Tags: { ...CREATED_BY, ...ownTags(expansion, owner) },
    },
  });
  expansion.names.set(`${owner.id}.DomainName`, domainId);
  generateMappings(expansion, owner, { domain, domainId, stageId });
  addRecords(expansion, owner, { domain, aliasTarget: regionalTarget(domainId) });
}

interface Mapped {
  readonly domain: DataMapping;
  readonly domainId: string;
  readonly stageId: string;
}

function generateMappings(expansion: Expansion, owner: SamResource, mapped: Mapped): void {
  const written = entryOf(mapped.domain, 'BasePath');
  const paths = written === undefined ? [undefined] : itemsOf(written.value);
  for (const path of paths) {
    const text = scalarText(path);
    generate(expansion, owner, {
      id: `${owner.id}${(text ?? '').replaceAll(/[^A-Za-z0-9]/g, '')}ApiMapping`,
      type: 'AWS::ApiGatewayV2::ApiMapping',
      place: written === undefined ? owner.place : placeOf(written),
      properties: {
        ApiId: ref(owner.id),
        ApiMappingKey: text === '/' ? undefined : path,
        DomainName: ref(mapped.domainId),
        Stage: ref(mapped.stageId),
      },
    });
  }
}
