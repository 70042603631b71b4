import { describe, expect, test } from 'vitest';
import { eventResource, regionOf } from '../../../src/access/usage/event-arns.js';
import { type EventSelectors, type FieldTest, recordedBy } from '../../../src/access/usage/event-selectors.js';

const SNS = ['AWS::SNS::Topic', 'AWS::SNS::PlatformEndpoint', 'AWS::SNS::PhoneNumber'];
const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function';
const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333';

describe('a resource in events', () => {
  test.each([
    ['AWS::S3::Object', 'arn:aws:s3:::rye/2026/*', ['arn:aws:s3:::rye/2026/*']],
    ['AWS::S3::Object', 'arn:aws:s3:::rye', ['arn:aws:s3:::rye/']],
    ['AWS::S3::Object', 'arn:aws:s3:::rye-*', ['arn:aws:s3:::rye-*']],
    ['AWS::S3::Object', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/rye/object/*', undefined],
    ['AWS::Lambda::Function', `${FUNCTION}:knead`, [`${FUNCTION}:knead`]],
    ['AWS::Lambda::Function', `${FUNCTION}:knead:live`, [`${FUNCTION}:knead`, `${FUNCTION}:knead:live`]],
    ['AWS::Lambda::Function', `${FUNCTION}:knead:*`, [`${FUNCTION}:knead`, `${FUNCTION}:knead:*`]],
    ['AWS::DynamoDB::Table', `${TABLE}/orders/index/*`, [`${TABLE}/orders`]],
    ['AWS::DynamoDB::Table', `${TABLE}/orders`, [`${TABLE}/orders`]],
    ['AWS::Kinesis::Stream', 'arn:aws:kinesis:eu-west-1:111122223333:stream/rye', undefined],
  ])('%s: %s', (type, resource, arns) => {
    expect(eventResource([type], resource).arns.get(type)).toEqual(arns);
  });

  test.each([
    [`${TOPIC}:orders`, ['AWS::SNS::Topic']],
    [`${TOPIC}:end*`, ['AWS::SNS::Topic', 'AWS::SNS::PlatformEndpoint']],
    [`${TOPIC}:endpoint/GCM/bakery/*`, ['AWS::SNS::PlatformEndpoint']],
    [`${TOPIC}:*`, SNS],
    ['*', SNS],
  ])('of several types %s is of %j', (resource, types) => {
    expect(eventResource(SNS, resource).types).toEqual(types);
  });

  test.each([
    [`${TABLE}/orders`, 'eu-west-1'],
    ['arn:aws:dynamodb:*:111122223333:table/orders', undefined],
    ['arn:aws:s3:::rye/*', undefined],
    ['*', undefined],
    [undefined, undefined],
  ])('%s is in %s', (resource, region) => {
    expect(regionOf(resource)).toBe(region);
  });
});

describe('selectors of some resources', () => {
  const recorded = (selectors: EventSelectors, type: string, resource: string) =>
    recordedBy(selectors, {
      dataTypes: [type],
      sources: ['s3.amazonaws.com'],
      names: ['GetObject'],
      arns: eventResource([type], resource).arns,
    });
  const basic = (type: string, ...values: string[]): EventSelectors => ({
    kind: 'basic',
    selectors: [
      { readWriteType: 'All', includesManagement: false, excludedSources: [], dataResources: [{ type, values }] },
    ],
  });
  const advanced = (operator: FieldTest['operator'], ...values: string[]): EventSelectors => ({
    kind: 'advanced',
    selectors: [
      [
        { field: 'eventCategory', tests: [{ operator: 'equals', values: ['Data'] }] },
        { field: 'resources.type', tests: [{ operator: 'equals', values: ['AWS::S3::Object'] }] },
        { field: 'resources.ARN', tests: [{ operator, values }] },
      ],
    ],
  });
  const S3 = 'AWS::S3::Object';
  const LAMBDA = 'AWS::Lambda::Function';

  test.each([
    ['a bucket', basic(S3, 'arn:aws:s3:::rye/'), S3, 'arn:aws:s3:::rye/*', 'all'],
    ['a bucket without a slash', basic(S3, 'arn:aws:s3:::rye'), S3, 'arn:aws:s3:::rye/a', 'all'],
    ['none that begins so', basic(S3, 'arn:aws:s3:::rye'), S3, 'arn:aws:s3:::rye-old/*', 'none'],
    ['lists of a bucket', basic(S3, 'arn:aws:s3:::rye/'), S3, 'arn:aws:s3:::rye', 'all'],
    ['no lists for a prefix', basic(S3, 'arn:aws:s3:::rye/2026/'), S3, 'arn:aws:s3:::rye', 'none'],
    ['a part of a bucket', basic(S3, 'arn:aws:s3:::rye/2026/'), S3, 'arn:aws:s3:::rye/*', 'some'],
    ['another bucket', basic(S3, 'arn:aws:s3:::rye/'), S3, 'arn:aws:s3:::oat/*', 'none'],
    ['some of all', basic(S3, 'arn:aws:s3:::rye/'), S3, '*', 'some'],
    [
      'what an access point leads to',
      basic(S3, 'arn:aws:s3:::rye/'),
      S3,
      'arn:aws:s3:eu-west-1:1:accesspoint/a',
      'some',
    ],
    ['a function', basic(LAMBDA, `${FUNCTION}:knead`), LAMBDA, `${FUNCTION}:knead`, 'all'],
    ['no function that begins so', basic(LAMBDA, `${FUNCTION}:knead`), LAMBDA, `${FUNCTION}:knead2`, 'none'],
    ['perhaps not its alias', basic(LAMBDA, `${FUNCTION}:knead`), LAMBDA, `${FUNCTION}:knead:live`, 'none'],
    ['what begins so', advanced('starts_with', 'arn:aws:s3:::rye/'), S3, 'arn:aws:s3:::rye/2026/*', 'all'],
    ['what is the same', advanced('equals', 'arn:aws:s3:::rye/a'), S3, 'arn:aws:s3:::rye/a', 'all'],
    ['one of many', advanced('equals', 'arn:aws:s3:::rye/a'), S3, 'arn:aws:s3:::rye/*', 'some'],
    ['what ends so', advanced('ends_with', '.csv'), S3, 'arn:aws:s3:::rye/*.csv', 'all'],
    ['all but a bucket', advanced('not_starts_with', 'arn:aws:s3:::logs/'), S3, 'arn:aws:s3:::rye/*', 'all'],
    ['not that bucket', advanced('not_starts_with', 'arn:aws:s3:::logs/'), S3, 'arn:aws:s3:::logs/*', 'none'],
    ['perhaps that bucket', advanced('not_starts_with', 'arn:aws:s3:::logs/'), S3, 'arn:aws:s3:::l*', 'some'],
    ['one of two', advanced('starts_with', 'arn:aws:s3:::oat/', 'arn:aws:s3:::rye/'), S3, 'arn:aws:s3:::rye/*', 'all'],
  ] satisfies [string, EventSelectors, string, string, string][])(
    'record %s',
    (_, selectors, type, resource, expected) => {
      expect(recorded(selectors, type, resource)).toBe(expected);
    },
  );
});
