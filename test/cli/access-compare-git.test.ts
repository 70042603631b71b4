import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace;

beforeEach(() => {
  here = workspace();
  here.git('init', '-q', '-b', 'main');
});

afterEach(() => here.remove());

const commit = (files: Readonly<Record<string, string>>) => {
  here.write(files);
  here.git('add', '-A');
  here.git('commit', '-q', '-m', 'state');
};

/** What is new by comparing, and as findings, since the commit. */
const since = async () => {
  const compared = await here.run('access compare --from HEAD');
  const scanned = await here.run('scan --policy aws-iam-no-new-access --since HEAD --format compact');
  return `${compared.out}exit ${compared.code}\n${scanned.out}exit ${scanned.code}`;
};

const document = (...actions: readonly string[]) =>
  `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ${JSON.stringify(actions)}, Resource = "*" }] })`;

const role = (name: string, actions: readonly string[], label = name) => `resource "aws_iam_role" "${label}" {
  name               = "${name}"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  inline_policy {
    name   = "bake"
    policy = ${document(...actions)}
  }
}
`;

const guard = (actions: string, target: string | undefined) => `resource "aws_organizations_policy" "guard" {
  name    = "guard"
  content = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "Keep", Effect = "Deny", Action = ${actions}, Resource = "*" }] })
}
${
  target === undefined
    ? ''
    : `resource "aws_organizations_policy_attachment" "guard" {
  policy_id = aws_organizations_policy.guard.id
  target_id = "${target}"
}
`
}`;

test('a control policy that denies less, elsewhere, or more', async () => {
  commit({ 'main.tf': guard('["sqs:*", "sns:Publish"]', 'ou-0rch-fields') });
  here.write({ 'main.tf': guard('"sqs:*"', 'ou-0rch-fields') });
  expect(await since()).toMatchInlineSnapshot(`
    "new access   aws_organizations_policy.guard
      may       sns:Publish arn:aws:sns:eu-west-1:111122223333:xx
      by        no longer denied by service control policy
                aws_organizations_policy.guard on ou-0rch-fields (Keep)
                main.tf:1
      assumed   other control policies let it through, and the caller has a policy
                that allows it
    exit 1
    main.tf:1:1: medium aws-iam-no-new-access: aws_organizations_policy.guard denied before, and no longer does, for one: sns:Publish on arn:aws:sns:eu-west-1:111122223333:xx (service control policy aws_organizations_policy.guard on ou-0rch-fields (Keep)) [aws_organizations_policy.guard]
    exit 1"
  `);
  here.write({ 'main.tf': guard('["sqs:*", "sns:Publish"]', 'ou-0rch-berries') });
  expect(await since()).toMatchInlineSnapshot(`
    "new access   aws_organizations_policy.guard
      may       sns:Publish arn:aws:sns:eu-west-1:111122223333:xx
      by        no longer denied by service control policy
                aws_organizations_policy.guard on ou-0rch-fields (Keep)
                main.tf:1
      assumed   other control policies let it through, and the caller has a policy
                that allows it
    exit 1
    main.tf:1:1: medium aws-iam-no-new-access: aws_organizations_policy.guard denied before, and no longer does, for one: sns:Publish on arn:aws:sns:eu-west-1:111122223333:xx (service control policy aws_organizations_policy.guard on ou-0rch-fields (Keep)) [aws_organizations_policy.guard]
    exit 1"
  `);
  here.write({ 'main.tf': guard('["sqs:*", "sns:Publish"]', undefined) });
  expect(await since()).toMatchInlineSnapshot(`
    "new access   aws_organizations_policy.guard
      may       sns:Publish arn:aws:sns:eu-west-1:111122223333:xx
      by        no longer denied by service control policy
                aws_organizations_policy.guard on ou-0rch-fields (Keep)
                main.tf:1
      assumed   other control policies let it through, and the caller has a policy
                that allows it
    exit 1
    main.tf:1:1: medium aws-iam-no-new-access: aws_organizations_policy.guard denied before, and no longer does, for one: sns:Publish on arn:aws:sns:eu-west-1:111122223333:xx (service control policy aws_organizations_policy.guard on ou-0rch-fields (Keep)) [aws_organizations_policy.guard]
    exit 1"
  `);
  here.write({ 'main.tf': guard('["sqs:*", "sns:*"]', 'ou-0rch-fields') });
  expect(await since()).toMatchInlineSnapshot(`
    "no new access   aws_organizations_policy.guard
      assumed   actions of 0.21.202609261
    exit 0
    exit 0"
  `);
  here.remove('main.tf');
  expect(await since()).toMatchInlineSnapshot(`
    "new access   aws_organizations_policy.guard
      may       sns:Publish arn:aws:sns:eu-west-1:111122223333:xx
      by        no longer denied by service control policy
                aws_organizations_policy.guard on ou-0rch-fields (Keep)
                main.tf:1
      assumed   other control policies let it through, and the caller has a policy
                that allows it
    exit 1
    .: error nothing-read: Nothing in "." could be read: there is no Terraform configuration, no template and no manifest.
    exit 3"
  `);
});

