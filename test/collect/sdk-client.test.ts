import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, type Call } from '../../src/collect/aws/ask.js';
import { openSession, type Session } from '../../src/collect/aws/sdk-client.js';
import { fakeWorld } from './fake-aws.js';

/** The SDK itself, against a server of the test's own. */
const KEYS = [
  'AWS_ENDPOINT_URL',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_REGION',
] as const;
const before = Object.fromEntries(KEYS.map((key) => [key, process.env[key]]));

let server: Server;
let session: Session;
let requests = 0;
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      requests += 1;
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  delete process.env['AWS_SESSION_TOKEN'];
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'orchard',
    AWS_SECRET_ACCESS_KEY: 'orchard',
    AWS_REGION: 'eu-south-2',
  });
  session = await openSession({});
});

afterAll(() => {
  session.close();
  server.close();
  for (const key of KEYS) {
    if (before[key] === undefined) delete process.env[key];
    else process.env[key] = before[key];
  }
});

/** What a call gives when the server says this, and how often it was asked. */
async function say(status: number, body: string, call: Partial<Call> = {}) {
  requests = 0;
  answer = (response) => response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
  const said = await session.client({
    client: 's3',
    operation: 'ListBuckets',
    region: 'eu-central-1',
    input: {},
    ...call,
  });
  return { said, requests };
}

const versioning = { operation: 'GetBucketVersioning', input: { Bucket: 'apples' } };

describe('an answer', () => {
  test('is JSON, with times to the second', async () => {
    const body = `<?xml version="1.0"?><ListAllMyBucketsResult><Buckets><Bucket><Name>apples</Name><CreationDate>2024-05-01T10:00:00.123Z</CreationDate><BucketRegion>eu-central-1</BucketRegion></Bucket></Buckets></ListAllMyBucketsResult>`;
    expect(await say(200, body)).toEqual({
      said: {
        kind: 'answer',
        output: { Buckets: [{ Name: 'apples', CreationDate: '2024-05-01T10:00:00Z', BucketRegion: 'eu-central-1' }] },
      },
      requests: 1,
    });
  });

  test('that cannot be read is an error, in words for who reads a snapshot', async () => {
    const { said } = await say(200, '{"apples":', { client: 'sqs', operation: 'ListQueues' });
    expect(said).toMatchObject({ kind: 'error', message: expect.stringMatching(/^(?!.*Deserialization)[^\n]+$/s) });
  });

  test('in which nothing is said is one, without a body it is none', async () => {
    const { said } = await say(200, '<VersioningConfiguration/>', versioning);
    expect(said).toEqual({ kind: 'answer', output: {} });
    expect(await say(200, '', versioning)).toEqual({
      said: { kind: 'error', code: 'EmptyAnswer', message: 'The answer has no body.', status: undefined },
      requests: 1,
    });
  });

  test('with an empty list has the list', async () => {
    const { said } = await say(200, '<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>');
    expect(said).toEqual({ kind: 'answer', output: { Buckets: [] } });
    const groups = { client: 'ec2', operation: 'DescribeSecurityGroups' };
    const of = await say(
      200,
      '<DescribeSecurityGroupsResponse><securityGroupInfo/></DescribeSecurityGroupsResponse>',
      groups,
    );
    expect(of.said).toEqual({ kind: 'answer', output: { SecurityGroups: [] } });
    const roles = { client: 'iam', operation: 'ListRoles' };
    const body =
      '<ListRolesResponse><ListRolesResult><Roles/><IsTruncated>false</IsTruncated></ListRolesResult></ListRolesResponse>';
    expect((await say(200, body, roles)).said).toEqual({ kind: 'answer', output: { Roles: [], IsTruncated: false } });
  });

  test('that is cut off is an error', async () => {
    const { said } = await say(200, '<ListAllMyBucketsResult><Buckets><Bucket><Name>app');
    expect(said.kind).toBe('error');
  });
});

describe('an error', () => {
  const errorBody = (code: string) => `<Error><Code>${code}</Code><Message>Said ${code}</Message></Error>`;

  test.each([
    [403, 'AccessDenied'],
    [404, 'NoSuchPublicAccessBlockConfiguration'],
    [503, 'SlowDown'],
    [500, 'InternalError'],
  ])('has its code and status, and is not tried again: %s %s', async (status, code) => {
    const call = { operation: 'GetPublicAccessBlock', input: { Bucket: 'apples' } };
    expect(await say(status, errorBody(code), call)).toEqual({
      said: { kind: 'error', code, message: `Said ${code}`, status },
      requests: 1,
    });
  });

  test('of a connection that is cut has the code of the connection', async () => {
    answer = (response) => response.socket?.destroy();
    const said = await session.client({ client: 'iam', operation: 'ListRoles', region: 'eu-central-1', input: {} });
    expect(said).toMatchObject({ kind: 'error', code: 'ECONNRESET' });
  });
});

test('a call that is not answered in time has failed', async () => {
  answer = () => undefined;
  const impatient = await openSession({}, 50);
  const said = await impatient.client({ client: 'iam', operation: 'ListRoles', region: 'eu-central-1', input: {} });
  impatient.close();
  expect(said).toEqual({
    kind: 'error',
    code: 'TimeoutError',
    message: 'There was no answer within 0.05 s.',
    status: undefined,
  });
});

test('the clock is corrected by the first answer that says that it is wrong', async () => {
  const dates: (string | undefined)[] = [];
  const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
  const onRequest = ({ headers }: IncomingMessage) => {
    dates.push(headers['x-amz-date']?.toString());
  };
  server.on('request', onRequest);
  const skewed = await openSession({});
  answer = (response) => {
    response.setHeader('date', inAnHour);
    if (dates.length === 1)
      response.writeHead(403).end('<Error><Code>RequestTimeTooSkewed</Code><Message>no</Message></Error>');
    else response.writeHead(200).end('<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>');
  };
  const call = { client: 's3', operation: 'ListBuckets', region: 'eu-central-1', input: {} };
  const ending = await ask(fakeWorld(skewed.client), { call: 's3:ListBuckets', permission: null }, call);
  skewed.close();
  server.off('request', onRequest);
  expect([ending.kind, ending.attempts, dates.length]).toEqual(['answer', 2, 2]);
  expect(dates[1]).not.toBe(dates[0]);
  expect(dates[1]?.slice(0, 11)).toBe(new Date(Date.now() + 3_600_000).toISOString().replace(/[-:]/g, '').slice(0, 11));
});

test('an endpoint of its own is asked as it is, whatever a service would put before it', async () => {
  const call = { client: 's3control', operation: 'GetPublicAccessBlock', input: { AccountId: '123456789012' } };
  const block =
    '<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>';
  expect(await say(200, block, call)).toEqual({
    said: { kind: 'answer', output: { PublicAccessBlockConfiguration: { BlockPublicAcls: true } } },
    requests: 1,
  });
});

test('what is not among the commands cannot be called', async () => {
  const { said } = await say(200, '', { operation: 'DeleteBucket', input: { Bucket: 'apples' } });
  expect({ said, requests }).toEqual({
    said: {
      kind: 'error',
      code: 'NotAllowed',
      message: '"s3:DeleteBucket" is not among what may be called.',
      status: undefined,
    },
    requests: 0,
  });
});

test('the region is the one that is named, or that of the configuration', async () => {
  expect(await session.homeRegion()).toBe('eu-south-2');
  const named = await openSession({ region: 'eu-west-3' });
  expect(await named.homeRegion()).toBe('eu-west-3');
});
