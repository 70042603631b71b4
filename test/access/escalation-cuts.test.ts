import { expect, test } from 'vitest';
import { escalationsOf } from '../../src/access/escalation/escalations.js';
import { sourcesOfCode } from '../support/access-graph.js';
import { bakerWith } from '../support/escalation-cases.js';

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
  const all = Array.from({ length: 65 }, (_, index) => policy(index));
  expect(assumedOf(baker, ...all)).toContain('of 67 policies that make an administrator 64 were tried');
  expect(assumedOf(baker, ...all.slice(0, 6))).not.toContainEqual(expect.stringContaining('were tried'));
});

test('whoever may attach one that was not tried is not decided', () => {
  const last = 'arn:aws:iam::*:policy/all9';
  const attaching = `{ Effect = "Allow", Action = "iam:AttachUserPolicy", Resource = "*", Condition = { ArnLike = { "iam:PolicyARN" = "${last}" } } }`;
  const baker = bakerWith({ kind: 'user', statements: [attaching] });
  const undecidedOf = (count: number) => {
    const all = Array.from({ length: count }, (_, index) => policy(index));
    const { paths, undecided } = escalationsOf(sourcesOfCode({ 'main.tf': [baker, ...all].join('\n') }));
    return [paths.length, undecided.map(({ technique, reason, principals }) => [technique, reason, principals])];
  };
  expect(undecidedOf(65)).toEqual([
    0,
    [['E03', 'not all policies that make an administrator were tried', ['aws_iam_user.baker']]],
  ]);
  expect(undecidedOf(60)).toEqual([1, []]);
});
