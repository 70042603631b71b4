import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { diagnosticLines, VERSIONING, type Workspace, workspace } from './workspace.js';

let here: Workspace;

/** The head of an archive whose first entry is the plan, as `terraform plan -out` writes it. */
const BINARY_PLAN = Buffer.concat([
  Buffer.from('504b0304140008000800', 'hex'),
  Buffer.alloc(16),
  Buffer.from([6, 0, 9, 0]),
  Buffer.from('tfplan'),
  Buffer.alloc(64),
]);

const FILES = {
  'tf/main.tf': 'locals {}\n',
  'plans/plan.json': '{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{},"resource_changes":[]}',
  'plans/state.json': '{\n  "format_version": "1.0",\n  "terraform_version": "1.11.4",\n  "values": {}\n}\n',
  'plans/stored.json': '{"version":4,"terraform_version":"1.11.4","lineage":"a-b"}',
  'plans/terraform.tfstate': '{}',
  'stacks/template.yaml': 'Resources:\n  Apples:\n    Type: AWS::S3::Bucket\n',
  'stacks/sam.yml': "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Pears: {Type: Custom::Pears}\n",
  'stacks/backup.yaml':
    'Resources:\n  Apples:\n    Type: AWS::S3::Bucket\n  Crates:\n    Type: AWS::Backup::BackupSelection\n    Properties:\n      BackupSelection:\n        Resources:\n          - !GetAtt Apples.Arn\n',
  'stacks/one.template': '{"Resources":{"Apples":{"Type":"AWS::S3::Bucket"}}}',
  'azure/main.json':
    '{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","resources":[]}',
  'azure/main.bicep': 'param name string\n',
  'pods/pod.yaml': 'apiVersion: v1\nkind: Pod\n',
  'pods/two.yml': '---\napiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: Service\n',
  'pods/flow.yaml': '{ apiVersion: v1, kind: Pod }\n',
  'pods/set.yaml': 'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nspec:\n  name: "{{name}}"\n',
  'pods/list.json': '{"kind":"List","apiVersion":"v1","items":[]}',
  'pods/noname': 'apiVersion: v1\nkind: Pod\n',
  'chart/Chart.yaml': 'apiVersion: v2\nname: chart\n',
  'chart/values.yaml': 'replicas: 1\n',
  'chart/crds/crop.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n',
  'chart/templates/pod.yaml': '{{- if .Values.on }}\napiVersion: v1\nkind: Pod\n{{- end }}\n',
  'chart/templates/web/static.yaml': 'apiVersion: v1\nkind: Service\n',
  'chart/charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\n',
  'chart/charts/sub/templates/pod.yaml': 'apiVersion: v1\nkind: Pod\n',
  'kustom/kustomization.yaml': 'resources: [../pods/pod.yaml]\nnamePrefix: rye-\n',
  'grunt/terragrunt.hcl': 'terraform {\n  source = "../tf"\n}\n',
  'others/package.json': '{"name":"orchard"}',
  'others/values.yaml': 'apples: 1\n',
  'others/dashboard.json': '{"panels":[{"kind":"graph","apiVersion":"v2"}]}',
  'others/policy.json': '{"Version":"2012-10-17","Statement":[]}',
  'others/appspec.yaml':
    'version: 0.0\nResources:\n  # What is deployed.\n  - Orchard:\n      Type: AWS::ECS::Service\n',
  'others/appspec.json': '{"version": 0.0, "Resources": [{"Orchard": {"Type": "AWS::Lambda::Function"}}]}',
  'others/workflow.yml': 'on: push\njobs: {}\n',
  'others/photo.plan': 'PK\u0003\u0004 a photo',
};

beforeEach(() => {
  here = workspace(FILES);
  writeFileSync(join(here.folder, 'plans/tf.plan'), BINARY_PLAN);
  writeFileSync(join(here.folder, 'plans/saved'), BINARY_PLAN);
});

afterEach(() => here.remove());

const INCOMPLETE = 'trueline: 1 file or folder was not read, or not whole; the report is incomplete\n';

