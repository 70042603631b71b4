import { expect, test } from 'vitest';
import { comparePolicies } from '../../../src/access/compare/compare.js';
import { rightSize } from '../../../src/access/right-size/right-size.js';
import { editRightSized } from '../../../src/edit-right-sized.js';
import { invariant } from '../../../src/source/invariant.js';
import { sourcesOfCode } from '../../support/access-graph.js';
import { usageOf, use } from '../../support/right-size.js';

const ACCOUNT = '111122223333';
const BAKER = `arn:aws:iam::${ACCOUNT}:role/baker`;
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:loaves`;
const USES = [`sqs:TagQueue ${QUEUE}`, 's3:ListBucket arn:aws:s3:::flour'].map((one) => use(one, { principal: BAKER }));

const ROLE = `provider "aws" {
  region = "eu-west-1"
}
resource "aws_s3_bucket" "flour" {
  bucket = "flour"
}
resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = "{}"
}
`;
const policy = (text: string) => `resource "aws_iam_role_policy" "bake" {
  name   = "bake"
  role   = aws_iam_role.baker.id
  policy = ${text}
}
`;

function edit(files: Readonly<Record<string, string>>, uses = USES) {
  const sized = rightSize(
    { principal: 'aws_iam_role.baker', account: ACCOUNT, narrowsPassRole: false },
    usageOf(uses, { 'iam:PassRole': 'never-an-event' }),
    sourcesOfCode(files),
    comparePolicies,
  );
  invariant('sizing' in sized, 'a sizing');
  const { patch, problems } = editRightSized(sized, (texts) =>
    sourcesOfCode(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, texts.get(path) ?? text]))),
  );
  return [...(patch ?? '').split('\n').filter((line) => /^[-+]/.test(line)), ...problems];
}

test('JSON of a heredoc is edited where it is written, with references', () => {
  const heredoc = policy(`<<EOT
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Queues",
      "Effect": "Allow",
      "Action": ["sqs:TagQueue", "sqs:PurgeQueue", "iam:PassRole"],
      "Resource": "*",
      "Condition": { "Bool": { "aws:SecureTransport": "true" } }
    },
    {
      "Effect": "Allow",
      "Action": "s3:*",
      "Resource": ["\${aws_s3_bucket.flour.arn}", "\${aws_s3_bucket.flour.arn}/*"]
    },
    { "Sid": "Reports", "Effect": "Allow", "Action": "athena:StartQueryExecution", "Resource": "*" }
  ]
}
EOT`);
  expect(edit({ 'main.tf': ROLE + heredoc })).toEqual([
    '--- a/main.tf',
    '+++ b/main.tf',
    '-      "Action": ["sqs:TagQueue", "sqs:PurgeQueue", "iam:PassRole"],',
    '-      "Resource": "*",',
    '+      "Action": ["sqs:TagQueue"],',
    `+      "Resource": "${QUEUE}",`,
    '+      "Sid": "QueuesUnseen",',
    '-      "Action": "s3:*",',
    '-      "Resource": ["${aws_s3_bucket.flour.arn}", "${aws_s3_bucket.flour.arn}/*"]',
    '+      "Action": ["iam:PassRole"],',
    '+      "Resource": "*",',
    '+      "Condition": { "Bool": { "aws:SecureTransport": "true" } }',
    '-    { "Sid": "Reports", "Effect": "Allow", "Action": "athena:StartQueryExecution", "Resource": "*" }',
    '+    {',
    '+      "Effect": "Allow",',
    '+      "Action": "s3:ListBucket",',
    '+      "Resource": ["${aws_s3_bucket.flour.arn}"]',
    '+    }',
  ]);
});

const FILE = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "athena:StartQueryExecution", "Resource": "*" },
    { "Effect": "Allow", "Action": "athena:GetQueryResults", "Resource": "*" },
    { "Effect": "Allow", "Action": ["sqs:TagQueue", "sqs:PurgeQueue"], "Resource": "*" },
    { "Effect": "Allow", "Action": "athena:StopQueryExecution", "Resource": "*" },
    { "Effect": "Allow", "Action": "athena:ListWorkGroups", "Resource": "*" }
  ]
}
`;

test('a JSON file is edited in its place', () => {
  const files = { 'main.tf': ROLE + policy('file("${path.module}/bake.json")'), 'bake.json': FILE };
  expect(edit(files)).toEqual([
    '--- a/bake.json',
    '+++ b/bake.json',
    '-    { "Effect": "Allow", "Action": "athena:StartQueryExecution", "Resource": "*" },',
    '-    { "Effect": "Allow", "Action": "athena:GetQueryResults", "Resource": "*" },',
    '-    { "Effect": "Allow", "Action": ["sqs:TagQueue", "sqs:PurgeQueue"], "Resource": "*" },',
    '-    { "Effect": "Allow", "Action": "athena:StopQueryExecution", "Resource": "*" },',
    '-    { "Effect": "Allow", "Action": "athena:ListWorkGroups", "Resource": "*" }',
    `+    { "Effect": "Allow", "Action": ["sqs:TagQueue"], "Resource": "${QUEUE}" }`,
  ]);
});

test('a template of JSON keeps what it is given', () => {
  const template = `{
  "Version": "2012-10-17",
  "Statement": { "Effect": "Allow", "Action": ["s3:ListBucket", "s3:DeleteBucket", "sqs:*"], "Resource": ["\${bucket}", "*"] }
}
`;
  const files = {
    'main.tf': ROLE + policy('templatefile("${path.module}/bake.tpl", { bucket = aws_s3_bucket.flour.arn })'),
    'bake.tpl': template,
  };
  expect(edit(files)).toEqual([
    '--- a/bake.tpl',
    '+++ b/bake.tpl',
    '-  "Statement": { "Effect": "Allow", "Action": ["s3:ListBucket", "s3:DeleteBucket", "sqs:*"], "Resource": ["${bucket}", "*"] }',
    '+  "Statement": [{ "Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": ["${bucket}"] },',
    `+  { "Effect": "Allow", "Action": ["sqs:TagQueue"], "Resource": ["${QUEUE}"] }]`,
  ]);
});

test('a JSON file that several policies are made of is not edited', () => {
  const second = `resource "aws_iam_role" "miller" {
  name               = "miller"
  assume_role_policy = "{}"
}
${policy('file("${path.module}/bake.json")').replace('"bake" {', '"mill" {').replace('baker', 'miller')}`;
  const files = { 'main.tf': ROLE + policy('file("${path.module}/bake.json")') + second, 'bake.json': FILE };
  expect(edit(files)).toEqual([
    'inline policy "bake" of aws_iam_role.baker: what is written once stands for several statements.',
  ]);
});

test('JSON in quotes is not edited, and said so', () => {
  const quoted = policy(JSON.stringify(FILE.replaceAll(/\n| *\{[^{}]*athena[^{}]*\},?/g, '').replace(/,(?= *\])/, '')));
  expect(edit({ 'main.tf': ROLE + quoted })).toEqual([
    'The statement at main.tf:14 is not written so that it can be edited there: it is text in quotes.',
  ]);
});
