import type { AccessSources } from '../../src/access/stated-world.js';
import { collectedFeeds, collectedVersions } from '../../src/collect/aws/feeds.js';
import type { LedgerLine, SnapshotJson, SnapshotRecord } from '../../src/model/snapshot.js';
import { sourcesOfSnapshot } from './access-graph.js';
import { partsOf, readOrchard, sealSnapshot } from './snapshot.js';

/** Whose organization it is, and the account that its control policies bind. */
const MANAGEMENT = '111122223333';
export const GOVERNED = '123456789012';

export interface GovernedRole {
  readonly name: string;
  readonly statements: readonly SnapshotJson[];
  /** Statements of its trust policy. */
  readonly trust?: readonly SnapshotJson[];
}

/** An account with roles, in an organization whose root lets everything through but for what a statement each denies. */
export function governedAccount(
  denies: readonly SnapshotJson[],
  roles: readonly GovernedRole[],
  others: readonly SnapshotRecord[] = [],
): AccessSources {
  const { header, ledger } = partsOf(readOrchard());
  const [line] = ledger;
  const [own] = header.accounts;
  if (line === undefined || own === undefined) throw new Error('The orchard has a ledger and an account.');
  const record = (
    type: string,
    id: string,
    properties: SnapshotRecord['properties'],
    live: SnapshotRecord['properties'] = {},
  ): SnapshotRecord => ({ type, id, arn: null, account: MANAGEMENT, region: 'global', properties, live, gaps: [] });
  const all = { Effect: 'Allow', Action: '*', Resource: '*' };
  const policies = [
    ['FullAWSAccess', ['r-0rch', GOVERNED], all] as const,
    ...denies.map((statement, index) => [`fence-${index}`, ['r-0rch'], statement] as const),
  ];
  const settings = {
    management_account_id: MANAGEMENT,
    root_id: 'r-0rch',
    enabled_policy_types: ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'],
  };
  return sourcesOfSnapshot(
    sealSnapshot({
      header: {
        ...header,
        accounts: [{ ...own, id: MANAGEMENT, name: 'estate' }, own],
        collectors: Object.fromEntries([...collectedVersions()].map(([type, { version }]) => [type, version])),
      },
      ledger: [MANAGEMENT, GOVERNED].flatMap((account) =>
        [...collectedFeeds().keys()].flatMap((operation): LedgerLine[] => {
          // What is not there of an organization in the member's own part would say that it is in none.
          if (account === GOVERNED && operation.startsWith('organizations:')) return [];
          const done = { ...line, account, operation, region: 'global', permission: operation };
          return [{ ...done, state: 'collected', code: null, message: null }];
        }),
      ),
      records: {
        [`resources/${GOVERNED}/global.ndjson`]: [...roles.map(toRecord), ...others],
        [`resources/${MANAGEMENT}/global.ndjson`]: [
          record('AWS::Organizations::Organization', 'o-orchard', { FeatureSet: 'ALL' }, settings),
          record('AWS::Organizations::Account', MANAGEMENT, { AccountName: 'estate', ParentIds: ['r-0rch'] }),
          record('AWS::Organizations::Account', GOVERNED, { AccountName: 'orchard', ParentIds: ['r-0rch'] }),
          ...policies.map(([name, targets, statement]) =>
            record('AWS::Organizations::Policy', `p-${name}`, {
              Name: name,
              Type: 'SERVICE_CONTROL_POLICY',
              Content: { Version: '2012-10-17', Statement: [statement] },
              TargetIds: [...targets],
            }),
          ),
        ],
      },
    }),
  );
}

function toRecord({ name, statements, trust = [] }: GovernedRole): SnapshotRecord {
  const document = { Version: '2012-10-17', Statement: [...statements] };
  const properties = {
    RoleName: name,
    Path: '/',
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [...trust] },
    ManagedPolicyArns: [],
    Policies: [{ PolicyName: 'own', PolicyDocument: document }],
  };
  const arn = `arn:aws:iam::${GOVERNED}:role/${name}`;
  return { type: 'AWS::IAM::Role', id: name, arn, account: GOVERNED, region: 'global', properties, gaps: [] };
}
