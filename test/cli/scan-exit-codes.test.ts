import { afterEach, expect, test } from 'vitest';
import { bucket, unversioned, VERSIONING, type Workspace, workspace } from './workspace.js';

let here: Workspace | undefined;

function open(files: Readonly<Record<string, string>>): Workspace {
  here = workspace(files);
  return here;
}

afterEach(() => here?.remove());

const FOUND = unversioned('main.tf:1:1', 'apples');
const BROKEN = 'resource "aws_s3_bucket" "pears" {\n';
const INCOMPLETE = 'trueline: 1 file or folder was not read, or not whole; the report is incomplete\n';

test('nothing found is 0, findings are 1, on standard output alone', async () => {
  const { run, write } = open({ 'main.tf': 'locals {}\n' });
  expect(await run(VERSIONING)).toEqual({ code: 0, out: '', err: '' });
  write({ 'main.tf': bucket('apples') });
  expect(await run(VERSIONING)).toEqual({ code: 1, out: FOUND, err: '' });
});

test('--fail-on is the lowest level that counts; what is below is still shown', async () => {
  const { run } = open({ 'main.tf': bucket('apples') });
  expect(await run(`${VERSIONING} --fail-on high`)).toEqual({ code: 0, out: FOUND, err: '' });
  expect(await run(`${VERSIONING} --fail-on medium`)).toEqual({ code: 1, out: FOUND, err: '' });
  expect(await run(`${VERSIONING} --fail-on none`)).toEqual({ code: 0, out: FOUND, err: '' });
});

test('--min-severity hides what is below it, and that does not count', async () => {
  const { run } = open({ 'main.tf': bucket('apples') });
  expect(await run(`${VERSIONING} --min-severity high`)).toEqual({ code: 0, out: '', err: '' });
  expect(await run(`${VERSIONING} --min-severity medium`)).toEqual({ code: 1, out: FOUND, err: '' });
});

test('what was not read makes the report incomplete, which beats findings', async () => {
  const { run } = open({ 'main.tf': bucket('apples'), 'pears.tf': BROKEN });
  const found = await run(VERSIONING);
  expect(found.code).toBe(3);
  expect(found.out).toContain(FOUND);
  expect(found.err).toBe(INCOMPLETE);
  const allowed = await run(`${VERSIONING} --allow-incomplete`);
  expect([allowed.code, allowed.err]).toEqual([1, INCOMPLETE]);
  const json = JSON.parse((await run(`${VERSIONING} --format json`)).out);
  expect([json.summary.incomplete, json.summary.exitCode]).toEqual([true, 3]);
});

test('--strict shows the warnings that count; the summary says where they are', async () => {
  const { run } = open({ 'main.tf': '\nmodule "remote" {\n  source = "orchard/apples/aws"\n}\n' });
  const counted = 'warnings  1: 1 terraform-module-not-installed (main.tf:2)\n';
  const warning =
    'warning  The module "orchard/apples/aws" of "module.remote" is not installed:\n' +
    '         run "terraform init" to have it judged.\n  --> main.tf:2:1\n';
  const plain = await run('scan --policy aws-s3-*');
  expect([plain.code, plain.out.includes(counted), plain.out.includes(warning)]).toEqual([0, true, false]);
  const strict = await run('scan --policy aws-s3-* --strict');
  expect([strict.code, strict.out.includes(counted), strict.out.includes(warning)]).toEqual([3, true, true]);
});

test('--strict makes warnings count as not read', async () => {
  const { run } = open({ 'main.tf': 'module "remote" {\n  source = "orchard/apples/aws"\n}\n' });
  expect(await run(VERSIONING)).toMatchObject({ code: 0, err: '' });
  expect(await run(`${VERSIONING} --strict`)).toMatchObject({ code: 3, err: INCOMPLETE });
  expect(JSON.parse((await run(`${VERSIONING} --strict --format json`)).out).summary).toMatchObject({
    incomplete: true,
    exitCode: 3,
  });
});

const ASKED = `variable "keep" {
  type = bool
}

resource "aws_s3_bucket" "apples" {
  bucket = "orchard-apples"
}

resource "aws_s3_bucket_versioning" "apples" {
  bucket = aws_s3_bucket.apples.id
  versioning_configuration {
    status = var.keep ? "Enabled" : "Suspended"
  }
}
`;

test('--fail-on-unknown counts what is undecided in deployments, not modules that wait for variables', async () => {
  const { run, write } = open({ 'main.tf': ASKED });
  expect((await run(`${VERSIONING} --fail-on-unknown low`)).code).toBe(0);
  write({ 'provider.tf': 'provider "aws" {\n  region = "eu-west-1"\n}\n' });
  expect((await run(VERSIONING)).code).toBe(0);
  expect((await run(`${VERSIONING} --fail-on-unknown medium`)).code).toBe(1);
  expect((await run(`${VERSIONING} --fail-on-unknown high`)).code).toBe(0);
});

test('a folder in which nothing is read is 3: the working directory may be wrong', async () => {
  const { run, folder } = open({ 'notes.txt': 'apples' });
  expect(await run(VERSIONING)).toEqual({
    code: 3,
    out: '.: error nothing-read: Nothing in "." could be read: there is no Terraform configuration, no template and no manifest.\n',
    err: INCOMPLETE,
  });
  expect((await run([...VERSIONING.split(' '), folder])).code).toBe(3);
});

test('variables alone are nothing that was read', async () => {
  const { run } = open({ 'prod.tfvars': 'keep = true\n' });
  expect((await run(VERSIONING)).code).toBe(3);
});

test('named files of which none is an input: a note, and 0', async () => {
  const { run } = open({ 'notes.txt': 'apples', 'more.md': 'pears' });
  expect(await run(`${VERSIONING} notes.txt more.md`)).toEqual({
    code: 0,
    out: '',
    err: 'trueline: "notes.txt", "more.md": not an input, not read\n',
  });
});

test('a bug of ours is 4, says so in one line, and shows the stack on request only', async () => {
  const { run } = open({ 'main.tf': bucket('apples') });
  const write = () => {
    throw new TypeError('apples are no pears');
  };
  const line = 'internal error: apples are no pears. This is a bug in trueline 9.8.7; nothing was sent.\n';
  expect(await run(VERSIONING, { write })).toEqual({ code: 4, out: '', err: line });
  const debug = await run(VERSIONING, { write, environment: { TRUELINE_DEBUG: '1' } });
  expect(debug.err.startsWith(`${line}TypeError: apples are no pears\n    at `)).toBe(true);
});

test('--quiet: findings and errors, nothing else', async () => {
  const { run } = open({ 'main.tf': bucket('apples'), 'notes.txt': '' });
  expect(await run(`${VERSIONING} -q main.tf notes.txt`)).toEqual({ code: 1, out: FOUND, err: '' });
  const clean = await run('scan --quiet --policy aws-sqs-* main.tf');
  expect(clean).toEqual({ code: 0, out: '', err: '' });
});