test('a role that is made again at another address is the same one by its ARN', async () => {
  const provider =
    'provider "aws" {\n  region              = "eu-west-1"\n  allowed_account_ids = ["111122223333"]\n}\n';
  commit({ 'main.tf': provider + role('baker', ['sqs:SendMessage']) });
  here.write({ 'main.tf': provider + role('baker', ['sqs:SendMessage'], 'miller') });
  expect(await since()).toMatchInlineSnapshot(`
    "no new access   2 principals and resources
    exit 0
    exit 0"
  `);
  here.write({ 'main.tf': provider + role('baker', ['sqs:SendMessage', 'sns:Publish'], 'miller') });
  expect(await since()).toMatchInlineSnapshot(`
    "new access   aws_iam_role.miller
      may       sns:Publish arn:aws:sns:eu-west-1:111122223333:xx
      by        inline policy "bake" of aws_iam_role.miller   main.tf:10

    1 other without new access
    exit 1
    main.tf:10:64: medium aws-iam-no-new-access: aws_iam_role.miller may do what was not allowed before, for one: sns:Publish on arn:aws:sns:eu-west-1:111122223333:xx [aws_iam_role.miller]
    exit 1"
  `);
  here.write({ 'main.tf': provider + role('miller', ['sqs:SendMessage'], 'miller') });
  expect(await since()).toMatchInlineSnapshot(`
    "new access   aws_iam_role.miller
      may       sqs:SendMessage arn:aws:sqs:eu-west-1:111122223333:xx
      by        inline policy "bake" of aws_iam_role.miller   main.tf:10

    1 other without new access
      assumed   actions of 0.21.202609261
    exit 1
    main.tf:10:64: medium aws-iam-no-new-access: aws_iam_role.miller may do what was not allowed before, for one: sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:xx [aws_iam_role.miller]
    exit 1"
  `);
});

const MODULE = (actions: string) => `variable "name" {}
resource "aws_iam_role" "baker" {
  name               = var.name
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
resource "aws_iam_role_policy" "bake" {
  role   = aws_iam_role.baker.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = ${actions}, Resource = "*" },
  ] })
}
`;
const calls = (source: string) => `module "dawn" {
  source = "${source}"
  name   = "dawn"
}
module "dusk" {
  source = "./baker"
  name   = "dusk"
}
`;

