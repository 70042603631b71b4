import { join } from 'node:path';
import { generateLogs } from './generate-logs.js';
import { measureNode, medianRun, program, scratchFolder } from './measure.js';
import type { Line } from './snapshot.js';

const EVENTS = 1_000_000;
const FILES = 100;

/** A million events of one account, counted by the whole program in threads, beside one thread that only unpacks the files. */
export function run(): readonly Line[] {
  const folder = scratchFolder('logs');
  const different = generateLogs(folder, EVENTS, FILES);
  const plain = medianRun(3, () => measureNode([join(import.meta.dirname, 'gunzip-files.cjs'), folder], folder));
  const usage = medianRun(3, () =>
    measureNode([program, 'access', 'usage', '--logs', folder, '--format', 'json'], folder),
  );
  const { summary } = JSON.parse(usage.output);
  if (summary.events !== different || summary.gaps !== 0) throw new Error('The logs were not read whole.');
  const megabytes = Number(plain.output) / 1e6;
  const { seconds, cpuSeconds, peakMebibytes } = usage;
  return [
    [
      `${different} events in ${FILES} files, ${megabytes.toFixed(0)} MB`,
      `${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(1)} CPU-s, ${peakMebibytes.toFixed(0)} MiB`,
      'at most 3.5 s, 300 MiB',
    ],
    [
      '  of the CPU time of plain gunzip',
      `${(cpuSeconds / plain.cpuSeconds).toFixed(1)} × ${plain.cpuSeconds.toFixed(2)} s`,
      'printed',
    ],
  ];
}
