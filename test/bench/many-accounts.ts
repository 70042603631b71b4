import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Client } from '../../src/collect/aws/ask.js';
import { collectAccounts } from '../../src/collect/aws/collect-accounts.js';
import type { Collected } from '../../src/collect/aws/collect-type.js';
import { COLLECTORS } from '../../src/collect/aws/collectors.js';
import type { Clock } from '../../src/collect/aws/pace.js';
import { worldOf } from '../../src/collect/aws/world.js';
import { KEY } from '../collect/collect-service.js';
import { errorOf, fakeAws } from '../collect/fake-aws.js';
import { virtualClock } from '../collect/virtual-time.js';
import { memberAccount } from '../live/fake-aws/organizations.js';
import { QuotaMeter } from '../live/fake-aws/quota-meter.js';

const STARTS_AT = Date.UTC(2026, 10, 22, 9, 30);
const LATENCY_MS = 80;
/** Of each quota, as the product uses it. */
const SHARE = 0.25;

export interface ManyAccounts {
  readonly accounts: number;
  readonly calls: number;
  readonly throttled: number;
  readonly violations: number;
  readonly virtualMinutes: number;
  readonly seconds: number;
  readonly peakMebibytes: number;
  /** Of what was collected, without how often it was tried. */
  readonly digest: string;
}

/** Collects so many accounts of recorded answers in a time of its own; a share of the calls is throttled. */
export async function collectMany(accounts: number, throttling: number): Promise<ManyAccounts> {
  const began = performance.now();
  const clock = virtualClock(STARTS_AT);
  const meter = new QuotaMeter(SHARE);
  const random = randomOf(7);
  let throttled = 0;
  const clientOf = (account: string): Client => {
    const { client } = fakeAws();
    return async (call) => {
      meter.take(account, call, clock.now());
      await clock.sleep(LATENCY_MS);
      if (call.operation === 'GetCallerIdentity')
        return { kind: 'answer', output: { Account: account, Arn: `arn:aws:sts::${account}:assumed-role/auditor/x` } };
      if (random() >= throttling) return client(call);
      throttled += 1;
      return errorOf('ThrottlingException', 400);
    };
  };
  const ids = Array.from({ length: accounts }, (_, index) => memberAccount(index));
  const digests = await collectAll(ids, clientOf, clock, random);
  return {
    accounts,
    calls: meter.calls,
    throttled,
    violations: meter.violations,
    virtualMinutes: (clock.now() - STARTS_AT) / 60_000,
    seconds: (performance.now() - began) / 1000,
    peakMebibytes: process.resourceUsage().maxRSS / 1024,
    digest: createHash('sha256').update(digests.join()).digest('hex'),
  };
}

/** What was collected of each account, in short, in their order. */
async function collectAll(
  accounts: readonly string[],
  clientOf: (account: string) => Client,
  clock: Clock,
  random: () => number,
): Promise<readonly string[]> {
  const digests = new Map<string, string>();
  const units = new Map<string, string[]>();
  const stoppedBy = await collectAccounts({
    targets: accounts.map((id) => ({ id, name: id, roleArn: `arn:aws:iam::${id}:role/auditor` })),
    scope: {
      partition: 'aws',
      home: 'eu-central-1',
      regions: [],
      collectors: COLLECTORS,
      notSelected: [],
      key: KEY,
    },
    stores: {
      isClosed: (account) => digests.has(account),
      of: (account) => ({
        read: () => undefined,
        write: (_, collected) => void units.set(account, [...(units.get(account) ?? []), textOf(collected)]),
      }),
      close: (account) => {
        const texts = (units.get(account) ?? []).sort();
        digests.set(account, createHash('sha256').update(texts.join('\n')).digest('hex'));
        units.delete(account);
      },
    },
    clock,
    random,
    quotaShare: SHARE,
    base: worldOf(clientOf(memberAccount(0)), clock, random),
    open: async ({ id }) => ({ client: clientOf(id), close: () => undefined }),
    isInterrupted: () => false,
  });
  if (stoppedBy !== undefined) throw new Error(`The run was stopped: ${stoppedBy.message}`);
  return accounts.map((account) => digests.get(account) ?? 'not collected');
}

/** Without how often it was tried. */
function textOf({ records, usage, ledger }: Collected): string {
  const lines = ledger.map(({ attempts: _tries, at: _at, ...line }) => line);
  return JSON.stringify([records, usage, lines]);
}

function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const [, script, accounts, throttling] = process.argv;
if (script === fileURLToPath(import.meta.url) && accounts !== undefined)
  collectMany(Number(accounts), Number(throttling)).then((result) => process.stdout.write(JSON.stringify(result)));
