import { expect, test } from 'vitest';
import { principalExcess, usesByPrincipal } from '../../src/access/excess/principal-excess.js';
import { openGrants } from '../../src/access/rows/open-grants.js';
import type { UnseenReason, Use } from '../../src/access/usage/usage.js';
import { invariant } from '../../src/source/invariant.js';
import { orchardWith, ROLE, usageOf, use } from '../support/right-size.js';

interface Asked {
  readonly statements: readonly unknown[];
  readonly uses: readonly Use[];
  readonly unseen?: Readonly<Record<string, UnseenReason>>;
  readonly days?: number;
}

const allow = (Sid: string, Action: string | readonly string[], Resource: string | readonly string[]) => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
});

/** What is too wide, a line each: `Data s3:GetObject: * used on arn:…`; what is not known: `? s3:GetObject: why`. */
function linesOf({ statements, uses, unseen, days }: Asked): string[] {
  const grants = openGrants(orchardWith({ pick: { Version: '2012-10-17', Statement: statements } }));
  const usage = usageOf(uses, unseen);
  const resource = grants.principals.find(({ address }) => address === ROLE);
  invariant(resource !== undefined, 'the role');
  const input = { grants, usage, uses: usesByPrincipal(uses), unusedDays: days };
  const { services = [] } = principalExcess(input, resource) ?? {};
  return services.flatMap(({ wide, openResources }) => [
    ...wide.map(
      ({ grant, actions, resources, usedOn, isLimited }) =>
        `${grant.sid} ${actions.join(', ')}: ${resources.join(', ')} used on ${usedOn.join(', ')}${isLimited ? ' (limited)' : ''}`,
    ),
    ...openResources.map(
      ({ actions, detail, resources }) =>
        `? ${actions.join(', ')}${resources === undefined ? '' : ` on ${resources.join(', ')}`}: ${detail}`,
    ),
  ]);
}

test('what is granted on everything and used on one bucket is too wide', () => {
  const statements = [allow('Data', ['s3:GetObject', 's3:ListBucket', 's3:PutObject'], '*')];
  const uses = [use('s3:GetObject arn:aws:s3:::apples/red/1'), use('s3:ListBucket arn:aws:s3:::apples')];
  expect(linesOf({ statements, uses })).toEqual([
    'Data s3:GetObject: * used on arn:aws:s3:::apples/*',
    'Data s3:ListBucket: * used on arn:aws:s3:::apples',
  ]);
});

test('what is used on all that is granted is not, nor is an open region', () => {
  const statements = [
    allow('Data', ['s3:GetObject'], ['arn:aws:s3:::apples/*', 'arn:aws:s3:::pears/*']),
    allow('Queue', ['sqs:SendMessage'], 'arn:aws:sqs:*:*:picked'),
    allow('List', ['sqs:ListQueues'], '*'),
  ];
  const uses = [
    use('s3:GetObject arn:aws:s3:::apples/red/1'),
    use('s3:GetObject arn:aws:s3:::pears/2'),
    use('sqs:SendMessage arn:aws:sqs:eu-west-1:123456789012:picked'),
    use('sqs:ListQueues *'),
  ];
  expect(linesOf({ statements, uses })).toEqual([]);
});

test('of several resources those that were not used are told, also where another statement was needed', () => {
  const statements = [
    allow('Data', ['s3:GetObject'], ['arn:aws:s3:::apples/*', 'arn:aws:s3:::pears/*']),
    allow('More', ['s3:GetObject'], 'arn:aws:s3:::plums/*'),
  ];
  expect(linesOf({ statements, uses: [use('s3:GetObject arn:aws:s3:::apples/1')] })).toEqual([
    'Data s3:GetObject: arn:aws:s3:::pears/* used on arn:aws:s3:::apples/*',
    'More s3:GetObject: arn:aws:s3:::plums/* used on ',
  ]);
});

test('where uses would not be seen nothing is too wide', () => {
  const uses = [use('s3:GetObject arn:aws:s3:::apples/1')];
  const unseen = { 's3:GetObject arn:aws:s3:::pears/*': 'data-event-not-recorded' } as const;
  expect(linesOf({ statements: [allow('Data', 's3:GetObject', '*')], uses, unseen })).toEqual([
    '? s3:GetObject on *: No event shows s3:GetObject.',
  ]);
  const both = [
    allow('Data', 's3:GetObject', ['arn:aws:s3:::apples/*', 'arn:aws:s3:::pears/*', 'arn:aws:s3:::figs/*']),
  ];
  expect(linesOf({ statements: both, uses, unseen })).toEqual([
    'Data s3:GetObject: arn:aws:s3:::figs/* used on arn:aws:s3:::apples/*',
    '? s3:GetObject on arn:aws:s3:::pears/*: No event shows s3:GetObject.',
  ]);
});

test('where events do not show on what, it is not known', () => {
  const uses = [use('s3:GetObject arn:aws:s3:::apples/1'), use('s3:GetObject')];
  expect(linesOf({ statements: [allow('Data', 's3:GetObject', '*')], uses })).toEqual([
    '? s3:GetObject: Of some calls the events do not show the resource.',
  ]);
  const run = [use('ec2:RunInstances arn:aws:ec2:eu-west-1:123456789012:instance/i-1')];
  expect(linesOf({ statements: [allow('Run', 'ec2:RunInstances', '*')], uses: run })).toEqual([
    '? ec2:RunInstances: A call may need several resources, of which an event names some.',
  ]);
});

test('an index of a table that may have been read is in use', () => {
  const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/harvest';
  const statements = [
    allow('Table', 'dynamodb:Query', [table, `${table}/index/*`]),
    allow('All', 'dynamodb:Query', '*'),
  ];
  expect(linesOf({ statements, uses: [use(`dynamodb:Query ${table}`)] })).toEqual([
    `All dynamodb:Query: * used on ${table}`,
  ]);
});

test('a Deny may leave less, and uses before the days that were asked for are none', () => {
  const fence = { Sid: 'Fence', Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::apples/*' };
  const statements = [allow('Data', 's3:GetObject', '*'), fence];
  const uses = [
    use('s3:GetObject arn:aws:s3:::apples/1'),
    use('s3:GetObject arn:aws:s3:::pears/1', { last: '2026-09-02T00:00:00Z' }),
  ];
  expect(linesOf({ statements, uses, days: 30 })).toEqual([
    'Data s3:GetObject: * used on arn:aws:s3:::apples/* (limited)',
  ]);
  expect(linesOf({ statements, uses, days: 300 })).toEqual([
    '? s3:GetObject on *: Uses were seen from 2026-08-30 to 2026-11-28, which is less than 300 days.',
  ]);
});
