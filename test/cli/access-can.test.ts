import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace;

beforeEach(() => {
  here = workspace({
    'infra/main.tf': `resource "aws_s3_bucket" "orders" {
  bucket = "orders"
}

resource "aws_iam_user" "ana" {
  name = "ana"
}

resource "aws_iam_user_policy" "read" {
  name = "read"
  user = aws_iam_user.ana.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Read"
      Effect    = "Allow"
      Action    = "s3:GetObject"
      Resource  = "\${aws_s3_bucket.orders.arn}/*"
      Condition = { IpAddress = { "aws:SourceIp" = "203.0.113.0/24" } }
    }]
  })
}
`,
  });
});

afterEach(() => here.remove());

const ask = async (line: string) => {
  const { code, out, err } = await here.run(`access can ${line}`);
  return `${out}${err}exit ${code}`;
};

test('an answer says what it depends on, and a key that is given decides', async () => {
  const question = 'aws_iam_user.ana s3:GetObject aws_s3_bucket.orders/rye --in infra';
  expect(await ask(question)).toMatchInlineSnapshot(`
    "depends   aws_iam_user.ana s3:GetObject aws_s3_bucket.orders/rye
      on: aws:SourceIp
      --context KEY=VALUE states a key, --absent KEY that it is not there

      Allow    inline policy "read" of aws_iam_user.ana (Read), perhaps   infra/main.tf:14

      not seen  policies attached outside of the input, service control policies,
                resource control policies, policies of VPC endpoints
    exit 3"
  `);
  expect(await ask(`${question} --context aws:SourceIp=203.0.113.9`)).toMatchInlineSnapshot(`
    "allowed   aws_iam_user.ana s3:GetObject aws_s3_bucket.orders/rye
      granted by: identity policy

      Allow    inline policy "read" of aws_iam_user.ana (Read)   infra/main.tf:14

      not seen  policies attached outside of the input, service control policies,
                resource control policies, policies of VPC endpoints
    exit 0"
  `);
  expect(await ask(`${question} --context aws:SourceIp=198.51.100.1`)).toMatchInlineSnapshot(`
    "denied   aws_iam_user.ana s3:GetObject aws_s3_bucket.orders/rye
      nothing allows it: identity policy

      Allow    inline policy "read" of aws_iam_user.ana (Read), but for its condition   infra/main.tf:14

      assumed   aws_s3_bucket.orders has the default BucketOwnerEnforced: access
                control lists are disabled
      not seen  policies attached outside of the input, service control policies,
                resource control policies, policies of VPC endpoints
    exit 1"
  `);
  expect(await ask(`${question} --absent aws:SourceIp`)).toContain('denied');
});

