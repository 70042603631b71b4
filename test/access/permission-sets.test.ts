import { expect, test } from 'vitest';
import { compareGraphs } from '../../src/access/compare/compare-graphs.js';
import { listGrants } from '../../src/access/grants.js';
import { sourcesOfCode } from '../support/access-graph.js';

const set = (action: string, more = '') => `
resource "aws_ssoadmin_permission_set" "bakers" {
  name         = "bakers"
  instance_arn = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
}
resource "aws_ssoadmin_permission_set_inline_policy" "bakers" {
  instance_arn       = aws_ssoadmin_permission_set.bakers.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.bakers.arn
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "${action}", Resource = "*" }] })
}
${more}`;

const BOUNDARY = `
resource "aws_ssoadmin_permissions_boundary_attachment" "bakers" {
  instance_arn       = aws_ssoadmin_permission_set.bakers.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.bakers.arn
  permissions_boundary {
    managed_policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
  }
}`;

const CUSTOMER = `
resource "aws_ssoadmin_customer_managed_policy_attachment" "bakers" {
  instance_arn       = aws_ssoadmin_permission_set.bakers.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.bakers.arn
  customer_managed_policy_reference {
    name = "bakers"
  }
}`;

test('what a permission set grants is listed', () => {
  const { principals } = listGrants(sourcesOfCode({ 'main.tf': set('sqs:SendMessage', BOUNDARY + CUSTOMER) }));
  expect(
    principals.map(({ principal, grants, unknown }) => [principal, grants.map(({ actions }) => actions), unknown]),
  ).toEqual([
    [
      'aws_ssoadmin_permission_set.bakers',
      [['sqs:SendMessage']],
      ['aws_ssoadmin_customer_managed_policy_attachment.bakers', 'aws_ssoadmin_permissions_boundary_attachment.bakers'],
    ],
  ]);
});

test('what it newly grants', () => {
  const told = (before: string, after: string) =>
    compareGraphs(sourcesOfCode({ 'main.tf': before }), sourcesOfCode({ 'main.tf': after })).map(
      ({ subject, outcome, witness }) => [subject, outcome, witness?.action].join(' ').trim(),
    );
  const name = 'aws_ssoadmin_permission_set.bakers';
  expect(told(set('sqs:SendMessage'), set('sqs:*'))).toEqual([`${name} yes sqs:AddPermission`]);
  expect(told(set('sqs:*'), set('sqs:SendMessage'))).toEqual([`${name} no`]);
  expect(told(set('sqs:*', BOUNDARY), set('sqs:SendMessage', BOUNDARY))).toEqual([`${name} no`]);
  expect(told(set('sqs:*', BOUNDARY), set('sqs:*'))).toEqual([`${name} unknown`]);
  expect(told(set('sqs:*'), set('sqs:*', BOUNDARY))).toEqual([`${name} no`]);
  expect(told(set('sqs:*'), set('sqs:*', CUSTOMER))).toEqual([`${name} unknown`]);
});
