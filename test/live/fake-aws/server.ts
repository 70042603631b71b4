import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from '../../../src/collect/aws/ask.js';
import { fakeAws } from '../../collect/fake-aws.js';
import { answerOrganizations } from './organizations.js';
import { QuotaMeter } from './quota-meter.js';
import { readCall, type WireAnswer, type WireCall, writeAnswer } from './wire.js';

/** What goes wrong: with which operation, and if said where and the how manieth time. */
export interface WireFault {
  readonly operation: string;
  readonly account?: string;
  readonly region?: string;
  /** Of a list, from 1. */
  readonly page?: number;
  /** Of the calls that fit, from 1. */
  readonly nth?: number;
  readonly kind: 'denied' | 'throttled' | '500' | 'slow' | 'malformed' | 'empty' | 'reset' | 'cut';
}

export interface FakeServerOptions {
  readonly faults?: readonly WireFault[];
  /** How many accounts the organization has; absent: it is the one that was recorded. */
  readonly accounts?: number;
  /** The part of the quotas of which more is a violation. */
  readonly share?: number;
  /** Answers what is not recorded. */
  readonly others?: (call: WireCall) => Answer | undefined;
}

export interface FakeServer {
  readonly url: string;
  readonly calls: readonly (WireCall & { readonly account: string })[];
  /** Calls that came when no token of the share was left. */
  violations(): number;
  close(): Promise<void>;
}

/** The account that everything is recorded of. */
export const RECORDED_ACCOUNT = '123456789012';

const SLOW_MS = 200;

const TOKENS = ['Marker', 'NextToken', 'nextToken', 'ContinuationToken'];

/** The recorded answers behind a server of HTTP, in every account and region. */
export async function serveFakeAws(options: FakeServerOptions = {}): Promise<FakeServer> {
  const { faults = [], accounts, share = 1, others = () => undefined } = options;
  const calls: (WireCall & { readonly account: string })[] = [];
  const meter = new QuotaMeter(share);
  const { client } = fakeAws();
  const met = new Map<WireFault, number>();
  const pages = new Map<string, number>();

  const faultOf = (call: WireCall, account: string): WireFault['kind'] | undefined => {
    const name = `${call.client}:${call.operation}`;
    const place = `${account} ${call.region} ${name}`;
    const page = TOKENS.some((token) => call.input[token] !== undefined) ? (pages.get(place) ?? 0) + 1 : 1;
    pages.set(place, page);
    for (const fault of faults) {
      const fits =
        fault.operation === name &&
        (fault.account ?? account) === account &&
        (fault.region ?? call.region) === call.region &&
        (fault.page ?? page) === page;
      if (!fits) continue;
      const nth = (met.get(fault) ?? 0) + 1;
      met.set(fault, nth);
      if ((fault.nth ?? nth) === nth) return fault.kind;
    }
    return undefined;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://fake');
    const body = await bodyOf(request);
    const target = request.headers['x-amz-target'];
    const organization = accounts === undefined ? undefined : answerOrganizations(target, body, accounts);
    if (organization !== undefined) return send(response, organization);
    if (body.includes('Action=AssumeRole&')) return send(response, assumed(body));
    const call = await readCall({ method: request.method ?? 'GET', url, headers: request.headers, body });
    const account = /^ASIA(\d{12})$/.exec(call.accessKey)?.[1] ?? RECORDED_ACCOUNT;
    calls.push({ ...call, account });
    meter.take(account, call, Date.now());
    const kind = faultOf(call, account);
    const good = await writeAnswer(call, inAccount(others(call) ?? (await client(call)), account));
    await misbehave(response, call, kind, good);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) =>
      send(response, { status: 501, type: 'text/plain', body: error.message }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    violations: () => meter.violations,
    close: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, type, body }: WireAnswer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

async function misbehave(
  response: ServerResponse,
  call: WireCall,
  kind: WireFault['kind'] | undefined,
  good: WireAnswer,
): Promise<void> {
  const fail = async (code: string, status: number, message = code) =>
    send(response, await writeAnswer(call, { kind: 'error', code, message, status }));
  switch (kind) {
    case undefined:
      return send(response, good);
    case 'denied':
      return fail('AccessDenied', 403, `not authorized to perform: ${call.client}:${call.operation}`);
    case 'throttled':
      return fail('ThrottlingException', 400, 'Rate exceeded');
    case '500':
      return fail('InternalError', 500);
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
      return send(response, good);
    case 'malformed':
      return send(response, { ...good, body: '<html>no' });
    case 'empty':
      return send(response, { ...good, body: '' });
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'cut': {
      const half = good.body.slice(0, good.body.length >> 1);
      response.writeHead(good.status, { 'content-type': good.type, 'content-length': Buffer.byteLength(good.body) });
      response.write(half, () => response.socket?.destroy());
    }
  }
}

/** What was recorded of one account, as if it were of another. */
function inAccount(answer: Answer, account: string): Answer {
  if (account === RECORDED_ACCOUNT || answer.kind === 'error') return answer;
  const output = JSON.parse(JSON.stringify(answer.output).replaceAll(RECORDED_ACCOUNT, account));
  // The credential report is a table in base64.
  if (typeof output?.Content === 'string') {
    const table = Buffer.from(output.Content, 'base64').toString('utf8').replaceAll(RECORDED_ACCOUNT, account);
    output.Content = Buffer.from(table).toString('base64');
  }
  return { kind: 'answer', output };
}

/** Credentials that say of which account they are. */
function assumed(body: string): WireAnswer {
  const arn = new URLSearchParams(body).get('RoleArn') ?? '';
  const account = arn.split(':')[4] ?? '';
  const credentials = [
    ['AccessKeyId', `ASIA${account}`],
    ['SecretAccessKey', 'orchard'],
    ['SessionToken', 'orchard'],
    ['Expiration', '2099-01-01T00:00:00Z'],
  ].map(([name, value]) => `<${name}>${value}</${name}>`);
  const result = `<AssumeRoleResult><Credentials>${credentials.join('')}</Credentials></AssumeRoleResult>`;
  return { status: 200, type: 'text/xml', body: `<AssumeRoleResponse>${result}</AssumeRoleResponse>` };
}
