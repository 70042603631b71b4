import { afterAll, beforeAll, expect, test } from 'vitest';
import { event, logPath, session, uuid, writeLogs } from '../support/log-folder.js';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace;

beforeAll(() => {
  here = workspace();
  writeLogs(here.folder, {
    [logPath('20261122T0930Z', { prefix: 'logs' })]: [
      event(),
      event({
        eventID: uuid(2),
        userIdentity: session('press', 'run-7'),
        errorCode: 'AccessDenied',
        eventName: 'GetObject',
      }),
      event({ eventID: uuid(3), eventSource: 'kms.amazonaws.com', eventName: 'Decrypt' }),
    ],
    [logPath('20261122T1330Z', { prefix: 'logs' })]: [],
    [logPath('20261122T1400Z', { prefix: 'damaged' })]: '{"Records":[',
  });
});

afterAll(() => here.remove());

const TEXT = `EVENTS
  s3.amazonaws.com          2 2 calls   2 principals, 1 denied
  kms.amazonaws.com         1 1 call    1 principal

TIME
  111122223333  eu-west-1       2026-11-22T09:30:00Z to 2026-11-22T12:30:00Z  management

3 events of 2 services: 2 succeeded, 1 denied.
principals  1 role, 1 user
`;

test('shows what was done, and the time that was looked at', async () => {
  expect(await here.run('access usage --logs logs')).toEqual({ code: 0, err: '', out: TEXT });
  expect(await here.run('access usage --logs logs --quiet')).toEqual({ code: 0, err: '', out: '' });
});

test('writes what it counted, which is read again', async () => {
  expect(await here.run('access usage --logs logs --out out/usage.json')).toEqual({ code: 0, err: '', out: TEXT });
  expect(here.read('out/usage.json')).toBe(`{"kind":"usage-log","schemaVersion":1,
"coverage":[
{"account":"111122223333","region":"eu-west-1","categories":["management"],"from":"2026-11-22T09:30:00Z","to":"2026-11-22T12:30:00Z"}
],
"gaps":[

],
"events":[
{"account":"111122223333","region":"eu-west-1","principal":{"kind":"role","name":"arn:aws:iam::111122223333:role/apps/press","id":"AROAPRESS"},"eventSource":"s3.amazonaws.com","eventName":"GetObject","traits":[],"outcome":"denied","people":["run-7"],"count":1,"first":"2026-11-22T09:30:08Z","last":"2026-11-22T09:30:08Z","eventIds":["5f1e4a1c-0002-4c3d-8e4f-0123456789ab"]},
{"account":"111122223333","region":"eu-west-1","principal":{"kind":"user","name":"arn:aws:iam::111122223333:user/staff/ana","id":"AIDAANA"},"eventSource":"kms.amazonaws.com","eventName":"Decrypt","traits":[],"outcome":"succeeded","people":[],"count":1,"first":"2026-11-22T09:30:08Z","last":"2026-11-22T09:30:08Z","eventIds":["5f1e4a1c-0003-4c3d-8e4f-0123456789ab"]},
{"account":"111122223333","region":"eu-west-1","principal":{"kind":"user","name":"arn:aws:iam::111122223333:user/staff/ana","id":"AIDAANA"},"eventSource":"s3.amazonaws.com","eventName":"ListBuckets","traits":[],"outcome":"succeeded","people":[],"count":1,"first":"2026-11-22T09:30:08Z","last":"2026-11-22T09:30:08Z","eventIds":["5f1e4a1c-0001-4c3d-8e4f-0123456789ab"]}
]}
`);
  expect(await here.run('access usage --usage out/usage.json')).toEqual({ code: 0, err: '', out: TEXT });
});

test('what was not read is shown, and makes the exit code 3', async () => {
  expect(await here.run('access usage --logs damaged --logs logs/AWSLogs --quiet')).toEqual({
    code: 3,
    err: '',
    out: `NOT READ: 1 gap
  cut             111122223333, eu-west-1:
                  "damaged/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/22/111122223333_CloudTrail_eu-west-1_20261122T1400Z_AAAAAAAAAAAAAAA1.json.gz"
                  is cut off: 0 events before that are counted.
`,
  });
});

test('that no time is covered is said', async () => {
  here.write({ 'one.json': JSON.stringify([event()]) });
  expect(await here.run('access usage --logs one.json')).toEqual({
    code: 3,
    err: '',
    out: `EVENTS
  s3.amazonaws.com         1 1 call    1 principal

TIME: none is known to be covered.

NOT READ: 1 gap
  no-window       1 file is not named as CloudTrail names them: what is in them
                  counts, and what is not in them proves nothing.

1 event of 1 service: 1 succeeded.
principals  1 user
`,
  });
});

test('as JSON', async () => {
  const { code, err, out } = await here.run('access usage --logs damaged --format json');
  expect({ code, err, out: JSON.parse(out) }).toEqual({
    code: 3,
    err: '',
    out: {
      schemaVersion: 1,
      summary: { events: 0, outcomes: { succeeded: 0, denied: 0, failed: 0, 'dry-run': 0 }, principals: {}, gaps: 1 },
      sources: [],
      coverage: [],
      gaps: [
        {
          account: '111122223333',
          region: 'eu-west-1',
          reason: 'cut',
          detail: expect.stringContaining('is cut off: 0 events before that are counted.'),
        },
      ],
    },
  });
});

test.each([
  ['access usage', '"access usage" needs what to read: --logs DIR, --lookup-events or --athena-table DB.TABLE.'],
  ['access usage logs', '"access usage" takes no "logs": logs are named by --logs DIR.'],
  ['access usage --logs lost', '"lost" does not exist.'],
  ['access usage --usage lost.json', '"lost.json" does not exist.'],
  ['access usage --usage logs', '"logs" cannot be read (EISDIR).'],
])('%s: %s', async (line, message) => {
  const { code, err, out } = await here.run(line);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});

test('on a terminal it shows how far it is', async () => {
  let now = 0;
  const { err } = await here.run('access usage --logs logs', {
    isErrorTerminal: true,
    now: () => {
      now += 1000;
      return now;
    },
  });
  expect(err).toContain('reading 2/2 files, 3 events');
});
