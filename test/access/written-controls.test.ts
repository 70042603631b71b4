import { expect, test } from 'vitest';
import { listGrants } from '../../src/access/grants.js';
import { answerQuestion } from '../../src/access/question.js';
import { sourcesOfCode, sourcesOfTemplates } from '../support/access-graph.js';

const FIELDS = '222233334444';

/** An organization of code with one account that a provider assumes a role of. */
const ORGANIZATION = `
provider "aws" {}
provider "aws" {
  alias = "fields"
  assume_role { role_arn = "arn:aws:iam::${FIELDS}:role/deploy" }
}
provider "aws" {
  alias = "orchard"
  assume_role { role_arn = "arn:aws:iam::\${aws_organizations_account.orchard.id}:role/deploy" }
}
resource "aws_organizations_organization" "all" {
  feature_set = "ALL"
}
resource "aws_organizations_organizational_unit" "farms" {
  name      = "farms"
  parent_id = aws_organizations_organization.all.roots[0].id
}
resource "aws_organizations_organizational_unit" "shops" {
  name      = "shops"
  parent_id = aws_organizations_organization.all.roots[0].id
}
resource "aws_organizations_account" "orchard" {
  name      = "orchard"
  email     = "orchard@example.org"
  parent_id = aws_organizations_organizational_unit.farms.id
}`;

const baker = (provider: string) => `
resource "aws_iam_role" "baker" {
  provider           = ${provider}
  name               = "baker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  inline_policy {
    name   = "bake"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
  }
}`;

const LISTING = 's3:ListAllMyBuckets';
const DENY = `[{ Sid = "Keep", Effect = "Deny", Action = "${LISTING}", Resource = "*" }]`;

const control = (statements: string, more = '') => `
resource "aws_organizations_policy" "guard" {
  name    = "guard"
  content = jsonencode({ Version = "2012-10-17", Statement = ${statements} })
  ${more}
}`;

const attached = (target: string, more = '') => `
resource "aws_organizations_policy_attachment" "guard" {
  policy_id = aws_organizations_policy.guard.id
  target_id = ${target}
  ${more}
}`;

/** The outcome, by what or on what, and the statements of control policies. */
const asked = (code: string, action = LISTING, resource = '*') => {
  const answer = answerQuestion(
    { principal: 'aws_iam_role.baker', action, resource, context: new Map(), account: undefined, isExact: true },
    sourcesOfCode({ 'main.tf': ORGANIZATION + code }),
  );
  if ('problem' in answer) return [answer.problem];
  const { outcome, by, dependsOn, statements } = answer;
  const deciding = statements.filter(({ kind }) => kind === 'scp' || kind === 'rcp');
  return [
    outcome,
    ...by,
    ...dependsOn,
    ...deciding.map(({ effect, applies, sid, policy }) => `${effect} ${applies} ${sid} ${policy}`),
  ];
};

const FARMS = 'aws_organizations_organizational_unit.farms.id';
const ROOT = 'aws_organizations_organization.all.roots[0].id';
const OPEN = 'whom aws_organizations_policy_attachment.guard binds';
const on = (target: string) => `service control policy aws_organizations_policy.guard on ${target}`;

test('what is attached to the account, or above it, denies', () => {
  const denied = (target: string) => ['explicit-deny', 'scp', `Deny yes Keep ${on(target)}`];
  expect(asked(baker('aws.fields') + control(DENY) + attached(`"${FIELDS}"`))).toEqual(denied(FIELDS));
  const ofAccount = 'aws_organizations_account.orchard.id';
  expect(asked(baker('aws.orchard') + control(DENY) + attached(ofAccount))).toEqual(denied(ofAccount));
  expect(asked(baker('aws.orchard') + control(DENY) + attached(FARMS))).toEqual(denied(FARMS));
  expect(asked(baker('aws.orchard') + control(DENY) + attached(ROOT))).toEqual(
    denied('aws_organizations_organization.all.roots'),
  );
  expect(asked(baker('aws.orchard') + control(DENY) + attached('"r-0rch"'))).toEqual(denied('r-0rch'));
});

test('what is attached elsewhere decides nothing', () => {
  const allowed = ['allowed', 'identity'];
  expect(asked(baker('aws.fields') + control(DENY) + attached('"333344445555"'))).toEqual(allowed);
  const shops = 'aws_organizations_organizational_unit.shops.id';
  expect(asked(baker('aws.orchard') + control(DENY) + attached(shops))).toEqual(allowed);
  // The management account is bound by none.
  expect(asked(baker('aws') + control(DENY) + attached(ROOT))).toEqual(allowed);
  expect(asked(baker('aws.fields') + control(DENY, 'type = "TAG_POLICY"') + attached(`"${FIELDS}"`))).toEqual(allowed);
});

test('where it is not known whether a target is above the account, what it denies depends', () => {
  const perhaps = (target: string, cause = OPEN) => ['depends', cause, `Deny perhaps Keep ${on(target)}`];
  expect(asked(baker('aws.fields') + control(DENY) + attached(FARMS))).toEqual(perhaps(FARMS));
  expect(asked(baker('aws.fields') + control(DENY) + attached(ROOT))).toEqual(
    perhaps('aws_organizations_organization.all.roots'),
  );
  expect(asked(baker('aws.orchard') + control(DENY) + attached('"ou-0rch-berries"'))).toEqual(
    perhaps('ou-0rch-berries'),
  );
  const variable = 'variable "target" {}';
  expect(asked(baker('aws.orchard') + variable + control(DENY) + attached('var.target'))).toEqual(
    perhaps('var.target'),
  );
  expect(asked(baker('aws.fields') + control(DENY))).toEqual([
    'depends',
    'whom aws_organizations_policy.guard binds',
    'Deny perhaps Keep service control policy aws_organizations_policy.guard',
  ]);
  const counted = 'variable "isOn" {}';
  const some = attached(`"${FIELDS}"`, 'count = var.isOn ? 1 : 0');
  expect(asked(baker('aws.fields') + counted + control(DENY) + some)).toEqual(
    perhaps(FIELDS, 'attachment of aws_organizations_policy_attachment.guard[0]'),
  );
  // What it does not deny is allowed either way.
  expect(asked(baker('aws.fields') + control(DENY) + attached(FARMS), 'ec2:DescribeInstances')).toEqual([
    'allowed',
    'identity',
  ]);
});

