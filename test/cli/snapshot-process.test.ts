import { spawn } from 'node:child_process';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Workspace, workspace } from './workspace.js';

/** The program as it is shipped, against a server of the test's own. */
const PROGRAM = join(import.meta.dirname, '../../bin/trueline.cjs');

const WHO = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::123456789012:user/auditor</Arn><UserId>AIDA</UserId><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;
const REGIONS = `<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><regionInfo><item>
<regionName>eu-central-1</regionName><optInStatus>opt-in-not-required</optInStatus></item></regionInfo></DescribeRegionsResponse>`;

let here: Workspace;
let server: Server;
/** Does with the list of queues what the test wants. */
let onQueues: (response: ServerResponse) => void;

beforeAll(async () => {
  here = workspace();
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      if (body.includes('GetCallerIdentity')) response.setHeader('content-type', 'text/xml').end(WHO);
      else if (body.includes('DescribeRegions')) response.setHeader('content-type', 'text/xml').end(REGIONS);
      else onQueues(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  here.remove();
});

const awsEnvironment = () => ({
  AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  AWS_ACCESS_KEY_ID: 'orchard',
  AWS_SECRET_ACCESS_KEY: 'orchard',
  AWS_REGION: 'eu-central-1',
  AWS_EC2_METADATA_DISABLED: 'true',
});

function start(line: string) {
  const child = spawn(process.execPath, [PROGRAM, ...line.split(' ')], {
    cwd: here.folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: here.folder,
      ...awsEnvironment(),
    },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return { child, ended };
}

test('on a terminal it says how far it is, in one line that is erased at the end', async () => {
  onQueues = (response) => response.setHeader('content-type', 'application/x-amz-json-1.0').end('{}');
  const before = { ...process.env };
  Object.assign(process.env, awsEnvironment());
  let time = 0;
  const terminal = {
    environment: { TRUELINE_SNAPSHOT_KEY: 'orchard' },
    isErrorTerminal: true,
    now: () => {
      time += 300;
      return time;
    },
  };
  const shown = await here.run('snapshot aws --output seen --only sqs', terminal);
  const silent = await here.run('snapshot aws --output unseen --only sqs', {
    ...terminal,
    environment: { ...terminal.environment, CI: 'true' },
  });
  process.env = before;
  const erase = '\r\u001b[K';
  expect([shown.code, shown.err, silent.err]).toEqual([
    0,
    `${erase}reading 0 parts done, 2 calls${erase}reading 1 part done, 2 calls${erase}reading 1 part done, 2 calls${erase}`,
    '',
  ]);
}, 30_000);

test('Ctrl-C leaves what was read, and --resume goes on with it', async () => {
  const asked = new Promise<void>((resolve) => {
    // It is never answered.
    onQueues = () => resolve();
  });
  const { child, ended } = start('snapshot aws --output live --only sqs');
  await asked;
  child.kill('SIGINT');
  expect(await ended).toEqual({
    code: 130,
    out: '',
    err: 'trueline: not finished, go on with --resume: interrupted\n',
  });

  onQueues = (response) => response.setHeader('content-type', 'application/x-amz-json-1.0').end('{}');
  expect(await start('snapshot aws --output live --only sqs').ended).toMatchObject({
    code: 2,
    err: 'error: "live" cannot be written: An unfinished snapshot is there: --resume goes on with it, or remove it.\n',
  });
  expect(await start('snapshot aws --output live --only sqs --resume').ended).toEqual({
    code: 0,
    out: 'wrote live: 0 resources of 123456789012 in 1 region\n',
    err: '',
  });
}, 30_000);
