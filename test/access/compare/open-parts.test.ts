import { describe, expect, test } from 'vitest';
import { compareGraphs } from '../../../src/access/compare/compare-graphs.js';
import { sourcesOfCode, sourcesOfTemplates } from '../../support/access-graph.js';

/** A role with a policy of one statement and of what an expression adds. */
const role = (statements: string, more = '', condition = '') => `
variable "all" {}
variable "on" {}
resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
resource "aws_iam_role_policy" "bake" {
  ${condition}
  role   = aws_iam_role.baker.name
  policy = jsonencode({ Version = "2012-10-17", Statement = ${statements} })
}
${more}`;

const READ = '{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }';
const SEND = '{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "*" }';

const outcome = (before: string, after: string) =>
  compareGraphs(sourcesOfCode({ 'main.tf': before }), sourcesOfCode({ 'main.tf': after })).flatMap((answer) =>
    answer.kind === 'principal' ? answer.outcome : [],
  );

test.each([
  ['a filter', '[for one in var.all : one if one.x == "1"]', '[for one in var.all : one if one.x != "1"]'],
  ['a slice', 'slice(var.all, 0, 1)', 'slice(var.all, 0, 2)'],
])('of %s that is other it is not known', (_, some, other) => {
  const of = (expression: string, statement = READ) => role(`concat([${statement}], ${expression})`);
  expect(outcome(of(some), of(other))).toEqual(['unknown']);
  expect(outcome(of(some), of(some))).toEqual(['no']);
  // What stands elsewhere does not make it another one.
  expect(outcome(of(some, `${READ}, ${SEND}`), of(some))).toEqual(['no']);
  const local = (expression: string) => role(`concat([${READ}], local.more)`, `locals {\n  more = ${expression}\n}`);
  expect(outcome(local(some), local(other))).toEqual(['unknown']);
  expect(outcome(local(some), local(some))).toEqual(['no']);
});

test('a variable as a whole is the same one', () => {
  const of = (statements: string) => role(`concat([${statements}], var.all)`);
  expect(outcome(of(`${READ}, ${SEND}`), of(READ))).toEqual(['no']);
  // It may have allowed that before.
  expect(outcome(of(READ), of(`${READ}, ${SEND}`))).toEqual(['unknown']);
});

test('what is there on another condition', () => {
  const at = (condition: string, statement = READ) => role(`[${statement}]`, '', condition);
  expect(outcome(at('count = var.on ? 1 : 0'), at('count = var.on ? 0 : 1'))).toEqual(['unknown']);
  expect(outcome(at('count = var.on ? 1 : 0'), at('count = var.on ? 1 : 0'))).toEqual(['no']);
  expect(outcome(at('count = var.on ? 1 : 0', `${READ}, ${SEND}`), at('count = var.on ? 1 : 0'))).toEqual(['no']);
  expect(outcome(at('count = var.on'), at('count = length(var.all)'))).toEqual(['unknown']);
});

test('what is there on a condition whose words say another thing than before', () => {
  const at = (local: string, statement = READ) =>
    role(`[${statement}]`, `locals {\n  on = ${local}\n}`, 'count = local.on ? 1 : 0');
  expect(outcome(at('var.on'), at('!var.on'))).toEqual(['unknown']);
  expect(outcome(at('var.on'), at('var.on'))).toEqual(['no']);
  expect(outcome(at('var.on', `${READ}, ${SEND}`), at('var.on'))).toEqual(['no']);
  const each = (local: string) => role(`[${READ}]`, `locals {\n  names = ${local}\n}`, 'for_each = toset(local.names)');
  const [some, others] = ['==', '!='].map((is) => `[for name in var.all : name if name ${is} "x"]`);
  expect(outcome(each(some ?? ''), each(others ?? ''))).toEqual(['unknown']);
  expect(outcome(each(some ?? ''), each(some ?? ''))).toEqual(['no']);
});

const dynamic = (each: string, actions: string, more = '"*"') => `
data "aws_iam_policy_document" "mill" {
  dynamic "statement" {
    for_each = ${each}
    content {
      actions   = ${actions}
      resources = [${more}]
    }
  }
}
resource "aws_iam_role_policy" "mill" {
  role   = aws_iam_role.baker.name
  policy = data.aws_iam_policy_document.mill.json
}`;

test('a block for each of something', () => {
  const of = (each: string, actions = 'statement.value.actions') => role(`[${READ}]`, dynamic(each, actions));
  expect(outcome(of('var.all'), of('var.all'))).toEqual(['no']);
  expect(outcome(of('var.all'), of('[for one in var.all : one if one.x]'))).toEqual(['unknown']);
  expect(outcome(of('var.all'), of('var.all', 'statement.value.more'))).toEqual(['unknown']);
});

describe('conditions of a template', () => {
  const template = (condition: string, resources: string, note = '') => `
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Env: { Type: String }
Conditions:
  Prod: !Equals [!Ref Env, ${condition}]
${note}
Resources:
${resources}
`;
  const STATEMENT = `{ Version: '2012-10-17', Statement: [{ Effect: Allow, Action: 's3:*', Resource: '*' }] }`;
  const ATTACHED = `
  Baker: { Type: AWS::IAM::User }
  Bake:
    Type: AWS::IAM::Policy
    Condition: Prod
    Properties:
      PolicyName: bake
      Users: [!Ref Baker]
      PolicyDocument: ${STATEMENT}`;
  const CHOSEN = `
  Baker:
    Type: AWS::IAM::User
    Properties:
      Policies:
        - PolicyName: bake
          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: !If [Prod, 's3:*', 'sqs:*'], Resource: '*' }] }`;
  const outcomes = (before: string, after: string) =>
    compareGraphs(sourcesOfTemplates({ 't.yaml': before }), sourcesOfTemplates({ 't.yaml': after })).map(
      (one) => one.outcome,
    );

  test.each([
    ['of what is attached', ATTACHED],
    ['of a choice', CHOSEN],
  ])('%s, that say another thing', (_, resources) => {
    expect(outcomes(template('prod', resources), template('dev', resources))).toEqual(['unknown']);
    expect(outcomes(template('prod', resources), template('prod', resources, '# as before'))).toEqual(['no']);
  });
});
