import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { FAULT_KINDS, faultCells, openFaultMatrix } from '../support/fault-matrix.js';
import { countCalls } from './count-calls.js';
import { generateSnapshot } from './generate-snapshot.js';
import type { ManyAccounts } from './many-accounts.js';
import { measureNode, medianRun, program, scratchFolder, type Usage } from './measure.js';

/** What was measured of one thing, and what it is held to. */
export type Line = readonly [name: string, measured: string, limit: string];

/** Snapshots: what goes wrong, what it costs, and how it grows. */
export async function* run(): AsyncGenerator<Line> {
  yield* await faults();
  yield* manyAccounts();
  yield* await judging();
  yield* await countCalls();
}

async function faults(): Promise<readonly Line[]> {
  const judge = await openFaultMatrix();
  const cells = faultCells();
  const sum = { judged: 0, unknown: 0, wrongPasses: 0, gone: 0, wrongFails: 0 };
  for (const cell of cells) {
    const outcome = await judge(cell);
    sum.judged += outcome.judged;
    sum.unknown += outcome.unknown;
    sum.wrongPasses += outcome.wrongPasses.length;
    sum.gone += outcome.gone.length;
    sum.wrongFails += outcome.wrongFails.length;
  }
  const operations = new Set(cells.map(({ operation }) => operation)).size;
  return [
    [
      `${operations} operations × ${FAULT_KINDS.length} faults, ${cells.length} cells`,
      `${sum.judged} outcomes, ${sum.unknown} unknown by a fault`,
      'printed',
    ],
    ['  wrong passes', `${sum.wrongPasses}`, 'none'],
    ['  failures that are gone, wrong failures', `${sum.gone}, ${sum.wrongFails}`, 'none'],
  ];
}

function* manyAccounts(): Generator<Line> {
  const collect = (throttling: number): ManyAccounts => {
    const script = join(import.meta.dirname, 'many-accounts.ts');
    return JSON.parse(
      execFileSync(process.execPath, ['--import', 'tsx', script, '1000', String(throttling)], { encoding: 'utf8' }),
    );
  };
  const [calm, busy] = [collect(0), collect(0.1)];
  for (const [name, one] of [
    ['1000 accounts', calm],
    ['1000 accounts, 10 % throttled', busy],
  ] as const) {
    const time = `${one.virtualMinutes.toFixed(1)} min of theirs, ${one.seconds.toFixed(0)} s of ours`;
    yield [name, `${one.calls} calls in ${time}, ${one.peakMebibytes.toFixed(0)} MiB`, 'at most 500 MiB'];
  }
  yield ['  over the share of a quota', `${calm.violations + busy.violations}`, 'none'];
  yield ['  what was collected, with and without', calm.digest === busy.digest ? 'the same' : 'different', 'the same'];
}

async function judging(): Promise<readonly Line[]> {
  const measure = async (resources: number): Promise<{ count: number; usage: Usage }> => {
    const folder = scratchFolder(`snapshot-${resources}`);
    const count = await generateSnapshot(folder, resources);
    const usage = medianRun(3, () => measureNode([program, 'scan', '.', '--format', 'json'], folder));
    const { summary } = JSON.parse(usage.output);
    // What stands in others is none of the report's resources.
    if (summary.incomplete || summary.resources < count * 0.8) throw new Error('The snapshot was not read whole.');
    return { count, usage };
  };
  const few = await measure(12_500);
  const many = await measure(50_000);
  const exponent = Math.log(many.usage.cpuSeconds / few.usage.cpuSeconds) / Math.log(many.count / few.count);
  const { seconds, cpuSeconds, peakMebibytes } = many.usage;
  return [
    [
      `${many.count} resources judged`,
      `${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} CPU-s, ${peakMebibytes.toFixed(0)} MiB`,
      'at most 10 CPU-s, 1 GiB',
    ],
    [`growth from ${few.count} to ${many.count}, exponent of CPU-s`, exponent.toFixed(2), 'near 1'],
  ];
}
