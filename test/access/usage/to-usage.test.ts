import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toUsage } from '../../../src/access/usage/to-usage.js';
import type { UsageFacts } from '../../../src/access/usage/usage-facts.js';
import { BAKER, eventCount, usageLog } from '../../support/usage-log.js';

const facts: UsageFacts = {
  principals: new Map([[BAKER, { id: 'AROANEW', created: undefined, lastAccessed: undefined }]]),
  trails: new Map(),
  regions: new Map(),
};

const role = (id: string | undefined) => ({ kind: 'role' as const, name: BAKER, id });
const table = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';

const EVENTS = [
  eventCount('dynamodb GetItem', { resource: table, count: 3, people: ['ana'], eventIds: ['b', 'a'] }),
  eventCount('dynamodb GetItem', {
    resource: table,
    count: 4,
    people: ['ben'],
    eventIds: ['c', 'd', 'e', 'f'],
    first: '2026-10-01T00:00:00Z',
    last: '2026-11-09T00:00:00Z',
  }),
  eventCount('dynamodb GetItem', { resource: table, outcome: 'denied', count: 2 }),
  eventCount('dynamodb GetItem', { principal: role('AROAOLD'), count: 100 }),
  eventCount('dynamodb DeleteItem', { principal: role('AROANEW:dawn'), resource: table }),
  eventCount('dynamodb PutItem', { principal: { kind: 'service', name: 'dax.amazonaws.com', id: undefined } }),
  eventCount('bakery BakeBread', { count: 7 }),
  eventCount('bakery BakeBread', { count: 1, principal: { kind: 'account', name: '444455556666', id: undefined } }),
];

const use = (action: string, given: object) => ({
  principal: BAKER,
  action,
  resource: table,
  state: 'used',
  region: 'eu-west-1',
  context: { 'aws:requestedregion': 'eu-west-1' },
  people: [],
  count: 1,
  first: '2026-11-02T05:00:00Z',
  last: '2026-11-02T05:00:00Z',
  eventIds: [],
  ...given,
});

describe('usage', () => {
  test('is events by who, what and how, without those of one who had the name before', () => {
    const { uses, unmapped } = toUsage(usageLog(EVENTS), facts);
    expect(uses.filter(({ state }) => state !== 'unsure')).toEqual([
      use('dynamodb:DeleteItem', { eventIds: ['dynamodb-DeleteItem'] }),
      use('dynamodb:GetItem', { state: 'denied', count: 2, eventIds: ['dynamodb-GetItem'] }),
      use('dynamodb:GetItem', {
        count: 7,
        people: ['ana', 'ben'],
        eventIds: ['a', 'b', 'c', 'd', 'e'],
        first: '2026-10-01T00:00:00Z',
        last: '2026-11-09T00:00:00Z',
      }),
    ]);
    expect(unmapped).toEqual([
      { eventSource: 'bakery.amazonaws.com', eventName: 'BakeBread', principals: [BAKER], count: 8 },
    ]);
  });

  test('does not depend on the order of events', () => {
    const { visibility: _, ...expected } = toUsage(usageLog(EVENTS), facts);
    fc.assert(
      fc.property(fc.shuffledSubarray(EVENTS, { minLength: EVENTS.length }), (events) => {
        const { visibility: __, ...usage } = toUsage(usageLog(events), facts);
        expect(usage).toEqual(expected);
      }),
    );
  });
});
