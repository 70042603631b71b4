import type { DataEntry, DataMapping } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import { ANY_METHOD } from './api-events.js';
import { knownText } from './expansion.js';
import type { Expansion, SamResource } from './model.js';
import type { Draft, DraftMapping } from './nodes.js';
import { build, entryOf, intrinsicOf, mappingOf, placeOf, withEntries } from './nodes.js';
import { editPaths } from './open-api.js';

const EVERY_METHOD = 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT';

/** `Cors` of a REST API: an operation for preflight requests on every path that has none. */
export function addPreflight(expansion: Expansion, owner: SamResource, body: DataMapping): DataMapping {
  const cors = entryOf(owner.properties, 'Cors');
  if (cors === undefined) return body;
  return editPaths(body, (item) => {
    if (item.entries.has('options')) return item;
    const headers = headersOf(expansion, cors, allowedMethods(item));
    const operation = preflight(headers, body.entries.has('openapi'));
    return withEntries(item, placeOf(cors), { options: build(placeOf(cors), operation) });
  });
}

function allowedMethods(item: DataMapping): string {
  if (item.entries.has(ANY_METHOD)) return EVERY_METHOD;
  const methods = [...item.entries.keys()].filter((key) => EVERY_METHOD.split(',').includes(key.toUpperCase()));
  return [...methods.map((method) => method.toUpperCase()), 'OPTIONS'].sort().join(',');
}

const HEADERS: readonly (readonly [string, string])[] = [
  ['AllowOrigin', 'Access-Control-Allow-Origin'],
  ['AllowHeaders', 'Access-Control-Allow-Headers'],
  ['AllowMethods', 'Access-Control-Allow-Methods'],
  ['MaxAge', 'Access-Control-Max-Age'],
];

function headersOf(expansion: Expansion, cors: DataEntry, methods: string): DraftMapping {
  const settings = mappingOf(cors.value);
  if (settings === undefined || intrinsicOf(cors.value) !== undefined)
    return { 'Access-Control-Allow-Origin': cors, 'Access-Control-Allow-Methods': `'${methods}'` };
  const headers: Record<string, Draft> = {};
  for (const [property, header] of HEADERS) {
    const entry = entryOf(settings, property);
    if (entry !== undefined) headers[header] = entry;
  }
  headers['Access-Control-Allow-Methods'] ??= `'${methods}'`;
  const credentials = entryOf(settings, 'AllowCredentials');
  if (knownText(expansion, credentials?.value) === 'true') headers['Access-Control-Allow-Credentials'] = "'true'";
  return headers;
}

function preflight(headers: DraftMapping, isVersion3: boolean): DraftMapping {
  const declared = Object.keys(headers).map((name) => {
    const schema = { type: name.endsWith('Max-Age') ? 'integer' : 'string' };
    return [name, isVersion3 ? { schema } : schema];
  });
  const values = Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]);
  const response = {
    statusCode: '200',
    responseParameters: Object.fromEntries(values) as DraftMapping,
    responseTemplates: { 'application/json': '{}\n' },
  };
  return {
    summary: 'CORS support',
    consumes: isVersion3 ? undefined : ['application/json'],
    produces: isVersion3 ? undefined : ['application/json'],
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{\n  "statusCode" : 200\n}\n' },
      responses: { default: response },
    },
    responses: {
      '200': {
        description: 'Default response for CORS method',
        headers: Object.fromEntries(declared) as DraftMapping,
      },
    },
  };
}

/** `CorsConfiguration` of an HTTP API: everything open for `true`, or its parts under the names of the definition. */
export function corsExtension(expansion: Expansion, owner: SamResource): Draft | undefined {
  const cors = entryOf(owner.properties, 'CorsConfiguration');
  if (cors === undefined) return undefined;
  const settings = mappingOf(cors.value);
  if (settings === undefined || intrinsicOf(cors.value) !== undefined) {
    const text = knownText(expansion, cors.value);
    if (text === 'true') return build(placeOf(cors), { allowOrigins: ['*'] });
    // Nobody knows whether it is on: what is written stands for what it will be.
    return text === undefined && scalarText(cors.value) === undefined ? cors : undefined;
  }
  const names = ['AllowOrigins', 'AllowHeaders', 'AllowMethods', 'ExposeHeaders', 'MaxAge', 'AllowCredentials'];
  const made: Record<string, Draft> = {};
  for (const name of names) {
    const entry = entryOf(settings, name);
    if (entry !== undefined) made[name.charAt(0).toLowerCase() + name.slice(1)] = entry;
  }
  return build(placeOf(cors), made);
}
