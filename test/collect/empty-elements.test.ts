import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, type Session } from '../../src/collect/aws/sdk-client.js';
import type { SnapshotJson } from '../../src/model/snapshot.js';

/** An element without content is there: what collectors read as "none" must not look like an answer without it. */
const KEYS = ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION'] as const;
const before = Object.fromEntries(KEYS.map((key) => [key, process.env[key]]));

let server: Server;
let session: Session;
let body = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'text/xml' }).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
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

async function read(client: string, operation: string, text: string): Promise<SnapshotJson> {
  const isQuery = client !== 'ec2';
  body = isQuery
    ? `<${operation}Response><${operation}Result>${text}</${operation}Result></${operation}Response>`
    : `<${operation}Response>${text}</${operation}Response>`;
  const answer = await session.client({ client, operation, region: 'eu-central-1', input: INPUTS[operation] ?? {} });
  if (answer.kind === 'error') throw new Error(`${answer.code}: ${answer.message}`);
  return answer.output;
}

const INPUTS: Readonly<Record<string, { readonly [name: string]: SnapshotJson }>> = {
  DescribeInstanceAttribute: { InstanceId: 'i-0web', Attribute: 'userData' },
  DescribeDBSnapshotAttributes: { DBSnapshotIdentifier: 'harvest' },
  ListMFADevices: { UserName: 'alma' },
};

test.each([
  ['iam', 'ListVirtualMFADevices', '<VirtualMFADevices/>', { VirtualMFADevices: [] }],
  ['iam', 'ListMFADevices', '<MFADevices/>', { MFADevices: [] }],
  ['iam', 'ListOpenIDConnectProviders', '<OpenIDConnectProviderList/>', { OpenIDConnectProviderList: [] }],
  [
    'iam',
    'GetAccountAuthorizationDetails',
    '<IsTruncated>false</IsTruncated><RoleDetailList><member><RoleName>idle</RoleName><RoleLastUsed/></member></RoleDetailList>',
    { IsTruncated: false, RoleDetailList: [{ RoleName: 'idle', RoleLastUsed: {} }] },
  ],
  ['ec2', 'DescribeInstanceAttribute', '<userData/>', { UserData: {} }],
  ['ec2', 'DescribeSnapshots', '<snapshotSet/>', { Snapshots: [] }],
  [
    'ec2',
    'DescribeVolumes',
    '<volumeSet><item><volumeId>vol-0</volumeId><attachmentSet/></item></volumeSet>',
    { Volumes: [{ VolumeId: 'vol-0', Attachments: [] }] },
  ],
  [
    'rds',
    'DescribeDBSnapshotAttributes',
    '<DBSnapshotAttributesResult><DBSnapshotAttributes><DBSnapshotAttribute><AttributeName>restore</AttributeName><AttributeValues/></DBSnapshotAttribute></DBSnapshotAttributes></DBSnapshotAttributesResult>',
    {
      DBSnapshotAttributesResult: { DBSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues: [] }] },
    },
  ],
  ['rds', 'DescribeDBParameterGroups', '<DBParameterGroups/>', { DBParameterGroups: [] }],
])('%s:%s %s', async (client, operation, text, expected) => {
  expect(await read(client, operation, text)).toEqual(expected);
});
