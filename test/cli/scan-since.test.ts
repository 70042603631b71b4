import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
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

const PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n';
const NOTE = 'trueline: only what is new since HEAD is reported\n';
const SINCE = `${VERSIONING} --since HEAD`;
const NOTHING_NEW = { code: 0, out: '', err: NOTE };

let first: Workspace;
let here: Workspace;

beforeAll(() => {
  first = workspace({
    'main.tf': bucket('apples'),
    'modules/logs/main.tf': LOGS_MODULE,
    'envs/prod/main.tf': `${PROVIDER}variable "keep" {}\n${callLogs('var.keep')}`,
    'envs/prod/terraform.tfvars': 'keep = true\n',
    'envs/test/main.tf': PROVIDER + callLogs('true'),
    'old/main.tf': bucket('plums'),
  });
  first.git('init', '-q', '-b', 'main');
  first.git('add', '-A');
  first.git('commit', '-q', '-m', 'first');
});

afterAll(() => first.remove());

beforeEach(() => {
  here = workspace();
  cpSync(first.folder, here.folder, { recursive: true });
});

afterEach(() => here.remove());

const roots = async (line = SINCE) => JSON.parse((await here.run(`${line} --format json`)).out).summary.roots;

test('nothing has changed: nothing is evaluated, and 0', async () => {
  expect(await here.run(SINCE)).toEqual(NOTHING_NEW);
  expect(await roots()).toBe(0);
});

test('only what is new is reported, and only touched roots are evaluated', async () => {
  const { run, write } = here;
  write({ 'main.tf': `# a line more\n${bucket('apples')}${bucket('pears')}` });
  const found = { code: 1, out: unversioned('main.tf:5:1', 'pears'), err: NOTE };
  expect(await run(SINCE)).toEqual(found);
  expect(await roots()).toBe(1);
  here.git('commit', '-q', '-am', 'pears');
  expect(await run(SINCE)).toEqual(NOTHING_NEW);
  expect((await run(`${VERSIONING} --since HEAD~1`)).out).toBe(found.out);
});

test('new files count, ignored ones do not', async () => {
  const { run, write } = here;
  write({ 'new/main.tf': bucket('pears'), '.gitignore': 'scratch/\n', 'scratch/main.tf': bucket('figs') });
  expect(await run(SINCE)).toEqual({ code: 1, out: unversioned('new/main.tf:1:1', 'pears'), err: NOTE });
});

test('a changed module reports in its callers', async () => {
  const { run, write } = here;
  write({ 'modules/logs/main.tf': LOGS_MODULE.replace('var.keep ? "Enabled" : "Suspended"', '"Suspended"') });
  const { findings } = JSON.parse((await run(`${SINCE} --format json`)).out);
  expect(findings).toMatchObject([
    {
      location: { file: 'modules/logs/main.tf', startLine: 12 },
      instances: [
        { root: 'envs/prod', address: 'module.logs.aws_s3_bucket.logs' },
        { root: 'envs/test', address: 'module.logs.aws_s3_bucket.logs' },
      ],
    },
  ]);
  expect(await roots()).toBe(2);
});

test('a changed variable file touches the root that loads it, by itself, by configuration or by flag', async () => {
  const { run, write, git } = here;
  write({ 'envs/prod/terraform.tfvars': 'keep = false\n' });
  const found = await run(SINCE);
  expect([found.code, found.out.includes('module.logs.aws_s3_bucket.logs')]).toEqual([1, true]);
  expect(await roots()).toBe(1);
  write({
    'envs/prod/terraform.tfvars': '',
    'values/prod.tfvars': 'keep = true\n',
    'trueline.yaml': 'root: true\nroots:\n  - { path: envs/prod, var-files: [values/prod.tfvars] }\n',
  });
  git('add', '-A');
  git('commit', '-q', '-m', 'values');
  write({ 'values/prod.tfvars': 'keep = false\n' });
  expect((await run(SINCE)).code).toBe(1);
  expect(await roots()).toBe(1);
  write({ 'trueline.yaml': 'root: true\n' });
  git('commit', '-q', '-m', 'by flag', '--', 'trueline.yaml');
  expect((await run(`${SINCE} --var-file values/prod.tfvars`)).code).toBe(1);
});

