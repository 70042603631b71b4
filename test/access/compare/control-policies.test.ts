import { expect, test } from 'vitest';
import { compareGraphs, listNewAccess } from '../../../src/access/compare/compare-graphs.js';
import type { AccessSources } from '../../../src/access/stated-world.js';
import { sourcesOfCode, sourcesOfTemplates } from '../../support/access-graph.js';

const deny = (action: string, more = '') =>
  `{ Sid = "Keep", Effect = "Deny", Action = ${JSON.stringify(action.split(' '))}, Resource = "*"${more} }`;
const ALLOW = '{ Sid = "All", Effect = "Allow", Action = "*", Resource = "*" }';

const scp = (statements: string, { name = 'guard', more = '' } = {}) => `
resource "aws_organizations_policy" "${name}" {
  name    = "${name}"
  content = jsonencode({ Version = "2012-10-17", Statement = [${statements}] })
  ${more}
}`;
const UNIT = '"ou-0abc-orchard1"';
const attach = (target: string, name = 'guard', more = '') => `
resource "aws_organizations_policy_attachment" "${name}" {
  policy_id = aws_organizations_policy.${name}.id
  target_id = ${target}
  ${more}
}`;
const ATTACHED = attach(UNIT);

/** Each answer as its subject, outcome, the witness's action and what denied it, or what it depends on. */
const told = (before: string, after: string) =>
  compareGraphs(sourcesOfCode({ 'main.tf': before }), sourcesOfCode({ 'main.tf': after })).map(
    ({ kind, subject, outcome, witness, statements, dependsOn }) =>
      [
        ...[kind, subject.replace('aws_organizations_policy', 'policy'), outcome],
        ...(witness === null ? [] : [witness.action]),
        ...statements.map(({ policy, sid, location }) => `${policy} ${sid} ${location?.start}`),
        ...dependsOn,
      ].join(' | '),
  );

const DENIED = 'service control policy aws_organizations_policy.guard on ou-0abc-orchard1 Keep 1';
const NO = ['control | policy.guard | no'];
const yes = (action: string) => [`control | policy.guard | yes | ${action} | ${DENIED}`];

test('a Deny that is narrower, or gone, lets something through', () => {
  expect(told(scp(deny('s3:*')) + ATTACHED, scp(deny('s3:GetObject')) + ATTACHED)).toEqual(
    yes('s3:AbortMultipartUpload'),
  );
  expect(told(scp(deny('s3:*')) + ATTACHED, scp('') + ATTACHED)).toEqual(yes('s3:AbortMultipartUpload'));
  const inRegion = ', Condition = { StringEquals = { "aws:RequestedRegion" = "eu-west-1" } }';
  expect(told(scp(deny('sqs:SendMessage')) + ATTACHED, scp(deny('sqs:SendMessage', inRegion)) + ATTACHED)).toEqual(
    yes('sqs:SendMessage'),
  );
  const outside = (regions: string) =>
    `{ Sid = "Keep", Effect = "Deny", NotAction = "iam:*", Resource = "*", Condition = { StringNotEquals = { "aws:RequestedRegion" = ${regions} } } }`;
  const [one, two] = ['["eu-west-1"]', '["eu-west-1", "eu-west-2"]'].map((regions) => scp(outside(regions)) + ATTACHED);
  expect(told(one ?? '', two ?? '').map((line) => line.split(' | ').slice(0, 3))).toEqual([
    ['control', 'policy.guard', 'yes'],
  ]);
  expect(told(two ?? '', one ?? '')).toEqual(NO);
});

