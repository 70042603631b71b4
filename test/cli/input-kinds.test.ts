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
  'stacks/sam.yml': "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::Serverless-2016-10-31\n",
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
  'kustom/kustomization.yaml': 'resources: [../pods/pod.yaml]\n',
  'grunt/terragrunt.hcl': 'terraform {\n  source = "../tf"\n}\n',
  'others/package.json': '{"name":"orchard"}',
  'others/values.yaml': 'apples: 1\n',
  'others/dashboard.json': '{"panels":[{"kind":"graph","apiVersion":"v2"}]}',
  'others/policy.json': '{"Version":"2012-10-17","Statement":[]}',
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
    ['plans/plan.json', 'a Terraform plan'],
    ['plans/tf.plan', 'a binary Terraform plan'],
    ['plans/saved', 'a binary Terraform plan'],
    ['plans/state.json', 'a Terraform state'],
    ['plans/stored.json', 'a Terraform state'],
    ['plans/terraform.tfstate', 'a Terraform state'],
    ['stacks/template.yaml', 'a CloudFormation template'],
    ['stacks/sam.yml', 'a CloudFormation template'],
    ['stacks/one.template', 'a CloudFormation template'],
    ['azure/main.json', 'a template of Azure Resource Manager'],
    ['azure/main.bicep', 'a Bicep file'],
    ['pods/pod.yaml', 'a Kubernetes manifest'],
    ['pods/two.yml', 'a Kubernetes manifest'],
    ['pods/flow.yaml', 'a Kubernetes manifest'],
    ['pods/set.yaml', 'a Kubernetes manifest'],
    ['pods/list.json', 'a Kubernetes manifest'],
    ['pods/noname', 'a Kubernetes manifest'],
    ['chart/Chart.yaml', 'a Helm chart'],
    ['chart/templates/pod.yaml', 'a template of a Helm chart'],
    ['chart/templates/web/static.yaml', 'a template of a Helm chart'],
    ['chart/crds/crop.yaml', 'a template of a Helm chart'],
    ['kustom/kustomization.yaml', 'a Kustomize file'],
    ['grunt/terragrunt.hcl', 'a Terragrunt file'],
  ])('%s is %s', async (path, what) => {
    expect(await here.run(`${VERSIONING} ${path}`)).toEqual({
      code: 3,
      out: `${path}: error input-kind-not-supported: "${path}" is ${what}, which this release does not read.\n`,
      err: INCOMPLETE,
    });
    expect((await here.run(`scan ${path}`)).out).toContain(`not read  1 ${what.slice(2)}\n`);
  });
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
  expect(code).toBe(0);
  expect(summary.notRead).toEqual([
    { kind: 'template of Azure Resource Manager', count: 1, remedy: null },
    { kind: 'Bicep file', count: 1, remedy: null },
    { kind: 'CloudFormation templates', count: 3, remedy: null },
    { kind: 'Helm charts', count: 2, remedy: null },
    { kind: 'Kubernetes manifests', count: 5, remedy: null },
    { kind: 'Kustomize file', count: 1, remedy: null },
    { kind: 'binary Terraform plan', count: 1, remedy: null },
    { kind: 'Terraform plan', count: 1, remedy: null },
    { kind: 'Terraform states', count: 3, remedy: null },
    { kind: 'Terragrunt file', count: 1, remedy: null },
  ]);
  expect(diagnosticLines(out)).toEqual([
    'azure/main.bicep warning kind-not-read: "azure/main.bicep" is a Bicep file; it is not read.',
    'azure/main.json warning kind-not-read: "azure/main.json" is a template of Azure Resource Manager; it is not read.',
    'chart/Chart.yaml warning kind-not-read: 2 Helm charts (first: "chart/Chart.yaml") are not read.',
    'grunt/terragrunt.hcl warning kind-not-read: "grunt/terragrunt.hcl" is a Terragrunt file; it is not read.',
    'kustom/kustomization.yaml warning kind-not-read: "kustom/kustomization.yaml" is a Kustomize file; it is not read.',
    'plans/plan.json info input-not-judged: "plans/plan.json" is a Terraform plan; it is not read.',
    'plans/state.json info input-not-judged: 3 Terraform states (first: "plans/state.json") are not read.',
    'plans/tf.plan info input-not-judged: "plans/tf.plan" is a binary Terraform plan; it is not read.',
    'pods/flow.yaml warning kind-not-read: 5 Kubernetes manifests (first: "pods/flow.yaml") are not read.',
    'stacks/one.template warning kind-not-read: 3 CloudFormation templates (first: "stacks/one.template") are not read.',
  ]);
});

test.each([
  ['others', ''],
  ['pods', ', only 5 Kubernetes manifests, which this release does not read'],
  ['chart', ', only 2 Helm charts, which this release does not read'],
  ['chart/templates', ', only 2 templates of Helm charts, which this release does not read'],
  ['plans', ', only 1 binary Terraform plan, 1 Terraform plan, 3 Terraform states, which this release does not read'],
  ['azure', ', only 1 template of Azure Resource Manager, 1 Bicep file, which this release does not read'],
])('a folder without Terraform says what it has: %s', async (folder, only) => {
  expect(await here.run(`${VERSIONING} ${folder}`)).toEqual({
    code: 3,
    out: `${folder}: error nothing-read: Nothing in "${folder}" could be read: there is no Terraform configuration${only}.\n`,
    err: INCOMPLETE,
  });
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

test('standard input and --type are answered by what there is instead', async () => {
  for (const command of ['scan', 'resources', 'inputs'])
    expect(await here.run([command, '-'])).toEqual({
      code: 2,
      out: '',
      err: 'error: Nothing that comes on standard input is read by this release: plans, templates and manifests are not. Name the folder of the Terraform configuration instead.\n',
    });
  expect(await here.run('scan --type kubernetes pods')).toEqual({
    code: 2,
    out: '',
    err: 'error: "scan" has no option "--type". What a file is is told by its name and by what it holds.\n',
  });
});
