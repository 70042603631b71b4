import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workspace, workspace } from './workspace.js';

const BAKERY = join(import.meta.dirname, '..', '..', 'fixtures', 'access', 'bakery', 'main.tf');

let here: Workspace;

beforeEach(() => {
  here = workspace();
  mkdirSync(join(here.folder, 'infra'));
  copyFileSync(BAKERY, join(here.folder, 'infra', 'main.tf'));
});

afterEach(() => here.remove());

const ask = async (line: string) => {
  const { code, out, err } = await here.run(`access who-can ${line}`);
  return `${out}${err}exit ${code}`;
};

test('who may read: roles and users, and accounts that the resource names', async () => {
  expect(await ask('s3:GetObject aws_s3_bucket.orders/2026/rye.csv --in infra')).toMatchInlineSnapshot(`
    "s3:GetObject aws_s3_bucket.orders/2026/rye.csv

    allowed
      aws_iam_role.baker               identity policy
                                       infra/main.tf:91
      arn:aws:iam::444455556666:root   resource policy, root of the account
                                       infra/main.tf:39

    1 principal of the input, or named by the resource, may not
      assumed   aws:SecureTransport is true
      not seen  policies attached outside of the input, service control policies,
                resource control policies, session policies, policies of VPC
                endpoints
    exit 0"
  `);
});

test('who may assume: users, services; and who perhaps', async () => {
  expect(await ask('sts:AssumeRole aws_iam_role.baker --in infra')).toMatchInlineSnapshot(`
    "sts:AssumeRole aws_iam_role.baker

    allowed
      aws_iam_user.ana       resource policy
                             infra/main.tf:66
      lambda.amazonaws.com   resource policy
                             infra/main.tf:75

    1 principal of the input, or named by the resource, may not
      not seen  policies attached outside of the input, service control policies,
                resource control policies, session policies, policies of VPC
                endpoints
    exit 0"
  `);
  expect(await ask('sqs:SendMessage aws_sqs_queue.loaves --in infra')).toMatchInlineSnapshot(`
    "sqs:SendMessage aws_sqs_queue.loaves

    depends
      aws_iam_user.ana   on attachment of aws_iam_policy.guard
                         infra/main.tf:150

    1 principal of the input, or named by the resource, may not
      not seen  policies attached outside of the input, service control policies,
                resource control policies, session policies, policies of VPC
                endpoints
    exit 0"
  `);
});

test('everybody, where the resource names everybody', async () => {
  here.write({
    'infra/public.tf': `resource "aws_sns_topic" "bells" {
  name   = "bells"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = "*" }]
  })
}
`,
  });
  const { out } = await here.run('access who-can sns:Publish aws_sns_topic.bells --in infra --format json');
  const { principals, ...rest } = JSON.parse(out);
  expect({
    ...rest,
    principals: principals.map(({ principal, outcome, by }: Record<string, unknown>) => ({ principal, outcome, by })),
  }).toEqual({
    action: 'sns:Publish',
    resource: 'aws_sns_topic.bells',
    denied: 0,
    notSeen: [
      'policies attached outside of the input',
      'service control policies',
      'session policies',
      'policies of VPC endpoints',
    ],
    problems: [],
    principals: [
      { principal: 'aws_iam_role.baker', outcome: 'allowed', by: ['resource'] },
      { principal: 'aws_iam_user.ana', outcome: 'allowed', by: ['resource'] },
      { principal: 'anonymous', outcome: 'allowed', by: ['resource'] },
      { principal: 'any-account', outcome: 'allowed', by: ['identity', 'resource'] },
    ],
  });
});

test('whom nothing names: by a part that is not known, by a condition, by an access control list', async () => {
  const policy = (name: string, principal: string, more = '') => `
    resource "aws_s3_bucket" "${name}" { bucket = "orchard-${name}" }
    resource "aws_s3_bucket_policy" "${name}" {
      bucket = aws_s3_bucket.${name}.id
      policy = jsonencode({
        Version   = "2012-10-17"
        Statement = [{
          Effect = "Allow", Action = "s3:GetObject", Resource = "\${aws_s3_bucket.${name}.arn}/*", Principal = ${principal}${more}
        }]
      })
    }`;
  here.write({
    'shop/main.tf': `
    variable "reader" {}
    ${policy('open', '{ AWS = var.reader }')}
    ${policy('org', '"*"', ', Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-bakery1234" } }')}
    resource "aws_s3_bucket" "listed" { bucket = "orchard-listed" }
    resource "aws_s3_bucket_acl" "listed" {
      bucket = aws_s3_bucket.listed.id
      acl    = "authenticated-read"
    }
    resource "aws_kms_key" "lock" {}`,
  });
  const who = async (line: string) => {
    const { out } = await here.run(`access who-can ${line} --in shop --format json`);
    const { principals, denied } = JSON.parse(out);
    const rows = principals.map(({ principal, outcome, dependsOn }: Record<string, unknown>) => [
      principal,
      outcome,
      dependsOn,
    ]);
    return { rows, denied };
  };
  const reader = 'var.reader (variable-without-value)';
  expect(await who('s3:GetObject aws_s3_bucket.open/rye')).toEqual({
    rows: [
      ['anonymous', 'depends', ['restrict-public-buckets', reader]],
      ['any-account', 'depends', ['restrict-public-buckets', reader]],
    ],
    denied: 0,
  });
  expect(await who('s3:GetObject aws_s3_bucket.org/rye')).toEqual({
    rows: [['any-account', 'depends', ['aws:PrincipalOrgID']]],
    denied: 1,
  });
  expect(await who('s3:ListBucket aws_s3_bucket.listed')).toEqual({
    rows: [['any-account', 'depends', ['ignore-public-acls']]],
    denied: 0,
  });
  expect(await who('kms:Decrypt aws_kms_key.lock')).toEqual({ rows: [], denied: 0 });
});

test('what is wrong with a question', async () => {
  expect(await ask('s3:GetObject')).toMatchInlineSnapshot(`
    "error: "access who-can" takes an action and a resource: trueline access who-can s3:GetObject arn:aws:s3:::orders/key --in infra
    exit 2"
  `);
  expect(await ask('s3:GetObject * --in infra')).toMatchInlineSnapshot(`
    "error: "s3:GetObject" is about a resource: name one instead of "*".
    exit 2"
  `);
});
