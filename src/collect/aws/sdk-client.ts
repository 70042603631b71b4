import type { SnapshotJson } from '../../model/snapshot.js';
import type { Answer, Call, Client } from './ask.js';
import type { SdkClient, SdkSettings } from './sdk/sdk-service.js';
import { SDK_SERVICES } from './services.js';

export interface Access {
  readonly profile?: string | undefined;
  /** A role to take on, and what its owner wants to hear from who takes it on. */
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  /** A role to take on before, with which the other is taken on. */
  readonly through?: string | undefined;
  /** The region where the credentials say none. */
  readonly region?: string | undefined;
}

/** A session with the cloud: the same credentials for every service and region. */
export interface Session {
  readonly client: Client;
  /** The region that the configuration names; undefined where it names none. */
  homeRegion(): Promise<string | undefined>;
  close(): void;
}

/** A call that takes longer has failed. */
const MOST_MS = 60_000;

/** Opens a session. The SDK tries nothing twice: every attempt is counted by who asks. */
export async function openSession(access: Access, mostMs = MOST_MS): Promise<Session> {
  // How long a version of Node is supported is not what a scan is about.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const clients = new Map<string, Promise<SdkClient>>();
  const shared = { ...(access.profile === undefined ? {} : { profile: access.profile }), maxAttempts: 1 };
  const credentials = await credentialsOf(access);
  const clientOf = (name: string, region: string): Promise<SdkClient> => {
    const key = `${name} ${region}`;
    const opened = clients.get(key) ?? openClient(name, { ...shared, region, ...credentials });
    clients.set(key, opened);
    return opened;
  };
  return {
    client: (call) => send(call, clientOf(call.client, call.region), mostMs),
    homeRegion: () => regionOf(access),
    close: () => {
      for (const client of clients.values()) client.then((opened) => opened.destroy()).catch(() => undefined);
    },
  };
}

async function openClient(name: string, settings: SdkSettings): Promise<SdkClient> {
  const load = SDK_SERVICES[name];
  if (load === undefined) throw new Error(`No service is called "${name}".`);
  const { service } = await load();
  const client = service.create({ ...settings, ...elsewhere(name, process.env['AWS_ENDPOINT_URL']) });
  client.middlewareStack.add(refuseEmptyBodies, { step: 'deserialize', priority: 'low', name: 'refuseEmptyBodies' });
  return client;
}

/** What a service needs to know of an endpoint that is not the cloud's: no names of hosts can be made of it. */
function elsewhere(name: string, endpoint: string | undefined): Readonly<Record<string, unknown>> {
  if (endpoint === undefined) return {};
  // S3 Control's own rules put the account before the host of whatever endpoint they are given.
  const isPrefixed = name === 's3control';
  return {
    forcePathStyle: true,
    disableHostPrefix: true,
    // SQS would ask the host in the URL of each queue.
    useQueueUrlAsEndpoint: false,
    ...(isPrefixed ? { endpointProvider: () => ({ url: new URL(endpoint) }) } : {}),
  };
}

async function credentialsOf(access: Access): Promise<{ credentials?: unknown }> {
  const { profile, roleArn, externalId, through, region } = access;
  if (roleArn === undefined && through === undefined) return {};
  const { fromNodeProviderChain, fromTemporaryCredentials } = await import('./sdk/credentials.js');
  const clientConfig = region === undefined ? {} : { clientConfig: { region } };
  let credentials = fromNodeProviderChain(profile === undefined ? {} : { profile });
  if (through !== undefined)
    credentials = fromTemporaryCredentials({
      masterCredentials: credentials,
      params: { RoleArn: through, RoleSessionName: SESSION_NAME },
      ...clientConfig,
    });
  if (roleArn !== undefined)
    credentials = fromTemporaryCredentials({
      masterCredentials: credentials,
      params: {
        RoleArn: roleArn,
        RoleSessionName: SESSION_NAME,
        ...(externalId === undefined ? {} : { ExternalId: externalId }),
      },
      ...clientConfig,
    });
  return { credentials };
}

/** By which the account's own logs tell who it was. */
const SESSION_NAME = 'trueline-snapshot';

async function regionOf({ profile, region }: Access): Promise<string | undefined> {
  if (region !== undefined) return region;
  const client = await openClient('sts', { ...(profile === undefined ? {} : { profile }), maxAttempts: 1 });
  try {
    return await client.config.region();
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
}

async function send(
  { client: name, operation, input }: Call,
  opening: Promise<SdkClient>,
  mostMs: number,
): Promise<Answer> {
  const deadline = AbortSignal.timeout(mostMs);
  try {
    const client = await opening;
    const Command = (await SDK_SERVICES[name]?.())?.service.commands[operation];
    if (Command === undefined) return error('NotAllowed', `"${name}:${operation}" is not among what may be called.`);
    const output = await client.send(new Command(input), { abortSignal: deadline });
    return { kind: 'answer', output: toJson({ ...output, $metadata: undefined }) };
  } catch (failure) {
    return deadline.aborted
      ? error('TimeoutError', `There was no answer within ${mostMs / 1000} s.`)
      : toError(failure);
  }
}

function error(code: string, message: string, status?: number): Answer {
  return { kind: 'error', code, message, status };
}

/** What the SDK adds for who calls it. */
const SDK_HINT = /\s*Deserialization error: to see the raw response, inspect the hidden field .*$/s;

function toError(failure: unknown): Answer {
  if (!(failure instanceof Error)) return error('Unknown', String(failure));
  const { code, $metadata } = failure as { code?: unknown; $metadata?: { httpStatusCode?: number } };
  // The codes of connections (ECONNRESET) stand beside a name that says nothing.
  const isConnection = typeof code === 'string' && /^E[A-Z]+$/.test(code);
  return error(isConnection ? code : failure.name, failure.message.replace(SDK_HINT, ''), $metadata?.httpStatusCode);
}

/**
 * An answer without a body would look like one in which everything is left out, which for some operations says that
 * something is switched off.
 */
const refuseEmptyBodies = (next: (args: unknown) => Promise<{ response: RawResponse }>) => async (args: unknown) => {
  const result = await next(args);
  const { response } = result;
  if (response.statusCode >= 300 || response.body === undefined) return result;
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (body.length === 0) throw Object.assign(new Error('The answer has no body.'), { name: 'EmptyAnswer' });
  response.body = body as never;
  return result;
};

interface RawResponse {
  readonly statusCode: number;
  body: AsyncIterable<Uint8Array> | undefined;
}

/** What the SDK read, as JSON: times in UTC to the second, bytes in Base64. */
function toJson(value: unknown): SnapshotJson {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().replace(/\.\d+Z$/, 'Z');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
    return Object.fromEntries(members.map(([name, member]) => [name, toJson(member)]));
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
