import { expect, test } from 'vitest';
import { createEventCounter } from '../../../src/collect/audit-logs/event-counter.js';
import { countEventTexts } from '../../../src/collect/audit-logs/read-audit-logs.js';
import { seenEventsFor } from '../../../src/collect/audit-logs/seen-events.js';
import { eventRecord, seededRandom } from '../../bench/generate-logs.js';
import { event, session, user, uuid } from '../../support/log-folder.js';

const random = seededRandom(20_261_201);
const below = (limit: number): number => Math.floor(random() * limit);

const CALLS = [
  ['s3.amazonaws.com', 'GetObject', { bucketName: 'orchard', key: 'crates/7.csv' }],
  ['lambda.amazonaws.com', 'Invoke', { functionName: 'press', deep: { functionName: 'other', list: [{ a: '}' }] } }],
  ['sts.amazonaws.com', 'AssumeRole', { roleArn: 'arn:aws:iam::111122223333:role/apps/press', tags: [{ key: 'a' }] }],
  ['ecs.amazonaws.com', 'RunTask', { taskRoleArn: 'arn:aws:iam::111122223333:role/apps/press' }],
] as const;

/** Events of some people and roles, some of which are denied, and name resources. */
const events = Array.from({ length: 400 }, (_, nth) => {
  const [eventSource, eventName, requestParameters] = CALLS[nth % CALLS.length] ?? CALLS[0];
  return eventRecord({
    account: '111122223333',
    region: 'eu-west-1',
    time: Date.UTC(2026, 10, 22) / 1000 + below(86_400),
    eventSource,
    eventName,
    userIdentity: nth % 3 === 0 ? user('ana') : session(`press-${nth % 5}`, `run-${below(60)}`),
    requestParameters,
    resources:
      nth % 7 === 0 ? [{ ARN: `arn:aws:s3:::orchard/crates/${below(200)}`, type: 'AWS::S3::Object' }] : undefined,
    errorCode: nth % 11 === 0 ? 'AccessDenied' : undefined,
    eventID: uuid(nth),
  });
});

const expected = countEventTexts(events.map((one) => JSON.stringify(one)));

/** The same with the members of its objects in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, inner]) => ({ name, inner: shuffled(inner), at: random() }));
  return Object.fromEntries(members.sort((a, b) => a.at - b.at).map(({ name, inner }) => [name, inner]));
}

const escaped = (text: string): string =>
  text.replace(/[a-z]/g, (letter) => (random() < 0.2 ? `\\u00${letter.charCodeAt(0).toString(16)}` : letter));

test('the order of members, blanks and escapes in texts mean nothing', () => {
  expect({ events: expected.events.length > 100, unread: expected.unread }).toEqual({ events: true, unread: 0 });
  expect(countEventTexts(events.map((one) => JSON.stringify(shuffled(one))))).toEqual(expected);
  expect(countEventTexts(events.map((one) => JSON.stringify(shuffled(one), null, '\t ')))).toEqual(expected);
  const names = /("(?:eventSource|eventName|arn|ARN|principalId|key|functionName|roleArn)":")([^"]*)/g;
  const withEscapes = events.map((one) =>
    JSON.stringify(one).replace(names, (_, before: string, text: string) => before + escaped(text)),
  );
  expect(withEscapes.join('')).toContain('\\u00');
  expect(countEventTexts(withEscapes)).toEqual(expected);
});

test('a line end is not what a backslash and an n are', () => {
  const names = ['a\\n', 'a\n', 'a\\n'];
  const { events } = countEventTexts(
    names.map((name, nth) => JSON.stringify(event({ eventID: uuid(nth), userIdentity: user(name) }))),
  );
  expect(events.map(({ principal, count }) => ({ name: principal.name, count }))).toEqual([
    { name: 'arn:aws:iam::111122223333:user/staff/a\\n', count: 2 },
    { name: 'arn:aws:iam::111122223333:user/staff/a\n', count: 1 },
  ]);
});

test('a role is that of its own event, though another has a session of the same id', () => {
  const issuer = (arn: string) => ({ sessionContext: { sessionIssuer: { type: 'Role', arn } } });
  const arns = ['press', 'picking'].map((name) => `arn:aws:iam::111122223333:role/${name}`);
  const { events } = countEventTexts(
    arns.map((arn, nth) =>
      JSON.stringify(event({ eventID: uuid(nth), userIdentity: session('one', 'run', issuer(arn)) })),
    ),
  );
  expect(events.map(({ principal }) => principal.name).sort()).toEqual([...arns].sort());
});

test('a line that is broken may end in a later part than it begins', () => {
  const counter = createEventCounter();
  counter.openFile({ account: undefined, region: undefined }, { now: seenEventsFor(0), before: seenEventsFor(0) });
  const lines = [JSON.stringify(event()), '{"eventName":pears"}', JSON.stringify(event({ eventID: uuid(2) }))].join(
    '\n',
  );
  const bytes = Buffer.from(lines, 'utf8');
  const middle = lines.indexOf('pears') + 2;
  counter.readPart(bytes.subarray(0, middle), false);
  expect(counter.readPart(bytes.subarray(middle), true)).toEqual({ problem: undefined, strange: 1, isEmpty: false });
  expect(counter.closeFile().events).toBe(2);
});

test('more resources, sessions and parts than there is room for at first are kept as they are', () => {
  const many = Array.from({ length: 3000 }, (_, nth) =>
    event({
      eventID: uuid(nth),
      eventName: `Name${nth % 40}`,
      userIdentity: session(`role-${nth % 300}`, `run-${nth}`),
      resources: [{ ARN: `arn:aws:s3:::orchard/${String(nth).padStart(5, '0')}`, type: 'AWS::S3::Object' }],
    }),
  );
  const { events, unread } = countEventTexts(many.map((one) => JSON.stringify(one)));
  expect({ unread, events: events.length }).toEqual({ unread: 0, events: 3000 });
  const byPerson = new Map(events.map((one) => [one.people[0], one]));
  expect(byPerson.get('run-2718')).toMatchObject({
    eventName: 'Name38',
    resource: 'arn:aws:s3:::orchard/02718',
    principal: { name: 'arn:aws:iam::111122223333:role/apps/role-18' },
    eventIds: [uuid(2718)],
  });
});
