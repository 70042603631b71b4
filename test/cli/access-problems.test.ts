import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace;

const POLICIES = {
  broken: String.raw`"{ \"Statement\": [ { \"Effect\": \"Allow\", "`,
  operator: statement(
    'Effect = "Allow", Action = "s3:GetObject", Resource = "*", Condition = { StringMatches = { "aws:PrincipalTag/team" = "x" } }',
  ),
  effectless: statement('Action = "s3:PutObject", Resource = "*"'),
  lower: statement('Effect = "allow", Action = "s3:DeleteObject", Resource = "*"'),
  misspelt: statement(
    'Effect = "Allow", Action = ["s3:GetObjcet", "dynamo:GetItem", "s3", "ec2:Fly*"], Resource = "*"',
  ),
};

function statement(content: string): string {
  return `jsonencode({ Version = "2012-10-17", Statement = [{ ${content} }] })`;
}

beforeAll(() => {
  const policies = Object.entries(POLICIES).map(
    ([name, policy]) => `
resource "aws_iam_role_policy" "${name}" {
  name   = "${name}"
  role   = aws_iam_role.app.name
  policy = ${policy}
}
`,
  );
  here = workspace({
    'main.tf': `resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = ${statement('Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" }')}
}
${policies.join('')}`,
  });
});

afterAll(() => here.remove());

const PROBLEMS = [
  'main.tf:9 "broken": The policy cannot be read: it is no JSON object.',
  'main.tf:27 "lower": Statement 1 has the Effect "allow", which is neither Allow nor Deny.',
  'main.tf:21 "effectless": Statement 1 has no Effect.',
  'main.tf:15 "operator": Statement 1 has the operator "StringMatches", which IAM does not know.',
  'main.tf:33 "misspelt": The action "s3:GetObjcet" does not exist, by the catalogue of actions. Did you mean "s3:GetObject"?',
  'main.tf:33 "misspelt": The action "dynamo:GetItem" does not exist, by the catalogue of actions. Did you mean "dynamodb"?',
  'main.tf:33 "misspelt": Statement 1 has the action "s3", which names no service.',
  'main.tf:33 "misspelt": No action matches "ec2:Fly*", by the catalogue of actions.',
].sort();

interface Shown {
  readonly message: string;
  readonly policy: string;
  readonly location: { readonly file: string; readonly startLine: number };
}

function shownProblems(problems: readonly Shown[]): string[] {
  return problems
    .map(
      ({ message, policy, location: { file, startLine } }) =>
        `${file}:${startLine} ${/".*?"/.exec(policy)?.[0]}: ${message}`,
    )
    .sort();
}

test.each([
  'access can aws_iam_role.app s3:GetObject arn:aws:s3:::b/k --in .',
  'access who-can s3:GetObject arn:aws:s3:::b/k --in .',
  'access report --in .',
])('%s tells all that is wrong with policies, each at its place', async (line) => {
  const { out } = await here.run(`${line} --format json`);
  expect(shownProblems((JSON.parse(out) as { problems: Shown[] }).problems)).toEqual(PROBLEMS);
});

test.each([
  ['s3:PutObject', 'effectless'],
  ['s3:DeleteObject', 'lower'],
])('a statement without an effect that IAM takes neither allows nor denies %s', async (action, policy) => {
  const { out, code } = await here.run(`access can aws_iam_role.app ${action} arn:aws:s3:::b/k --in . --format json`);
  const { outcome, statements } = JSON.parse(out) as {
    outcome: string;
    statements: { effect: unknown; applies: string; policy: string }[];
  };
  expect({ code, outcome, decided: statements.filter((one) => one.policy.includes(`"${policy}"`)) }).toMatchObject({
    code: 3,
    outcome: 'depends',
    decided: [{ effect: null, applies: 'perhaps' }],
  });
});

test('a report shows what such statements perhaps grant, and problems as text', async () => {
  const { out } = await here.run('access report --in .');
  expect(out).toContain('  perhaps s3:PutObject (1 action)\n    on      *\n    by      inline policy "effectless"');
  expect(out).toContain(`  problem   inline policy "effectless" of aws_iam_role.app: Statement 1 has no
            Effect.
            main.tf:21
`);
});
