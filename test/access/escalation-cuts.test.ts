import { expect, test } from 'vitest';
import { escalationsOf } from '../../src/access/escalation/escalations.js';
import { sourcesOfCode } from '../support/access-graph.js';
import { bakerWith, chief } from '../support/escalation-cases.js';

const policy = (index: number) => `
resource "aws_iam_policy" "all${index}" {
  name   = "all${index}"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}`;
const allow = (action: string, resource = '*') =>
  `{ Effect = "Allow", Action = "${action}", Resource = "${resource}" }`;
const assumedOf = (...code: readonly string[]) => escalationsOf(sourcesOfCode({ 'main.tf': code.join('\n') })).assumed;

test('more policies that make an administrator than are tried are told', () => {
  const baker = bakerWith({ kind: 'user', statements: [allow('iam:AttachUserPolicy')] });
  const all = Array.from({ length: 9 }, (_, index) => policy(index));
  expect(assumedOf(baker, ...all)).toContain('of 11 policies that make an administrator 8 were tried');
  expect(assumedOf(baker, ...all.slice(0, 6))).not.toContainEqual(expect.stringContaining('were tried'));
});

test('more regions than are tried are told', () => {
  const regions = ['ap-south-1', 'ap-south-2', 'eu-north-1', 'eu-west-1', 'eu-west-2'];
  const of = (some: readonly string[]) =>
    assumedOf(
      bakerWith({
        kind: 'user',
        statements: [
          allow('iam:PassRole'),
          ...some.map((region) => allow('lambda:*', `arn:aws:lambda:${region}:*:function:team-*`)),
        ],
      }),
      chief('Service = "lambda.amazonaws.com"'),
    );
  expect(of(regions)).toContain('of 5 regions in policies of aws_iam_user.baker 4 were tried');
  expect(of(regions.slice(0, 4))).not.toContainEqual(expect.stringContaining('were tried'));
});
