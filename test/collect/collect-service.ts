import type { Client } from '../../src/collect/aws/ask.js';
import { type AccountRun, collectAccount, type Store, type Unit } from '../../src/collect/aws/collect-account.js';
import type { Collected } from '../../src/collect/aws/collect-type.js';
import type { Collector } from '../../src/collect/aws/collector.js';
import { collectorsOf } from '../../src/collect/aws/collectors.js';
import { secretKeyOf } from '../../src/collect/aws/secrets.js';
import type { LedgerLine, SnapshotRecord, SnapshotUsage } from '../../src/model/snapshot.js';
import { type Fault, fakeAws, fakeWorld } from './fake-aws.js';

export const KEY = secretKeyOf(Buffer.from('a key of the orchard', 'utf8'));

export interface CollectedService {
  readonly run: AccountRun;
  readonly records: readonly SnapshotRecord[];
  readonly usage: readonly SnapshotUsage[];
  readonly ledger: readonly LedgerLine[];
}

/** Collects some services from what is recorded, with faults. */
export function collectServices(only: readonly string[], fault?: Fault): Promise<CollectedService> {
  return collectWith(collectorsOf(only, [], true), fakeAws(fault).client);
}

/** Collects by collectors from a client. */
export async function collectWith(
  collectors: readonly Collector[],
  client: Client,
  regions: readonly string[] = [],
): Promise<CollectedService> {
  const done = new Map<string, Collected>();
  const nameOf = ({ region, type }: Unit) => `${region} ${type}`;
  const store: Store = {
    read: (unit) => done.get(nameOf(unit)),
    write: (unit, collected) => void done.set(nameOf(unit), collected),
  };
  const run = await collectAccount(
    fakeWorld(client),
    {
      partition: 'aws',
      account: '123456789012',
      home: 'eu-central-1',
      regions,
      collectors,
      notSelected: [],
      key: KEY,
    },
    store,
  );
  const collected = run.units.map((unit) => done.get(nameOf(unit))).filter((each) => each !== undefined);
  return {
    run,
    records: collected.flatMap(({ records }) => records),
    usage: collected.flatMap(({ usage }) => usage),
    ledger: [...run.ledger, ...collected.flatMap(({ ledger }) => ledger)],
  };
}