test('a changed file that a module reads by its name touches it', async () => {
  const { run, write, git } = here;
  write({
    'envs/test/main.tf': PROVIDER + callLogs('file("../../data/keep.txt") == "yes"'),
    'data/keep.txt': 'yes',
    'README.md': 'Apples\n',
  });
  git('add', '-A');
  git('commit', '-q', '-m', 'data');
  write({ 'README.md': 'Apples and pears\n' });
  expect(await run(SINCE)).toEqual({ ...NOTHING_NEW, err: NOTE });
  write({ 'data/keep.txt': 'no' });
  expect((await run(SINCE)).code).toBe(1);
});

test('a deleted file is no finding; what it leaves without protection is', async () => {
  const { run, write, git, remove } = here;
  write({
    'versioning.tf':
      'resource "aws_s3_bucket_versioning" "apples" {\n  bucket = aws_s3_bucket.apples.id\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n',
  });
  git('add', '-A');
  git('commit', '-q', '-m', 'versioning');
  remove('old');
  expect(await run(SINCE)).toEqual(NOTHING_NEW);
  expect(await roots()).toBe(0);
  remove('versioning.tf');
  expect(await run(SINCE)).toEqual({ code: 1, out: unversioned('main.tf:1:1', 'apples'), err: NOTE });
});

test('a folder that is gone brings nothing new to the module above', async () => {
  const { run, write, git, remove } = here;
  write({ 'old/NOTES.md': 'Plums\n' });
  git('add', '-A');
  git('commit', '-q', '-m', 'notes');
  remove('old');
  expect(await run(SINCE)).toEqual(NOTHING_NEW);
});

test('what is written in a module folder that gets another name is new', async () => {
  const { run, folder, write } = here;
  renameSync(join(folder, 'old'), join(folder, 'renamed'));
  expect(await run(SINCE)).toEqual({ code: 1, out: unversioned('renamed/main.tf:1:1', 'plums'), err: NOTE });
  // A module that is only moved with its callers brings nothing new where the cause is the caller's.
  renameSync(join(folder, 'renamed'), join(folder, 'old'));
  renameSync(join(folder, 'modules'), join(folder, 'shared'));
  write({ 'envs/prod/main.tf': `${PROVIDER}variable "keep" {}\n${callLogs('var.keep', '../../shared/logs')}` });
  write({ 'envs/test/main.tf': PROVIDER + callLogs('true', '../../shared/logs') });
  expect(await run(SINCE)).toEqual(NOTHING_NEW);
});

test('undecided before is not new', async () => {
  const { run, write, git } = here;
  write({ 'envs/prod/terraform.tfvars': '' });
  git('commit', '-q', '-am', 'no value');
  write({ 'envs/prod/more.tf': 'locals {}\n' });
  expect((await run(`${SINCE} --fail-on-unknown low`)).code).toBe(0);
});

test('variables of flags need not be declared by what is touched', async () => {
  here.write({ 'main.tf': `# more\n${bucket('apples')}` });
  expect(await here.run(`${SINCE} --var keep=true`)).toEqual(NOTHING_NEW);
});

test('PATH narrows what is new', async () => {
  const { run, write } = here;
  write({ 'main.tf': bucket('apples') + bucket('pears'), 'old/main.tf': bucket('plums') + bucket('figs') });
  expect(await run(`${SINCE} old`)).toEqual({ code: 1, out: unversioned('old/main.tf:4:1', 'figs'), err: NOTE });
  expect(await run(SINCE, { in: 'old' })).toEqual({ code: 1, out: unversioned('main.tf:4:1', 'figs'), err: NOTE });
});

