import { collectedFeeds, collectedVersions } from '../../src/collect/aws/feeds.js';
import type { LedgerLine, SnapshotRecord } from '../../src/model/snapshot.js';
import { partsOf, readOrchard, sealSnapshot } from './snapshot.js';

const ACCOUNT = '123456789012';
const REGIONS = ['eu-west-1', 'us-east-1'] as const;
const GLOBAL_CLIENTS: ReadonlySet<string> = new Set(['account', 'iam', 'organizations', 's3', 's3control']);

/** Only its management account tells of an organization. */
const ORGANIZATION = 'AWS::Organizations::Organization';

export type WrittenRecord = Pick<SnapshotRecord, 'type' | 'id' | 'properties'> & Partial<SnapshotRecord>;

/** A snapshot of accounts in a folder `snap`, in two regions, all of which was asked and answered. */
export function accountSnapshot(written: readonly WrittenRecord[]): Record<string, string> {
  const { header } = partsOf(readOrchard());
  const records: Record<string, SnapshotRecord[]> = {};
  for (const one of written) {
    const record = { arn: null, account: ACCOUNT, region: 'global', gaps: [], ...one };
    const file = `resources/${record.account}/${record.region}.ndjson`;
    records[file] = [...(records[file] ?? []), record];
  }
  const ids = [...new Set([ACCOUNT, ...written.map(({ account = ACCOUNT }) => account)])];
  const managing = written.flatMap(({ type, account = ACCOUNT }) => (type === ORGANIZATION ? [account] : []));
  const ledger = [...collectedFeeds().keys()].flatMap((operation): LedgerLine[] => {
    const scopes = GLOBAL_CLIENTS.has(operation.split(':')[0] ?? '') ? ['global'] : REGIONS;
    const owners = operation.startsWith('organizations:') && managing.length > 0 ? managing : ids;
    const places = owners.flatMap((account) => scopes.map((region) => ({ account, region })));
    return places.map(({ account, region }) => ({
      account,
      region,
      operation,
      state: 'collected',
      pages: 1,
      items: 1,
      permission: null,
      code: null,
      message: null,
      parent: null,
      attempts: 1,
      at: '2026-11-22T06:00:30Z',
    }));
  });
  const regions = REGIONS.map((name) => ({ name, optIn: 'opt-in-not-required' as const }));
  const collectors = Object.fromEntries([...collectedVersions()].map(([type, { version }]) => [type, version]));
  const [own] = header.accounts;
  const accounts = own === undefined ? [] : ids.map((id) => ({ ...own, id }));
  return sealSnapshot({ header: { ...header, accounts, regions, collectors }, ledger, records });
}
