import type { EventCount, LogCoverage, UsageLog } from '../../src/model/usage.js';

export const BAKER = 'arn:aws:iam::111122223333:role/team/baker';

/** Events that are alike, by `s3 GetObject`; what is not given: a success of the baker's, in eu-west-1. */
export function eventCount(name: string, given: Partial<EventCount> = {}): EventCount {
  const [source = '', eventName = ''] = name.split(' ');
  return {
    account: '111122223333',
    region: 'eu-west-1',
    principal: { kind: 'role', name: BAKER, id: undefined },
    eventSource: `${source}.amazonaws.com`,
    eventName,
    resource: undefined,
    traits: [],
    passedRole: undefined,
    outcome: 'succeeded',
    via: undefined,
    people: [],
    count: 1,
    first: '2026-11-02T05:00:00Z',
    last: '2026-11-02T05:00:00Z',
    eventIds: [`${source}-${eventName}`],
    ...given,
  };
}

export function coverage(given: Partial<LogCoverage> = {}): LogCoverage {
  return {
    account: '111122223333',
    region: 'eu-west-1',
    categories: ['management', 'data'],
    from: '2026-09-01T00:00:00Z',
    to: '2026-11-20T00:00:00Z',
    ...given,
  };
}

export function usageLog(events: readonly EventCount[], given: Partial<UsageLog> = {}): UsageLog {
  return { events, coverage: [coverage()], gaps: [], ...given };
}
