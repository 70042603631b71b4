import { expect, test } from 'vitest';
import { compareGraphs, listNewAccess } from '../../../src/access/compare/compare-graphs.js';
import type { AccessSources } from '../../../src/access/stated-world.js';
import { sourcesOfCode, sourcesOfTemplates } from '../../support/access-graph.js';

const scp = (action: string) => `
resource "aws_organizations_policy" "guard" {
  name    = "guard"
  content = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = "${action}", Resource = "*" }] })
}`;
const ATTACHED = `
resource "aws_organizations_policy_attachment" "guard" {
  policy_id = aws_organizations_policy.guard.id
  target_id = "ou-0abc-orchard1"
}`;

const told = (before: string, after: string) =>
  compareGraphs(sourcesOfCode({ 'main.tf': before }), sourcesOfCode({ 'main.tf': after })).map(
    ({ subject, outcome, dependsOn }) => ({ subject, outcome, dependsOn }),
  );

const open = (address: string) => ({ subject: address, outcome: 'unknown', dependsOn: [`whom ${address} binds`] });

test('a control policy in code that is other, or gone with its attachment, is not known', () => {
  const [guard, attached] = ['aws_organizations_policy.guard', 'aws_organizations_policy_attachment.guard'];
  expect(told(scp('s3:*') + ATTACHED, scp('s3:GetObject') + ATTACHED)).toEqual([open(guard)]);
  expect(told(scp('s3:*') + ATTACHED, '')).toEqual([open(guard), open(attached)]);
  expect(told(scp('s3:*') + ATTACHED, scp('s3:*'))).toEqual([open(attached)]);
  expect(told(scp('s3:*') + ATTACHED, scp('s3:*') + ATTACHED)).toEqual([]);
});

test('as a finding it is undecided, at the policy', () => {
  const [before, after] = ['s3:*', 's3:GetObject'].map((action) => sourcesOfCode({ 'main.tf': scp(action) }));
  if (before === undefined || after === undefined) throw new Error('nothing to compare');
  expect(listNewAccess(before, after, {}).map(({ resource, answer }) => [resource.address, answer.kind])).toEqual([
    ['aws_organizations_policy.guard', 'unknown'],
  ]);
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
  expect(answers.map(({ subject, outcome }) => [subject, outcome])).toEqual([['Guard', 'unknown']]);
});

test('of several roots with one address each is compared with its own', () => {
  const east = { 'east.yaml': template('s3:*') };
  const both = (action: string) => sourcesOfTemplates({ ...east, 'west.yaml': template(action) });
  const rootsOf = (before: AccessSources, after: AccessSources) =>
    listNewAccess(before, after, {}).map(({ resource }) => resource.root);
  expect(rootsOf(both('s3:*'), both('s3:GetObject'))).toEqual(['west.yaml']);
  expect(rootsOf(both('s3:GetObject'), both('s3:*'))).toEqual(['west.yaml']);
  expect(rootsOf(both('s3:*'), sourcesOfTemplates(east))).toEqual(['west.yaml']);
});
