import { expect, test } from 'vitest';
import type { SnapshotRegion } from '../../src/model/snapshot.js';
import { partsOf, readOrchard, resultOf, type SnapshotParts, sealSnapshot } from '../support/snapshot.js';

const [OWN, PEARS, PLUMS] = ['123456789012', '210000000001', '210000000002'];

const region = (name: string, optIn: SnapshotRegion['optIn']): SnapshotRegion => ({ name, optIn });

/** The orchard with two accounts more, which have regions of their own. */
function orchard(): SnapshotParts {
  const { header, ...parts } = partsOf(readOrchard());
  const others = [
    { id: PEARS, regions: [] },
    { id: PLUMS, regions: [region('me-south-1', 'opted-in'), region('eu-west-1', 'not-opted-in')] },
  ];
  const accounts = others.map((other) => ({ name: null, status: 'gaps' as const, resources: 0, ...other }));
  return { ...parts, header: { ...header, accounts: [...header.accounts, ...accounts] } };
}

test('an account has the regions of the header, or its own', () => {
  const { resources, extents } = resultOf(sealSnapshot(orchard()));
  const scopes = resources.filter(({ type }) => type === 'aws_account' || type === 'aws_region');
  expect(scopes.map(({ address }) => address).sort()).toEqual([
    `aws_account/${OWN}`,
    `aws_account/${PEARS}`,
    `aws_account/${PLUMS}`,
    `aws_region/${OWN}/eu-west-1`,
    `aws_region/${OWN}/us-east-1`,
    `aws_region/${PLUMS}/me-south-1`,
  ]);
  const openIn = (account: string) =>
    extents
      .filter(({ root }) => root === account)
      .flatMap(({ types }) => types.flatMap(({ type, unseen }) => (type.includes('Group') ? [unseen?.scope] : [])));
  expect([openIn(OWN), openIn(PLUMS)]).toEqual([[`aws_region/${OWN}/us-east-1`], [`aws_account/${PLUMS}`]]);
});
