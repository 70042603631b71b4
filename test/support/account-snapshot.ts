import { collectedFeeds, collectedVersions } from '../../src/collect/aws/feeds.js';
import type { LedgerLine, SnapshotRecord } from '../../src/model/snapshot.js';
import { partsOf, readOrchard, sealSnapshot } from './snapshot.js';

const ACCOUNT = '123456789012';
const REGIONS = ['eu-west-1', 'us-east-1'] as const;
const GLOBAL_CLIENTS: ReadonlySet<string> = new Set(['account', 'iam', 'organizations', 's3', 's3control']);

export type WrittenRecord = Pick<SnapshotRecord, 'type' | 'id' | 'properties'> & Partial<SnapshotRecord>;

/** A snapshot of an account in a folder `snap`, in two regions, all of which was asked and answered. */
export function accountSnapshot(written: readonly WrittenRecord[]): Record<string, string> {
  const { header } = partsOf(readOrchard());
  const records: Record<string, SnapshotRecord[]> = {};
  for (const one of written) {
    const record = { arn: null, account: ACCOUNT, region: 'global', gaps: [], ...one };
    const file = `resources/${ACCOUNT}/${record.region}.ndjson`;
    records[file] = [...(records[file] ?? []), record];
  }
  const ledger = [...collectedFeeds().keys()].flatMap((operation): LedgerLine[] => {
    const scopes = GLOBAL_CLIENTS.has(operation.split(':')[0] ?? '') ? ['global'] : REGIONS;
    return scopes.map((region) => ({
      account: ACCOUNT,
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
  return sealSnapshot({ header: { ...header, regions, collectors }, ledger, records });
}
