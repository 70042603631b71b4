import { describe, expect, test } from 'vitest';
import type { Evaluation } from '../src/findings/evaluation.js';
import type { CoverageState, SnapshotRecord } from '../src/model/snapshot.js';
import { judgeSnapshot, partsOf, readOrchard, resultOf, type SnapshotParts, sealSnapshot } from './support/snapshot.js';
import { snapshotFeeds } from './support/snapshot-feeds.js';

/** The orchard as it is where nothing failed. */
const WHOLE: SnapshotParts = (() => {
  const { header, ledger, records } = partsOf(readOrchard());
  const isProven = ({ state }: { readonly state: string }) => state === 'collected';
  return {
    header,
    ledger: [
      ...ledger.filter(isProven),
      ...ledger.flatMap((line) =>
        line.operation === 'ec2:DescribeSecurityGroups' && !isProven(line)
          ? [{ ...line, state: 'collected' as const }]
          : [],
      ),
    ],
    records: mapRecords(records, (record) => [{ ...record, gaps: [] }]),
  };
})();

function mapRecords(
  records: SnapshotParts['records'],
  change: (record: SnapshotRecord) => readonly SnapshotRecord[],
): SnapshotParts['records'] {
  return Object.fromEntries(Object.entries(records).map(([file, lines]) => [file, lines.flatMap(change)]));
}

/** What a collector writes where an operation fails in the whole account: no line of what it lists, no value that it tells. */
function without(operation: string, state: CoverageState): SnapshotParts {
  const told = snapshotFeeds().get(operation) ?? [];
  const tells = (type: string, path: string | null) => told.some((feed) => feed.type === type && feed.path === path);
  // A policy is asked for of each bucket.
  const isGone = ({ type }: SnapshotRecord) =>
    tells(type, null) || tells(type, '*') || (type === 'AWS::S3::BucketPolicy' && tells('AWS::S3::Bucket', null));
  return {
    ...WHOLE,
    ledger: WHOLE.ledger.map((line) =>
      line.operation === operation ? { ...line, state, permission: state === 'denied' ? operation : null } : line,
    ),
    records: mapRecords(WHOLE.records, (record) => {
      if (isGone(record)) return [];
      const properties = Object.entries(record.properties).filter(([name]) => !tells(record.type, name));
      return [{ ...record, properties: Object.fromEntries(properties) }];
    }),
  };
}

function judge(parts: SnapshotParts): readonly Evaluation[] {
  return judgeSnapshot(resultOf(sealSnapshot(parts)));
}

function keyOf({ policy, resource, element }: Evaluation): string {
  return `${policy} ${resource} ${element?.key ?? ''}`;
}

const before = judge(WHOLE);
const FAILING: readonly CoverageState[] = ['denied', 'throttled', 'truncated', 'failed', 'not-selected'];

describe.each([...snapshotFeeds().keys()])('where %s fails', (operation) => {
  test.each(FAILING)('(%s) nothing passes that did not, and nothing is gone without a word', (state) => {
    const after = judge(without(operation, state));
    const outcomes = new Map(after.map((evaluation) => [keyOf(evaluation), evaluation.outcome]));
    const known = new Map(before.map((evaluation) => [keyOf(evaluation), evaluation.outcome]));
    const undecided = new Set(after.filter(({ outcome }) => outcome === 'unknown').map(({ policy }) => policy));
    const wrong: string[] = [];
    for (const evaluation of after) {
      const { outcome } = evaluation;
      const earlier = known.get(keyOf(evaluation));
      if (outcome === 'unknown' || outcome === earlier) continue;
      // An element's key is another where the list is another: whether it was decided so before is what counts.
      wrong.push(`${keyOf(evaluation)}: ${earlier} → ${outcome}`);
    }
    for (const evaluation of before) {
      const isGone = !outcomes.has(keyOf(evaluation));
      // What was left out on purpose says nothing.
      if (isGone && !undecided.has(evaluation.policy) && state !== 'not-selected')
        wrong.push(`${keyOf(evaluation)}: gone`);
    }
    expect(wrong).toEqual([]);
  });

  test('what is undecided then names what is missing', () => {
    const known = new Set(before.filter(({ outcome }) => outcome === 'unknown').map(keyOf));
    const unnamed = judge(without(operation, 'denied')).filter(
      (evaluation) =>
        evaluation.outcome === 'unknown' &&
        !known.has(keyOf(evaluation)) &&
        !evaluation.unknowns.some(({ reason, subject }) => reason === 'permission-denied' && subject === operation),
    );
    expect(unnamed.map((evaluation) => [keyOf(evaluation), evaluation.unknowns])).toEqual([]);
  });
});