test('what hides findings only since then is listed', async () => {
  const { run, write, git } = here;
  const id = 'aws-s3-bucket-versioning-enabled';
  write({
    'old/main.tf': `# trueline:ignore ${id} reason="eaten"\n${bucket('plums')}`,
    'trueline.yaml': 'root: true\n',
  });
  git('add', '-A');
  git('commit', '-q', '-m', 'hidden');
  await run(`${VERSIONING} --write-baseline`);
  write({
    'old/main.tf': `# trueline:ignore ${id} reason="eaten"\n${bucket('plums')}\n# trueline:ignore ${id} reason="ripe"\n${bucket('figs')}`,
    'trueline.yaml': 'root: true\npolicies:\n  aws-sqs-*: { severity: none, reason: "no queues" }\n',
  });
  const { code, out, err } = await run(`${SINCE} --format json`);
  expect(code).toBe(0);
  expect(diagnosticLines(out)).toEqual([
    'old/main.tf:6:1 info suppression-added: This suppression is new.',
    'trueline.yaml:3:3 info policy-disabled: "aws-sqs-*" was not switched off here before.',
    '.trueline/baseline.json info baseline-entry-added: The baseline accepts 1 finding more than before.',
  ]);
  expect(err).toBe(
    `${NOTE}trueline: 3 things hide findings and did not before: This suppression is new. "aws-sqs-*" was not switched off here before. The baseline accepts 1 finding more than before.\n`,
  );
});

test('a finding that was there and is accepted does not make its entry stale', async () => {
  const { run, write, git } = here;
  await run(`${VERSIONING} --write-baseline`);
  git('add', '-A');
  git('commit', '-q', '-m', 'accepted');
  write({ 'main.tf': `# more\n${bucket('apples')}` });
  expect(JSON.parse((await run(`${SINCE} --format json`)).out).summary.baseline).toEqual({ matched: 0, stale: 0 });
});

test('a revision of zeros is the empty tree: everything is new', async () => {
  const found = await here.run(`${VERSIONING} --since ${'0'.repeat(40)}`);
  expect(found).toMatchObject({
    code: 1,
    out: unversioned('main.tf:1:1', 'apples') + unversioned('old/main.tf:1:1', 'plums'),
  });
});

test('what is no revision, and a history that is too short, are said with what to do', async () => {
  expect(await here.run(`${VERSIONING} --since nowhere`)).toEqual({
    code: 2,
    out: '',
    err: 'error: "nowhere" is not a revision of this repository.\n',
  });
  here.git('checkout', '-q', '-b', 'topic');
  here.write({ 'topic.tf': bucket('figs') });
  here.git('add', '-A');
  here.git('commit', '-q', '-m', 'topic');
  const clone = mkdtempSync(join(tmpdir(), 'trueline-shallow-'));
  execFileSync('git', ['clone', '-q', '--depth', '1', '--no-single-branch', `file://${here.folder}`, clone], {
    stdio: 'pipe',
  });
  here.write({ 'main.tf': bucket('apples') + bucket('pears') });
  const { run } = here;
  const shallow = await run(`${VERSIONING} --since origin/main`, { workingDirectory: clone });
  rmSync(clone, { recursive: true, force: true });
  expect(shallow).toEqual({
    code: 2,
    out: '',
    err: 'error: The history is too short to find where "origin/main" and HEAD part: fetch more of it (git fetch --unshallow, or fetch-depth: 0 in CI).\n',
  });
});

test('SARIF of what is new is no report of the default branch, and a line says so', async () => {
  const remark =
    'trueline: this SARIF report has only what is new: never upload it for the default branch, where GitHub would close every alert that it lacks\n';
  expect((await here.run('scan --since HEAD --format sarif')).err).toBe(NOTE + remark);
  expect((await here.run(`${SINCE} --report sarif=out/new.sarif`)).err).toBe(NOTE + remark);
  expect((await here.run('scan --since HEAD --format sarif --quiet')).err).toBe('');
  expect((await here.run('scan --format sarif')).err).toBe('');
});