describe('what is named and not read is an error, and 3', () => {
  test.each([
    ['azure/main.json', 'a template of Azure Resource Manager'],
    ['azure/main.bicep', 'a Bicep file'],
    ['grunt/terragrunt.hcl', 'a Terragrunt file'],
  ])('%s is %s', async (path, what) => {
    expect(await here.run(`${VERSIONING} ${path}`)).toEqual({
      code: 3,
      out: `${path}: error input-kind-not-supported: "${path}" is ${what}, which this release does not read.\n`,
      err: INCOMPLETE,
    });
    expect((await here.run(`scan ${path}`)).out).toContain(`not read  1 ${what.slice(2)}\n`);
  });

  test.each([
    ['chart/Chart.yaml', 'a Helm chart', 'helm template chart'],
    ['chart/templates/pod.yaml', 'a template of a Helm chart', 'helm template chart'],
    ['chart/templates/web/static.yaml', 'a template of a Helm chart', 'helm template chart'],
    ['kustom/kustomization.yaml', 'a Kustomize file', 'kubectl kustomize kustom'],
    ['pods/pod.yaml', 'a Kubernetes manifest that "kustom/kustomization.yaml" builds upon', 'kubectl kustomize kustom'],
  ])('%s is %s, with the command that renders it', async (path, what, command) => {
    expect(await here.run(`${VERSIONING} ${path}`)).toEqual({
      code: 3,
      out: `${path}: error input-kind-not-supported: "${path}" is ${what}; it has to be rendered: ${command} | trueline scan -\n`,
      err: INCOMPLETE,
    });
  });

  test('what has to be rendered is passed over where that is asked for, as hooks do that are given names', async () => {
    const paths = 'kustom/kustomization.yaml pods/pod.yaml chart/templates/pod.yaml';
    expect((await here.run(`${VERSIONING} --allow-incomplete ${paths}`)).code).toBe(0);
    expect((await here.run(`${VERSIONING} --allow-incomplete ${paths} stacks/template.yaml`)).code).toBe(1);
  });

  test.each([
    [
      'plans/tf.plan',
      'plans/tf.plan: error plan-invalid: "plans/tf.plan" cannot be read as a plan: it is damaged, or was cut off.',
    ],
    [
      'plans/saved',
      'plans/saved: error plan-invalid: "plans/saved" cannot be read as a plan: it is damaged, or was cut off.',
    ],
    [
      'plans/terraform.tfstate',
      'plans/terraform.tfstate:1:1: error state-invalid: The state "plans/terraform.tfstate" has no "format_version", which this release does not know.',
    ],
  ])('%s is damaged', async (path, expected) => {
    expect(await here.run(`${VERSIONING} ${path}`)).toEqual({ code: 3, out: `${expected}\n`, err: INCOMPLETE });
  });
});

describe('what is forced to be a plan or a state, and is none', () => {
  const wrong = (path: string, code: string, message: string) => ({
    code: 3,
    out: `${path}: error ${code}: ${message}\n`,
    err: INCOMPLETE,
  });

  test.each([
    ['terraform-plan', 'plan-invalid'],
    ['terraform-state', 'state-invalid'],
  ])('--type %s', async (type, code) => {
    here.write({ 'plans/words.txt': 'apples\n' });
    expect(await here.run(`${VERSIONING} --type ${type} plans/words.txt`)).toEqual(
      wrong('plans/words.txt:1:1', code, '"plans/words.txt" cannot be read: the text is no JSON object.'),
    );
    expect((await here.run(`${VERSIONING} --type ${type} others/package.json`)).out).toContain(`error ${code}: The `);
  });
});

