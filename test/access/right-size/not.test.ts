import { expect, test } from 'vitest';
import type { UnseenReason } from '../../../src/access/usage/usage.js';
import { iamActions } from '../../../src/schemas/iam-actions.js';
import { linesOf, orchardWith, sizingOf, usageOf, use } from '../../support/right-size.js';

const every = (service: string) => [...(iamActions().actionsOf(service)?.values() ?? [])].map(({ name }) => name);

function sizeOf(
  statement: object,
  uses: readonly string[],
  more: { readonly unseen?: Readonly<Record<string, UnseenReason>>; readonly narrowsNot?: boolean } = {},
) {
  const document = { Version: '2012-10-17', Statement: [{ Sid: 'Rest', Effect: 'Allow', ...statement }] };
  const { narrowsNot = true, unseen } = more;
  const sizing = sizingOf(
    orchardWith({ work: document }),
    usageOf(
      uses.map((one) => use(one)),
      unseen,
    ),
    { narrowsNot },
  );
  const [policy] = sizing.policies;
  return {
    lines: policy === undefined ? [] : linesOf(policy),
    reason: policy?.statements[0]?.reason,
    document: policy?.documents.map((text) => JSON.parse(text).Statement)[0],
    isProven: sizing.proof !== null,
  };
}

test('by default NotAction and NotResource stay, which is said', () => {
  expect(sizeOf({ NotAction: 'iam:*', Resource: '*' }, [], { narrowsNot: false })).toMatchObject({
    reason: 'NotAction allows all but what it names: with --narrow-not what was used takes its place',
    isProven: true,
  });
  expect(sizeOf({ Action: 's3:*', NotResource: 'arn:aws:s3:::pears' }, [], { narrowsNot: false })).toMatchObject({
    reason: 'NotResource allows all but what it names: with --narrow-not what was used takes its place',
    isProven: true,
  });
});

test('what was used, and what no event shows, takes the place of NotAction', () => {
  const unseen = { 'sqs:PurgeQueue': 'no-trail' } as const;
  const uses = ['s3:GetObject arn:aws:s3:::apples/1', 'sqs:ListQueues *'];
  expect(sizeOf({ NotAction: ['iam:*', 'kms:*'], Resource: '*' }, uses, { unseen })).toEqual({
    lines: [
      '+ Rest: s3:GetObject on arn:aws:s3:::apples/*',
      '+ Rest2: sqs:ListQueues on *',
      '? RestUnseen: sqs:PurgeQueue on *',
    ],
    reason: null,
    document: [
      { Sid: 'Rest', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::apples/*' },
      { Sid: 'Rest2', Effect: 'Allow', Action: 'sqs:ListQueues', Resource: '*' },
      { Sid: 'RestUnseen', Effect: 'Allow', Action: 'sqs:PurgeQueue', Resource: '*' },
    ],
    isProven: true,
  });
});

test('an action that NotAction names stays out of it, whatever was called', () => {
  const { lines, isProven } = sizeOf({ NotAction: 'sqs:PurgeQueue', Resource: '*' }, every('sqs'));
  expect(isProven).toBe(true);
  expect(lines[0]).toContain('sqs:ListQueues');
  expect(lines.join()).not.toMatch(/PurgeQueue|sqs:\*/);
});

test('what was used takes the place of NotResource, where that is certainly none of it', () => {
  const statement = { Action: 's3:*', NotResource: ['arn:aws:s3:::pears', 'arn:aws:s3:::pears/*'] };
  expect(sizeOf(statement, ['s3:GetObject arn:aws:s3:::apples/1'])).toEqual({
    lines: ['+ Rest: s3:GetObject on arn:aws:s3:::apples/*'],
    reason: null,
    document: [{ Sid: 'Rest', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::apples/*' }],
    isProven: true,
  });
  const within = { Action: 's3:*', NotResource: 'arn:aws:s3:::apples/secret/*' };
  const unseen = { 's3:PutObject': 'data-event-not-recorded' } as const;
  expect(sizeOf(within, ['s3:GetObject arn:aws:s3:::apples/1'], { unseen })).toEqual({
    lines: ['+ Rest: s3:GetObject on ', '? RestUnseen: s3:PutObject on '],
    reason: null,
    document: [
      { Sid: 'Rest', Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::apples/secret/*' },
      { Sid: 'RestUnseen', Effect: 'Allow', Action: 's3:PutObject', NotResource: 'arn:aws:s3:::apples/secret/*' },
    ],
    isProven: true,
  });
});
