import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  bucket,
  callLogs,
  diagnosticLines,
  LOGS_MODULE,
  unversioned,
  VERSIONING,
  type Workspace,
  workspace,
} from './workspace.js';

let here: Workspace;

beforeEach(() => {
  here = workspace({
    'trueline.yaml': 'root: true\n',
    'main.tf': bucket('apples'),
    'logs/main.tf': LOGS_MODULE,
    'prod/main.tf': callLogs('false', '../logs'),
  });
});

afterEach(() => here.remove());

const ACCEPTED = { code: 0, out: '', err: '' };
const PEARS = unversioned('pears.tf:1:1', 'pears');

test('--write-baseline accepts what is there: one line an entry, and exit 0', async () => {
  const { run, read } = here;
  const written = await run(`${VERSIONING} --write-baseline`);
  expect([written.code, written.err]).toEqual([
    0,
    'trueline: 2 accepted findings written to .trueline/baseline.json\n',
  ]);
  const text = read('.trueline/baseline.json');
  expect(text.replace(/v1:[0-9a-f]+/g, 'v1:…')).toBe(`{
  "version": 1,
  "entries": [
    { "policy": "aws-s3-bucket-versioning-enabled", "file": "main.tf", "fingerprint": "v1:…", "instances": { ".": ["aws_s3_bucket.apples"] } },
    { "policy": "aws-s3-bucket-versioning-enabled", "file": "prod/main.tf", "fingerprint": "v1:…", "instances": { "prod": ["module.logs.aws_s3_bucket.logs"] } }
  ]
}
`);
  expect(await run(VERSIONING)).toEqual(ACCEPTED);
  expect((await run(`${VERSIONING} --no-baseline`)).code).toBe(1);
  const { summary, findings } = JSON.parse((await run(`${VERSIONING} --format json --include suppressed`)).out);
  expect([summary.baseline, summary.outcomes.suppressed]).toEqual([{ matched: 2, stale: 0 }, 2]);
  expect(findings.map(({ suppression }: { suppression: { kind: string } }) => suppression.kind)).toEqual([
    'baseline',
    'baseline',
  ]);
});

test('writing again changes nothing; from another folder neither', async () => {
  const { run, read, write } = here;
  await run(`${VERSIONING} --write-baseline`);
  const text = read('.trueline/baseline.json');
  await run(`${VERSIONING} --write-baseline`);
  expect(read('.trueline/baseline.json')).toBe(text);
  write({ 'main.tf': `# a line more\n${bucket('apples')}` });
  const below = await run(`${VERSIONING} --write-baseline ..`, { in: 'prod' });
  expect(below.err).toBe('trueline: 2 accepted findings written to ../.trueline/baseline.json\n');
  expect(read('.trueline/baseline.json')).toBe(text);
});

test('what is new is reported, and a new instance of an accepted cause too', async () => {
  const { run, write } = here;
  write({ 'plain/main.tf': bucket('plums'), 'prod/plain.tf': 'module "plain" {\n  source = "../plain"\n}\n' });
  await run(`${VERSIONING} --write-baseline`);
  write({ 'pears.tf': bucket('pears') });
  expect(await run(VERSIONING)).toEqual({ code: 1, out: PEARS, err: '' });
  write({ 'pears.tf': '', 'stage/main.tf': 'module "plain" {\n  source = "../plain"\n}\n' });
  const { code, out } = await run(`${VERSIONING} --format json`);
  expect(code).toBe(1);
  expect(JSON.parse(out).findings).toMatchObject([
    { instances: [{ root: 'stage', address: 'module.plain.aws_s3_bucket.plums' }], instanceCount: 1 },
  ]);
});

test('entries that match nothing are counted as stale, and dropped when it is written', async () => {
  const { run, write, read } = here;
  await run(`${VERSIONING} --write-baseline`);
  write({ 'main.tf': 'locals {}\n' });
  const { code, out } = await run(`${VERSIONING} --format json`);
  expect([code, JSON.parse(out).summary.baseline]).toEqual([0, { matched: 1, stale: 1 }]);
  expect(diagnosticLines(out)).toEqual([
    'main.tf info baseline-stale: The baseline accepts a finding of "aws-s3-bucket-versioning-enabled" that is no longer there.',
  ]);
  // What was not asked for is not stale.
  const part = JSON.parse((await run('scan --format json --policy aws-sqs-*')).out);
  expect(part.summary.baseline).toEqual({ matched: 0, stale: 0 });
  await run(`${VERSIONING} --write-baseline`);
  expect(read('.trueline/baseline.json').match(/"fingerprint"/g)?.length).toBe(1);
});

test('--baseline names another file, in the configuration as well', async () => {
  const { run, write, read } = here;
  await run(`${VERSIONING} --write-baseline --baseline accepted/mine.json`);
  expect((await run(VERSIONING)).code).toBe(1);
  expect(await run(`${VERSIONING} --baseline accepted/mine.json`)).toEqual(ACCEPTED);
  expect(await run(`${VERSIONING} --baseline ../accepted/mine.json ..`, { in: 'prod' })).toEqual(ACCEPTED);
  write({ 'trueline.yaml': 'root: true\nbaseline: accepted/mine.json\n' });
  expect(await run(VERSIONING)).toEqual(ACCEPTED);
  expect(read('accepted/mine.json')).toContain('"version": 1');
});

test('a baseline that is none stops everything', async () => {
  const { run, write } = here;
  write({ '.trueline/baseline.json': '{ "version": 1' });
  expect(await run(VERSIONING)).toEqual({
    code: 2,
    out: '',
    err: 'error: The baseline is not valid JSON. Write it anew with --write-baseline.\n',
  });
  // What cannot be read is written anew on request.
  expect((await run(`${VERSIONING} --write-baseline`)).code).toBe(0);
  expect(await run(VERSIONING)).toEqual(ACCEPTED);
});