test('one that is wider, split or written otherwise lets nothing through', () => {
  expect(told(scp(deny('s3:GetObject')) + ATTACHED, scp(deny('s3:*')) + ATTACHED)).toEqual(NO);
  expect(told(scp(deny('s3:*')) + ATTACHED, scp(`${deny('s3:*')}, ${deny('sqs:*')}`) + ATTACHED)).toEqual(NO);
  expect(told(scp(deny('s3:* sqs:*')) + ATTACHED, scp(`${deny('s3:*')}, ${deny('sqs:*')}`) + ATTACHED)).toEqual(NO);
  expect(told(scp(deny('s3:*')) + ATTACHED, scp(deny('s3:*')) + ATTACHED)).toEqual([]);
  // By another policy on the same target.
  expect(
    told(
      scp(deny('s3:* sqs:*')) + ATTACHED,
      scp(deny('s3:*')) + ATTACHED + scp(deny('sqs:*'), { name: 'queues' }) + attach(UNIT, 'queues'),
    ),
  ).toEqual(['control | policy.guard | no', 'control | policy.queues | no']);
});

test('an attachment that is gone, or to something else', () => {
  expect(told(scp(deny('sqs:SendMessage')) + ATTACHED, scp(deny('sqs:SendMessage')))).toEqual(yes('sqs:SendMessage'));
  expect(told(scp(deny('sqs:SendMessage')) + ATTACHED, '')).toEqual(yes('sqs:SendMessage'));
  expect(told(scp(deny('sqs:SendMessage')) + ATTACHED, scp(deny('sqs:SendMessage')) + attach('"ou-other"'))).toEqual(
    yes('sqs:SendMessage'),
  );
  expect(told('', scp(deny('sqs:SendMessage')) + ATTACHED)).toEqual(NO);
  expect(told(scp(deny('sqs:SendMessage')), scp(deny('sqs:SendMessage')) + ATTACHED)).toEqual(NO);
  // A variable is the same target before and after.
  const variable = 'variable "unit" {}';
  const at = (action: string) => variable + scp(deny(action)) + attach('var.unit');
  expect(told(at('sqs:SendMessage'), at('sqs:*'))).toEqual(NO);
  expect(told(at('sqs:SendMessage'), variable + scp(deny('sqs:SendMessage')))).toEqual([
    'control | policy.guard | yes | sqs:SendMessage | service control policy aws_organizations_policy.guard on var.unit Keep 19',
  ]);
});

test('a policy that nothing attaches in the input', () => {
  expect(told(scp(deny('sqs:*')), scp(deny('sqs:SendMessage'))).map((line) => line.split(' | ')[2])).toEqual(['yes']);
  expect(told(scp(deny('sqs:SendMessage')), scp(deny('sqs:*')))).toEqual(NO);
  expect(told(scp(deny('sqs:SendMessage')), '')).toEqual([
    'control | policy.guard | unknown | whom aws_organizations_policy.guard binds',
  ]);
});

const organization = (parent: string) => `
resource "aws_organizations_organization" "all" {}
resource "aws_organizations_organizational_unit" "farms" {
  name      = "farms"
  parent_id = aws_organizations_organization.all.roots[0].id
}
resource "aws_organizations_organizational_unit" "berries" {
  name      = "berries"
  parent_id = ${parent}
}`;
const ROOT = 'aws_organizations_organization.all.roots[0].id';
const unit = (name: string) => `aws_organizations_organizational_unit.${name}.id`;

test('what is attached above counts too', () => {
  const inFarms = organization(unit('farms')) + scp(deny('sqs:SendMessage'));
  const at = (target: string) => inFarms + attach(target);
  expect(told(at(unit('berries')), at(unit('farms')))).toEqual(NO);
  expect(told(at(unit('berries')), at(ROOT))).toEqual(NO);
  expect(told(at('"ou-0rch-berries"'), at(ROOT))).toEqual(NO);
  expect(told(at(unit('farms')), at(unit('berries'))).map((line) => line.split(' | ')[2])).toEqual(['yes']);
  // A unit that leaves the one that bound it.
  const moved = organization(ROOT) + scp(deny('sqs:SendMessage')) + attach(unit('farms'));
  expect(told(at(unit('farms')), moved)).toEqual([
    `control | policy.guard | yes | sqs:SendMessage | service control policy aws_organizations_policy.guard on ${unit('farms')} Keep ${moved.indexOf('resource "aws_organizations_policy"')}`,
  ]);
  expect(told(moved, at(unit('farms')))).toEqual([]);
  // Of a unit that is gone nobody knows where its accounts are.
  const gone = `resource "aws_organizations_organization" "all" {}${scp(deny('sqs:SendMessage'))}`;
  expect(told(at(unit('berries')), gone)).toEqual([
    'control | policy.guard | unknown | whom aws_organizations_policy_attachment.guard binds',
  ]);
});

