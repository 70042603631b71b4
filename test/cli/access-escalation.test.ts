import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace;

beforeEach(() => {
  here = workspace();
  writeFileSync(
    join(here.folder, 'main.tf'),
    `resource "aws_iam_role" "owner" {
  name                = "owner"
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_user" "baker" {
  name = "baker"
}

resource "aws_iam_user_policy" "baker" {
  name = "bake"
  user = aws_iam_user.baker.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Functions", Effect = "Allow", Action = "lambda:*", Resource = "*" },
      { Sid = "Roles", Effect = "Allow", Action = "iam:PassRole", Resource = "*" },
      { Effect = "Deny", Action = "iam:*", Resource = "*", Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } },
    ]
  })
}
`,
  );
});

afterEach(() => here.remove());

const escalation = async (line: string) => {
  const { code, out, err } = await here.run(`access report ${line}`);
  return `${out.slice(out.indexOf('administrators'))}${err}exit ${code}`;
};

test('administrators, each step of a path with its statements, and the one change', async () => {
  expect(await escalation('--in main.tf')).toMatchInlineSnapshot(`
    "administrators
      aws_iam_role.owner
        by      arn:aws:iam::aws:policy/AdministratorAccess main.tf:3

    aws_iam_user.baker can become administrator
      1. aws_iam_user.baker becomes aws_iam_role.owner: Make a function with the
         role, and invoke it (P08)
         iam:PassRole on arn:aws:iam::\${provider.aws account}:role/owner
           by   inline policy "bake" of aws_iam_user.baker (Roles) main.tf:21
         lambda:CreateFunction on arn:aws:lambda:us-east-1:\${provider.aws
             account}:function:any
           by   inline policy "bake" of aws_iam_user.baker (Functions) main.tf:20
         lambda:InvokeFunction on arn:aws:lambda:us-east-1:\${provider.aws
             account}:function:any
           by   inline policy "bake" of aws_iam_user.baker (Functions) main.tf:20
           as   aws_iam_role.owner trusts lambda.amazonaws.com main.tf:6
           with aws:multifactorauthpresent, which the caller chooses

    the one change closes the paths of 1 of 1
      without   inline policy "bake" of aws_iam_user.baker (Roles) main.tf:21
      closes    aws_iam_user.baker
      takes     iam:PassRole on *
      from      aws_iam_user.baker
      used      no logs were given: --logs tells what of it is used
      patch
        --- a/main.tf
        +++ b/main.tf
        @@ -18,7 +18,6 @@
             Version = "2012-10-17"
             Statement = [
               { Sid = "Functions", Effect = "Allow", Action = "lambda:*", Resource = "*" },
        -      { Sid = "Roles", Effect = "Allow", Action = "iam:PassRole", Resource = "*" },
               { Effect = "Deny", Action = "iam:*", Resource = "*", Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } },
             ]
           })

      assumed      partitions that nothing states are aws

    2 users and roles, 1 resource with a policy
    1 administrator, 1 can become administrator
    exit 0"
  `);
});

test('the same in a narrow terminal', async () => {
  const { out } = await here.run('access report --in main.tf', { width: 44 });
  expect(out.slice(out.indexOf('administrators'))).toMatchInlineSnapshot(`
    "administrators
      aws_iam_role.owner
        by      arn:aws:iam::aws:policy/AdministratorAccess
                main.tf:3

    aws_iam_user.baker can become administrator
      1. aws_iam_user.baker becomes
         aws_iam_role.owner: Make a function
         with the role, and invoke it (P08)
         iam:PassRole on
             arn:aws:iam::\${provider.aws
             account}:role/owner
           by   inline policy "bake" of
                aws_iam_user.baker (Roles)
                main.tf:21
         lambda:CreateFunction on
             arn:aws:lambda:us-east-1:\${provider.aws
             account}:function:any
           by   inline policy "bake" of
                aws_iam_user.baker (Functions)
                main.tf:20
         lambda:InvokeFunction on
             arn:aws:lambda:us-east-1:\${provider.aws
             account}:function:any
           by   inline policy "bake" of
                aws_iam_user.baker (Functions)
                main.tf:20
           as   aws_iam_role.owner trusts
                lambda.amazonaws.com main.tf:6
           with aws:multifactorauthpresent,
                which the caller chooses

    the one change closes the paths of 1 of 1
      without   inline policy "bake" of
                aws_iam_user.baker (Roles)
                main.tf:21
      closes    aws_iam_user.baker
      takes     iam:PassRole on *
      from      aws_iam_user.baker
      used      no logs were given: --logs tells
                what of it is used
      patch
        --- a/main.tf
        +++ b/main.tf
        @@ -18,7 +18,6 @@
             Version = "2012-10-17"
             Statement = [
               { Sid = "Functions", Effect = "Allow", Action = "lambda:*", Resource = "*" },
        -      { Sid = "Roles", Effect = "Allow", Action = "iam:PassRole", Resource = "*" },
               { Effect = "Deny", Action = "iam:*", Resource = "*", Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } },
             ]
           })

      assumed      partitions that nothing
                   states are aws

    2 users and roles, 1 resource with a policy
    1 administrator, 1 can become administrator
    "
  `);
});

