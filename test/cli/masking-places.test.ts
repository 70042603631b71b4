import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workspace, workspace } from './workspace.js';

/** Told of every resource of these types: all that a policy can quote. */
const TYPES = [
  'aws_db_instance',
  'aws_lambda_function',
  'aws_s3_bucket',
  'aws_secretsmanager_secret',
  'aws_ssm_parameter',
  'aws_iam_user',
  'kubernetes/v1/Secret',
  'kubernetes/v1/Pod',
  'kubernetes/v1/ConfigMap',
];

const nosy = (type: string) => {
  const id = `nosy-${type.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
  return [
    `rules/${id}/policy.yaml`,
    `id: ${id}\ntitle: All is told\nseverity: low\nresource: ${type}\nassert: "'a' == 'b'"\nmessage: "{{ resource }}"\nremediation: Tell it.\n`,
  ] as const;
};

let here: Workspace;

beforeEach(() => {
  here = workspace(Object.fromEntries(TYPES.map(nosy)));
});

afterEach(() => here.remove());

const FORMATS = ['text', 'compact', 'json', 'sarif', 'junit', 'markdown', 'github', 'gitlab'];
const OUTPUTS = [
  ...FORMATS.map(
    (format) =>
      `scan --format ${format} --policy-dir rules --include pass,unknown,skip,suppressed --no-inline-suppressions`,
  ),
  'scan --format text --policy-dir rules --write-baseline --baseline accepted.json',
  'resources',
  'resources --format json',
  'resources --raw',
  'resources --raw --format json',
  'inputs',
  'inputs --format json',
];

interface Place {
  readonly files: Readonly<Record<string, string>>;
  readonly args?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Looks like nothing else that is printed. */
const MARK = 'zq-Sourdough_4711';
const bucket = (name: string) => `resource "aws_s3_bucket" "b" {\n  bucket = ${name}\n}\n`;
const encoded = (text: string) => Buffer.from(text).toString('base64');

/** A plan of one change, with whatever else it says. */
const plan = (change: object, more: object = {}) =>
  JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    resource_changes: [
      {
        address: 'aws_s3_bucket.b',
        mode: 'managed',
        type: 'aws_s3_bucket',
        name: 'b',
        change: { actions: ['create'], before: null, after: { bucket: MARK }, after_unknown: {} },
      },
      ...(Object.keys(change).length === 0 ? [] : [change]),
    ],
    ...more,
  });
const change = (type: string, parts: object) => ({
  address: `${type}.x`,
  mode: 'managed',
  type,
  name: 'x',
  change: { actions: ['create'], before: null, after_unknown: {}, after_sensitive: {}, ...parts },
});
const state = (type: string, attributes: object, more: object = {}, provider = 'aws') =>
  JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    lineage: 'a-b',
    resources: [
      {
        mode: 'managed',
        type,
        name: 'x',
        provider: `provider["registry.terraform.io/hashicorp/${provider}"]`,
        instances: [{ attributes, ...more }],
      },
      {
        mode: 'managed',
        type: 'aws_s3_bucket',
        name: 'b',
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [{ attributes: { bucket: `x-${MARK}` } }],
      },
    ],
  });
const template = (parts: string) => `AWSTemplateFormatVersion: '2010-09-09'\n${parts}`;
const KUBERNETES_SECRET = `resource "kubernetes_secret" "s" {
  metadata {
    name = "oven"
  }
  data = {
    word = "${MARK}"
  }
}
`;
const SECRET_MANIFEST = 'apiVersion: v1\nkind: Secret\nmetadata: {name: oven}\n';
const POD = (value: string) =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: {name: oven}\nspec:\n  containers:\n    - {name: oven, image: oven, env: [{name: WORD, value: "${value}"}]}\n`;

/** Where a secret can stand, each with a second place in which it is only a text, whole or a part of one. */
const PLACES: Readonly<Record<string, Place>> = {
  'the default of a sensitive variable': {
    files: {
      'main.tf': `variable "w" {\n  sensitive = true\n  default   = "${MARK}"\n}\n${bucket('"x-${nonsensitive(var.w)}"')}`,
    },
  },
  'a variable file': {
    files: {
      'main.tf': `variable "w" {\n  sensitive = true\n}\n${bucket('nonsensitive(var.w)')}`,
      'terraform.tfvars': `w = "${MARK}"\n`,
    },
  },
  'a variable file in JSON': {
    files: {
      'main.tf': `variable "w" {\n  sensitive = true\n}\n${bucket('nonsensitive(var.w)')}`,
      'x.auto.tfvars.json': JSON.stringify({ w: MARK }),
    },
  },
  'a flag': {
    files: { 'main.tf': `variable "w" {\n  sensitive = true\n}\n${bucket('nonsensitive(var.w)')}` },
    args: `--var w=${MARK}`,
  },
  'the environment': {
    files: { 'main.tf': `variable "w" {}\n${bucket('var.w')}` },
    environment: { TF_VAR_w: MARK },
  },
  'the credentials of a provider': {
    files: { 'main.tf': `provider "aws" {\n  secret_key = "${MARK}"\n}\n${bucket('"b"')}` },
  },
  'an attribute that its provider calls sensitive': {
    files: { 'main.tf': `resource "aws_db_instance" "d" {\n  password = "${MARK}"\n}\n${bucket(`"x-${MARK}"`)}` },
  },
  'a write-only attribute': {
    files: { 'main.tf': `resource "aws_db_instance" "d" {\n  password_wo = "${MARK}"\n}\n${bucket(`"${MARK}"`)}` },
  },
  'a parameter of SSM': {
    files: { 'main.tf': `resource "aws_ssm_parameter" "p" {\n  type  = "SecureString"\n  value = "${MARK}"\n}\n` },
  },
  'the version of a secret': {
    files: {
      'main.tf': `resource "aws_secretsmanager_secret_version" "v" {\n  secret_id     = "s"\n  secret_string = jsonencode({ word = "${MARK}" })\n}\n${bucket(`"${MARK}"`)}`,
    },
  },
  'a sensitive output of a module': {
    files: {
      'main.tf': `module "m" {\n  source = "./m"\n}\n${bucket('nonsensitive(module.m.w)')}`,
      'm/main.tf': `output "w" {\n  sensitive = true\n  value     = "${MARK}"\n}\n`,
    },
  },
  "the data of Terraform's kubernetes_secret": {
    files: { 'main.tf': `${KUBERNETES_SECRET}${bucket(`"x-${MARK}"`)}` },
  },
  "the data of Terraform's kubernetes_secret_v1, in a local": {
    files: {
      'main.tf': `locals {\n  w = "${MARK}"\n}\n${KUBERNETES_SECRET.replace('_secret"', '_secret_v1"').replace(`"${MARK}"`, 'local.w')}${bucket('local.w')}`,
    },
  },
  "the binary data of Terraform's kubernetes_secret": {
    files: {
      'main.tf': `${KUBERNETES_SECRET.replace('  data', '  binary_data').replace(MARK, encoded(MARK))}${bucket(`"${MARK}"`)}`,
    },
  },
  'what Terraform is told of a cluster': {
    files: {
      'main.tf': `provider "kubernetes" {\n  token = "${MARK}"\n}\n${KUBERNETES_SECRET.replace(MARK, 'harmless')}${bucket('"b"')}`,
    },
  },
  'a manifest in Terraform': {
    files: {
      'main.tf': `resource "kubernetes_manifest" "m" {\n  manifest = {\n    apiVersion = "v1"\n    kind       = "Secret"\n    metadata   = { name = "oven" }\n    stringData = { word = "${MARK}" }\n  }\n}\n${bucket(`"${MARK}"`)}`,
    },
  },
  'the data of a Secret': {
    files: { 's.yaml': `${SECRET_MANIFEST}data: {word: ${encoded(MARK)}}\n${POD(`x-${MARK}`)}` },
  },
  'the stringData of a Secret': {
    files: { 's.yaml': `${SECRET_MANIFEST}stringData: {word: ${MARK}}\n${POD(`x-${encoded(MARK)}-${MARK}`)}` },
  },
  'a Secret in JSON': {
    files: {
      's.json': JSON.stringify({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name: 'oven',
          annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `{"stringData":{"word":"${MARK}"}}` },
        },
        stringData: { word: MARK },
      }),
    },
  },
  'the default of a parameter with NoEcho': {
    files: {
      't.yaml': template(
        `Parameters:\n  W: {Type: String, NoEcho: true, Default: ${MARK}}\nResources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: !Ref W}\n  C:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: !Sub "x-\${W}"}\n`,
      ),
    },
  },
  'a file of parameters': {
    files: {
      't.yaml': template(
        'Parameters:\n  W: {Type: String, NoEcho: true}\nResources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: !Ref W}\n',
      ),
      'p.json': JSON.stringify([{ ParameterKey: 'W', ParameterValue: MARK }]),
    },
    args: '--parameters p.json',
  },
  'a password in a template': {
    files: {
      't.json': JSON.stringify({
        Resources: {
          D: {
            Type: 'AWS::RDS::DBInstance',
            Properties: { MasterUserPassword: MARK, DBInstanceIdentifier: `x-${MARK}` },
          },
        },
      }),
    },
  },
  'the text of a secret in a template': {
    files: {
      't.yaml': template(
        `Resources:\n  S:\n    Type: AWS::SecretsManager::Secret\n    Properties: {SecretString: ${MARK}, Description: "x-${MARK}"}\n`,
      ),
    },
  },
  'a login profile in a template': {
    files: {
      't.yaml': template(
        `Resources:\n  U:\n    Type: AWS::IAM::User\n    Properties: {UserName: u, LoginProfile: {Password: ${MARK}}}\n`,
      ),
    },
  },
  'a plan: a marked value': {
    files: {
      'plan.json': plan(change('aws_ssm_parameter', { after: { value: MARK }, after_sensitive: { value: true } })),
    },
    args: 'plan.json',
  },
  'a plan: what was there before': {
    files: {
      'plan.json': plan(
        change('aws_db_instance', {
          actions: ['update'],
          before: { password: MARK },
          after: { password: 'other-4711' },
        }),
      ),
    },
    args: 'plan.json',
  },
  'a plan: a variable': {
    files: {
      'plan.json': plan(
        {},
        {
          variables: { w: { value: MARK } },
          configuration: { root_module: { variables: { w: { sensitive: true } } } },
        },
      ),
    },
    args: 'plan.json',
  },
  'a plan: a provider': {
    files: {
      'plan.json': plan(
        {},
        { configuration: { provider_config: { aws: { expressions: { secret_key: { constant_value: MARK } } } } } },
      ),
    },
    args: 'plan.json',
  },
  'a plan: an output': {
    files: { 'plan.json': plan({}, { output_changes: { w: { after: MARK, after_sensitive: true } } }) },
    args: 'plan.json',
  },
  'a plan: a kubernetes_secret without a mark': {
    files: {
      'plan.json': plan(change('kubernetes_secret', { after: { data: { word: MARK }, metadata: [{ name: 'oven' }] } })),
    },
    args: 'plan.json',
  },
  'a plan: what had drifted': {
    files: {
      'plan.json': plan({}, { resource_drift: [change('aws_db_instance', { before: { password: MARK }, after: {} })] }),
    },
    args: 'plan.json',
  },
  'a state': { files: { 's.tfstate': state('aws_db_instance', { password: MARK }) }, args: 's.tfstate' },
  'a state: a marked value': {
    files: {
      's.tfstate': state(
        'terraform_data',
        { input: { type: 'string', value: MARK } },
        { sensitive_attributes: [[{ type: 'get_attr', value: 'input' }]] },
        'terraform',
      ),
    },
    args: 's.tfstate',
  },
  'a state: a kubernetes_secret': {
    files: {
      's.tfstate': state(
        'kubernetes_secret_v1',
        { data: { word: MARK }, metadata: [{ name: 'oven' }] },
        {},
        'kubernetes',
      ),
    },
    args: 's.tfstate',
  },
  'a state: what is deposed': {
    files: { 's.tfstate': state('aws_db_instance', { password: MARK }, { deposed: '0a1b2c3d' }) },
    args: 's.tfstate',
  },
  'a state as it is shown': {
    files: {
      's.json': JSON.stringify({
        format_version: '1.0',
        terraform_version: '1.11.4',
        values: {
          outputs: { w: { sensitive: true, value: MARK } },
          root_module: {
            resources: [
              {
                address: 'aws_s3_bucket.b',
                mode: 'managed',
                type: 'aws_s3_bucket',
                name: 'b',
                values: { bucket: `x-${MARK}` },
                sensitive_values: {},
              },
            ],
          },
        },
      }),
    },
    args: 's.json',
  },
};

test.each(Object.entries(PLACES))(
  'no output shows %s',
  async (_, { files, args, environment }) => {
    here.write(files);
    const shown: string[] = [];
    for (const output of OUTPUTS) {
      const isScan = output.startsWith('scan');
      const flags = args === undefined || isScan || !args.includes('write') ? (args ?? '') : '';
      const { code, out, err } = await here.run(`${output} ${flags}`, { environment: environment ?? {}, width: 400 });
      expect([output, code <= 3 && code !== 2, err]).toEqual([output, true, err]);
      for (const line of `${out}\n${err}`.split('\n'))
        if (line.includes(MARK) || line.includes(encoded(MARK)))
          shown.push(`${output.slice(0, 24)}: ${line.trim().slice(0, 160)}`);
    }
    const baseline = join(here.folder, 'accepted.json');
    if (existsSync(baseline) && readFileSync(baseline, 'utf8').includes(MARK)) shown.push('the baseline');
    expect(shown).toEqual([]);
  },
  60_000,
);
