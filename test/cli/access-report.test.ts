import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workspace, workspace } from './workspace.js';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'access');

let here: Workspace;

beforeEach(() => {
  here = workspace();
  for (const [folder, file] of [
    ['bakery', 'main.tf'],
    ['mill', 'template.yaml'],
  ] as const) {
    mkdirSync(join(here.folder, folder));
    copyFileSync(join(FIXTURES, folder, file), join(here.folder, folder, file));
  }
});

afterEach(() => here.remove());

const report = async (line: string) => {
  const { code, out, err } = await here.run(`access report ${line}`);
  return `${out}${err}exit ${code}`;
};

test('grants of roles and users, and whom resources let in', async () => {
  expect(await report('--in bakery')).toMatchInlineSnapshot(`
    "aws_iam_role.baker
      s3:GetObject (1 action)
        on      arn:\${provider.aws partition}:s3:::orders/*
        by      inline policy "bake" of aws_iam_role.baker (Read)   bakery/main.tf:91
      perhaps s3:PutObject (1 action)
        on      arn:\${provider.aws partition}:s3:::orders/\${var.team}/*
        by      inline policy "bake" of aws_iam_role.baker (Team)   bakery/main.tf:92
      kms:Decrypt (1 action)
        on      arn:\${provider.aws partition}:kms:\${provider.aws
                region}:\${provider.aws account}:key/\${aws_kms_key.oven.key_id}
        by      inline policy "bake" of aws_iam_role.baker (Oven)   bakery/main.tf:93
      not within the boundary: sqs:* (20 actions)
        on      *
        except  what the boundary aws_iam_policy.boundary leaves out
                bakery/main.tf:102
        by      inline policy "bake" of aws_iam_role.baker (Queue)   bakery/main.tf:94
      s3:DeleteObject (1 action)
        on      *
        if      Bool aws:MultiFactorAuthPresent true
        by      inline policy "bake" of aws_iam_role.baker (Mfa)   bakery/main.tf:95

    aws_iam_user.ana
      sqs:SendMessage (1 action)
        on      arn:\${provider.aws partition}:sqs:\${provider.aws
                region}:\${provider.aws account}:loaves
        except  what aws_iam_policy.guard (NoQueues) denies bakery/main.tf:142
        by      inline policy of aws_iam_user.ana   bakery/main.tf:150
      s3:GetObject (1 action)
        on      arn:\${provider.aws partition}:s3:::orders/\${aws:username}/*
        by      inline policy "home" of aws_iam_group.millers (Home)   bakery/main.tf:128
      not known  aws_iam_policy.guard

    aws_iam_role.baker lets in
      sts:AssumeRole (1 action)
        to      arn:\${provider.aws partition}:iam::\${provider.aws account}:user/ana,
                arn:aws:iam::\${provider.aws account}:root
        by      trust policy of aws_iam_role.baker   bakery/main.tf:66
      sts:AssumeRole (1 action)
        to      lambda.amazonaws.com
        by      trust policy of aws_iam_role.baker   bakery/main.tf:75

    aws_kms_key.oven lets in
      kms:* (56 actions)
        to      \${provider.aws account}
        on      *
        by      default policy of aws_kms_key.oven

    aws_s3_bucket.orders lets in
      s3:GetObject (1 action)
        to      444455556666
        on      arn:\${provider.aws partition}:s3:::orders/*
        except  what policy of aws_s3_bucket.orders (OnlyTls) denies
                bakery/main.tf:21
        by      policy of aws_s3_bucket.orders (Millers)   bakery/main.tf:39

    2 users and roles, 3 resources with a policy
    0 administrators, 0 can become administrator
    exit 0"
  `);
  expect(await report('--in mill')).toMatchInlineSnapshot(`
    "Miller
      s3:GetObject (1 action)
        on      arn:aws:s3:::\${Flour.Ref}/*
        by      inline policy "mill" of Miller   mill/template.yaml:21

    Owner
      * (22,091 actions)
        on      *
        by      arn:aws:iam::aws:policy/AdministratorAccess   mill/template.yaml:33

    Watcher
      a4b:Get*, a4b:List*, a4b:Search*, access-analyzer:GetAccessPreview,
        access-analyzer:GetAnalyzedResource, access-analyzer:GetAnalyzer,
        access-analyzer:GetArchiveRule, access-analyzer:GetFinding,
        access-analyzer:GetFindingsStatistics, access-analyzer:GetGeneratedPolicy,
        access-analyzer:ListAccessPreviewFindings,
        access-analyzer:ListAccessPreviews and 1498 more (3779 actions)
        on      *
        by      arn:aws:iam::aws:policy/ReadOnlyAccess (ReadOnlyActionsGroup1)   mill/template.yaml:28
      kafka:Describe*, kafka:DescribeCluster, kafka:DescribeClusterOperation,
        kafka:DescribeClusterV2, kafka:DescribeConfiguration,
        kafka:DescribeConfigurationRevision, kafka:Get*, kafka:GetBootstrapBrokers,
        kafka:GetCompatibleKafkaVersions, kafka:List*, kafka:ListClusterOperations,
        kafka:ListClusters and 1391 more (3133 actions)
        on      *
        by      arn:aws:iam::aws:policy/ReadOnlyAccess (ReadOnlyActionsGroup2)   mill/template.yaml:28
      s3express:CreateSession (1 action)
        on      *
        if      StringEquals s3express:SessionMode ReadOnly
        by      arn:aws:iam::aws:policy/ReadOnlyAccess (S3ExpressReadOnlySessionObjectAccess)   mill/template.yaml:28

    Miller lets in
      sts:AssumeRole (1 action)
        to      arn:aws:iam::\${AWS::AccountId}:root, lambda.amazonaws.com
        by      trust policy of Miller   mill/template.yaml:11

    administrators
      Owner
        by      arn:aws:iam::aws:policy/AdministratorAccess mill/template.yaml:33

      assumed   arn:aws:iam::aws:policy/ReadOnlyAccess is what it was on 2026-08-26:
                v188 of 2026-07-21

    3 users and roles, 1 resource with a policy
    1 administrator, 0 can become administrator
    exit 0"
  `);
});

