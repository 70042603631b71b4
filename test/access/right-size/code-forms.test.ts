import { expect, test } from 'vitest';
import { comparePolicies } from '../../../src/access/compare/compare.js';
import { rightSize } from '../../../src/access/right-size/right-size.js';
import type { AccessSources } from '../../../src/access/stated-world.js';
import { editRightSized } from '../../../src/edit-right-sized.js';
import { invariant } from '../../../src/source/invariant.js';
import { sourcesOfCode, sourcesOfTemplates } from '../../support/access-graph.js';
import { applyPatch } from '../../support/apply-patch.js';
import { usageOf, use } from '../../support/right-size.js';

const ACCOUNT = '111122223333';
const BAKER = `arn:aws:iam::${ACCOUNT}:role/baker`;
const USES = [
  `sqs:TagQueue arn:aws:sqs:eu-west-1:${ACCOUNT}:loaves`,
  's3:ListBucket arn:aws:s3:::flour',
  's3:GetObject arn:aws:s3:::flour/rye',
].map((one) => use(one, { principal: BAKER }));

type Files = Readonly<Record<string, string>>;

function sizedOf(sources: AccessSources, principal: string) {
  const question = { principal, account: ACCOUNT, narrowsPassRole: false };
  const sized = rightSize(question, usageOf(USES, { 'iam:PassRole': 'never-an-event' }), sources, comparePolicies);
  invariant('sizing' in sized, 'a sizing');
  return sized;
}

/** The lines that change, as `git apply` changes them; what is edited is read again, and nothing more of it can be. */
function edit(files: Files, sourcesOf: (files: Files) => AccessSources, principal: string) {
  const sized = sizedOf(sourcesOf(files), principal);
  const { patch, problems } = editRightSized(sized, (texts) => sourcesOf({ ...files, ...Object.fromEntries(texts) }));
  if (patch === null) return { lines: [], problems };
  const again = sizedOf(sourcesOf(applyPatch(files, patch)), principal);
  const { patch: more } = editRightSized(again, (texts) => sourcesOf({ ...files, ...Object.fromEntries(texts) }));
  expect([again.sizing.refusal, more]).toEqual([null, null]);
  return { lines: patch.split('\n').filter((line) => /^[-+](?![-+])/.test(line)), problems };
}

const template = (text: string, principal = 'Baker') => edit({ 'bakery.yaml': text }, sourcesOfTemplates, principal);
const terraform = (text: string) => edit({ 'main.tf': text }, sourcesOfCode, 'aws_iam_role.baker');

const ROLE = (policies: string) => `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Flour:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: flour
  Baker:
    Type: AWS::IAM::Role
    Properties:
      RoleName: baker
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] }
      Policies:${policies}
`;
const STATEMENTS = (statements: string) =>
  ROLE(`
        - PolicyName: bake
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
${statements}`);

test('statements in braces, items of a list', () => {
  const text = STATEMENTS(`              - { Effect: Allow, Action: ['s3:*', iam:PassRole], Resource: '*' }
              - {Effect: Allow, Action: [sqs:TagQueue, sqs:PurgeQueue], Resource: '*'}
              - {Effect: Allow, Action: 'athena:*', Resource: '*'}`);
  expect(template(text)).toEqual({
    lines: [
      "-              - { Effect: Allow, Action: ['s3:*', iam:PassRole], Resource: '*' }",
      "-              - {Effect: Allow, Action: [sqs:TagQueue, sqs:PurgeQueue], Resource: '*'}",
      "-              - {Effect: Allow, Action: 'athena:*', Resource: '*'}",
      '+              - { Effect: Allow, Action: [s3:GetObject, s3:ListBucket], Resource: [arn:aws:s3:::flour, arn:aws:s3:::flour/*] }',
      '+              # Kept, for its uses are not seen (iam:PassRole): No event shows iam:PassRole.',
      "+              - { Sid: Unseen, Effect: Allow, Action: [iam:PassRole], Resource: '*' }",
      '+              - {Effect: Allow, Action: [sqs:TagQueue], Resource: arn:aws:sqs:eu-west-1:111122223333:loaves}',
    ],
    problems: [],
  });
});

