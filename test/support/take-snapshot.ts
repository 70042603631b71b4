import { snapshotAws } from '../../src/snapshot.js';
import { type Fault, fakeAws, fakeClock } from '../collect/fake-aws.js';

export interface TakenSnapshot {
  readonly only: readonly string[];
  readonly fault?: Fault;
  readonly key?: string;
  readonly startsAt?: number;
  readonly regions?: readonly string[];
  /** Other accounts with the same in them, by a file of them. */
  readonly accountsFile?: string;
}

/** Writes a snapshot of what is recorded into a folder. */
export async function takeSnapshot(workingDirectory: string, output: string, taken: TakenSnapshot): Promise<void> {
  const { only, fault, key = 'orchard', startsAt, regions = [], accountsFile } = taken;
  await snapshotAws({
    workingDirectory,
    output,
    regions,
    only,
    skip: [],
    access: {},
    accounts: accountsFile === undefined ? undefined : { kind: 'file', path: accountsFile, roleName: 'auditor' },
    isResumed: false,
    environment: { TRUELINE_SNAPSHOT_KEY: key },
    version: '9.8.7',
    clock: fakeClock(startsAt),
    random: () => 0.5,
    open: async ({ roleArn }) => {
      const { client } = fakeAws(fault);
      const account = roleArn?.split(':')[4];
      return {
        client: async (call) => {
          if (account === undefined) return client(call);
          if (call.operation === 'GetCallerIdentity')
            return { kind: 'answer', output: { Account: account, Arn: roleArn ?? '' } };
          // The same in another account has other ARNs.
          return JSON.parse(JSON.stringify(await client(call)).replaceAll('123456789012', account));
        },
        homeRegion: async () => 'eu-central-1',
        close: () => undefined,
      };
    },
  });
}
