import { describe, expect, test } from 'vitest';
import { toUsage } from '../../../src/access/usage/to-usage.js';
import type { PrincipalFacts, Trail, UsageFacts } from '../../../src/access/usage/usage-facts.js';
import type { UsageLog } from '../../../src/model/usage.js';
import { BAKER, coverage, eventCount, usageLog } from '../../support/usage-log.js';

const trail: Trail = {
  name: 'all',
  homeRegion: 'eu-west-1',
  isMultiRegion: true,
  includesGlobalServices: true,
  isLogging: true,
  since: '2026-01-01T00:00:00Z',
  selectors: {
    kind: 'basic',
    selectors: [{ readWriteType: 'All', includesManagement: true, excludedSources: [], dataResources: [] }],
  },
};

const objectTrail: Trail = {
  ...trail,
  name: 'objects',
  selectors: {
    kind: 'basic',
    selectors: [
      {
        readWriteType: 'All',
        includesManagement: false,
        excludedSources: [],
        dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }],
      },
    ],
  },
};

function facts(
  trails: readonly Trail[] | undefined,
  baker: Partial<PrincipalFacts> = {},
  regions = ['eu-west-1'],
): UsageFacts {
  return {
    principals: new Map([[BAKER, { id: undefined, created: undefined, lastAccessed: undefined, ...baker }]]),
    trails: new Map(trails === undefined ? [] : [['111122223333', trails]]),
    regions: new Map([['111122223333', regions]]),
  };
}

function seen(action: string, log: UsageLog, of: UsageFacts): string {
  const answer = toUsage(log, of).visibility({ principal: BAKER, action });
  return answer.kind === 'seen'
    ? `seen ${answer.from} ${answer.to}${answer.by === undefined ? '' : ` by ${answer.by}`}`
    : `${answer.reason}: ${answer.detail}`;
}

const ALL = 'seen 2026-09-01T00:00:00Z 2026-11-20T00:00:00Z';
const history = usageLog([], { coverage: [coverage({ categories: ['management'], isHistory: true })] });