test('all of a policy on one line', () => {
  const text = ROLE(
    ` [{ PolicyName: bake, PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: 's3:*', Resource: '*' }, { Effect: Allow, Action: 'athena:*', Resource: '*' }] } }]`,
  );
  const { lines, problems } = template(text);
  expect({ line: lines[1], problems }).toEqual({
    line: '+      Policies: [{ PolicyName: bake, PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: [s3:GetObject, s3:ListBucket], Resource: [arn:aws:s3:::flour, arn:aws:s3:::flour/*] }] } }]',
    problems: [],
  });
});

test('a statement that is no list becomes one where there are several', () => {
  const one = STATEMENTS(`              Effect: Allow
              Action: sqs:*
              Resource: '*'`);
  expect(template(one).lines).toEqual([
    '-              Action: sqs:*',
    "-              Resource: '*'",
    '+              Action: sqs:TagQueue',
    '+              Resource: arn:aws:sqs:eu-west-1:111122223333:loaves',
  ]);
  const two = STATEMENTS(`              Effect: Allow
              Action:
                - sqs:*
                - iam:PassRole
              Resource: '*'`);
  expect(template(two).lines).toEqual([
    '-              Effect: Allow',
    '-              Action:',
    '-                - sqs:*',
    '-                - iam:PassRole',
    "-              Resource: '*'",
    '+              - Effect: Allow',
    '+                Action:',
    '+                  - sqs:TagQueue',
    '+                Resource: arn:aws:sqs:eu-west-1:111122223333:loaves',
    '+              - Sid: Unseen',
    '+                Effect: Allow',
    '+                Action:',
    '+                  - iam:PassRole',
    "+                Resource: '*'",
  ]);
});

test('resources that stay keep their functions, in their long forms too', () => {
  const text = STATEMENTS(`              - Effect: Allow
                Action: s3:*
                Resource:
                  - Fn::GetAtt: [Flour, Arn]
                  - Fn::Sub: '\${Flour.Arn}/x/*'
                  - !Join ['', [!GetAtt Flour.Arn, '/y/*']]
                  - !Sub
                    - '\${B}/*'
                    - B: !GetAtt Flour.Arn
                  - 'arn:aws:s3:::bran/*'`);
  expect(template(text)).toEqual({
    lines: [
      '-                Action: s3:*',
      '+                Action: [s3:GetObject, s3:ListBucket]',
      "-                  - Fn::Sub: '${Flour.Arn}/x/*'",
      "-                  - !Join ['', [!GetAtt Flour.Arn, '/y/*']]",
      "-                  - 'arn:aws:s3:::bran/*'",
    ],
    problems: [],
  });
});

test('policies of a serverless function: documents are edited, names and templates are named', () => {
  const text = `Transform: AWS::Serverless-2016-10-31
Resources:
  Bake:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: bake
      Runtime: nodejs22.x
      Handler: index.handler
      CodeUri: s3://code/bake.zip
      Policies:
        - Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Action: s3:*
              Resource: '*'
        - AmazonS3ReadOnlyAccess
        - S3ReadPolicy:
            BucketName: flour
        - Statement:
            Effect: Allow
            Action: sqs:*
            Resource: '*'
`;
  const { lines, problems } = template(text, 'BakeRole');
  expect(lines).toEqual([
    '-              Action: s3:*',
    "-              Resource: '*'",
    '+              Action: [s3:GetObject, s3:ListBucket]',
    '+              Resource: [arn:aws:s3:::flour, arn:aws:s3:::flour/*]',
    '-            Action: sqs:*',
    "-            Resource: '*'",
    '+            Action: sqs:TagQueue',
    '+            Resource: arn:aws:sqs:eu-west-1:111122223333:loaves',
  ]);
  expect(problems).toEqual([
    'inline policy "BakeRolePolicy2" of BakeRole: nothing of it is needed, it is to be removed with its attachments.',
    'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole: nothing of it is needed, it is to be detached where bakery.yaml:3 attaches it.',
    'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess: nothing of it is needed, it is to be detached where bakery.yaml:16 attaches it.',
  ]);
});