describe('a plan that was cut or written otherwise', () => {
  const plan = '{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{},"resource_changes":[]}';

  test.each([
    [
      'within its first names',
      plan.slice(0, 62),
      'plan-invalid: "plan.json" cannot be read: the string is not closed: the text was cut off.',
    ],
    [
      'within a value',
      plan.slice(0, -2),
      'plan-invalid: "plan.json" cannot be read: the value is not closed: the text was cut off.',
    ],
    [
      'of a format to come',
      plan.replace('1.2', '2.0'),
      'plan-invalid: The plan "plan.json" has the format "2.0", which this release does not know.',
    ],
    ['as UTF-16', Buffer.from(`\ufeff${plan}`, 'utf16le'), 'file-not-utf8: "plan.json" is not UTF-8; it is not read.'],
    [
      'half of it no text',
      Buffer.concat([Buffer.from(plan.slice(0, -1)), Buffer.from([0x80, 0xff])]),
      'file-not-utf8: "plan.json" is not UTF-8; it is not read.',
    ],
  ])('%s', async (_, content, expected) => {
    writeFileSync(join(here.folder, 'plan.json'), content);
    const { code, out, err } = await here.run(`${VERSIONING} plan.json`);
    expect([code, out.replace(/^plan\.json(?::\d+:\d+)?: error /, ''), err]).toEqual([3, `${expected}\n`, INCOMPLETE]);
  });

  test('of a smaller format to come is read', async () => {
    here.write({ 'plan.json': plan.replace('1.2', '1.99') });
    expect(await here.run(`${VERSIONING} plan.json`)).toEqual({ code: 0, out: '', err: '' });
  });

  test.each(['3', '5', '"4"'])('a state of version %s is not read', async (version) => {
    here.write({ 'plans/terraform.tfstate': `{"version":${version},"lineage":"a-b","resources":[]}` });
    expect((await here.run(`${VERSIONING} plans/terraform.tfstate`)).out).toBe(
      `plans/terraform.tfstate:1:12: error state-invalid: The state "plans/terraform.tfstate" has the version ${version}; this release reads version 4.\n`,
    );
  });
});

test('a large plan is a plan, wherever it says so', async () => {
  const filler = `"variables":{"pears":{"value":"${'p'.repeat(6_000_000)}"}}`;
  const change =
    '{"address":"aws_s3_bucket.apples","mode":"managed","type":"aws_s3_bucket","name":"apples","change":{"actions":["create"],"after":{"bucket":"apples"}}}';
  const head = '"format_version":"1.2","terraform_version":"1.11.4"';
  const rest = `"planned_values":{},"resource_changes":[${change}]`;
  here.write({
    'big/plan.json': `{${head},${rest},${filler}}`,
    // As `jq -S` and others write it.
    'big/other.json': `{${filler},${head},${rest}}`,
  });
  for (const name of ['plan', 'other'])
    expect((await here.run(`${VERSIONING} big/${name}.json`)).out).toMatch(
      /^big\/\w+\.json:1:\d+: medium aws-s3-bucket-versioning-enabled: Bucket apples does not keep/,
    );
});

const unversioned = (place: string) =>
  `${place}: medium aws-s3-bucket-versioning-enabled: Bucket Apples does not keep old versions of its objects [Apples]\n`;

test.each([
  ['plans/plan.json', 'terraform-plan', ''],
  ['plans/state.json', 'terraform-state', ''],
  ['plans/stored.json', 'terraform-state', ''],
  ['stacks/template.yaml', 'cloudformation', unversioned('stacks/template.yaml:2:3')],
  ['stacks/sam.yml', 'cloudformation', ''],
  ['stacks/backup.yaml', 'cloudformation', unversioned('stacks/backup.yaml:2:3')],
  ['stacks/one.template', 'cloudformation', unversioned('stacks/one.template:1:15')],
  ['pods/two.yml', 'kubernetes', ''],
  ['pods/flow.yaml', 'kubernetes', ''],
  ['pods/set.yaml', 'kubernetes', ''],
  ['pods/list.json', 'kubernetes', ''],
  ['pods/noname', 'kubernetes', ''],
  ['chart/crds/crop.yaml', 'kubernetes', ''],
])('%s is named, and read as %s', async (path, kind, out) => {
  expect(await here.run(`${VERSIONING} ${path}`)).toEqual({ code: out === '' ? 0 : 1, out, err: '' });
  const { roots, notRead } = JSON.parse((await here.run(`inputs --format json ${path}`)).out);
  const own = roots.filter(({ files }: { files: string[] }) => files.includes(path));
  expect([own.map((root: { kind: string }) => root.kind), notRead]).toEqual([[kind], []]);
});

test.each(['package.json', 'values.yaml', 'dashboard.json', 'policy.json', 'workflow.yml', 'photo.plan'])(
  '%s is no input: named, a remark, and 0',
  async (name) => {
    expect(await here.run(`${VERSIONING} others/${name}`)).toEqual({
      code: 0,
      out: '',
      err: `trueline: "others/${name}": not an input, not read\n`,
    });
  },
);