test('a module that is another one, and one that is called twice', async () => {
  commit({
    'main.tf': calls('./baker'),
    'baker/main.tf': MODULE('"sqs:SendMessage"'),
    'other/main.tf': MODULE('["sqs:SendMessage", "sns:Publish"]'),
  });
  here.write({ 'main.tf': calls('./other') });
  expect(await since()).toMatchInlineSnapshot(`
    "new access   module.dawn.aws_iam_role.baker
      may       sns:Publish arn:aws:sns:eu-west-1:111122223333:xx
      by        inline policy of module.dawn.aws_iam_role.baker   other/main.tf:9

    3 others without new access
    exit 1
    other/main.tf:9:5: medium aws-iam-no-new-access: module.dawn.aws_iam_role.baker may do what was not allowed before, for one: sns:Publish on arn:aws:sns:eu-west-1:111122223333:xx [module.dawn.aws_iam_role.baker]
    exit 1"
  `);
  here.write({ 'main.tf': calls('./baker'), 'baker/main.tf': MODULE('["sqs:SendMessage", "sns:Publish"]') });
  expect(await since()).toMatchInlineSnapshot(`
    "new access   module.dawn.aws_iam_role.baker
      may       sns:Publish arn:aws:sns:eu-west-1:111122223333:xx
      by        inline policy of module.dawn.aws_iam_role.baker   baker/main.tf:9

    new access   module.dusk.aws_iam_role.baker
      may       sns:Publish arn:aws:sns:eu-west-1:111122223333:xx
      by        inline policy of module.dusk.aws_iam_role.baker   baker/main.tf:9

    4 others without new access
    exit 1
    baker/main.tf:9:5: medium aws-iam-no-new-access: module.dawn.aws_iam_role.baker may do what was not allowed before, for one: sns:Publish on arn:aws:sns:eu-west-1:111122223333:xx [module.dawn.aws_iam_role.baker]
    baker/main.tf:9:5: medium aws-iam-no-new-access: module.dusk.aws_iam_role.baker may do what was not allowed before, for one: sns:Publish on arn:aws:sns:eu-west-1:111122223333:xx [module.dusk.aws_iam_role.baker]
    exit 1"
  `);
});

test('a policy in a file of JSON that code reads', async () => {
  const json = (action: string) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] }, null, 2);
  const main = `resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  inline_policy {
    name   = "bake"
    policy = file("\${path.module}/bake.json")
  }
}
`;
  commit({ 'main.tf': main, 'bake.json': json('s3:GetObject') });
  here.write({ 'bake.json': json('s3:Get*') });
  expect(await since()).toMatchInlineSnapshot(`
    "new access   aws_iam_role.baker
      may       s3:GetAccelerateConfiguration arn:aws:s3:::xx
      by        inline policy "bake" of aws_iam_role.baker   bake.json:4

    1 other without new access
    exit 1
    bake.json:4:5: medium aws-iam-no-new-access: aws_iam_role.baker may do what was not allowed before, for one: s3:GetAccelerateConfiguration on arn:aws:s3:::xx [aws_iam_role.baker]
    exit 1"
  `);
  here.write({ 'bake.json': json('s3:GetObject'), 'more.json': json('s3:*') });
  expect(await since()).toMatchInlineSnapshot(`
    "no new access   2 principals and resources
    exit 0
    exit 0"
  `);
  here.git('mv', 'bake.json', 'loaves.json');
  here.write({ 'main.tf': main.replace('bake.json', 'loaves.json') });
  expect(await since()).toMatchInlineSnapshot(`
    "no new access   2 principals and resources
    exit 0
    exit 0"
  `);
});

test('an attachment that moves from a user to a group', async () => {
  const main = (attachment: string) => `resource "aws_iam_user" "ana" {
  name = "ana"
}
resource "aws_iam_user" "ben" {
  name = "ben"
}
resource "aws_iam_group" "bakers" {
  name = "bakers"
}
resource "aws_iam_user_group_membership" "ana" {
  user   = aws_iam_user.ana.name
  groups = [aws_iam_group.bakers.name]
}
resource "aws_iam_user_group_membership" "ben" {
  user   = aws_iam_user.ben.name
  groups = [aws_iam_group.bakers.name]
}
resource "aws_iam_policy" "bake" {
  name   = "bake"
  policy = ${document('sqs:SendMessage')}
}
${attachment}`;
  const attach = (kind: string, name: string) => `resource "aws_iam_${kind}_policy_attachment" "bake" {
  ${kind}       = aws_iam_${kind}.${name}.name
  policy_arn = aws_iam_policy.bake.arn
}
`;
  commit({ 'main.tf': main(attach('user', 'ana')) });
  here.write({ 'main.tf': main(attach('group', 'bakers')) });
  expect(await since()).toMatchInlineSnapshot(`
    "new access   aws_iam_user.ben
      may       sqs:SendMessage arn:aws:sqs:eu-west-1:111122223333:xx
      by        aws_iam_policy.bake   main.tf:20

    1 other without new access
    exit 1
    main.tf:20:62: medium aws-iam-no-new-access: aws_iam_user.ben may do what was not allowed before, for one: sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:xx [aws_iam_user.ben]
    exit 1"
  `);
});