test('lists of what is allowed', () => {
  const list = (action: string) => `{ Effect = "Allow", Action = "${action}", Resource = "*" }`;
  const of = (...statements: readonly string[]) => scp(statements.join(', ')) + ATTACHED;
  const open = ['control | policy.guard | unknown | whether FullAWSAccess is attached to ou-0abc-orchard1'];
  expect(told(of(list('s3:Get*')), of(list('s3:*')))).toEqual(open);
  expect(told(of(list('s3:*')), of(list('s3:Get*')))).toEqual(NO);
  // Under a list only what it allows is let through.
  expect(told(of(list('s3:*'), deny('sqs:*')), of(list('s3:*')))).toEqual(open);
  expect(told(of(ALLOW, deny('sqs:SendMessage')), of(ALLOW))).toEqual(yes('sqs:SendMessage'));
  expect(told(of(ALLOW), of(ALLOW, deny('sqs:SendMessage')))).toEqual(NO);
});

test('a resource control policy lets through what its services can be asked', () => {
  const rcp = (action: string) =>
    scp(`{ Sid = "Keep", Effect = "Deny", Principal = "*", Action = "${action}", Resource = "*" }`, {
      more: 'type = "RESOURCE_CONTROL_POLICY"',
    }) + ATTACHED;
  expect(told(rcp('*'), rcp('sqs:*')).map((line) => line.split(' | ').slice(2, 4))).toEqual([
    ['yes', expect.stringMatching(/^(?!ec2|iam)/)],
  ]);
  expect(told(rcp('ec2:*'), rcp('iam:*'))).toEqual(NO);
  expect(told(rcp('sqs:SendMessage'), rcp('sqs:*'))).toEqual(NO);
});

test('what is not known is named', () => {
  const variable = 'variable "statements" {}\nvariable "other" {}\n';
  const of = (name: string) =>
    `${variable}
resource "aws_organizations_policy" "guard" {
  name    = "guard"
  content = var.${name}
}${ATTACHED}`;
  expect(told(of('statements'), of('statements'))).toEqual([]);
  expect(told(of('statements'), of('other')).map((line) => line.split(' | ').slice(0, 3))).toEqual([
    ['control', 'policy.guard', 'unknown'],
  ]);
  const unseen = (id: string) => `
resource "aws_organizations_policy_attachment" "other" {
  policy_id = "${id}"
  target_id = ${UNIT}
}`;
  expect(told(unseen('p-orchard1'), '')).toEqual([
    'control | policy_attachment.other | unknown | policy p-orchard1 (outside-input)',
  ]);
  expect(told(unseen('p-orchard1'), unseen('p-orchard1') + scp(deny('s3:*')) + ATTACHED)).toEqual(NO);
  const tags = (content: string) => scp(content, { more: 'type = "TAG_POLICY"' }) + ATTACHED;
  expect(told(tags(deny('s3:*')), tags(''))).toEqual([]);
});

test('an attachment that is perhaps there', () => {
  const at = (condition: string) =>
    `variable "on" {}\nvariable "units" {}${scp(deny('sqs:SendMessage'))}${attach(UNIT, 'guard', condition)}`;
  const [on, off] = ['count = var.on ? 1 : 0', 'count = var.on ? 0 : 1'].map(at);
  const unknown = (construct: string) => [`control | policy.guard | unknown | ${construct}`];
  expect(told(on ?? '', on ?? '')).toEqual([]);
  expect(told(on ?? '', off ?? '')).toEqual(unknown('attachment of aws_organizations_policy_attachment.guard[0]'));
  expect(told(on ?? '', at(''))).toEqual(NO);
  expect(told(at(''), on ?? '')).toEqual(unknown('attachment of aws_organizations_policy_attachment.guard[0]'));
  const [all, some] = ['var.units', '[for one in var.units : one if one != "ou-production"]'].map(
    (units) =>
      `variable "units" {}${scp(deny('sqs:SendMessage'))}${attach('each.value', 'guard', `for_each = toset(${units})`)}`,
  );
  expect(told(some ?? '', some ?? '')).toEqual([]);
  expect(told(all ?? '', some ?? '').map((line) => line.split(' | ')[2])).toEqual(['unknown']);
});