test('a folder of all kinds: each is counted, the templates with their charts', async () => {
  const { code, out } = await here.run('scan --format json');
  const { summary } = JSON.parse(out);
  expect(code).toBe(1);
  const named = 'Name a plan to have it judged.';
  expect(summary.notRead).toEqual([
    { kind: 'template of Azure Resource Manager', count: 1, remedy: null },
    { kind: 'Bicep file', count: 1, remedy: null },
    { kind: 'Helm charts', count: 2, remedy: 'helm template chart | trueline scan -' },
    { kind: 'Kustomize file', count: 1, remedy: 'kubectl kustomize kustom | trueline scan -' },
    { kind: 'binary Terraform plan', count: 1, remedy: named },
    { kind: 'Terraform plan', count: 1, remedy: named },
    { kind: 'Terraform states', count: 3, remedy: 'Name a state to have it judged.' },
    { kind: 'Terragrunt file', count: 1, remedy: null },
  ]);
  expect(diagnosticLines(out)).toEqual([
    'chart/Chart.yaml warning not-rendered: The Helm chart "chart" is not rendered, and is not judged. Render it: helm template chart | trueline scan -',
    'kustom/kustomization.yaml warning not-rendered: The kustomization "kustom" is not rendered, and is not judged. Render it: kubectl kustomize kustom | trueline scan -',
    'azure/main.json warning kind-not-read: "azure/main.json" is a template of Azure Resource Manager; it is not read.',
    'azure/main.bicep warning kind-not-read: "azure/main.bicep" is a Bicep file; it is not read.',
    'plans/tf.plan info input-not-judged: "plans/tf.plan" is a binary Terraform plan; it is not read. Name a plan to have it judged.',
    'plans/plan.json info input-not-judged: "plans/plan.json" is a Terraform plan; it is not read. Name a plan to have it judged.',
    'plans/state.json info input-not-judged: 3 Terraform states (first: "plans/state.json") are not read. Name a state to have it judged.',
    'grunt/terragrunt.hcl warning kind-not-read: "grunt/terragrunt.hcl" is a Terragrunt file; it is not read.',
  ]);
});

test.each([
  ['others', ''],
  ['chart/templates', ', only 2 templates of Helm charts, which have to be rendered'],
  ['plans', ', only 1 binary Terraform plan, 1 Terraform plan, 3 Terraform states, judged only where they are named'],
  ['azure', ', only 1 template of Azure Resource Manager, 1 Bicep file, which this release does not read'],
])('a folder in which nothing is judged says what it has: %s', async (folder, only) => {
  const { code, out, err } = await here.run(`${VERSIONING} ${folder}`);
  expect([code, err]).toEqual([3, INCOMPLETE]);
  expect(out).toBe(
    `${folder}: error nothing-read: Nothing in "${folder}" could be read: there is no Terraform configuration, no template and no manifest${only}.\n`,
  );
});

test('what cannot be looked into is told: named an error, met a warning', async () => {
  const huge = join(here.folder, 'tf/huge.json');
  writeFileSync(huge, '{');
  truncateSync(huge, 481 * 1024 * 1024);
  symlinkSync('/etc/hostname', join(here.folder, 'tf/away.yaml'));
  const met = await here.run('scan --format json tf');
  expect(met.code).toBe(0);
  expect(diagnosticLines(met.out)).toEqual([
    'tf/away.yaml warning kind-not-read: "tf/away.yaml" cannot be read (outside): whether it is an input is not known.',
    'tf/huge.json warning kind-not-read: "tf/huge.json" cannot be read (too-large): whether it is an input is not known.',
  ]);
  expect(await here.run(`${VERSIONING} tf/huge.json`)).toMatchObject({
    code: 3,
    out: 'tf/huge.json: error file-too-large: "tf/huge.json" cannot be read (too-large).\n',
  });
  expect(await here.run(`${VERSIONING} tf/away.yaml`)).toMatchObject({
    code: 3,
    out: 'tf/away.yaml: error file-unreadable: "tf/away.yaml" cannot be read (outside).\n',
  });
});
