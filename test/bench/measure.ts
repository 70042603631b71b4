import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Usage {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMebibytes: number;
  readonly exitCode: number | null;
  readonly output: string;
}

const root = join(import.meta.dirname, '../..');
const hook = join(import.meta.dirname, 'usage-hook.cjs');
export const program = join(root, 'bin/trueline.cjs');

/** Runs node with the arguments in a folder and says what the process used. */
export function measureNode(args: readonly string[], folder: string): Usage {
  const scratch = mkdtempSync(join(tmpdir(), 'trueline-bench-'));
  const usageFile = join(scratch, 'usage.json');
  const began = process.hrtime.bigint();
  const { status, stdout } = spawnSync(process.execPath, ['--require', hook, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, TRUELINE_BENCH_USAGE: usageFile },
  });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const usage: { cpuSeconds: number; peakMebibytes: number } = JSON.parse(readFileSync(usageFile, 'utf8'));
  rmSync(scratch, { recursive: true });
  return { seconds, ...usage, exitCode: status, output: stdout };
}

/** The run with the median time of several. */
export function medianRun(runs: number, run: () => Usage): Usage {
  const results = Array.from({ length: runs }, run).sort((a, b) => a.seconds - b.seconds);
  const median = results[results.length >> 1];
  if (median === undefined) throw new Error('no run');
  return median;
}

/** A folder that is removed when the process ends. */
export function scratchFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `trueline-${name}-`));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
