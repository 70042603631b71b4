import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace;

const TRUST = `jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })`;

/** Two roles with one attached policy, whose second statement is the way. */
const ORCHARD = `resource "aws_iam_role" "picker" {
  name               = "picker"
  assume_role_policy = ${TRUST}
}

resource "aws_iam_role_policy_attachment" "picker" {
  role       = aws_iam_role.picker.name
  policy_arn = aws_iam_policy.orchard.arn
}

resource "aws_iam_policy" "orchard" {
  name = "orchard"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Read", Effect = "Allow", Action = "s3:GetObject", Resource = "*" },
      { Sid = "Prune", Effect = "Allow", Action = "iam:PutRolePolicy", Resource = "*" },
    ]
  })
}
`;

const ESCALATION = 'scan --policy aws-iam-principal-no-privilege-escalation';
const FOUND =
  'main.tf:20:7: high aws-iam-principal-no-privilege-escalation: aws_iam_role.picker can become an administrator: E08 Write an inline policy of a role: aws_iam_role.picker [aws_iam_role.picker]\n';

beforeEach(() => {
  here = workspace({ 'trueline.yaml': 'root: true\n', 'main.tf': ORCHARD });
});

afterEach(() => here.remove());

test('a way to the rights of an administrator is found at the statement of the attached policy that opens it', async () => {
  expect(await here.run(`${ESCALATION} -f compact`)).toEqual({ code: 1, out: FOUND, err: '' });
});

test('it is the same finding when statements move and policies are written elsewhere', async () => {
  const fingerprints = async () => {
    const { out } = await here.run(`${ESCALATION} -f json`);
    const { findings } = JSON.parse(out) as { findings: { fingerprint: string; element: string }[] };
    return findings.map(({ fingerprint, element }) => [element, fingerprint]);
  };
  const before = await fingerprints();
  expect(before).toEqual([['E08 aws_iam_role.picker', expect.stringMatching(/^v1:[0-9a-f]{24}$/)]]);
  here.write({ 'main.tf': ORCHARD.replace(/ {6}\{ Sid = "Read".*\n/, '').replace('"Prune"', '"Graft"') });
  expect(await fingerprints()).toEqual(before);
});

test('it is accepted by a baseline, suppressed on the role, and its technique accepted by a parameter', async () => {
  await here.run(`${ESCALATION} --write-baseline`);
  expect(await here.run(`${ESCALATION} -f compact`)).toEqual({ code: 0, out: '', err: '' });
  here.remove('.trueline');
  const suppressed = '# trueline:ignore aws-iam-principal-no-privilege-escalation reason="pruned by hand"\n';
  here.write({ 'main.tf': suppressed + ORCHARD });
  expect(await here.run(`${ESCALATION} -f compact`)).toEqual({ code: 0, out: '', err: '' });
  here.write({
    'main.tf': ORCHARD,
    'trueline.yaml': `root: true
policies:
  aws-iam-principal-no-privilege-escalation:
    parameters: { accepted: [E08] }
`,
  });
  expect(await here.run(`${ESCALATION} -f compact`)).toEqual({ code: 0, out: '', err: '' });
});

test('by default a scan asks none of the policies over access', async () => {
  expect(await here.run('scan -f compact')).toEqual({ code: 0, out: '', err: '' });
});

test('what of its rights a role did not use is found in a snapshot with the usage, and not known without', async () => {
  const UNUSED = 'scan --policy aws-iam-principal-no-unused-privileges';
  expect(await here.run(`${UNUSED} -f compact --usage orchard.json`)).toEqual({
    code: 2,
    out: '',
    err: 'error: "orchard.json" does not exist.\n',
  });
});

const own = (assert: string) => `id: orchard-picker
title: Pickers pick
severity: low
description: Pickers pick.
resource: aws_iam_role
assert: ${JSON.stringify(assert)}
message: "{{ resource }} does not only pick"
remediation: Have it pick.
`;

test("policies of one's own ask what a role may do, by an ARN or a resource", async () => {
  const judge = async (assert: string) => {
    here.write({ 'own/policy.yaml': own(assert) });
    const { out, err } = await here.run('scan --policy-dir own --policy orchard-picker --include unknown -f compact');
    return out + err;
  };
  expect(await judge('!access.allows(resource, "s3:GetObject", "arn:aws:s3:::orchard/rye")')).toContain(
    'main.tf:19:7: unknown low',
  );
  expect(await judge('!access.allows(resource, "iam:PutRolePolicy", resource)')).toContain('main.tf:20:7: low');
  expect(await judge('!access.allows(resource, "iam:PutUserPolicy", resource)')).toBe('');
  expect(await judge('!access.isAdmin(resource)')).toBe('');
  expect(await judge('!access.canEscalate(resource)')).toContain('main.tf:20:7: low');
  expect(await judge('access.unused(resource).size() == 0')).toContain('unknown');
  expect(await judge('!access.isAdmin(resource.name)')).toContain('"isAdmin" is asked of a user or a role.');
});

test('its policy reads as others do in every format', async () => {
  for (const format of ['text', 'json', 'sarif', 'junit', 'markdown', 'github', 'gitlab', 'csv']) {
    const { code, out } = await here.run(`${ESCALATION} -f ${format}`);
    expect([format, code, out.includes('E08')]).toEqual([format, 1, true]);
  }
});

test('a policy of AWS counts as it was on a day, which the finding says, at what attaches it', async () => {
  here.write({
    'main.tf': `provider "aws" {
  region = "eu-west-1"
}

resource "aws_iam_role" "picker" {
  name               = "picker"
  assume_role_policy = ${TRUST}
}

resource "aws_iam_role_policy_attachment" "picker" {
  role       = aws_iam_role.picker.name
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
}
`,
  });
  const { out } = await here.run('scan --policy aws-iam-role-compute-not-administrator -f json');
  const { findings } = JSON.parse(out) as {
    findings: { message: string; assumed: string[]; location: { startLine: number } }[];
  };
  expect(findings.map(({ message, assumed, location }) => [message, assumed, location.startLine])).toEqual([
    [
      expect.stringContaining('aws_iam_role.picker'),
      ['arn:aws:iam::aws:policy/IAMFullAccess is what it was on 2026-08-26: v2 of 2019-06-21'],
      15,
    ],
  ]);
  const text = await here.run('scan --policy aws-iam-role-compute-not-administrator', { width: 200 });
  expect(text.out).toContain(
    'assumed: arn:aws:iam::aws:policy/IAMFullAccess is what it was on 2026-08-26: v2 of 2019-06-21',
  );
});
