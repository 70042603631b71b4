import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPlan } from '../../src/evaluate/terraform-plan/read-plan.js';
import { buildGraph } from '../../src/graph/build-graph.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { generatePlan } from './generate-plan.js';
import { measureNode, medianRun, program, scratchFolder } from './measure.js';

const bytes = 100_000_000;

/** Milliseconds of each step in a process that has read nothing before. */
function readOnce(path: string): string {
  const begin = performance.now();
  const text = new TextDecoder().decode(readFileSync(path));
  const decoded = performance.now();
  const { resources } = readPlan({ source: { path: 'plan.json', text }, schemas: providerSchemas });
  const read = performance.now();
  buildGraph({ resources, unreadModules: [], schemas: providerSchemas });
  const built = performance.now();
  const [one, two, three] = [decoded - begin, read - decoded, built - read].map((time) => `${Math.round(time)} ms`);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  return `${resources.length} resources: text ${one}, resources ${two}, graph ${three}; ${peak} MiB`;
}

/** A plan of 100 MB: its steps in a fresh process, and the whole program with every policy. */
export async function run(): Promise<string[]> {
  const folder = scratchFolder('plan');
  const path = join(folder, 'plan.json');
  writeFileSync(path, generatePlan(bytes));
  const self = fileURLToPath(import.meta.url);
  const steps = execFileSync(process.execPath, ['--import', 'tsx', self, path], { encoding: 'utf8' });
  const lines = [`plan of 100 MB, ${steps}`];
  if (!existsSync(program)) return lines;
  const scan = medianRun(3, () => measureNode([program, 'scan', 'plan.json', '--format', 'json'], folder));
  const measured = `${scan.seconds.toFixed(2)} s, ${scan.cpuSeconds.toFixed(2)} CPU-s, ${scan.peakMebibytes.toFixed(0)} MiB`;
  return [...lines, `scan plan.json of 100 MB: ${measured}, exit ${scan.exitCode} (at most 4 s)`];
}

const [, script, path] = process.argv;
if (script === fileURLToPath(import.meta.url) && path !== undefined) process.stdout.write(readOnce(path));