test('a role without a boundary, with a Deny and NotAction, as JSON', async () => {
  here.write({
    'cellar/main.tf': `resource "aws_iam_role" "cooper" {
  name               = "cooper"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "casks" {
  name = "casks"
  role = aws_iam_role.cooper.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "AllButIam", Effect = "Allow", NotAction = ["iam:*", "s3:*"], Resource = "*" },
      { Sid = "NoStaves", Effect = "Deny", Action = "sqs:Delete*", Resource = "*" },
    ]
  })
}
`,
  });
  const { out } = await here.run('access report --in cellar --format json');
  const { principals, resources } = JSON.parse(out);
  const [{ grants, ...principal }] = principals;
  const [{ actionCount, ...grant }] = grants;
  expect({ principal, grant, resources, isCounted: actionCount > 20_000 }).toMatchInlineSnapshot(`
    {
      "grant": {
        "actions": [],
        "conditions": [],
        "limits": [
          {
            "kind": "deny",
            "location": {
              "endColumn": 84,
              "endLine": 13,
              "file": "cellar/main.tf",
              "startColumn": 7,
              "startLine": 13,
            },
            "policy": "inline policy "casks" of aws_iam_role.cooper",
            "sid": "NoStaves",
          },
        ],
        "location": {
          "endColumn": 93,
          "endLine": 12,
          "file": "cellar/main.tf",
          "startColumn": 7,
          "startLine": 12,
        },
        "notActions": [
          "iam:*",
          "s3:*",
        ],
        "notResources": [],
        "policy": "inline policy "casks" of aws_iam_role.cooper",
        "resources": [
          "*",
        ],
        "sid": "AllButIam",
        "state": "conditional",
      },
      "isCounted": true,
      "principal": {
        "kind": "user-or-role",
        "principal": "aws_iam_role.cooper",
        "root": "cellar",
        "unknown": [],
      },
      "resources": [],
    }
  `);
});