test('what a call needs of several resources is told together, with what grants it', async () => {
  here.write({
    'mill/main.tf': `resource "aws_iam_role" "owner" {
  name                = "owner"
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}
resource "aws_iam_instance_profile" "owner" { role = aws_iam_role.owner.name }
resource "aws_iam_user" "miller" { name = "miller" }
resource "aws_iam_user_policy" "miller" {
  user = aws_iam_user.miller.name
  policy = jsonencode({
    Statement = [{ Sid = "Run", Effect = "Allow", Action = ["iam:PassRole", "ec2:RunInstances"], Resource = "*" }]
  })
}
`,
  });
  const { out } = await here.run('access report --in mill');
  const lines = out.split('\n');
  const start = lines.findIndex((line) => line.endsWith('can become administrator'));
  expect(lines.slice(start, lines.indexOf('', start)).join('\n')).toMatchInlineSnapshot(`
    "aws_iam_user.miller can become administrator
      1. aws_iam_user.miller becomes aws_iam_role.owner: Run an instance with the
         role (P01)
         iam:PassRole on arn:aws:iam::\${provider.aws account}:role/owner
           by   inline policy of aws_iam_user.miller (Run) mill/main.tf:13
         ec2:RunInstances on arn:aws:ec2:us-east-1:\${provider.aws
             account}:instance/any, arn:aws:ec2:us-east-1::image/any,
             arn:aws:ec2:us-east-1:\${provider.aws account}:network-interface/any,
             arn:aws:ec2:us-east-1:\${provider.aws account}:security-group/any,
             arn:aws:ec2:us-east-1:\${provider.aws account}:subnet/any,
             arn:aws:ec2:us-east-1:\${provider.aws account}:volume/any
           by   inline policy of aws_iam_user.miller (Run) mill/main.tf:13
           as   aws_iam_role.owner trusts ec2.amazonaws.com mill/main.tf:5
           as   aws_iam_instance_profile.owner has aws_iam_role.owner mill/main.tf:8"
  `);
});

