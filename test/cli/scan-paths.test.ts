import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
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

let here: Workspace | undefined;

function open(files: Readonly<Record<string, string>>): Workspace {
  here = workspace(files);
  return here;
}

afterEach(() => here?.remove());

const PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n';
const SUSPENDED = (place: string, address = 'module.logs.aws_s3_bucket.logs') =>
  `${place}: medium aws-s3-bucket-versioning-enabled: Bucket orchard-logs does not keep old versions of its objects [${address}]\n`;

/** Two roots that call one module; only `prod` keeps nothing. */
const TWO_CALLERS = {
  'trueline.yaml': 'root: true\n',
  'modules/logs/main.tf': LOGS_MODULE,
  'envs/prod/main.tf': PROVIDER + callLogs('false'),
  'envs/test/main.tf': PROVIDER + callLogs('true'),
  'envs/other/main.tf': PROVIDER + bucket('pears'),
};

test('the file of a shared module is judged with the values of every caller', async () => {
  const { run } = open(TWO_CALLERS);
  const found = { code: 1, out: SUSPENDED('modules/logs/main.tf:12:14'), err: '' };
  expect(await run(`${VERSIONING} modules/logs/main.tf`)).toEqual(found);
  expect(await run(`${VERSIONING} modules`)).toEqual(found);
  // What lies outside the PATH is evaluated and not reported; what it passes in is part of the finding.
  expect(await run(`${VERSIONING} envs/prod`)).toEqual(found);
  expect(await run(`${VERSIONING} envs/test`)).toEqual({ code: 0, out: '', err: '' });
});

test('several PATHs, and one within another, report each finding once', async () => {
  const { run } = open(TWO_CALLERS);
  const both = SUSPENDED('modules/logs/main.tf:12:14');
  const pears = unversioned('envs/other/main.tf:4:1', 'pears');
  expect(await run(`${VERSIONING} envs/other modules`)).toEqual({ code: 1, out: pears + both, err: '' });
  expect(await run(`${VERSIONING} . envs envs/other`)).toEqual({ code: 1, out: pears + both, err: '' });
});

test('only what the PATHs have to do with makes a report incomplete', async () => {
  const { run, write } = open(TWO_CALLERS);
  write({ 'envs/other/broken.tf': 'resource "aws_s3_bucket" {\n' });
  expect((await run(`${VERSIONING} envs/test`)).code).toBe(0);
  expect((await run(VERSIONING)).code).toBe(3);
});

test('below the project root, paths are as people there write them', async () => {
  const { run, folder } = open(TWO_CALLERS);
  expect(await run(VERSIONING, { in: 'envs/prod' })).toEqual({
    code: 1,
    out: SUSPENDED('../../modules/logs/main.tf:12:14'),
    err: '',
  });
  expect(await run([...VERSIONING.split(' '), join(folder, 'modules')], { in: 'envs' })).toEqual({
    code: 1,
    out: SUSPENDED('../modules/logs/main.tf:12:14'),
    err: '',
  });
});

test('a variable file selects the roots that load it', async () => {
  const { run, write } = open(TWO_CALLERS);
  write({
    'envs/prod/main.tf': `variable "keep" {}\n${callLogs('var.keep')}`,
    'envs/prod/terraform.tfvars': 'keep = false\n',
    'envs/prod/spare.tfvars': 'keep = true\n',
  });
  expect(await run(`${VERSIONING} envs/prod/terraform.tfvars`)).toEqual({
    code: 1,
    out: SUSPENDED('modules/logs/main.tf:12:14'),
    err: '',
  });
  expect(await run(`${VERSIONING} envs/prod/spare.tfvars`)).toEqual({
    code: 0,
    out: '',
    err: 'trueline: "envs/prod/spare.tfvars": no root loads it; list it under "roots" in trueline.yaml, or give --var-file\n',
  });
});

test('a root that the configuration gives variable files is selected by them', async () => {
  const { run, write } = open(TWO_CALLERS);
  write({
    'trueline.yaml': 'root: true\nroots:\n  - { path: envs/prod, name: prod, var-files: [values/prod.tfvars] }\n',
    'envs/prod/main.tf': `variable "keep" {}\n${callLogs('var.keep')}`,
    'values/prod.tfvars': 'keep = false\n',
  });
  expect(await run(`${VERSIONING} values/prod.tfvars`)).toEqual({
    code: 1,
    out: SUSPENDED('modules/logs/main.tf:12:14'),
    err: '',
  });
});

