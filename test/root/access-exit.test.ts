import { expect, test } from 'vitest';
import { sizingExit } from '../../src/access-exit.js';
import type { RightSizing } from '../../src/findings/right-sizing.js';

const PASS_ROLE = {
  reason: 'never-an-event',
  detail: 'It is no operation of its service: it is checked along with others.',
  actions: ['iam:PassRole'],
} as const;
const OBJECTS = {
  reason: 'data-event-not-recorded',
  detail: 'No trail records data events of AWS::S3::Object in eu-west-1.',
  actions: ['s3:GetObject', 's3:PutObject'],
} as const;

const sizingWith = (unseen: RightSizing['unseen']): RightSizing => ({
  principal: 'aws_iam_role.baker',
  arn: 'arn:aws:iam::111122223333:role/baker',
  elsewhere: [],
  window: null,
  calls: 4,
  denied: [],
  deniedToday: [],
  policies: [],
  unseen,
  proof: { granted: 4, allowed: 4, depending: 0, assumes: [] },
  refusal: null,
});

test('what no logs could show makes nothing incomplete', () => {
  expect(sizingExit(sizingWith([PASS_ROLE]))).toEqual({ exitCode: 0, note: undefined });
});

test('what logs could have shown, and did not, does', () => {
  expect(sizingExit(sizingWith([PASS_ROLE, OBJECTS]))).toEqual({
    exitCode: 3,
    note: 'what is too much is not known: of 2 actions logs do not show whether they are used',
  });
});