test('as JSON', async () => {
  const { out } = await here.run('access report --in main.tf --format json');
  expect(JSON.parse(out).escalation).toMatchInlineSnapshot(`
    {
      "admins": [
        {
          "assumed": [],
          "dependsOn": [],
          "principal": "aws_iam_role.owner",
          "root": ".",
          "statements": [
            {
              "kind": "identity",
              "location": {
                "endColumn": 71,
                "endLine": 3,
                "file": "main.tf",
                "startColumn": 26,
                "startLine": 3,
              },
              "policy": "arn:aws:iam::aws:policy/AdministratorAccess",
              "sid": null,
            },
          ],
        },
      ],
      "assumed": [
        "partitions that nothing states are aws",
      ],
      "change": {
        "carries": {
          "actions": [
            "iam:PassRole",
          ],
          "principals": [
            "aws_iam_user.baker",
          ],
          "resources": [
            "*",
          ],
          "used": null,
        },
        "document": "{
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "Functions",
          "Effect": "Allow",
          "Action": "lambda:*",
          "Resource": "*"
        },
        {
          "Effect": "Deny",
          "Action": "iam:*",
          "Resource": "*",
          "Condition": {
            "Bool": {
              "aws:MultiFactorAuthPresent": "false"
            }
          }
        }
      ]
    }",
        "of": 1,
        "patch": "--- a/main.tf
    +++ b/main.tf
    @@ -18,7 +18,6 @@
         Version = "2012-10-17"
         Statement = [
           { Sid = "Functions", Effect = "Allow", Action = "lambda:*", Resource = "*" },
    -      { Sid = "Roles", Effect = "Allow", Action = "iam:PassRole", Resource = "*" },
           { Effect = "Deny", Action = "iam:*", Resource = "*", Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } },
         ]
       })
    ",
        "principals": [
          "aws_iam_user.baker",
        ],
        "statement": {
          "kind": "identity",
          "location": {
            "endColumn": 83,
            "endLine": 21,
            "file": "main.tf",
            "startColumn": 7,
            "startLine": 21,
          },
          "policy": "inline policy "bake" of aws_iam_user.baker",
          "sid": "Roles",
        },
      },
      "notKnown": [],
      "outside": [],
      "paths": [
        {
          "alternatives": [],
          "assumed": [],
          "dependsOn": [],
          "hasMore": false,
          "hops": [
            {
              "actions": [
                {
                  "action": "iam:PassRole",
                  "resource": "arn:aws:iam::\${provider.aws account}:role/owner",
                  "statements": [
                    {
                      "kind": "identity",
                      "location": {
                        "endColumn": 83,
                        "endLine": 21,
                        "file": "main.tf",
                        "startColumn": 7,
                        "startLine": 21,
                      },
                      "policy": "inline policy "bake" of aws_iam_user.baker",
                      "sid": "Roles",
                    },
                  ],
                },
                {
                  "action": "lambda:CreateFunction",
                  "resource": "arn:aws:lambda:us-east-1:\${provider.aws account}:function:any",
                  "statements": [
                    {
                      "kind": "identity",
                      "location": {
                        "endColumn": 83,
                        "endLine": 20,
                        "file": "main.tf",
                        "startColumn": 7,
                        "startLine": 20,
                      },
                      "policy": "inline policy "bake" of aws_iam_user.baker",
                      "sid": "Functions",
                    },
                  ],
                },
                {
                  "action": "lambda:InvokeFunction",
                  "resource": "arn:aws:lambda:us-east-1:\${provider.aws account}:function:any",
                  "statements": [
                    {
                      "kind": "identity",
                      "location": {
                        "endColumn": 83,
                        "endLine": 20,
                        "file": "main.tf",
                        "startColumn": 7,
                        "startLine": 20,
                      },
                      "policy": "inline policy "bake" of aws_iam_user.baker",
                      "sid": "Functions",
                    },
                  ],
                },
              ],
              "chosen": [
                "aws:multifactorauthpresent",
              ],
              "dependsOn": [],
              "from": "aws_iam_user.baker",
              "gain": "become",
              "prerequisites": [
                {
                  "location": {
                    "endColumn": 115,
                    "endLine": 6,
                    "file": "main.tf",
                    "startColumn": 18,
                    "startLine": 6,
                  },
                  "text": "aws_iam_role.owner trusts lambda.amazonaws.com",
                },
              ],
              "technique": "P08",
              "title": "Make a function with the role, and invoke it",
              "to": "aws_iam_role.owner",
            },
          ],
          "principal": "aws_iam_user.baker",
          "root": ".",
          "state": "certain",
        },
      ],
      "undecided": [],
    }
  `);
});

test('the one change names those of several roots with their roots', async () => {
  const text = readFileSync(join(here.folder, 'main.tf'), 'utf8');
  rmSync(join(here.folder, 'main.tf'));
  for (const root of ['east', 'west']) {
    mkdirSync(join(here.folder, root));
    writeFileSync(join(here.folder, root, 'main.tf'), text);
  }
  const { out } = await here.run('access report --in . --format json');
  expect(JSON.parse(out).escalation.change.principals).toEqual(['east/aws_iam_user.baker']);
});