test('a linked folder is the folder it links to', async () => {
  const { run, folder } = open(TWO_CALLERS);
  symlinkSync('envs/other', join(folder, 'current'));
  expect(await run(`${VERSIONING} current`)).toEqual({
    code: 1,
    out: unversioned('envs/other/main.tf:4:1', 'pears'),
    err: '',
  });
});

test('exclude beats PATH, and that is said', async () => {
  const { run, write } = open({ 'main.tf': bucket('apples'), 'sandbox/main.tf': bucket('pears') });
  const note = (path: string) => `trueline: "${path}": named, but "exclude" leaves it out\n`;
  const apples = unversioned('main.tf:1:1', 'apples');
  expect(await run(`${VERSIONING} --exclude sandbox/`)).toEqual({ code: 1, out: apples, err: '' });
  expect(await run(`${VERSIONING} --exclude sandbox/ sandbox`)).toMatchObject({ code: 0, err: note('sandbox') });
  write({ 'trueline.yaml': 'root: true\nexclude: ["sandbox/**"]\n' });
  const found = await run(`${VERSIONING} sandbox/main.tf main.tf`);
  expect([found.code, found.err]).toEqual([1, note('sandbox/main.tf')]);
  expect(found.out).toContain(apples);
  expect(found.out).not.toContain('pears');
});

test('what .gitignore ignores is left out, unless it is named or --no-gitignore is given', async () => {
  const { run } = open({
    '.gitignore': 'build/\n*.gen.tf\n',
    'main.tf': bucket('apples'),
    'build/out/main.tf': bucket('pears'),
    'build/out/deep/main.tf': bucket('plums'),
  });
  const apples = unversioned('main.tf:1:1', 'apples');
  const pears = unversioned('build/out/main.tf:1:1', 'pears');
  const plums = unversioned('build/out/deep/main.tf:1:1', 'plums');
  expect(await run(VERSIONING)).toEqual({ code: 1, out: apples, err: '' });
  expect(await run(`${VERSIONING} build`)).toEqual({ code: 1, out: plums + pears, err: '' });
  expect(await run(`${VERSIONING} build/out/main.tf`)).toEqual({ code: 1, out: pears, err: '' });
  expect(await run(`${VERSIONING} --no-gitignore`)).toEqual({ code: 1, out: plums + pears + apples, err: '' });
});

test('a .gitignore that cannot be read leaves nothing out, and that is said', async () => {
  const { run, folder } = open({
    '.gitignore': `${'#'.repeat(300_000)}\nbuild/\n`,
    'main.tf': bucket('apples'),
    'build/main.tf': bucket('pears'),
  });
  symlinkSync('/dev/zero', join(folder, 'build/.gitignore'));
  const said = (path: string, why: string) => `"${path}" cannot be read (${why}): nothing is left out for it.`;
  const { code, out } = await run(VERSIONING);
  expect([code, out]).toEqual([
    3,
    unversioned('build/main.tf:1:1', 'pears') +
      unversioned('main.tf:1:1', 'apples') +
      `.gitignore: error file-too-large: ${said('.gitignore', 'too-large')}\n` +
      `build/.gitignore: error file-unreadable: ${said('build/.gitignore', 'outside')}\n`,
  ]);
  expect((await run(`${VERSIONING} --no-gitignore`)).code).toBe(1);
});

test('a module is all its files, ignored or not', async () => {
  const { run } = open({
    '.gitignore': '*.tfvars\n',
    'main.tf': `variable "keep" {}\n${callLogs('var.keep', './logs')}`,
    'terraform.tfvars': 'keep = false\n',
    'logs/main.tf': LOGS_MODULE,
  });
  expect(await run(VERSIONING)).toEqual({ code: 1, out: SUSPENDED('logs/main.tf:12:14'), err: '' });
});

test('the project root: root configuration, else .git, else the working directory, else PATH', async () => {
  const files = { 'modules/logs/main.tf': LOGS_MODULE, 'envs/prod/main.tf': PROVIDER + callLogs('false') };
  const { run, write, git, folder, remove } = open(files);
  const rootOf = async (line: string, below = '') =>
    JSON.parse((await run(`scan --format json ${line}`, { in: below })).out).projectRoot;
  expect(await rootOf('')).toBe('.');
  expect(await rootOf('envs/prod')).toBe('.');
  expect(await rootOf('', 'envs/prod')).toBe('.');
  expect(await rootOf(join(folder, 'envs'), 'modules')).toBe('../envs');
  git('init', '-q');
  expect(await rootOf('', 'envs/prod')).toBe('../..');
  write({ 'envs/trueline.yaml': 'version: 1\n' });
  expect(await rootOf('', 'envs/prod')).toBe('../..');
  write({ 'envs/trueline.yaml': 'root: true\n' });
  expect(await rootOf('', 'envs/prod')).toBe('..');
  remove('.git');
});