const HEAD = `provider "aws" {
  region = "eu-west-1"
}

resource "aws_s3_bucket" "flour" {
  bucket = "flour"
}
`;
const BAKER_ROLE = `
resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
`;
const policyOf = (policy: string, more = '', name = 'bake') => `
resource "aws_iam_role_policy" "${name}" {
  name   = "${name}"
  role   = aws_iam_role.baker.id
  policy = ${policy}
}
${more}`;

test('blocks of inline policies, and what says that there are no others', () => {
  const inline = `${HEAD}
resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })

  inline_policy {
    name = "bake"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }, { Effect = "Allow", Action = "athena:*", Resource = "*" }]
    })
  }
}
`;
  const after =
    '{ Effect = "Allow", Action = ["s3:GetObject", "s3:ListBucket"], Resource = [aws_s3_bucket.flour.arn, "${aws_s3_bucket.flour.arn}/*"] }';
  expect(terraform(inline)).toEqual({
    lines: [
      '-      Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }, { Effect = "Allow", Action = "athena:*", Resource = "*" }]',
      `+      Statement = [${after}]`,
    ],
    problems: [],
  });
  const exclusive = `
resource "aws_iam_role_policies_exclusive" "baker" {
  role_name    = aws_iam_role.baker.name
  policy_names = [aws_iam_role_policy.bake.name]
}
`;
  const statements = '[{ Effect = "Allow", Action = "s3:*", Resource = "*" }]';
  const written = (list: string) => `jsonencode({ Version = "2012-10-17", Statement = ${list} })`;
  expect(terraform(HEAD + BAKER_ROLE + policyOf(written(statements), exclusive))).toEqual({
    lines: [`-  policy = ${written(statements)}`, `+  policy = ${written(`[${after}]`)}`],
    problems: [],
  });
});

test('an object in the place of a list becomes one', () => {
  const text = policyOf(`jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect   = "Allow"
      Action   = ["sqs:*", "iam:PassRole"]
      Resource = "*"
    }
  })`);
  expect(terraform(HEAD + BAKER_ROLE + text)).toEqual({
    lines: [
      '-    Statement = {',
      '+    Statement = [{',
      '-      Action   = ["sqs:*", "iam:PassRole"]',
      '+      Action   = ["sqs:TagQueue"]',
      '+      Resource = "arn:aws:sqs:eu-west-1:111122223333:loaves"',
      '+    },',
      '+    # Kept, for its uses are not seen (iam:PassRole): No event shows iam:PassRole.',
      '+    {',
      '+      Sid      = "Unseen"',
      '+      Effect   = "Allow"',
      '+      Action   = ["iam:PassRole"]',
      '-    }',
      '+    }]',
    ],
    problems: [],
  });
});

test('documents that take statements from others, and override them, are edited where those are', () => {
  const documents = `
data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Base"
    actions   = ["s3:*"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "over" {
  statement {
    sid       = "Queues"
    actions   = ["sqs:TagQueue", "sqs:PurgeQueue"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "all" {
  source_policy_documents   = [data.aws_iam_policy_document.base.json]
  override_policy_documents = [data.aws_iam_policy_document.over.json]

  statement {
    sid       = "Queues"
    actions   = ["sqs:*"]
    resources = ["*"]
  }
}
`;
  expect(terraform(HEAD + BAKER_ROLE + policyOf('data.aws_iam_policy_document.all.json', documents))).toEqual({
    lines: [
      '-    actions   = ["s3:*"]',
      '-    resources = ["*"]',
      '+    actions   = ["s3:GetObject", "s3:ListBucket"]',
      '+    resources = [aws_s3_bucket.flour.arn, "${aws_s3_bucket.flour.arn}/*"]',
      '-    actions   = ["sqs:TagQueue", "sqs:PurgeQueue"]',
      '-    resources = ["*"]',
      '+    actions   = ["sqs:TagQueue"]',
      '+    resources = ["arn:aws:sqs:eu-west-1:111122223333:loaves"]',
    ],
    problems: [],
  });
});

