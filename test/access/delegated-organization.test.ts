import { expect, test } from 'vitest';
import { organizationRulesOf } from '../../src/access/organization.js';
import { stateWorld } from '../../src/access/stated-world.js';
import { textOf } from '../../src/iam/index.js';
import type { SnapshotRecord } from '../../src/model/snapshot.js';
import { GOVERNED, governedAccount } from '../support/governed-account.js';

const UNSTATED = { names: [], account: undefined };
const MANAGEMENT = '111122223333';
const DENY = { Effect: 'Deny', Action: 'iam:CreateUser', Resource: '*' };

/** What the account says of its organization, to which that is delegated. */
function delegated(id: string, live: SnapshotRecord['properties']): SnapshotRecord[] {
  const record = (type: string, name: string, properties: SnapshotRecord['properties']): SnapshotRecord => ({
    ...{ type, id: name, arn: null, account: GOVERNED, region: 'global', properties, gaps: [] },
  });
  return [
    { ...record('AWS::Organizations::Organization', id, { FeatureSet: 'ALL' }), live },
    record('AWS::Organizations::Account', GOVERNED, { AccountName: 'orchard', ParentIds: ['r-0rch'] }),
  ];
}

function rulesWith(others: readonly SnapshotRecord[]) {
  const sources = governedAccount([DENY], [], others);
  const { organization, scp } = organizationRulesOf(stateWorld(UNSTATED, sources), textOf(GOVERNED));
  return { organization, levels: scp.levels.map((level) => level.map(({ name }) => name)), unseen: scp.unseen };
}

const NONE_ENABLED = { management_account_id: MANAGEMENT, root_id: 'r-0rch', enabled_policy_types: [] };

test('what the management account says counts, and not what an account says to which it is delegated', () => {
  const alone = rulesWith([]);
  expect(alone).toEqual({
    organization: 'o-orchard',
    levels: [
      [
        'service control policy "FullAWSAccess" on the root (r-0rch)',
        'service control policy "fence-0" on the root (r-0rch)',
      ],
      ['service control policy "FullAWSAccess" on account "orchard" (123456789012)'],
    ],
    unseen: undefined,
  });
  expect(rulesWith(delegated('o-orchard', NONE_ENABLED))).toEqual(alone);
});

test('of two organizations that both claim an account neither is believed', () => {
  expect(rulesWith(delegated('o-meadow', NONE_ENABLED))).toEqual({
    ...{ organization: undefined, levels: [], unseen: 'service control policies' },
  });
});

test('where an account is all that says what is in the organization, it is believed', () => {
  const elsewhere = { ...NONE_ENABLED, management_account_id: '444455556666' };
  const sources = governedAccount([], [], delegated('o-orchard', elsewhere));
  const own = [...sources.graph.resources.values()].filter(({ root }) => root === GOVERNED);
  const graph = { ...sources.graph, resources: new Map(own.map((one) => [one.key, one])) };
  const { organization, scp } = organizationRulesOf(stateWorld(UNSTATED, { ...sources, graph }), textOf(GOVERNED));
  expect({ organization, scp }).toEqual({ organization: 'o-orchard', scp: { levels: [], unseen: undefined } });
});
