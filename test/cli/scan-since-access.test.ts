import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace;

const role = (statements: string, more = '') => `variable "bucket" {}
variable "who" {}

resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy" "bake" {
  role   = aws_iam_role.baker.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [
${statements}
  ] })
}
${more}`;

const statement = (action: string, resource: string, more = '') =>
  `    { ${more}Effect = "Allow", Action = "${action}", Resource = "${resource}" },`;

const READ = statement('s3:GetObject', 'arn:aws:s3:::flour/*');
const SEND = statement('sqs:SendMessage', '*');

beforeEach(() => {
  here = workspace({ 'main.tf': role(`${READ}\n${SEND}`) });
  here.git('init', '-q', '-b', 'main');
  here.git('add', '-A');
  here.git('commit', '-q', '-m', 'first');
});

afterEach(() => here.remove());

const since = async (text: string) => {
  here.write({ 'main.tf': text });
  const { code, out } = await here.run('scan --policy aws-iam-no-new-access --since HEAD --format compact');
  return `${out}exit ${code}`;
};

const fingerprints = async (text: string) => {
  here.write({ 'main.tf': text });
  const { out } = await here.run('scan --policy aws-iam-no-new-access --since HEAD --format json');
  return (JSON.parse(out).findings as { readonly fingerprint: string }[]).map(({ fingerprint }) => fingerprint);
};

test('a statement that is wider is found with a request and its place', async () => {
  expect(await since(role(`${SEND}\n${statement('s3:*', 'arn:aws:s3:::flour/*')}`))).toMatchInlineSnapshot(`
    "main.tf:13:5: medium aws-iam-no-new-access: aws_iam_role.baker may do what was not allowed before, for one: s3:AbortMultipartUpload on arn:aws:s3:::flour/x [aws_iam_role.baker]
    exit 1"
  `);
});

test('what is narrower, gone, or elsewhere is nothing new', async () => {
  expect(await since(role(statement('s3:GetObject', 'arn:aws:s3:::flour/rye/*')))).toBe('exit 0');
  expect(await since(role(`${SEND}\n\n${READ}`))).toBe('exit 0');
  expect(await since(role(`${READ}\n${SEND}`, bucket))).toBe('exit 0');
});

const bucket = 'resource "aws_s3_bucket" "flour" {\n  bucket = "flour"\n}\n';

test('a role that is new, and what is not known', async () => {
  const miller = `resource "aws_iam_user" "miller" {
  name = "miller"
}
resource "aws_iam_user_policy" "mill" {
  user   = aws_iam_user.miller.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [
${READ}
  ] })
}
`;
  expect(await since(role(`${READ}\n${SEND}`, miller))).toMatchInlineSnapshot(`
    "main.tf:22:5: medium aws-iam-no-new-access: aws_iam_user.miller may do what was not allowed before, for one: s3:GetObject on arn:aws:s3:::flour/x [aws_iam_user.miller]
    exit 1"
  `);
  here.write({ 'main.tf': role('    var.who,') });
  const { code, out } = await here.run('scan --policy aws-iam-no-new-access --since HEAD --format json');
  expect({ code, findings: JSON.parse(out).findings }).toEqual({ code: 0, findings: [] });
  expect(out).toContain('"unknown": 1,');
});

test('a finding keeps its fingerprint, also without a Sid', async () => {
  const wide = statement('s3:*', 'arn:aws:s3:::flour/*');
  const [first, ...more] = await fingerprints(role(`${SEND}\n${wide}`));
  expect(more).toEqual([]);
  expect(first).toBeDefined();
  expect(await fingerprints(role(`${SEND}\n${wide}`))).toEqual([first]);
  expect(
    await fingerprints(role(`${wide}\n${statement('sqs:SendMessage', 'arn:aws:sqs:*:*:loaves')}\n${SEND}`, bucket)),
  ).toEqual([first]);
});

test('a policy of a resource that lets in somebody more', async () => {
  const own = (Principal: string) => `resource "aws_s3_bucket" "flour" {
  bucket = "flour"
}
resource "aws_s3_bucket_policy" "flour" {
  bucket = aws_s3_bucket.flour.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "Read", Effect = "Allow", Principal = ${Principal}, Action = "s3:GetObject", Resource = "arn:aws:s3:::flour/*" },
  ] })
}
`;
  const ana = 'arn:aws:iam::111122223333:user/ana';
  const before = role(READ, own(`{ AWS = ["${ana}"] }`));
  here.write({ 'main.tf': before });
  here.git('commit', '-q', '-am', 'second');
  expect(await since(before)).toBe('exit 0');
  expect(await since(role(READ, own(`{ AWS = ["${ana}", "arn:aws:iam::444455556666:root"] }`)))).toMatchInlineSnapshot(`
    "main.tf:21:5: medium aws-iam-no-new-access: By its policy arn:aws:iam::444455556666:root may do what was not allowed before, for one: s3:GetObject on arn:aws:s3:::flour/x [aws_s3_bucket.flour]
    exit 1"
  `);
  expect(await since(role(READ, own('"*"')))).toMatchInlineSnapshot(`
    "main.tf:21:5: medium aws-iam-no-new-access: By its policy anonymous may do what was not allowed before, for one: s3:GetObject on arn:aws:s3:::flour/x [aws_s3_bucket.flour]
    exit 1"
  `);
});
