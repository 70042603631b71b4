import { expect, test } from 'vitest';
import { alignAssignments } from '../../src/remediate/right-size/align-assignments.js';

/** As `terraform fmt` of 1.11 writes it. */
const FORMATTED = `statement {
  sid = "Queues"
  actions = [
    "sqs:GetQueueUrl",
    "sqs:TagQueue",
  ]
  resources = ["a[", "=b"]
  effect    = "Allow"

  condition {
    test     = "Bool"
    variable = "aws:SecureTransport"
    values   = ["true"]
  }
}`;

test('equals signs are below each other where terraform fmt puts them', () => {
  const ragged = FORMATTED.replace('sid = ', 'sid       = ').replace('effect    =', 'effect =');
  expect(alignAssignments(ragged)).toBe(FORMATTED);
});

test('a text with comments behind values stays as it is', () => {
  const text = 'sid = "Queues" # of loaves\nresources = ["*"]';
  expect(alignAssignments(text)).toBe(text);
});
