import { afterEach, beforeEach, expect, test } from 'vitest';
import { LOGS_MODULE, VERSIONING, type Workspace, workspace } from './workspace.js';

let here: Workspace;

beforeEach(() => {
  here = workspace({
    'main.tf': LOGS_MODULE,
    'kept.tfvars': 'keep = true\n',
    'lost.tfvars': 'keep = false\n',
  });
});

afterEach(() => here.remove());

const outcome = async (line: string, environment: Readonly<Record<string, string>> = {}) => {
  const { code, out } = await here.run(`${VERSIONING} --include pass,unknown --format json ${line}`, { environment });
  const { findings } = JSON.parse(out);
  return [code, ...findings.map((finding: { outcome: string }) => finding.outcome)];
};

test('without a value the outcome is unknown', async () => {
  expect(await outcome('')).toEqual([0, 'unknown']);
});

test('--var, --var-file and TF_VAR_ give a variable its value, with the precedence of Terraform', async () => {
  expect(await outcome('--var keep=false')).toEqual([1, 'fail']);
  expect(await outcome('--var keep=false --var keep=true')).toEqual([0, 'pass']);
  expect(await outcome('--var-file lost.tfvars')).toEqual([1, 'fail']);
  expect(await outcome('--var-file lost.tfvars,kept.tfvars')).toEqual([0, 'pass']);
  expect(await outcome('', { TF_VAR_keep: 'false' })).toEqual([1, 'fail']);
  expect(await outcome('--var keep=true', { TF_VAR_keep: 'false' })).toEqual([0, 'pass']);
  here.write({ 'terraform.tfvars': 'keep = true\n' });
  expect(await outcome('', { TF_VAR_keep: 'false' })).toEqual([0, 'pass']);
  expect(await outcome('--var-file lost.tfvars')).toEqual([1, 'fail']);
});

test('an absolute --var-file is read inside the project', async () => {
  expect(await outcome(`--var-file ${here.folder}/lost.tfvars`)).toEqual([1, 'fail']);
});

test('a value may hold commas and equal signs', async () => {
  here.write({
    'main.tf': LOGS_MODULE.replace('type = bool', 'type = string').replace('var.keep ?', 'var.keep == "a,b=c" ?'),
  });
  expect(await outcome('--var keep=a,b=c')).toEqual([0, 'pass']);
});

test('--workspace, TF_WORKSPACE and the data folder say which workspace it is', async () => {
  here.write({
    'main.tf': LOGS_MODULE.replace('var.keep ?', 'terraform.workspace == "prod" ?'),
    '.terraform/environment': 'prod',
    'other/environment': 'test',
  });
  expect(await outcome('')).toEqual([0, 'pass']);
  expect(await outcome('', { TF_WORKSPACE: 'test' })).toEqual([1, 'fail']);
  expect(await outcome('--workspace prod', { TF_WORKSPACE: 'test' })).toEqual([0, 'pass']);
  expect(await outcome('', { TF_DATA_DIR: 'other' })).toEqual([1, 'fail']);
});

test('a folder configured twice is judged with both sets of values', async () => {
  here.write({
    'trueline.yaml': `root: true
roots:
  - { path: ., name: prod, var-files: [kept.tfvars] }
  - { path: ., name: test, var-files: [lost.tfvars] }
`,
  });
  const { findings } = JSON.parse((await here.run(`${VERSIONING} --include pass --format json`)).out);
  expect(
    findings.map(({ outcome, resource }: { outcome: string; resource: { root: string } }) => [outcome, resource.root]),
  ).toEqual([
    ['pass', '.#prod'],
    ['fail', '.#test'],
  ]);
});

test('what variables of the environment hold is shown in no format', async () => {
  const secret = 'plum-brandy-1907';
  here.write({
    'main.tf': `variable "names" {}\nvariable "password" {\n  sensitive = true\n  default   = "pear-cider-2026"\n}\nlocals {\n  all = [var.names[0], var.password]\n}\nresource "aws_s3_bucket" "a" {\n  bucket = local.all[0]\n}\nresource "aws_s3_bucket" "b" {\n  bucket = "x-\${var.password}"\n}\n`,
  });
  const environment = { TF_VAR_names: `["${secret}"]` };
  for (const format of ['text', 'compact', 'json', 'sarif', 'junit', 'markdown', 'github', 'gitlab']) {
    const { code, out } = await here.run(`scan --format ${format} --policy CKV_AWS_21`, { environment });
    expect([format, code, out.includes('(sensitive)') || out.includes('&#40;sensitive')]).toEqual([format, 1, true]);
    expect([format, out.includes(secret), out.includes('pear-cider-2026')]).toEqual([format, false, false]);
  }
  for (const line of [
    'resources',
    'resources --format json',
    'resources --raw --format json',
    'inputs',
    'inputs -f json',
  ]) {
    const { out } = await here.run(line, { environment });
    expect([line, out.includes(secret), out.includes('pear-cider-2026')]).toEqual([line, false, false]);
  }
});

test('of a document only what is sensitive in it is hidden, unless the whole is', async () => {
  const statement = (
    part: string,
  ) => `{ Statement = [{ Sid = "Orchard", Effect = "Allow", Action = ["sns:Publish"], Resource = "*",
    Principal = { AWS = ${part} } }] }`;
  const topic = (name: string, policy: string) =>
    `resource "aws_sns_topic" "${name}" {\n  name   = "orchard-${name}"\n  policy = ${policy}\n}\n`;
  const shown = async (policies: string) => {
    here.write({
      'main.tf': `variable "account" {\n  sensitive = true\n  default   = "arn:aws:iam::111122223333:root"\n}\n${policies}`,
    });
    const { out } = await here.run('resources --format json');
    const topics = JSON.parse(out).resources.filter(({ type }: { type: string }) => type === 'aws_sns_topic');
    return topics.map(({ values }: { values: { policy: string | { statement: Record<string, unknown>[] } } }) => {
      if (typeof values.policy === 'string') return values.policy;
      const { sid, actions, principals } = values.policy.statement[0] ?? {};
      return { sid, actions, principals };
    });
  };
  const open = {
    sid: 'Orchard',
    actions: ['sns:Publish'],
    principals: [{ type: 'AWS', identifiers: ['(sensitive)'] }],
  };
  const document = `data "aws_iam_policy_document" "d" {\n  statement {\n    sid = "Orchard"\n    actions = ["sns:Publish"]\n    resources = ["*"]\n    principals {\n      type = "AWS"\n      identifiers = [var.account]\n    }\n  }\n}\n`;
  expect(
    await shown(
      `${topic('encoded', `jsonencode(${statement('var.account')})`)}${topic('written', 'data.aws_iam_policy_document.d.json')}${document}`,
    ),
  ).toEqual([open, open]);
  expect(
    await shown(topic('listed', `jsonencode(${statement('sensitive(["arn:aws:iam::444455556666:root"])')})`)),
  ).toEqual([{ ...open, principals: [{ type: 'AWS', identifiers: '(sensitive)' }] }]);
  expect(await shown(topic('hidden', `sensitive(jsonencode(${statement('var.account')}))`))).toEqual(['(sensitive)']);
  expect(
    await shown(
      topic(
        'text',
        `<<-EOT\n    {"Statement": [{"Sid": "Orchard", "Effect": "Allow", "Action": ["sns:Publish"], "Resource": "*", "Principal": {"AWS": "\${var.account}"}}]}\n  EOT\n`,
      ),
    ),
  ).toEqual(['(sensitive)']);
});