test('a list of what is allowed closes what nothing beside it allows', () => {
  const list = '[{ Sid = "List", Effect = "Allow", Action = "s3:*", Resource = "*" }]';
  const code = baker('aws.fields') + control(list) + attached(`"${FIELDS}"`);
  const allowed = ['allowed', 'identity', `Allow yes List ${on(FIELDS)}`];
  expect(asked(code)).toEqual(allowed);
  expect(asked(code, 'ec2:DescribeInstances')).toEqual(['depends', `whether FullAWSAccess is attached to ${FIELDS}`]);
  const full = `
resource "aws_organizations_policy_attachment" "full" {
  policy_id = "p-FullAWSAccess"
  target_id = "${FIELDS}"
}`;
  expect(asked(code + full, 'ec2:DescribeInstances')).toEqual([
    'allowed',
    'identity',
    `Allow yes null FullAWSAccess on ${FIELDS}`,
  ]);
  const perhaps = baker('aws.fields') + control(list) + attached(FARMS);
  expect(asked(perhaps)).toEqual(['allowed', 'identity']);
  expect(asked(perhaps, 'ec2:DescribeInstances')).toEqual([
    'depends',
    `whether FullAWSAccess is attached to ${FARMS}`,
    OPEN,
  ]);
});

test('a resource control policy binds the account of the resource', () => {
  const deny = '[{ Sid = "Keep", Effect = "Deny", Principal = "*", Action = "sqs:SendMessage", Resource = "*" }]';
  const code = baker('aws.fields') + control(deny, 'type = "RESOURCE_CONTROL_POLICY"') + attached(`"${FIELDS}"`);
  const queueOf = (account: string) => asked(code, 'sqs:SendMessage', `arn:aws:sqs:eu-west-1:${account}:loaves`);
  expect(queueOf(FIELDS)).toEqual([
    'explicit-deny',
    'rcp',
    `Deny yes Keep resource control policy aws_organizations_policy.guard on ${FIELDS}`,
  ]);
  expect(queueOf('333344445555')).toEqual([
    'depends',
    'policy of arn:aws:sqs:eu-west-1:333344445555:loaves (outside-input)',
  ]);
});

test('in a report they are limits', () => {
  const code = ORGANIZATION + baker('aws.fields') + control(DENY) + attached(`"${FIELDS}"`);
  const { principals } = listGrants(sourcesOfCode({ 'main.tf': code }));
  expect(
    principals.map(({ grants }) =>
      grants.map(({ state, limits }) => [state, limits.map(({ kind, policy, sid }) => [kind, policy, sid])]),
    ),
  ).toEqual([[['conditional', [['deny', on(FIELDS), 'Keep']]]]]);
});

test('in a template they are attached by themselves', () => {
  const template = (target: string) => `
Resources:
  Guard:
    Type: AWS::Organizations::Policy
    Properties:
      Name: guard
      Type: SERVICE_CONTROL_POLICY
      TargetIds: [${target}]
      Content: { Version: '2012-10-17', Statement: [{ Effect: Deny, Action: '${LISTING}', Resource: '*' }] }
  Baker:
    Type: AWS::IAM::Role
    Properties:
      RoleName: baker
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] }
      Policies:
        - PolicyName: bake
          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: '*', Resource: '*' }] }
`;
  const outcome = (target: string) => {
    const answer = answerQuestion(
      {
        ...{ principal: `arn:aws:iam::${FIELDS}:role/baker`, action: LISTING, resource: '*', context: new Map() },
        ...{ account: undefined, isExact: true },
      },
      sourcesOfTemplates({ 'guard.yaml': template(target) }),
    );
    return 'problem' in answer ? answer.problem : [answer.outcome, ...answer.dependsOn];
  };
  expect(outcome(`'${FIELDS}'`)).toEqual(['explicit-deny']);
  expect(outcome(`'333344445555'`)).toEqual(['allowed']);
  expect(outcome('ou-0rch-fields')).toEqual(['depends', 'whom Guard binds']);
  expect(outcome('!Ref AWS::AccountId')).toEqual(['explicit-deny']);
});

test('one number for several configurations makes nobody of them the account of the organization', () => {
  const code = `
provider "aws" {}
provider "aws" {
  alias   = "fields"
  profile = "fields"
}
resource "aws_organizations_organization" "all" {
  feature_set = "ALL"
}
${baker('aws.fields')}${control(DENY)}${attached(`"${FIELDS}"`)}`;
  const answer = answerQuestion(
    {
      principal: 'aws_iam_role.baker',
      ...{ action: LISTING, resource: '*', context: new Map(), account: FIELDS, isExact: true },
    },
    sourcesOfCode({ 'main.tf': code }),
  );
  expect(answer).toMatchObject({
    outcome: 'depends',
    dependsOn: ['whom aws_organizations_policy_attachment.guard binds'],
  });
});
