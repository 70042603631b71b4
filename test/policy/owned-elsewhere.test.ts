import { expect, test } from 'vitest';
import type { SnapshotRecord } from '../../src/model/snapshot.js';
import { judgeSnapshot, partsOf, readOrchard, resultOf, sealSnapshot } from '../support/snapshot.js';

const [MEMBER, OWNER] = ['123456789012', '210000000001'] as const;
const arn = `arn:aws:cloudtrail:eu-west-1:${OWNER}:trail/orchard`;

/** The trail of an organization as an account has it: it keeps no digests. */
const trailIn = (account: string): SnapshotRecord => ({
  type: 'AWS::CloudTrail::Trail',
  id: 'orchard',
  arn,
  account,
  region: 'eu-west-1',
  properties: { TrailName: 'orchard', IsOrganizationTrail: true, EnableLogFileValidation: false },
  gaps: [],
});

function failuresOf(accounts: readonly string[]): readonly string[] {
  const { header, ledger } = partsOf(readOrchard());
  const listed = accounts.map((id) => ({ id, name: null, status: 'gaps' as const, resources: 1, regions: [] }));
  const records = Object.fromEntries(
    accounts.map((account) => [`resources/${account}/eu-west-1.ndjson`, [trailIn(account)]]),
  );
  const parts = { header: { ...header, accounts: listed }, ledger, records };
  return judgeSnapshot(resultOf(sealSnapshot(parts)))
    .filter(({ outcome, policy }) => outcome === 'fail' && policy === 'aws-cloudtrail-trail-log-validated')
    .map(({ resource }) => resource.slice(0, MEMBER.length));
}

test("an organization's trail is judged in the account that owns it", () => {
  expect(failuresOf([MEMBER, OWNER])).toEqual([OWNER]);
});

test('and in a member where its owner was not read', () => {
  expect(failuresOf([MEMBER])).toEqual([MEMBER]);
});
