import type { Client } from '../../src/collect/aws/ask.js';
import { type AccountRun, collectAccount, type Store, type Unit } from '../../src/collect/aws/collect-account.js';
import type { Collected } from '../../src/collect/aws/collect-type.js';
import { COLLECTORS, collectorsOf } from '../../src/collect/aws/collectors.js';
import { secretKeyOf } from '../../src/collect/aws/secrets.js';
import type { LedgerLine, SnapshotRecord } from '../../src/model/snapshot.js';
import { type Fault, fakeAws, fakeWorld } from './fake-aws.js';

export const KEY = secretKeyOf(Buffer.from('a key of the orchard', 'utf8'));

export interface CollectedService {
  readonly run: AccountRun;
  readonly records: readonly SnapshotRecord[];
  readonly ledger: readonly LedgerLine[];
}

/** Collects some services from what is recorded, with faults. */
export function collectServices(only: readonly string[], fault?: Fault): Promise<CollectedService> {
  return collectFrom(fakeAws(fault).client, only);
}

/** Collects some services from a client. */
export async function collectFrom(client: Client, only: readonly string[]): Promise<CollectedService> {
  const done = new Map<string, Collected>();
  const nameOf = ({ region, type }: Unit) => `${region} ${type}`;
  const store: Store = {
    read: (unit) => done.get(nameOf(unit)),
    write: (unit, collected) => void done.set(nameOf(unit), collected),
  };
  const collectors = collectorsOf(only, []);
  const run = await collectAccount(
    fakeWorld(client),
    {
      partition: 'aws',
      account: '123456789012',
      home: 'eu-central-1',
      regions: [],
      collectors,
      notSelected: COLLECTORS.filter((collector) => !collectors.includes(collector) && only.length === 0),
      key: KEY,
    },
    store,
  );
  const collected = run.units.map((unit) => done.get(nameOf(unit))).filter((each) => each !== undefined);
  return {
    run,
    records: collected.flatMap(({ records }) => records),
    ledger: [...run.ledger, ...collected.flatMap(({ ledger }) => ledger)],
  };
}
