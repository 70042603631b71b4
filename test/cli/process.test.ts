import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bucket, unversioned, VERSIONING, type Workspace, workspace } from './workspace.js';

/** The program as it is shipped, as a process. `npm test` builds it first. */
const PROGRAM = join(import.meta.dirname, '../../bin/trueline.cjs');
const ENVIRONMENT = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };

let here: Workspace;

beforeAll(() => {
  here = workspace({ 'main.tf': bucket('apples'), 'clean/main.tf': 'locals {}\n' });
});

afterAll(() => here.remove());

const start = (line: string, environment: Readonly<Record<string, string>> = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...line.split(' ')], {
    cwd: here.folder,
    encoding: 'utf8',
    env: { ...ENVIRONMENT, ...environment },
  });
  return { code: status, out: stdout, err: stderr };
};

const FOUND = unversioned('main.tf:1:1', 'apples');

test('the process ends with the exit code of the command', () => {
  expect(start(`${VERSIONING} clean`)).toEqual({ code: 0, out: '', err: '' });
  expect(start(VERSIONING)).toEqual({ code: 1, out: FOUND, err: '' });
  expect(start('sacn')).toEqual({ code: 2, out: '', err: 'error: "sacn" is not a command. Did you mean "scan"?\n' });
  mkdirSync(join(here.folder, 'empty'), { recursive: true });
  expect(start(`${VERSIONING} empty`).code).toBe(3);
});

/** Throws on whatever could leave the machine, and on programs other than git. */
const GUARD = `
const refuse = (what) => () => { throw new Error('forbidden: ' + what); };
for (const name of ['http2', 'https', 'dns']) require('node:' + name);
for (const [name, members] of Object.entries({
  net: ['connect', 'createConnection', 'createServer'],
  http: ['request', 'get', 'createServer'],
  https: ['request', 'get'],
  http2: ['connect'],
  tls: ['connect'],
  dgram: ['createSocket'],
  dns: ['lookup', 'resolve', 'resolve4', 'resolve6'],
})) for (const member of members) require('node:' + name)[member] = refuse(name + '.' + member);
globalThis.fetch = refuse('fetch');
const children = require('node:child_process');
for (const name of ['exec', 'execSync', 'fork', 'spawn', 'spawnSync', 'execFile', 'execFileSync']) {
  const real = children[name];
  children[name] = (program, ...rest) => (program === 'git' ? real(program, ...rest) : refuse(name + ' ' + program)());
}
`;

test('a scan opens no socket and starts no program but git; a scanned repository runs nothing', () => {
  here.write({
    'guard.cjs': GUARD,
    'ran.sh': '#!/bin/sh\ntouch ran\necho\n',
    'data.tf':
      'data "external" "ran" {\n  program = ["sh", "ran.sh"]\n}\ndata "http" "page" {\n  url = "http://orchard.example"\n}\n',
    'remote.tf': 'module "remote" {\n  source = "git::https://orchard.example/apples.git"\n}\n',
    '.gitattributes': '*.tf diff=orchard filter=orchard\n',
  });
  here.git('init', '-q');
  here.git('add', '-A');
  here.git('commit', '-q', '-m', 'first');
  for (const [key, value] of [
    ['core.fsmonitor', 'sh ran.sh'],
    ['diff.orchard.command', 'sh ran.sh'],
    ['diff.orchard.textconv', 'sh ran.sh'],
    ['diff.external', 'sh ran.sh'],
  ] as const)
    here.git('config', key, value);
  here.write({ 'main.tf': bucket('apples') + bucket('pears') });
  const guarded = { NODE_OPTIONS: `--require ${join(here.folder, 'guard.cjs')}` };
  const found = start(`${VERSIONING} --since HEAD`, guarded);
  expect(found).toEqual({
    code: 1,
    out: unversioned('main.tf:4:1', 'pears'),
    err: 'trueline: only what is new since HEAD is reported\n',
  });
  expect(start('scan --format json', guarded).code).toBe(1);
  expect(() => here.read('ran')).toThrow('ENOENT');
});

test('an interrupt ends a scan at once', async () => {
  const loop = '[for a in range(1000) : [for b in range(1000) : a * b + length("${a}-${b}")]]';
  here.write({
    'long/main.tf': `locals {\n  long = ${loop}\n}\nresource "aws_s3_bucket" "long" {\n  bucket = length(local.long)\n}\n`,
  });
  const child = spawn(process.execPath, [PROGRAM, 'scan', 'long'], { cwd: here.folder, env: ENVIRONMENT });
  const ended = new Promise((done) => child.on('exit', (code, signal) => done([code, signal])));
  // Long enough to have begun, and much shorter than the scan takes.
  setTimeout(() => child.kill('SIGINT'), 700);
  expect(await ended).toEqual([null, 'SIGINT']);
});

test('a reader that goes away ends the process quietly', () => {
  const many = Array.from({ length: 3000 }, (_, index) => bucket(`b${index}`)).join('');
  here.write({ 'many/main.tf': many });
  const { stdout, stderr } = spawnSync(
    'sh',
    ['-c', `"${process.execPath}" "${PROGRAM}" scan --format compact many | head -n 1`],
    { cwd: here.folder, encoding: 'utf8', env: ENVIRONMENT },
  );
  expect([stdout.split('\n').length, stderr]).toEqual([2, '']);
});
