import { XmlShapeSerializer } from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import type { Answer, Call } from '../../../src/collect/aws/ask.js';
import { SDK_SERVICES } from '../../../src/collect/aws/services.js';
import type { SnapshotJson } from '../../../src/model/snapshot.js';

/** Requests and answers of AWS as they are on the wire, written by the schemas that the SDK's own clients have. */
export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface WireCall extends Call {
  /** What the caller signs with: the fake's accounts are told apart by it. */
  readonly accessKey: string;
}

type Protocol = 'query' | 'ec2' | 'json' | 'rest-json' | 'rest-xml';

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  AwsQueryProtocol: 'query',
  AwsEc2QueryProtocol: 'ec2',
  AwsJson1_0Protocol: 'json',
  AwsJson1_1Protocol: 'json',
  AwsRestJsonProtocol: 'rest-json',
  AwsRestXmlProtocol: 'rest-xml',
  S3RestXmlProtocol: 'rest-xml',
};

/** What a service signs as, where it is not called so here. */
const SIGNING_NAMES: Readonly<Record<string, string>> = {
  'access-analyzer': 'accessanalyzer',
  'bedrock-agentcore': 'bedrockagentcore',
  elasticfilesystem: 'efs',
  elasticloadbalancing: 'elbv2',
  es: 'opensearch',
  sso: 'ssoadmin',
  states: 'sfn',
};

interface OperationSchema {
  readonly input: unknown;
  readonly output: unknown;
  readonly http: readonly [method: string, path: string] | undefined;
}

interface Service {
  readonly protocol: Protocol;
  readonly operations: ReadonlyMap<string, OperationSchema>;
}

const services = new Map<string, Promise<Service>>();

function serviceOf(name: string): Promise<Service> {
  const known = services.get(name) ?? loadService(name);
  services.set(name, known);
  return known;
}

async function loadService(name: string): Promise<Service> {
  const load = SDK_SERVICES[name];
  if (load === undefined) throw new Error(`The fake has no service "${name}".`);
  const { service } = await load();
  const client = service.create({ region: 'eu-central-1', maxAttempts: 1 });
  const { protocol } = client.config as unknown as { readonly protocol: { readonly constructor: { name: string } } };
  const kind = PROTOCOLS[protocol.constructor.name];
  if (kind === undefined) throw new Error(`The fake does not speak ${protocol.constructor.name}.`);
  const operations = Object.entries(service.commands).map(([operation, Command]) => {
    const { schema } = new Command({}) as { readonly schema: readonly unknown[] };
    const { http } = Object(schema[3]) as { readonly http?: readonly [string, string] };
    return [operation, { input: unwrap(schema[4]), output: unwrap(schema[5]), http }] as const;
  });
  client.destroy();
  return { protocol: kind, operations: new Map(operations) };
}

function unwrap(schema: unknown): unknown {
  return typeof schema === 'function' ? schema() : schema;
}

/** What is asked, by whom and where. */
export async function readCall(request: WireRequest): Promise<WireCall> {
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(
    String(request.headers['authorization']),
  );
  if (scope === null) throw new Error(`${request.method} ${request.url} is not signed.`);
  const [, accessKey = '', region = '', signed = ''] = scope;
  const isControl = request.url.pathname.startsWith('/v20180820/');
  const client = isControl ? 's3control' : (SIGNING_NAMES[signed] ?? signed);
  const { protocol, operations } = await serviceOf(client);
  return { accessKey, client, region, ...readInput(request, protocol, operations, client === 's3') };
}

type Input = Record<string, SnapshotJson>;