describe('what logs show', () => {
  test.each([
    ['kms:Encrypt', ALL],
    ['iam:PassRole', 'never-an-event: It is no operation of its service: it is checked along with others.'],
    ['s3:ReplicateObject', 'never-an-event: It is no operation of its service: it is checked along with others.'],
    ['logs:PutLogEvents', 'never-an-event: CloudTrail is not known to record it.'],
    ['bakery:Bake', 'never-an-event: The catalogue of actions does not have it.'],
    ['s3:GetObject', 'data-event-not-recorded: No trail records data events of AWS::S3::Object in eu-west-1.'],
    [
      'lambda:InvokeFunction',
      'data-event-not-recorded: No trail records data events of AWS::Lambda::Function in eu-west-1.',
    ],
    ['sts:TagSession', ALL],
    ['sqs:GetQueueUrl', 'data-event-not-recorded: No trail records data events of AWS::SQS::Queue in eu-west-1.'],
    [
      'bedrock:InvokeModel',
      'data-event-not-recorded: No trail records data events of AWS::Bedrock::Model, AWS::Bedrock::AsyncInvoke in eu-west-1.',
    ],
    [
      'scn:GetDataLakeDataset',
      'data-event-not-recorded: No trail records data events of AWS::SCN::BusinessRule, AWS::SCN::DataLakeException, AWS::SCN::ExceptionInvestigation and 6 other types in eu-west-1.',
    ],
    ['logs:GetLogEvents', ALL],
    ['lambda:ListTags', 'never-an-event: CloudTrail is not known to record it.'],
  ])('of %s: %s', (action, expected) => {
    expect(seen(action, usageLog([]), facts([trail]))).toBe(expected);
  });

  test.each([
    [
      'without logs of the account',
      usageLog([], { coverage: [] }),
      facts([trail]),
      'not-collected: There are no logs of 111122223333.',
    ],
    [
      'without logs of a region',
      usageLog([]),
      facts([trail], {}, ['eu-west-1', 'us-west-2']),
      'not-collected: There are no logs of 111122223333 in us-west-2.',
    ],
    [
      'without a trail of a region',
      usageLog([], { coverage: [coverage(), coverage({ region: 'us-west-2' })] }),
      facts([{ ...trail, isMultiRegion: false }], {}, ['us-west-2']),
      'no-trail: No trail records us-west-2.',
    ],
    [
      'without what is known of trails',
      usageLog([]),
      facts(undefined),
      'no-trail: The trails of 111122223333 are not in the input: what they record is not known.',
    ],
    ['without a trail', usageLog([]), facts([]), 'no-trail: No trail records eu-west-1.'],
    [
      'where it does not log',
      usageLog([]),
      facts([{ ...trail, isLogging: false }]),
      'no-trail: No trail records eu-west-1.',
    ],
    [
      'where it is not known to log',
      usageLog([]),
      facts([{ ...trail, isLogging: undefined }]),
      'no-trail: Trails record its events in eu-west-1 only in part, as far as it is known.',
    ],
    [
      'where its selectors are not known',
      usageLog([]),
      facts([{ ...trail, selectors: undefined }]),
      'no-trail: Trails record its events in eu-west-1 only in part, as far as it is known.',
    ],
    [
      'from when it logs',
      usageLog([]),
      facts([{ ...trail, since: '2026-10-05T00:00:00Z' }]),
      'seen 2026-10-05T00:00:00Z 2026-11-20T00:00:00Z',
    ],
    [
      'from when trails were changed last',
      usageLog([eventCount('cloudtrail PutEventSelectors', { last: '2026-10-10T08:00:00Z' })]),
      facts([trail]),
      'seen 2026-10-10T08:00:00Z 2026-11-20T00:00:00Z',
    ],
    [
      'not from when somebody tried to',
      usageLog([eventCount('cloudtrail PutEventSelectors', { outcome: 'denied' })]),
      facts([trail]),
      ALL,
    ],
    [
      'from when it was made',
      usageLog([]),
      facts([trail], { created: '2026-11-01T00:00:00Z' }),
      'seen 2026-11-01T00:00:00Z 2026-11-20T00:00:00Z',
    ],
    [
      'not where it was made later',
      usageLog([]),
      facts([trail], { created: '2026-11-21T00:00:00Z' }),
      'outside-window: It was made at 2026-11-21T00:00:00Z, after what was read.',
    ],
    [
      'in the last stretch of time',
      usageLog([], {
        coverage: [coverage({ to: '2026-10-01T00:00:00Z' }), coverage({ from: '2026-10-03T00:00:00Z' })],
      }),
      facts([trail]),
      'seen 2026-10-03T00:00:00Z 2026-11-20T00:00:00Z',
    ],
    [
      'in the time that all regions have',
      usageLog([], {
        coverage: [
          coverage(),
          coverage({ region: 'us-west-2', from: '2026-10-01T00:00:00Z', to: '2026-10-09T00:00:00Z' }),
        ],
      }),
      facts([trail]),
      'seen 2026-10-01T00:00:00Z 2026-10-09T00:00:00Z',
    ],
    [
      'in no time where regions have none in common',
      usageLog([], {
        coverage: [
          coverage({ to: '2026-10-01T00:00:00Z' }),
          coverage({ region: 'us-west-2', from: '2026-10-02T00:00:00Z' }),
        ],
      }),
      facts([trail]),
      'outside-window: No time of 111122223333 was read in all its regions under the same trails.',
    ],
    [
      'not where a file of nobody knows which account was corrupt',
      usageLog([], {
        gaps: [{ account: undefined, region: undefined, reason: 'corrupt', detail: 'A file ends early.' }],
      }),
      facts([trail]),
      'not-collected: A file ends early.',
    ],
    [
      'though a file was corrupt: its time is left out already',
      usageLog([], {
        gaps: [{ account: '111122223333', region: 'eu-west-1', reason: 'corrupt', detail: 'A file ends early.' }],
      }),
      facts([trail]),
      ALL,
    ],
    [
      'not where an event of the service is not known',
      usageLog([eventCount('kms BakeBread')]),
      facts([trail]),
      'unmapped-events: No action is known for its events "BakeBread" of kms.amazonaws.com.',
    ],
    [
      'not where an event of its name has a source that is not known',
      usageLog([eventCount('bakery Encrypt')]),
      facts([trail]),
      'unmapped-events: No action is known for its events "Encrypt" of bakery.amazonaws.com.',
    ],
    ['though an event of another service is not known', usageLog([eventCount('sqs BakeBread')]), facts([trail]), ALL],
    ['in the event history, whatever trails there are', history, facts([]), ALL],
  ])('%s', (_, log, of, expected) => {
    expect(seen('kms:Encrypt', log, of)).toBe(expected);
  });

  test('of global services in one region', () => {
    const log = usageLog([], { coverage: [coverage({ region: 'us-east-1' })] });
    expect(seen('iam:ListUsers', log, facts([trail], {}, ['us-east-1', 'us-west-2']))).toBe(ALL);
    const without = { ...trail, includesGlobalServices: false };
    expect(seen('iam:ListUsers', log, facts([without], {}, ['us-east-1']))).toBe(
      'no-trail: Trails record its events in us-east-1 only in part, as far as it is known.',
    );
  });

  test('not of the event history: data events', () => {
    expect(seen('s3:GetObject', history, facts([objectTrail]))).toBe(
      'data-event-not-recorded: The event history has no data events.',
    );
  });

  test('of two trails only where it is clear that the files of the one that records it were given', () => {
    const both = facts([trail, objectTrail]);
    expect(seen('s3:GetObject', usageLog([]), both)).toBe(
      'not-collected: Nothing shows that the files of the trail "objects" are among those that were given.',
    );
    const given = usageLog([
      eventCount('s3 PutObject', {
        principal: { kind: 'role', name: 'arn:aws:iam::111122223333:role/other', id: undefined },
      }),
    ]);
    expect(seen('s3:GetObject', given, both)).toBe(ALL);
    expect(seen('s3:GetObject', usageLog([]), facts([objectTrail]))).toBe(ALL);
  });

  test('not of tags where something was made', () => {
    const made = usageLog([eventCount('ec2 CreateVolume')]);
    expect(seen('ec2:CreateTags', made, facts([trail]))).toBe(
      'never-an-event: Tags that are given when something is made are checked without an event of their own.',
    );
    expect(seen('ec2:CreateTags', usageLog([]), facts([trail]))).toBe(ALL);
  });
});

