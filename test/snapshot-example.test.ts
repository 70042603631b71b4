import { describe, expect, test } from 'vitest';
import { evaluateSnapshotExample } from '../src/snapshot-example.js';

const evaluate = (data: unknown) =>
  evaluateSnapshotExample({ path: 'snapshot.json', text: typeof data === 'string' ? data : JSON.stringify(data) });

const DETECTOR = 'AWS::GuardDuty::Detector';

describe('an example of a snapshot', () => {
  test('has everything of its records, and of all else that there is nothing', () => {
    const { resources, extents } = evaluate({ records: [{ type: DETECTOR, id: '0a1b', region: 'eu-west-1' }] });
    expect(resources.map(({ address }) => address)).toEqual([
      `${DETECTOR}/eu-west-1/0a1b`,
      'aws_account/123456789012',
      'aws_region/123456789012/eu-west-1',
    ]);
    expect(extents?.flatMap(({ types }) => types.filter(({ unseen }) => unseen !== undefined))).toEqual([]);
  });

  test.each([
    ['a type', 'AWS::EC2::Volume', ['AWS::EC2::Volume ec2:DescribeVolumes aws_region/123456789012/eu-west-1']],
    [
      'an operation',
      'sqs:ListQueues',
      [
        'AWS::SQS::Queue sqs:ListQueues aws_region/123456789012/eu-west-1',
        'AWS::SQS::QueuePolicy sqs:ListQueues aws_region/123456789012/eu-west-1',
      ],
    ],
  ])('does not know what %s would tell that was denied', (_, denied, expected) => {
    const { extents } = evaluate({ records: [], denied: [denied] });
    const unseen = extents?.flatMap(({ types }) =>
      types.flatMap(({ type, unseen: missing }) =>
        missing === undefined ? [] : [`${type} ${missing.subject} ${missing.scope}`],
      ),
    );
    expect(unseen).toEqual(expected);
  });

  test.each([
    ['{', '"snapshot.json" is no example of a snapshot: it holds "records" and, if need be, "denied".'],
    [{ records: {} }, '"snapshot.json" is no example of a snapshot: it holds "records" and, if need be, "denied".'],
    [
      { records: [], denied: ['orchard:Pick'] },
      '"snapshot.json" denies "orchard:Pick", which is neither an operation nor a type.',
    ],
    [
      { records: [{ type: 'AWS::S3::Bucket', id: 'apples' }] },
      '"snapshot.json" is no example of a snapshot. The line is no record of a resource; the others are read.',
    ],
  ])('says what is wrong with %j', (data, message) => {
    expect(() => evaluate(data)).toThrow(message);
  });
});