test('files that have other names, or are gone', async () => {
  commit({
    'ana.tf': role('ana', ['sqs:SendMessage']),
    'ben.tf': role('ben', ['sqs:SendMessage']),
    'shop/main.tf': role('cara', ['sns:Publish']),
  });
  here.git('mv', 'ana.tf', 'people.tf');
  here.remove('ben.tf');
  expect(await since()).toMatchInlineSnapshot(`
    "no new access   4 principals and resources
    exit 0
    exit 0"
  `);
  here.git('mv', 'shop', 'store');
  here.write({ 'store/main.tf': role('cara', ['sns:Publish', 'sns:Subscribe']) });
  expect(await since()).toMatchInlineSnapshot(`
    "new access   aws_iam_role.cara
      may       sns:Subscribe arn:aws:sns:eu-west-1:111122223333:xx
      by        inline policy "bake" of aws_iam_role.cara   store/main.tf:6

    3 others without new access
    exit 1
    store/main.tf:6:64: medium aws-iam-no-new-access: aws_iam_role.cara may do what was not allowed before, for one: sns:Subscribe on arn:aws:sns:eu-west-1:111122223333:xx [aws_iam_role.cara]
    exit 1"
  `);
});

test('two checkouts of control policies', async () => {
  const checkout = (action: string, name: string) => ({
    [`${name}/main.tf`]: `variable "unit" {}
variable "region" {}
resource "aws_organizations_policy" "guard" {
  name    = "guard"
  content = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Deny", Action = "${action}", Resource = "arn:aws:sqs:\${var.region}:*:*" },
  ] })
}
resource "aws_organizations_policy_attachment" "guard" {
  policy_id = aws_organizations_policy.guard.id
  target_id = var.unit
}
`,
  });
  here.write({ ...checkout('sqs:SendMessage', 'old'), ...checkout('sqs:*', 'new') });
  const { code, out } = await here.run('access compare old new');
  expect(`${out}exit ${code}`).toMatchInlineSnapshot(`
    "no new access   aws_organizations_policy.guard
      assumed   actions of 0.21.202609261
    exit 0"
  `);
  const back = await here.run('access compare new old');
  expect(`${back.out}exit ${back.code}`).toMatchInlineSnapshot(`
    "new access   aws_organizations_policy.guard
      may       sqs:AddPermission arn:aws:sqs:\${var.region}:000000000000:xx
      by        no longer denied by service control policy
                aws_organizations_policy.guard on var.unit
                old/main.tf:3
      assumed   other control policies let it through, and the caller has a policy
                that allows it
    exit 1"
  `);
});

test('two checkouts of a module, where a variable without a value is the same in both', async () => {
  const checkout = (action: string, name: string) => ({
    [`${name}/main.tf`]: `variable "bucket" {}
variable "more" {}
module "baker" {
  source = "./baker"
  bucket = var.bucket
  more   = var.more
}
`,
    [`${name}/baker/main.tf`]: `variable "bucket" {}
variable "more" {}
resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
resource "aws_iam_role_policy" "bake" {
  role   = aws_iam_role.baker.name
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([
    { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::\${var.bucket}/*" },
    { Effect = "Allow", Action = "${action}", Resource = "*" },
  ], var.more) })
}
`,
  });
  here.write({ ...checkout('sqs:*', 'old'), ...checkout('sqs:SendMessage', 'new') });
  const { code, out } = await here.run('access compare old new');
  expect(`${out}exit ${code}`).toMatchInlineSnapshot(`
    "no new access   2 principals and resources
      assumed   actions of 0.21.202609261
    exit 0"
  `);
  const back = await here.run('access compare new old');
  expect(`${back.out}exit ${back.code}`).toMatchInlineSnapshot(`
    "not known   module.baker.aws_iam_role.baker
      on: statements of inline policy of module.baker.aws_iam_role.baker

    1 other without new access
    exit 3"
  `);
});
