import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stalePages } from './generate-docs.js';

/** Fails where a generated file is not what its generator makes. */
const root = join(import.meta.dirname, '..');
const failures: string[] = [];
const scripts = [
  'generate-hcl-parser.ts',
  'generate-resource-type-index.ts',
  'generate-schemas.ts',
  'generate-defaults.ts',
];
for (const script of scripts) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(root, 'scripts', script), '--check'],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) failures.push(`${script}: ${stdout}${stderr}`);
}
const pages = stalePages();
if (pages.length > 0) failures.push(`stale pages (npm run generate:docs): ${pages.join(', ')}`);
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
