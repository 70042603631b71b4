import { expect, test } from 'vitest';
import { collectServices } from './collect-service.js';
import { errorOf } from './fake-aws.js';

test('an error that means two things is read by its words', async () => {
  const endings = async (message: string) => {
    const { records, ledger } = await collectServices(['securityhub'], ({ client }) =>
      client === 'securityhub' ? errorOf('InvalidAccessException', 401, message) : undefined,
    );
    const lines = ledger.filter(({ operation }) => operation.startsWith('securityhub:'));
    return [
      records.length,
      ...new Set(lines.filter(({ region }) => region === 'eu-central-1').map(({ state }) => state)),
    ];
  };
  expect([
    await endings('Account 123456789012 is not subscribed to AWS Security Hub'),
    await endings('Account 123456789012 is not an administrator for this organization'),
  ]).toEqual([
    [0, 'not-enabled'],
    [0, 'failed'],
  ]);
});

test('a snapshot is public where a list of the public ones has it, and open where that list failed', async () => {
  const shared = async (isFailing: boolean) => {
    const { records } = await collectServices(['ec2'], ({ operation, input }) =>
      isFailing && operation === 'DescribeSnapshots' && input['RestorableByUserIds'] !== undefined
        ? errorOf('UnauthorizedOperation', 403)
        : undefined,
    );
    return records
      .filter(({ type }) => type === 'aws_ebs_snapshot')
      .map(({ id, live, gaps }) => [id, live?.['is_public'], ...gaps.map(({ path, state }) => `${path} ${state}`)]);
  };
  expect(await shared(false)).toEqual([
    ['snap-0own', false],
    ['snap-0pub', true],
  ]);
  expect(await shared(true)).toEqual([
    ['snap-0own', undefined, '$is_public denied'],
    ['snap-0pub', undefined, '$is_public denied'],
  ]);
});

test('that nobody has reported an error of delivery is known only where the status is', async () => {
  const { records } = await collectServices(['cloudtrail'], ({ operation }) =>
    operation === 'GetTrailStatus' ? { kind: 'answer', output: { IsLogging: true } } : undefined,
  );
  expect(records.map(({ live }) => live?.['latest_delivery_error'])).toEqual([{ $none: true }]);
});