test('nothing outside the project root is read', async () => {
  const { run } = open({ 'logs/main.tf': LOGS_MODULE, 'prod/main.tf': callLogs('false', '../logs') });
  const { code, out } = await run(`${VERSIONING} --format json`, { in: 'prod' });
  expect(code).toBe(0);
  expect(diagnosticLines(out)).toEqual([
    'main.tf:2:12 warning file-outside-root: The module "../logs" of "module.logs" lies outside the project; it is not read.',
  ]);
});

test('PATHs of several projects, one of them configured, are refused', async () => {
  const { run, folder } = open({
    'apples/trueline.yaml': 'root: true\n',
    'apples/main.tf': bucket('apples'),
    'pears/main.tf': bucket('pears'),
  });
  expect(await run(`${VERSIONING} apples pears`)).toEqual({
    code: 2,
    out: '',
    err: `error: The PATHs belong to several projects, and "${folder}/apples/trueline.yaml" is about one of them: scan them one at a time.\n`,
  });
  expect((await run(`${VERSIONING} --no-config apples pears`)).code).toBe(1);
});

test('known kinds that are not read are counted once a kind; a named one is not passed over', async () => {
  const { run } = open({
    'main.tf': 'locals {}\n',
    'web/Chart.yaml': 'name: web\n',
    'shop/Chart.yaml': 'name: shop\n',
    Dockerfile: 'FROM scratch\n',
    'plan.json': '{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{}}',
    'pod.yaml': 'apiVersion: v1\nkind: Pod\n',
    'stack.yml': 'Resources:\n  Apples:\n    Type: AWS::S3::Bucket\n',
    'package.json': '{"name":"orchard"}',
  });
  const { code, out } = await run(`${VERSIONING} --format json`);
  expect(code).toBe(1);
  expect(diagnosticLines(out)).toEqual([
    'shop/Chart.yaml warning not-rendered: 2 Helm charts are not rendered (first: "shop"), and are not judged. Render them: helm template shop | trueline scan -',
    'Dockerfile warning kind-not-read: "Dockerfile" is a Dockerfile; it is not read.',
    'plan.json info input-not-judged: "plan.json" is a Terraform plan; it is not read. Name a plan to have it judged.',
  ]);
  expect(await run(`${VERSIONING} Dockerfile`)).toEqual({
    code: 3,
    out: 'Dockerfile: error input-kind-not-supported: "Dockerfile" is a Dockerfile, which this release does not read.\n',
    err: 'trueline: 1 file or folder was not read, or not whole; the report is incomplete\n',
  });
});

test('a file that cannot be read is counted and named', async () => {
  const { run, folder } = open({ 'main.tf': bucket('apples') });
  symlinkSync('nowhere.tf', join(folder, 'lost.tf'));
  const { code, out } = await run('scan --format json --policy aws-s3-bucket-versioning-enabled');
  const { summary } = JSON.parse(out);
  expect([code, summary.files, summary.unreadableFiles]).toEqual([3, 1, 1]);
  expect(diagnosticLines(out)).toEqual(['lost.tf error file-unreadable: "lost.tf" cannot be read (missing).']);
});

test('modules that a link leads to beyond the project are not read', async () => {
  const { run, folder, write } = open({
    'main.tf': 'module "local" {\n  source = "./out"\n}\n\nmodule "net" {\n  source = "orchard/net/aws"\n}\n',
    '.terraform/modules/modules.json': JSON.stringify({
      Modules: [{ Key: 'net', Source: 'orchard/net/aws', Dir: '.terraform/modules/net' }],
    }),
  });
  symlinkSync('/etc', join(folder, 'out'));
  symlinkSync('/etc', join(folder, '.terraform/modules/net'));
  const json = 'scan --format json --policy aws-s3-bucket-versioning-enabled';
  expect(diagnosticLines((await run(json)).out)).toEqual([
    'main.tf:2:12 warning file-outside-root: The module "./out" of "module.local" lies outside the project; it is not read.',
    'main.tf:5:1 warning file-outside-root: "module.net" is installed in ".terraform/modules/net", which lies outside the project; it is not read.',
  ]);
  rmSync(join(folder, '.terraform'), { recursive: true });
  write({ '.terraform/modules/modules.json/empty': '' });
  const { code, out } = await run(json);
  expect([code, diagnosticLines(out)[1]]).toEqual([
    3,
    '.terraform/modules/modules.json error file-unreadable: ".terraform/modules/modules.json" cannot be read (not-a-file).',
  ]);
});
