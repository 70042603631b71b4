import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stalePages } from './generate-docs.js';

/** Fails where a generated file is not what its generator makes. */
const root = join(import.meta.dirname, '..');
const failures: string[] = [];
for (const script of [
  'generate-hcl-parser.ts',
  'generate-log-counter.ts',
  'generate-resource-type-index.ts',
  'generate-schemas.ts',
  'generate-defaults.ts',
  'generate-kubernetes-schemas.ts',
  'generate-kubernetes-roles.ts',
  'generate-cloudformation-schemas.ts',
  'generate-managed-policies.ts',
]) {
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