test('what makes a statement that cannot be edited is named, and other policies of the file are edited', () => {
  const made = (statement: string) =>
    `${HEAD}${BAKER_ROLE}${policyOf(`jsonencode({ Version = "2012-10-17", Statement = ${statement} })`)}`;
  const sentence = (why: string, line = 17) =>
    `The statement at main.tf:${line} is not written so that it can be edited there: it is made by ${why}.`;
  const each = '[for b in ["flour"] : { Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::${b}/*" }]';
  expect(terraform(made(each))).toEqual({ lines: [], problems: [sentence('a for expression')] });
  expect(terraform(made('[merge({ Effect = "Allow", Action = "s3:*" }, { Resource = "*" })]'))).toEqual({
    lines: [],
    problems: [sentence('merge()')],
  });
  const more = policyOf(
    'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = "*" }] })',
    '',
    'more',
  );
  const { lines, problems } = terraform(made(each) + more);
  expect([lines.length, problems]).toEqual([2, [sentence('a for expression')]]);
  const dynamic = `
data "aws_iam_policy_document" "all" {
  dynamic "statement" {
    for_each = ["once"]
    content {
      actions   = ["s3:*"]
      resources = ["*"]
    }
  }
}
`;
  expect(terraform(HEAD + BAKER_ROLE + policyOf('data.aws_iam_policy_document.all.json', dynamic))).toEqual({
    lines: [],
    problems: [sentence('a dynamic block', 23)],
  });
});

test('what a module says once for several roles is not edited', () => {
  const files = {
    'main.tf': `${HEAD}
module "first" {
  source = "./role"
  name   = "baker"
}

module "second" {
  source = "./role"
  name   = "miller"
}
`,
    'role/main.tf': `variable "name" {}

resource "aws_iam_role" "baker" {
  name               = var.name
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
${policyOf('jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })')}`,
  };
  expect(edit(files, sourcesOfCode, 'module.first.aws_iam_role.baker')).toEqual({
    lines: [],
    problems: [
      'inline policy "bake" of module.first.aws_iam_role.baker: what is written once stands for several statements.',
    ],
  });
});

test('what is deployed in two accounts is not edited by what was done in one', () => {
  const code =
    HEAD +
    BAKER_ROLE +
    policyOf(
      'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })',
    );
  const other = 'arn:aws:iam::222233334444:role/baker';
  const sizeBy = (uses: typeof USES) => {
    const sources = sourcesOfCode({ 'main.tf': code });
    const question = { principal: 'aws_iam_role.baker', account: ACCOUNT, narrowsPassRole: false };
    const sized = rightSize(question, usageOf(uses), sources, comparePolicies);
    invariant('sizing' in sized, 'a sizing');
    const { patch, problems } = editRightSized(sized, (texts) => sourcesOfCode(Object.fromEntries(texts)));
    return { isEdited: patch !== null, problems, elsewhere: sized.sizing.elsewhere };
  };
  expect(sizeBy(USES)).toEqual({ isEdited: true, problems: [], elsewhere: [] });
  expect(sizeBy([...USES, use('s3:PutObject arn:aws:s3:::bran/1', { principal: other })])).toEqual({
    isEdited: false,
    problems: [
      `The code was not edited: it is deployed in other accounts too, and what ${other} did does not count here.`,
    ],
    elsewhere: [other],
  });
});