describe('services that were never tried', () => {
  const lastAccessed = {
    at: '2026-11-22T06:00:00Z',
    services: new Map([
      ['s3', 'none'],
      ['iam', 'none'],
      ['sqs', '2026-11-01T00:00:00Z'],
    ]),
  };
  test.each([
    ['s3:GetObject', 'seen 2025-10-18T06:00:00Z 2026-11-22T06:00:00Z by last-accessed'],
    ['iam:PassRole', 'never-an-event: It is no operation of its service: it is checked along with others.'],
    ['sqs:SendMessage', 'data-event-not-recorded: No trail records data events of AWS::SQS::Queue in eu-west-1.'],
    [
      'sns:Publish',
      'data-event-not-recorded: No trail records data events of AWS::SNS::Topic, AWS::SNS::PlatformEndpoint, AWS::SNS::PhoneNumber in eu-west-1.',
    ],
  ])('%s: %s', (action, expected) => {
    expect(seen(action, usageLog([]), facts([trail], { lastAccessed }))).toBe(expected);
  });

  test('since they were made', () => {
    const made = facts([trail], { lastAccessed, created: '2026-11-05T00:00:00Z' });
    expect(seen('s3:GetObject', usageLog([]), made)).toBe(
      'seen 2026-11-05T00:00:00Z 2026-11-22T06:00:00Z by last-accessed',
    );
  });
});

describe('what only writes', () => {
  const writes = usageLog([], {
    coverage: [coverage({ categories: ['management'], isHistory: true, onlyWrites: true })],
  });
  const writeTrail: Trail = {
    ...trail,
    selectors: {
      kind: 'basic',
      selectors: [{ readWriteType: 'WriteOnly', includesManagement: true, excludedSources: [], dataResources: [] }],
    },
  };

  test.each([
    ['sqs:DeleteQueue', ALL, ALL],
    ['iam:AttachRolePolicy', 'not-collected: There are no logs of 111122223333 in us-east-1.', undefined],
    ['sqs:ListMessageMoveTasks', 'not-collected: Only events that change something were asked for.', undefined],
    ['kms:Encrypt', 'not-collected: Only events that change something were asked for.', undefined],
  ])('%s: %s', (action, inHistory, inFiles) => {
    expect(seen(action, writes, facts([]))).toBe(inHistory);
    if (inFiles !== undefined) expect(seen(action, usageLog([]), facts([writeTrail]))).toBe(inFiles);
    else expect(seen(action, usageLog([]), facts([writeTrail]))).not.toBe(ALL);
  });
});

describe('what logs show of a resource', () => {
  const ryeTrail: Trail = {
    ...objectTrail,
    name: 'rye',
    selectors: {
      kind: 'basic',
      selectors: [
        {
          readWriteType: 'All',
          includesManagement: true,
          excludedSources: [],
          dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3:::rye/'] }],
        },
      ],
    },
  };
  const ask = (of: UsageFacts, action: string, resource?: string) => {
    const answer = toUsage(usageLog([]), of).visibility({ principal: BAKER, action, resource });
    return answer.kind === 'seen' ? 'seen' : answer.reason;
  };

  test.each([
    ['s3:GetObject', undefined, 'data-event-not-recorded'],
    ['s3:GetObject', 'arn:aws:s3:::rye/*', 'seen'],
    ['s3:GetObject', 'arn:aws:s3:::oat/*', 'data-event-not-recorded'],
    ['s3:ListBucket', 'arn:aws:s3:::rye', 'seen'],
    ['s3:GetBucketPolicy', 'arn:aws:s3:::oat', 'seen'],
  ])('%s on %s: %s', (action, resource, expected) => {
    expect(ask(facts([ryeTrail]), action, resource)).toBe(expected);
  });

  test.each([
    [undefined, 'not-collected'],
    ['arn:aws:kms:eu-west-1:111122223333:key/a', 'seen'],
    ['arn:aws:kms:us-west-2:111122223333:key/a', 'not-collected'],
    ['arn:aws:kms:*:111122223333:key/a', 'not-collected'],
  ])('in the region of %s: %s', (resource, expected) => {
    expect(ask(facts([trail], {}, ['eu-west-1', 'us-west-2']), 'kms:Encrypt', resource)).toBe(expected);
  });
});
