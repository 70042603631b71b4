import type { CoverageState, LedgerLine, SnapshotAccount, SnapshotRegion } from '../../model/snapshot.js';
import { type AccountTarget, isFailure, readCaller } from './accounts.js';
import { type Client, type Failure, isStop, type World } from './ask.js';
import { type AccountScope, collectAccount, type Store } from './collect-account.js';
import { toSecond } from './listing.js';
import { type Clock, gateOf } from './pace.js';
import { MOST_IN_FLIGHT, MOST_IN_FLIGHT_OF_ALL, worldOf } from './world.js';

/** Keeps what is done of each account. */
export interface AccountStores {
  /** An earlier run has finished it. */
  isClosed(account: string): boolean;
  of(account: string): Store;
  /** Puts what was stored of it together; nothing of it is held after that. */
  close(account: string, closing: AccountClosing): void;
}

/** How an account ended. */
export interface AccountClosing {
  readonly name: string | null;
  /** Absent: as its ledger says. */
  readonly status?: SnapshotAccount['status'];
  readonly regions: readonly SnapshotRegion[];
  readonly used: number;
  /** Of what is not a unit. */
  readonly ledger: readonly LedgerLine[];
  readonly units: Parameters<Store['read']>[0][];
}

export interface AccountsRun {
  readonly targets: readonly AccountTarget[];
  readonly scope: Omit<AccountScope, 'account'>;
  readonly stores: AccountStores;
  readonly clock: Clock;
  readonly random: () => number;
  readonly quotaShare: number | undefined;
  /** The credentials that the accounts' roles are taken on with. */
  readonly base: World;
  open(target: AccountTarget): Promise<{ readonly client: Client; close(): void }>;
  /** After it nothing is begun. */
  readonly isInterrupted: () => boolean;
  readonly progress?: ((progress: AccountsProgress) => void) | undefined;
}

export interface AccountsProgress {
  readonly accounts: number;
  readonly closed: number;
  readonly units: number;
  readonly calls: number;
}

/** An account is opened only when another closes: memory is that of the open ones. */
export const MOST_OPEN_ACCOUNTS = 48;

/** Collects accounts side by side, each as far as it goes. Gives why the run could not go on. */
export async function collectAccounts(run: AccountsRun): Promise<Failure | undefined> {
  const gate = gateOf(MOST_IN_FLIGHT_OF_ALL);
  const counts = { accounts: run.targets.length, closed: 0, units: 0, calls: 0 };
  const waiting = run.targets.values();
  let stoppedBy: Failure | undefined;
  const collectNext = async (): Promise<void> => {
    for (const target of waiting) {
      if (stoppedBy !== undefined || run.isInterrupted()) return;
      if (!run.stores.isClosed(target.id)) {
        const world = (client: Client) =>
          worldOf(counting(client, run, counts), run.clock, run.random, {
            quotaShare: run.quotaShare,
            limit: gate.lane(MOST_IN_FLIGHT),
          });
        const dead = await collectOne(run, target, world, counts);
        // Others may have ended in the meantime.
        stoppedBy ??= dead;
      }
      counts.closed += 1;
      run.progress?.(counts);
    }
  };
  await Promise.all(Array.from({ length: MOST_OPEN_ACCOUNTS }, collectNext));
  return stoppedBy;
}

type Counts = { -readonly [Name in keyof AccountsProgress]: AccountsProgress[Name] };

function counting(client: Client, run: AccountsRun, counts: Counts): Client {
  return (call) => {
    counts.calls += 1;
    run.progress?.(counts);
    return client(call);
  };
}

async function collectOne(
  run: AccountsRun,
  target: AccountTarget,
  toWorld: (client: Client) => World,
  counts: Counts,
): Promise<Failure | undefined> {
  const { id, name } = target;
  const session = await run.open(target);
  try {
    const world = toWorld(session.client);
    const wrong = await refusalOf(world, run, target);
    if (wrong !== undefined) {
      const dead = isStop(wrong.code) ? await baseFailure(run) : undefined;
      if (dead !== undefined) return dead;
      run.stores.close(id, { name, status: 'unreachable', ...NOTHING, ledger: [unreachableLine(run, id, wrong)] });
      return undefined;
    }
    world.home = run.scope.home;
    const collected = await collectAccount(world, { ...run.scope, account: id }, counted(run, id, counts));
    if (collected.stoppedBy !== undefined) {
      const dead = target.roleArn === undefined ? collected.stoppedBy : await baseFailure(run);
      if (dead !== undefined) return dead;
    }
    if (run.isInterrupted()) return undefined;
    const { regions, used, ledger, units } = collected;
    const status = collected.stoppedBy === undefined ? {} : { status: 'failed' as const };
    run.stores.close(id, { name, ...status, regions, used, ledger, units: [...units] });
    return undefined;
  } finally {
    session.close();
  }
}

const NOTHING = { regions: [], used: 0, units: [] };

function counted(run: AccountsRun, account: string, counts: Counts): Store {
  const store = run.stores.of(account);
  return {
    read: (unit) => store.read(unit),
    write: (unit, collected) => {
      counts.units += 1;
      store.write(unit, collected);
      run.progress?.(counts);
    },
  };
}

/** Why the account is not the one that was meant, or cannot be asked. */
async function refusalOf(world: World, run: AccountsRun, target: AccountTarget): Promise<Failure | undefined> {
  if (target.roleArn === undefined) return undefined;
  const caller = await readCaller(world, run.scope.home);
  if (isFailure(caller)) return caller;
  if (caller.account === target.id) return undefined;
  return {
    kind: 'failure',
    state: 'failed',
    code: 'OtherAccount',
    message: `The role is one of the account ${caller.account}.`,
    permission: null,
    attempts: 1,
  };
}

/** Whether the credentials that all roles are taken on with are of no use any more. */
async function baseFailure({ base, scope }: AccountsRun): Promise<Failure | undefined> {
  if (base.stoppedBy !== undefined) return base.stoppedBy;
  const caller = await readCaller(base, scope.home);
  return isFailure(caller) && isStop(caller.code) ? caller : undefined;
}

function unreachableLine({ clock }: AccountsRun, account: string, { code, message, attempts }: Failure): LedgerLine {
  const state: CoverageState = 'unreachable';
  return {
    account,
    region: 'global',
    operation: 'sts:AssumeRole',
    state,
    pages: 0,
    items: 0,
    permission: 'sts:AssumeRole',
    code,
    message: message.slice(0, 500),
    parent: null,
    attempts,
    at: toSecond(clock.now()),
  };
}