test('a plan, in which an ARN is written whole: the usual partition is taken for granted', async () => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::orders/*' };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const resources = [
    { type: 'aws_iam_user', name: 'ana', values: { name: 'ana' }, unknown: { arn: true, id: true }, expressions: {} },
    {
      type: 'aws_iam_user_policy',
      name: 'read',
      values: { name: 'read', user: 'ana', policy },
      unknown: { id: true },
      expressions: { user: { references: ['aws_iam_user.ana.name', 'aws_iam_user.ana'] } },
    },
    {
      type: 'aws_s3_bucket',
      name: 'orders',
      values: { bucket: 'orders' },
      unknown: { arn: true, id: true },
      expressions: {},
    },
  ].map((resource) => ({ ...resource, address: `${resource.type}.${resource.name}`, mode: 'managed' }));
  const provider = { provider_name: 'registry.terraform.io/hashicorp/aws', schema_version: 0 };
  here.write({
    'plan.json': JSON.stringify({
      format_version: '1.2',
      terraform_version: '1.9.0',
      planned_values: {
        root_module: {
          resources: resources.map(({ unknown, expressions, ...resource }) => ({ ...resource, ...provider })),
        },
      },
      resource_changes: resources.map(({ values, unknown, expressions, ...resource }) => ({
        ...resource,
        ...provider,
        change: { actions: ['create'], before: null, after: values, after_unknown: unknown },
      })),
      configuration: {
        root_module: {
          resources: resources.map(({ values, unknown, ...resource }) => ({ ...resource, provider_config_key: 'aws' })),
        },
      },
    }),
  });
  expect(await ask('aws_iam_user.ana s3:GetObject aws_s3_bucket.orders/rye --in plan.json')).toMatchInlineSnapshot(`
    "allowed   aws_iam_user.ana s3:GetObject aws_s3_bucket.orders/rye
      granted by: identity policy

      Allow    inline policy "read" of aws_iam_user.ana   plan.json:1

      assumed   provider.aws partition is aws
      not seen  policies attached outside of the input, service control policies,
                resource control policies, policies of VPC endpoints
    exit 0"
  `);
});

test('as JSON', async () => {
  expect(
    await ask(
      'aws_iam_user.ana s3:GetObject arn:aws:s3:::orders/rye --in infra --context aws:sourceip=203.0.113.9 --account 111122223333 --format json',
    ),
  ).toMatchInlineSnapshot(`
    "{
      "principal": "aws_iam_user.ana",
      "action": "s3:GetObject",
      "resource": "arn:aws:s3:::orders/rye",
      "outcome": "allowed",
      "by": [
        "identity"
      ],
      "dependsOn": [],
      "statements": [
        {
          "kind": "identity",
          "effect": "Allow",
          "applies": "yes",
          "policy": "inline policy \\"read\\" of aws_iam_user.ana",
          "sid": "Read",
          "location": {
            "file": "infra/main.tf",
            "startLine": 14,
            "startColumn": 18,
            "endLine": 20,
            "endColumn": 6
          }
        }
      ],
      "assumed": [
        "provider.aws account is 111122223333",
        "provider.aws partition is aws"
      ],
      "notSeen": [
        "policies attached outside of the input",
        "service control policies",
        "resource control policies",
        "policies of VPC endpoints"
      ],
      "needs": [],
      "problems": []
    }
    exit 0"
  `);
});

test('what is wrong with a question', async () => {
  expect(await ask('aws_iam_user.ana s3:GetObject')).toMatchInlineSnapshot(`
    "error: "access can" takes a principal, an action and a resource: trueline access can aws_iam_role.app s3:GetObject arn:aws:s3:::orders/key --in infra
    exit 2"
  `);
  expect(await ask('aws_iam_user.ana s3:GetObject * --in infra --context aws:SourceIp')).toMatchInlineSnapshot(`
    "error: "--context aws:SourceIp" is not of the form KEY=VALUE.
    exit 2"
  `);
  expect(await ask('aws_iam_user.ana s3:GetObject * --in infra --account 12')).toMatchInlineSnapshot(`
    "error: "--account 12" is not a number of 12 digits.
    exit 2"
  `);
  expect(await ask('aws_iam_user.anna s3:ListAllMyBuckets * --in infra')).toMatchInlineSnapshot(`
    "error: "aws_iam_user.anna" is no user or role of the input, no ARN of one, and no service. Did you mean "aws_iam_user.ana"?
    exit 2"
  `);
});

test('the name of a role that is not known holds no slash, and an empty Sid is none', async () => {
  here.write({
    'infra/driver.tf': `resource "aws_iam_role" "driver" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  inline_policy {
    name = "link"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Sid      = ""
        Effect   = "Allow"
        Action   = "iam:AttachRolePolicy"
        Resource = "arn:aws:iam::*:role/aws-service-role/fsx.amazonaws.com/*"
      }]
    })
  }
}
`,
  });
  expect(await ask('aws_iam_role.driver iam:AttachRolePolicy aws_iam_role.driver --in infra')).toContain('denied');
  const { out } = await here.run('access report --in infra');
  expect(out.slice(0, out.indexOf('\n\n'))).toMatchInlineSnapshot(`
    "aws_iam_role.driver
      iam:AttachRolePolicy (1 action)
        on      arn:aws:iam::*:role/aws-service-role/fsx.amazonaws.com/*
        by      inline policy "link" of aws_iam_role.driver   infra/driver.tf:7"
  `);
});

test('a call that needs several permissions: which of them are allowed, and what --with and --exact do', async () => {
  here.write({
    'launch/main.tf': `provider "aws" {
  region = "eu-west-1"
}

resource "aws_iam_user" "ana" {
  name = "ana"
}

resource "aws_iam_user_policy" "launch" {
  name = "launch"
  user = aws_iam_user.ana.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "ec2:CreateSubnet", Resource = "arn:aws:ec2:*:*:subnet/*" },
      { Effect = "Allow", Action = "ec2:CreateSubnet", Resource = "arn:aws:ec2:*:*:vpc/vpc-0a1" },
    ]
  })
}
`,
  });
  const subnet =
    'aws_iam_user.ana ec2:CreateSubnet arn:aws:ec2:eu-west-1:111122223333:subnet/* --in launch --account 111122223333';
  expect(await ask(subnet)).toMatchInlineSnapshot(`
    "depends   aws_iam_user.ana ec2:CreateSubnet arn:aws:ec2:eu-west-1:111122223333:subnet/*
      on: the vpc of the call (outside-input)

      Allow    inline policy "launch" of aws_iam_user.ana, perhaps   launch/main.tf:16

      the call needs
      allowed  ec2:CreateSubnet arn:aws:ec2:eu-west-1:111122223333:subnet/*
               by  identity policy
      depends  ec2:CreateSubnet arn:aws:ec2:eu-west-1:111122223333:vpc/\${vpc}
               on  the vpc of the call (outside-input)

      assumed   provider.aws account is 111122223333
      not seen  policies attached outside of the input, service control policies,
                policies of VPC endpoints
    exit 3"
  `);
  expect(await ask(`${subnet} --with arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1`)).toContain('exit 0');
  expect(await ask(`${subnet} --with arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0b2`)).toContain('exit 1');
  expect(await ask(`${subnet} --exact`)).toContain('exit 0');
  expect(await ask(`${subnet} --with arn:aws:sqs:eu-west-1:111122223333:rye`)).toMatchInlineSnapshot(`
    "error: "arn:aws:sqs:eu-west-1:111122223333:rye" is nothing else that ec2:CreateSubnet is known to need.
    exit 2"
  `);
});
