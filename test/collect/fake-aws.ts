import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, Call, Client, World } from '../../src/collect/aws/ask.js';
import type { Clock } from '../../src/collect/aws/pace.js';
import { worldOf } from '../../src/collect/aws/world.js';
import type { SnapshotJson } from '../../src/model/snapshot.js';

/** A recorded answer, to every input that has at least these members. */
interface Recorded {
  readonly input?: Readonly<Record<string, SnapshotJson>>;
  readonly output?: SnapshotJson;
  readonly error?: { readonly code: string; readonly message: string; readonly status: number };
}

/** What to answer instead; undefined for what was recorded. */
export type Fault = (call: Call, nth: number) => Answer | undefined;

const FIXTURES = join(import.meta.dirname, '../../fixtures/collect/aws');

const recorded = new Map<string, readonly Recorded[]>(
  readdirSync(FIXTURES)
    .filter((name) => !name.endsWith('.golden.json'))
    .flatMap((name) => Object.entries(JSON.parse(readFileSync(join(FIXTURES, name), 'utf8')))),
);

/** Every call that was made. */
export interface FakeAws {
  readonly client: Client;
  readonly calls: readonly Call[];
}

export function fakeAws(fault: Fault = () => undefined): FakeAws {
  const calls: Call[] = [];
  return {
    calls,
    client: async (call) => {
      calls.push(call);
      const name = `${call.client}:${call.operation}`;
      const nth = calls.filter((other) => `${other.client}:${other.operation}` === name).length;
      return fault(call, nth) ?? answerOf(name, call);
    },
  };
}

function answerOf(name: string, { input }: Call): Answer {
  const fits = (recorded.get(name) ?? []).filter((one) =>
    Object.entries(one.input ?? {}).every(([member, value]) => JSON.stringify(input[member]) === JSON.stringify(value)),
  );
  const found = fits.reduce<Recorded | undefined>(
    (best, one) =>
      best === undefined || Object.keys(one.input ?? {}).length > Object.keys(best.input ?? {}).length ? one : best,
    undefined,
  );
  if (found === undefined) throw new Error(`Nothing is recorded of ${name} with ${JSON.stringify(input)}.`);
  if (found.error !== undefined) return { kind: 'error', ...found.error };
  return { kind: 'answer', output: found.output ?? null };
}

/** A clock that moves only when somebody sleeps. */
export function fakeClock(startsAt = Date.UTC(2026, 10, 22, 9, 30)): Clock & { readonly slept: readonly number[] } {
  let now = startsAt;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
  };
}

export function fakeWorld(client: Client, clock: Clock = fakeClock()): World {
  return worldOf(client, clock, () => 0.5);
}

export function errorOf(code: string, status: number, message = code): Answer {
  return { kind: 'error', code, message, status };
}
