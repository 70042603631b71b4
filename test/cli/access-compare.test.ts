import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace;

beforeEach(() => {
  here = workspace();
});

afterEach(() => here.remove());

const policy = (Action: string, Resource: string, Effect: string | undefined = 'Allow', more = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'Bake', Effect, Action, Resource, ...more }] });

const NARROW = policy('s3:GetObject', 'arn:aws:s3:::flour/rye/*');
const WIDE = policy('s3:GetObject', 'arn:aws:s3:::flour/*');

const role = (action: string, name = 'baker') => `resource "aws_iam_role" "${name}" {
  name               = "${name}"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  inline_policy {
    name   = "bake"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "${action}", Resource = "*" }] })
  }
}
`;

const compare = (line: string) => here.run(`access compare ${line}`);

/** The subjects with their outcomes and witnesses' actions. */
const answers = async (line: string) => {
  const { code, out, err } = await compare(`${line} --format json`);
  if (out === '') return { code, err };
  const shown = JSON.parse(out).answers as {
    readonly subject: string;
    readonly outcome: string;
    readonly witness: { readonly action: string } | null;
  }[];
  return {
    code,
    answers: shown.map(({ subject, outcome, witness }) => `${subject} ${outcome} ${witness?.action ?? ''}`.trim()),
  };
};

test('two documents, each way', async () => {
  here.write({ 'old.json': NARROW, 'new.json': WIDE });
  expect(await compare('new.json old.json')).toMatchInlineSnapshot(`
    {
      "code": 0,
      "err": "",
      "out": "no new access   old.json
      assumed   actions of 0.21.202609261
    ",
    }
  `);
  expect(await compare('old.json new.json')).toMatchInlineSnapshot(`
    {
      "code": 1,
      "err": "",
      "out": "new access   new.json
      may       s3:GetObject arn:aws:s3:::flour/x
      by        new.json (Bake)   new.json:1
    ",
    }
  `);
  expect(JSON.parse((await compare('old.json new.json --format json')).out)).toMatchInlineSnapshot(`
    {
      "answers": [
        {
          "assumed": [],
          "dependsOn": [],
          "kind": "policy",
          "outcome": "yes",
          "statements": [
            {
              "location": {
                "endColumn": 127,
                "endLine": 1,
                "file": "new.json",
                "startColumn": 38,
                "startLine": 1,
              },
              "policy": "new.json",
              "sid": "Bake",
            },
          ],
          "subject": "new.json",
          "witness": {
            "action": "s3:GetObject",
            "context": {},
            "principal": null,
            "resource": "arn:aws:s3:::flour/x",
          },
        },
      ],
      "notes": [],
    }
  `);
});

test('two folders, a role at a time', async () => {
  here.write({ 'old/main.tf': role('s3:GetObject'), 'new/main.tf': role('s3:*') + role('sqs:SendMessage', 'miller') });
  expect(await answers('old new')).toMatchInlineSnapshot(`
    {
      "answers": [
        "aws_iam_role.baker yes s3:AbortMultipartUpload",
        "aws_iam_role.miller yes sqs:SendMessage",
        "aws_iam_role.baker no",
        "aws_iam_role.miller no",
      ],
      "code": 1,
    }
  `);
  expect(await answers('new old')).toMatchInlineSnapshot(`
    {
      "answers": [
        "aws_iam_role.baker no",
        "aws_iam_role.baker no",
      ],
      "code": 0,
    }
  `);
});

