import { expect, test } from 'vitest';
import { event, logPath, readLogs, session, user, uuid } from '../../support/log-folder.js';

const counted = {
  account: '111122223333',
  region: 'eu-west-1',
  principal: { kind: 'user', name: 'arn:aws:iam::111122223333:user/staff/ana', id: 'AIDAANA' },
  eventSource: 's3.amazonaws.com',
  eventName: 'ListBuckets',
  resource: undefined,
  traits: [],
  passedRole: undefined,
  outcome: 'succeeded',
  via: undefined,
  people: [],
  count: 1,
  first: '2026-11-22T09:30:08Z',
  last: '2026-11-22T09:30:08Z',
  eventIds: [uuid(1)],
};

test('events that are alike are counted, with when they were and which were the last', async () => {
  const at = (nth: number) => event({ eventID: uuid(nth), eventTime: `2026-11-22T09:3${nth}:08Z` });
  const { log, facts } = await readLogs({
    [logPath('20261122T0935Z')]: [1, 2, 3, 4].map(at),
    [logPath('20261122T0940Z')]: [5, 6, 7].map(at),
    [logPath('20261122T1130Z')]: [],
  });
  expect(log).toEqual({
    events: [
      {
        ...counted,
        count: 7,
        first: '2026-11-22T09:31:08Z',
        last: '2026-11-22T09:37:08Z',
        eventIds: [7, 6, 5, 4, 3].map(uuid),
      },
    ],
    coverage: [
      {
        account: '111122223333',
        region: 'eu-west-1',
        categories: ['management'],
        from: '2026-11-22T09:35:00Z',
        to: '2026-11-22T10:30:00Z',
      },
    ],
    gaps: [],
  });
  expect(facts).toEqual({ files: 3, events: 7, duplicates: 0, skipped: 0 });
});

test('copies of an event count once, wherever they are', async () => {
  const { log, facts } = await readLogs({
    [logPath('20261122T0935Z')]: [event(), event()],
    [logPath('20261122T0935Z', { prefix: 'other-trail', nth: 2 })]: [event()],
    [logPath('20261122T0940Z')]: [event()],
  });
  expect(log.events).toEqual([counted]);
  expect(facts).toEqual({ files: 3, events: 1, duplicates: 3, skipped: 0 });
});

test('a role is named with its path, and the person behind its session is found by who took it on', async () => {
  const { log } = await readLogs({
    [logPath('20261122T0935Z')]: [
      event({ eventID: uuid(2), userIdentity: session('press', 'run-7') }),
      event({
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRole',
        requestParameters: {
          roleArn: 'arn:aws:iam::111122223333:role/apps/press',
          roleSessionName: 'run-7',
          tags: [{}],
        },
        responseElements: { credentials: { accessKeyId: 'ASIAPRESS', sessionToken: 'X' } },
        resources: [{ ARN: 'arn:aws:iam::111122223333:role/apps/press', type: 'AWS::IAM::Role' }],
      }),
    ],
  });
  const role = 'arn:aws:iam::111122223333:role/apps/press';
  expect(log.events).toEqual([
    {
      ...counted,
      principal: { kind: 'role', name: role, id: 'AROAPRESS' },
      people: ['arn:aws:iam::111122223333:user/staff/ana'],
      eventIds: [uuid(2)],
    },
    { ...counted, eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', resource: role, traits: ['tags'] },
  ]);
});

test('what is in the wrong place means nothing', async () => {
  const evil = { eventName: 'DeleteBucket', userIdentity: user('eve'), recipientAccountId: '999999999999' };
  const { log } = await readLogs({
    [logPath('20261122T0935Z')]: [
      event({
        requestParameters: {
          eventName: 'DeleteBucket',
          tags: null,
          deep: { tags: 1, ...evil },
          'a"},{"b': '"}]}',
          '\\': '\\',
        },
        responseElements: evil,
        userAgent: '"},{"eventName":"DeleteBucket","x":"\\',
      }),
    ],
  });
  expect(log.events).toEqual([counted]);
});
