import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { event, logPath, session, uuid, writeLogs } from '../support/log-folder.js';
import { type Workspace, workspace } from './workspace.js';

/** The program as it is built, which reads in threads. `npm test` builds it first. */
const PROGRAM = join(import.meta.dirname, '../../bin/trueline.cjs');

let here: Workspace;

beforeAll(() => {
  here = workspace();
  const files = Array.from({ length: 6 }, (_, file) => {
    // Some are in two files.
    const events = Array.from({ length: 300 }, (_, index) => file * 250 + index).map((nth) =>
      event({
        eventID: uuid(nth),
        eventTime: `2026-11-22T09:${10 + (nth % 50)}:00Z`,
        userIdentity: session(`app${nth % 3}`, `run-${nth % 40}`),
        requestParameters: { bucketName: 'pears', key: `crate-${nth % 500}` },
        // What hardly can be compressed makes the files large enough.
        userAgent: randomBytes(2600).toString('base64'),
      }),
    );
    return [logPath(`20261122T09${10 + file}Z`, { prefix: 'logs' }), events] as const;
  });
  writeLogs(here.folder, {
    ...Object.fromEntries(files),
    [logPath('20261122T1500Z', { prefix: 'logs' })]: '{"Records":[',
  });
});

afterAll(() => here.remove());

test('threads count what one counts', async () => {
  const line = ['access', 'usage', '--logs', 'logs', '--out'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...line, 'threads.json'], {
    cwd: here.folder,
    encoding: 'utf8',
  });
  const one = await here.run([...line, 'one.json']);
  expect({ status, stdout, stderr }).toEqual({ status: 3, stdout: one.out, stderr: one.err });
  expect(here.read('threads.json')).toBe(here.read('one.json'));
  expect(JSON.parse(here.read('threads.json')).events.length).toBeGreaterThan(100);
});