test('two revisions, and the work tree', async () => {
  const { git, write } = here;
  git('init', '-q', '-b', 'main');
  write({ 'main.tf': role('s3:GetObject') });
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
  git('checkout', '-q', '-b', 'side');
  write({ 'main.tf': role('s3:Get*') });
  git('commit', '-q', '-am', 'side');
  git('checkout', '-q', 'main');
  write({ 'main.tf': role('sqs:SendMessage') });
  git('commit', '-q', '-am', 'second');
  const isNew = (code: number, answer: string) => ({
    code,
    answers: [`aws_iam_role.baker ${answer}`, 'aws_iam_role.baker no'],
  });
  expect(await answers('--from HEAD')).toEqual(isNew(0, 'no'));
  expect(await answers('--from HEAD~1')).toEqual(isNew(1, 'yes sqs:SendMessage'));
  expect(await answers('--from HEAD~1 --to HEAD~1')).toEqual(isNew(0, 'no'));
  // No ancestor of HEAD: the branch itself is looked at, not where it left.
  expect(await answers('--from main --to side')).toMatchInlineSnapshot(`
    {
      "answers": [
        "aws_iam_role.baker yes s3:GetAccelerateConfiguration",
        "aws_iam_role.baker no",
      ],
      "code": 1,
    }
  `);
  expect((await answers('--from side --to side')).code).toBe(0);
  expect(await answers('--from HEAD --to nowhere')).toMatchInlineSnapshot(`
    {
      "code": 2,
      "err": "error: git could not read "nowhere" of this repository (unknown-revision).
    ",
    }
  `);
  expect(await answers('--to HEAD')).toMatchInlineSnapshot(`
    {
      "code": 2,
      "err": "error: "--to" needs "--from": two revisions are compared.
    ",
    }
  `);
});

test('a policy of a resource that the input does not show is not known, but for the same variable on both sides', async () => {
  const bucket = (policy: string) => `variable "policy" {}
resource "aws_s3_bucket" "flour" {
  bucket = "flour"
}
resource "aws_s3_bucket_policy" "flour" {
  bucket = aws_s3_bucket.flour.id
  policy = ${policy}
}
`;
  const open = `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::flour/*" }] })`;
  here.write({
    'old/main.tf': bucket('var.policy'),
    'new/main.tf': bucket('var.policy'),
    'open/main.tf': bucket(open),
  });
  expect(await answers('old new')).toMatchInlineSnapshot(`
    {
      "answers": [
        "aws_s3_bucket.flour no",
      ],
      "code": 0,
    }
  `);
  expect(await answers('old open')).toMatchInlineSnapshot(`
    {
      "answers": [
        "aws_s3_bucket.flour unknown",
      ],
      "code": 3,
    }
  `);
});

test('what is no policy is a wrong call', async () => {
  here.write({
    'good.json': NARROW,
    'broken.json': '{ "Statement": [',
    'effect.json': JSON.stringify({ Statement: [{ Action: 's3:GetObject', Resource: '*' }] }),
    'operator.json': policy('s3:GetObject', '*', 'Allow', { Condition: { StringEqual: { 'aws:username': 'ana' } } }),
    'action.json': policy('s3:GetObjct', '*'),
  });
  const shown = [];
  for (const file of ['broken', 'effect', 'operator', 'action', 'missing']) {
    const { code, out, err } = await compare(`good.json ${file}.json`);
    shown.push(`${file} ${code}\n${out}${err}`);
  }
  expect(shown.join('\n')).toMatchInlineSnapshot(`
    "broken 2
    error: "broken.json" is not valid JSON: Expected a value, found the end of the text.
    error: Expected a value, found the end of the text.
      --> broken.json:1:17
      |
    1 | { "Statement": [
      |                 ^

    effect 2
    error: "effect.json": Statement 1 has no Effect.

    operator 3
    not known   operator.json
      on: operator:StringEqual

      note      "operator.json": Statement 1 has the operator "StringEqual", which
                IAM does not know.

    action 1
    new access   action.json
      may       s3:getobjct x
      by        action.json (Bake)   action.json:1
      assumed   the catalogue does not know the action s3:getobjct

      note      "action.json": The action "s3:GetObjct" does not exist, by the
                catalogue of actions. Did you mean "s3:GetObject"?

    missing 2
    error: "missing.json" does not exist.
    "
  `);
});