const role = (action: string) => `
provider "aws" {
  alias = "fields"
  assume_role { role_arn = "arn:aws:iam::222233334444:role/deploy" }
}
resource "aws_iam_role" "baker" {
  provider           = aws.fields
  name               = "baker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  inline_policy {
    name   = "bake"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "${action}", Resource = "*" }] })
  }
}`;

test('who is below is not told again, and gets nothing that is denied before and after', () => {
  const at = (action: string) => scp(deny(action)) + attach('"222233334444"');
  expect(
    told(role('*') + at('sqs:*'), role('*') + at('sqs:SendMessage')).map((line) => line.split(' | ').slice(0, 3)),
  ).toEqual([
    ['principal', 'aws_iam_role.baker', 'no'],
    ['resource', 'aws_iam_role.baker', 'no'],
    ['control', 'policy.guard', 'yes'],
  ]);
  expect(told(role('sns:Publish') + at('sqs:*'), role('sqs:SendMessage') + at('sqs:*'))).toEqual([
    'principal | aws_iam_role.baker | no',
    'resource | aws_iam_role.baker | no',
  ]);
  expect(
    told(role('sns:Publish') + at('s3:*'), role('sqs:SendMessage') + at('s3:*')).map((line) => line.split(' | ')[2]),
  ).toEqual(['yes', 'no']);
});

test('as a finding it is at the policy', () => {
  const [before, after] = ['s3:*', 's3:GetObject'].map((action) =>
    sourcesOfCode({ 'main.tf': scp(deny(action)) + ATTACHED }),
  );
  if (before === undefined || after === undefined) throw new Error('nothing to compare');
  const found = listNewAccess(before, after, {});
  expect(
    found.map(({ resource, answer, name, isControl }) => [resource.address, answer.kind, name, isControl]),
  ).toEqual([
    [
      'aws_organizations_policy.guard',
      'yes',
      'service control policy aws_organizations_policy.guard on ou-0abc-orchard1 (Keep)',
      true,
    ],
  ]);
  expect(listNewAccess(after, before, {})).toEqual([]);
});

const template = (action: string) => `
Resources:
  Guard:
    Type: AWS::Organizations::Policy
    Properties:
      Name: guard
      Type: SERVICE_CONTROL_POLICY
      TargetIds: [ou-0abc-orchard1]
      Content: { Version: '2012-10-17', Statement: [{ Effect: Deny, Action: '${action}', Resource: '*' }] }
`;

test('a control policy in a template likewise', () => {
  const [before, after] = ['s3:*', 's3:GetObject'].map((action) => ({ 'guard.yaml': template(action) }));
  const answers = compareGraphs(sourcesOfTemplates(before ?? {}), sourcesOfTemplates(after ?? {}));
  expect(answers.map(({ subject, outcome }) => [subject, outcome])).toEqual([['Guard', 'yes']]);
});

test('of several roots with one address each is compared with its own', () => {
  const east = { 'east.yaml': template('s3:*').replace('orchard1', 'eastern1') };
  const both = (action: string) => sourcesOfTemplates({ ...east, 'west.yaml': template(action) });
  const rootsOf = (before: AccessSources, after: AccessSources) =>
    listNewAccess(before, after, {}).map(({ resource, answer }) => [resource.root, answer.kind]);
  expect(rootsOf(both('s3:*'), both('s3:GetObject'))).toEqual([['west.yaml', 'yes']]);
  expect(rootsOf(both('s3:GetObject'), both('s3:*'))).toEqual([]);
  expect(rootsOf(both('s3:*'), sourcesOfTemplates(east))).toEqual([['west.yaml', 'yes']]);
});