test('of several roots each resource is told with its own', async () => {
  const role = (service: string) => `
    resource "aws_iam_role" "this" {
      assume_role_policy = jsonencode({
        Version   = "2012-10-17"
        Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "${service}" } }]
      })
    }`;
  const admin = `
    resource "aws_iam_role_policy_attachment" "this" {
      role       = aws_iam_role.this.name
      policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
    }`;
  here.write({
    'live/east/main.tf': role('ec2.amazonaws.com'),
    'live/west/main.tf': `${role('eks.amazonaws.com')}\n${admin}`,
  });
  expect(await report('--in live')).toMatchInlineSnapshot(`
    "aws_iam_role.this in live/east
      nothing that the input shows

    aws_iam_role.this in live/west
      * (22,091 actions)
        on      *
        by      arn:aws:iam::aws:policy/AdministratorAccess   live/west/main.tf:11

    aws_iam_role.this in live/east lets in
      sts:AssumeRole (1 action)
        to      ec2.amazonaws.com
        by      trust policy of aws_iam_role.this   live/east/main.tf:5

    aws_iam_role.this in live/west lets in
      sts:AssumeRole (1 action)
        to      eks.amazonaws.com
        by      trust policy of aws_iam_role.this   live/west/main.tf:5

    administrators
      aws_iam_role.this in live/west
        by      arn:aws:iam::aws:policy/AdministratorAccess live/west/main.tf:11

    2 users and roles, 2 resources with a policy
    1 administrator, 0 can become administrator
    exit 0"
  `);
});

test('an address that is in several roots is named with its root, and asked for so', async () => {
  const role = (service: string) => `
    resource "aws_iam_role" "this" {
      assume_role_policy = jsonencode({
        Version   = "2012-10-17"
        Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "${service}" } }]
      })
    }
    resource "aws_s3_bucket" "this" {}`;
  here.write({ 'live/east/main.tf': role('ec2.amazonaws.com'), 'live/west/main.tf': role('eks.amazonaws.com') });
  const ask = async (line: string) => {
    const { code, out, err } = await here.run(`access ${line} --in live`);
    return [code, `${out}${err}`.split('\n')[0]];
  };
  const east = 'live/east/aws_iam_role.this';
  const names = (rest = '') => `name it "live/east/${rest}" or "live/west/${rest}".`;
  expect(await ask('can aws_iam_role.this s3:GetObject live/west/aws_s3_bucket.this/rye')).toEqual([
    2,
    `error: "aws_iam_role.this" is in several roots: ${names('aws_iam_role.this')}`,
  ]);
  expect(await ask(`can ${east} s3:GetObject aws_s3_bucket.this/rye`)).toEqual([
    2,
    `error: "aws_s3_bucket.this/rye" is in several roots: ${names('aws_s3_bucket.this/rye')}`,
  ]);
  expect(await ask(`can ${east} s3:GetObject live/west/aws_s3_bucket.this/rye`)).toEqual([
    1,
    `denied   ${east} s3:GetObject live/west/aws_s3_bucket.this/rye`,
  ]);
  expect(await ask(`can ec2.amazonaws.com sts:AssumeRole ${east}`)).toEqual([
    0,
    `allowed   ec2.amazonaws.com sts:AssumeRole ${east}`,
  ]);
  expect(await ask('can ec2.amazonaws.com sts:AssumeRole live/west/aws_iam_role.this')).toEqual([
    1,
    'denied   ec2.amazonaws.com sts:AssumeRole live/west/aws_iam_role.this',
  ]);
});

test('nothing to report, and what is not taken', async () => {
  here.write({ 'empty/main.tf': 'locals {}\n' });
  expect(await report('--in empty')).toBe('No users, roles, or resources with a policy.\nexit 0');
  expect(await report('bakery')).toBe(
    'error: "access report" takes no "bakery": what is read is named by --in PATH.\nexit 2',
  );
});

test('permission sets are counted beside users and roles, and that nobody is looked for behind them is said', async () => {
  const sets = workspace({
    'main.tf': `resource "aws_ssoadmin_permission_set" "bakers" {
  name         = "bakers"
  instance_arn = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
}
resource "aws_ssoadmin_managed_policy_attachment" "bakers" {
  instance_arn       = aws_ssoadmin_permission_set.bakers.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.bakers.arn
  managed_policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
`,
  });
  const { out } = await sets.run('access report --in .');
  sets.remove();
  expect(out.slice(out.indexOf('0 users'))).toBe(`0 users and roles, 1 permission set, 0 resources with a policy
0 administrators, 0 can become administrator
whoever is assigned a permission set is not asked, and may be administrator by
  it
`);
});
