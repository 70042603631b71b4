import { describe, expect, test } from 'vitest';
import { dataEventTypesOf, isUnrecorded, listDataEventRules } from '../../src/schemas/data-events.js';
import { iamActions } from '../../src/schemas/iam-actions.js';

const catalogue = iamActions();

describe('the table of data events', () => {
  const rules = listDataEventRules();

  test('has patterns that some action of the catalogue matches', () => {
    const unmatched = rules.flatMap(({ service, patterns }) =>
      patterns
        .filter((pattern) => {
          const names = [...(catalogue.actionsOf(service)?.keys() ?? [])];
          const like = new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i');
          return !names.some((name) => like.test(name));
        })
        .map((pattern) => `${service}:${pattern}`),
    );
    expect(unmatched).toEqual([]);
  });

  test('has a page of the documentation for each line, or says that there is none', () => {
    const unsourced = rules.filter(
      ({ kind, source }) =>
        source.title === '' ||
        !(source.url.startsWith('https://docs.aws.amazon.com/') || (source.url === '-' && kind === 'none')),
    );
    expect(unsourced).toEqual([]);
  });

  test('takes all of a service for management events too', () => {
    const whole = rules.filter(({ kind, patterns }) => kind === 'data' && patterns.includes('*'));
    expect(whole.length).toBeGreaterThan(50);
    expect(whole.filter(({ types }) => !types.includes('management'))).toEqual([]);
  });

  test('names types as CloudTrail does, and lists what is recorded once a service', () => {
    const types = rules.flatMap((rule) => rule.types);
    expect(types.filter((type) => !/^(?:management|AWS::\w+::\w+)$/.test(type))).toEqual([]);
    const lists = rules.filter(({ kind }) => kind === 'only').map(({ service }) => service);
    expect(lists.filter((service, index) => lists.indexOf(service) !== index)).toEqual([]);
  });
});

describe('what an action leaves', () => {
  test.each([
    ['sqs', 'ListQueues', ['AWS::SQS::Queue']],
    ['sqs', 'GetQueueUrl', ['AWS::SQS::Queue']],
    ['sqs', 'PurgeQueue', []],
    ['s3', 'GetObjectVersion', ['AWS::S3::Object']],
    ['s3', 'GetBucketPolicy', []],
    ['dynamodb', 'SearchVectors', ['AWS::DynamoDB::Table']],
    ['dynamodb', 'DescribeTable', []],
    ['events', 'PutEvents', ['AWS::Events::EventBus', 'AWS::Events::Endpoint']],
    ['events', 'PutRule', []],
    ['sns', 'Publish', ['AWS::SNS::Topic', 'AWS::SNS::PlatformEndpoint', 'AWS::SNS::PhoneNumber']],
    ['bedrock', 'InvokeModel', ['AWS::Bedrock::Model', 'AWS::Bedrock::AsyncInvoke', 'management']],
    ['lambda', 'CreateFunction', []],
    ['rekognition', 'DetectLabels', []],
    ['kms', 'Decrypt', []],
  ])('data events of %s:%s: %j', (service, action, types) => {
    expect(dataEventTypesOf(service, action)).toEqual(types);
    expect(isUnrecorded(service, action)).toBe(false);
  });

  test.each([
    ['logs', 'PutLogEvents', true],
    ['logs', 'GetLogEvents', false],
    ['logs', 'StartQuery', false],
    ['lambda', 'ListTags', true],
    ['lambda', 'GetFunction', false],
    ['lambda', 'InvokeFunction', false],
    ['lambda', 'StopDurableExecution', true],
    ['kinesis', 'ListShards', true],
    ['kinesis', 'PutRecord', false],
    ['cloudwatch', 'PutMetricAlarm', false],
    ['cloudwatch', 'PutMetricData', false],
    ['cloudwatch', 'PutAlarmMuteRule', true],
    ['iot', 'ListThings', true],
    ['iot', 'CreateThing', false],
    ['sns', 'CreateTopic', false],
    ['ses', 'SendRawEmail', true],
    ['states', 'InvokeHTTPEndpoint', true],
    ['pricing', 'GetProducts', true],
    ['ec2', 'DescribeInstances', false],
  ])('no event of %s:%s: %s', (service, action, expected) => {
    expect(isUnrecorded(service, action)).toBe(expected);
  });
});