/** The lists of texts of an input, which are written one element a parameter: `Owner.1`, `Names.member.1`. */
function listsOf(schema: unknown, given: Readonly<Record<string, string>>): Input {
  const lists: Input = {};
  if (schema === undefined) return lists;
  for (const [name, member] of NormalizedSchema.of(schema as never).structIterator()) {
    if (!member.isListSchema()) continue;
    const { ec2QueryName, xmlName } = member.getMergedTraits();
    const written = [ec2QueryName, xmlName, name].map((one) => String(one ?? name).toLowerCase());
    const elements = Object.entries(given).filter(([key]) => {
      const [head = '', ...rest] = key.toLowerCase().split('.');
      return written.includes(head) && /^(?:member\.)?\d+$/.test(rest.join('.'));
    });
    if (elements.length > 0) lists[name] = elements.map(([, value]) => value);
  }
  return lists;
}

function readInput(
  request: WireRequest,
  protocol: Protocol,
  operations: Service['operations'],
  hasBucket: boolean,
): { readonly operation: string; readonly input: Input } {
  if (protocol === 'query' || protocol === 'ec2') {
    const { Action = '', Version: _, ...given } = Object.fromEntries(new URLSearchParams(request.body));
    return { operation: Action, input: { ...given, ...listsOf(operations.get(Action)?.input, given) } };
  }
  if (protocol === 'json') {
    const target = String(request.headers['x-amz-target']);
    return { operation: target.slice(target.indexOf('.') + 1), input: JSON.parse(request.body) };
  }
  const [, bucket = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(request.url.pathname) ?? [];
  const path = hasBucket ? `/${rest.slice(1)}` : request.url.pathname;
  for (const [operation, { http, input }] of operations) {
    const labels = http?.[0] === request.method ? matchPath(http[1], path, request.url.searchParams) : undefined;
    if (labels === undefined || (operation === 'ListBuckets') !== (hasBucket && bucket === '')) continue;
    const named = hasBucket && bucket !== '' ? { Bucket: bucket } : {};
    return { operation, input: { ...named, ...labels, ...queryOf(input, request.url.searchParams) } };
  }
  throw new Error(`The fake knows no operation at ${request.method} ${request.url}.`);
}

/** The labels of a template such as `/clusters/{name}?list`; undefined where it is of something else. */
function matchPath(template: string, path: string, query: URLSearchParams): Record<string, string> | undefined {
  const [pattern = '', wanted = ''] = template.split('?');
  for (const [name, value] of new URLSearchParams(wanted)) {
    if (!query.has(name) || (value !== '' && query.get(name) !== value)) return undefined;
  }
  const [templates, parts] = [pattern.split('/'), path.split('/')];
  if (templates.length !== parts.length) return undefined;
  const labels: Record<string, string> = {};
  for (const [index, one] of templates.entries()) {
    const label = /^\{(\w+)\+?\}$/.exec(one)?.[1];
    const part = decodeURIComponent(parts[index] ?? '');
    if (label !== undefined) labels[label] = part;
    else if (one !== part) return undefined;
  }
  return labels;
}

function queryOf(input: unknown, query: URLSearchParams): Input {
  const found: Input = {};
  for (const [member, schema] of NormalizedSchema.of(input as never).structIterator()) {
    const { httpQuery } = schema.getMergedTraits();
    const value = httpQuery === undefined ? null : query.get(httpQuery);
    if (value !== null) found[member] = value;
  }
  return found;
}

/** An answer in the protocol of its service. */
export async function writeAnswer(call: Call, answer: Answer): Promise<WireAnswer> {
  const { protocol, operations } = await serviceOf(call.client);
  if (answer.kind === 'error') return writeError(protocol, call.client, answer);
  const output = operations.get(call.operation)?.output;
  if (output === undefined) throw new Error(`The fake has no operation "${call.client}:${call.operation}".`);
  const schema = NormalizedSchema.of(output as never);
  if (protocol === 'json' || protocol === 'rest-json') {
    return { status: 200, type: 'application/json', body: JSON.stringify(toWireJson(schema, answer.output)) };
  }
  return { status: 200, type: 'text/xml', body: writeXml(protocol, call.operation, schema, answer.output) };
}

function writeXml(protocol: Protocol, operation: string, schema: NormalizedSchema, output: SnapshotJson): string {
  // The location of a bucket is the root itself, which the SDK knows by its namespace.
  if (operation === 'GetBucketLocation') {
    const location = Object(output)['LocationConstraint'] ?? '';
    return `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${location}</LocationConstraint>`;
  }
  const payload = protocol === 'rest-xml' ? payloadOf(schema) : undefined;
  const [written, value] =
    payload === undefined ? [schema, output] : [payload[1], Object(output)[payload[0]] as SnapshotJson];
  if (written.isStringSchema()) return String(value);
  const settings = { xmlNamespace: '', serviceNamespace: '', timestampFormat: { useTrait: true, default: 5 } };
  const serializer = new XmlShapeSerializer(settings as never);
  serializer.write(written, toNative(written, value ?? {}));
  const text = String(serializer.flush());
  if (protocol === 'rest-xml') return text;
  const inner = /^<[^>]*?\/>$/.test(text) ? '' : text.replace(/^<[^>]*>/, '').replace(/<\/[^>]*>$/, '');
  const wrapped = protocol === 'query' ? `<${operation}Result>${inner}</${operation}Result>` : inner;
  return `<${operation}Response>${wrapped}<requestId>fake</requestId></${operation}Response>`;
}

function payloadOf(schema: NormalizedSchema): [string, NormalizedSchema] | undefined {
  for (const [name, member] of schema.structIterator()) if (member.getMergedTraits().httpPayload) return [name, member];
  return undefined;
}

/** As the SDK's serializer takes it: times as times, bytes as bytes. */
function toNative(schema: NormalizedSchema, value: SnapshotJson): unknown {
  return walk(
    schema,
    value,
    (text) => new Date(text),
    (text) => Buffer.from(text, 'base64'),
    (_, name) => name,
  );
}

function toWireJson(schema: NormalizedSchema, value: SnapshotJson): unknown {
  const nameOf = (member: NormalizedSchema, name: string) => String(member.getMergedTraits().jsonName ?? name);
  const toTime = (text: string, format: unknown) => (format === DATE_TIME ? text : Date.parse(text) / 1000);
  return walk(schema, value, toTime, (text) => text, nameOf);
}

/** How a schema says that its times are written as text. */
const DATE_TIME = 5;

function walk(
  schema: NormalizedSchema,
  value: SnapshotJson,
  toTime: (text: string, format: unknown) => unknown,
  toBytes: (text: string) => unknown,
  nameOf: (member: NormalizedSchema, name: string) => string,
): unknown {
  if (schema.isTimestampSchema() && typeof value === 'string') return toTime(value, schema.getSchema());
  if (schema.isBlobSchema() && typeof value === 'string') return toBytes(value);
  if (Array.isArray(value) && schema.isListSchema())
    return value.map((element) => walk(schema.getValueSchema(), element, toTime, toBytes, nameOf));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (schema.isMapSchema()) {
    const inner = schema.getValueSchema();
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, walk(inner, entry, toTime, toBytes, nameOf)]),
    );
  }
  if (!schema.isStructSchema()) return value;
  const members: [string, unknown][] = [];
  for (const [name, member] of schema.structIterator()) {
    const entry = (value as Record<string, SnapshotJson>)[name];
    if (entry !== undefined) members.push([nameOf(member, name), walk(member, entry, toTime, toBytes, nameOf)]);
  }
  return Object.fromEntries(members);
}

function writeError(protocol: Protocol, client: string, error: Answer & { readonly kind: 'error' }): WireAnswer {
  const { code, message, status = 400 } = error;
  if (protocol === 'json' || protocol === 'rest-json')
    return { status, type: 'application/json', body: JSON.stringify({ __type: code, message }) };
  const said = `<Error><Code>${code}</Code><Message>${message.replace(/[<&]/g, '')}</Message></Error>`;
  const body =
    protocol === 'ec2'
      ? `<Response><Errors>${said}</Errors></Response>`
      : protocol === 'query' || client === 's3control'
        ? `<ErrorResponse>${said}</ErrorResponse>`
        : said;
  return { status, type: 'text/xml', body };
}
