import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bucket, workspace } from '../cli/workspace.js';

const ROOT = join(import.meta.dirname, '../..');

/** The other long-term releases that the package says it runs on; this one is what everything else runs on. */
const RELEASES = ['22', '24'];

/** The program of a release, from the npm registry. Throws where it cannot be had. */
function nodeOf(release: string): string {
  const folder = join(ROOT, 'node_modules', '.cache', `node-${release}`);
  const name = `node-${process.platform}-${process.arch}`;
  const program = join(folder, 'node_modules', name, 'bin', 'node');
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, `${name}@${release}`],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`Node ${release} could not be installed: ${stderr}`);
  return program;
}

test.each(RELEASES)('Node %s runs it, and complains of nothing', (release) => {
  const here = workspace({ 'main.tf': bucket('orchard') });
  const { status, stdout, stderr } = spawnSync(
    nodeOf(release),
    [join(ROOT, 'bin/trueline.cjs'), 'scan', '--format', 'json'],
    { cwd: here.folder, encoding: 'utf8' },
  );
  here.remove();
  const { summary } = JSON.parse(stdout);
  expect({ status, stderr, files: summary.files }).toEqual({ status: 1, stderr: '', files: 1 });
});
