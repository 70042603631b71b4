import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleTypes } from './bundle-types.js';
import { bundleCloudSdk, cloudSdk } from './cloud-sdk.js';
import { compileShippedPolicies } from './compile-policies.js';
import { checkLazyModules, lazyModules, withLazyModules } from './lazy-modules.js';
import { bundleLogWorker, logWorker } from './log-worker.js';
import { relaxedYamlPlugin } from './relax-yaml.js';
import { tableFiles } from './table-files.js';
import { toCommonJs } from './to-common-js.js';

/**
 * Bundles the command line and the library into CommonJS files, what few runs need apart from the rest, and the library's
 * types into another, and compiles the shipped policies into one data file.
 */
const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
const bundling = build({
  absWorkingDir: root,
  entryPoints: withLazyModules({ cli: 'src/cli/main.ts', index: 'src/index.ts' }),
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  chunkNames: 'part-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
  plugins: [relaxedYamlPlugin, lazyModules(root), cloudSdk, logWorker, tableFiles(dist)],
  define: { TRUELINE_VERSION: JSON.stringify(version) },
});

// Meanwhile, for esbuild is a process of its own.
writeFileSync(join(dist, 'policies.json'), compileShippedPolicies(root));
writeFileSync(join(dist, 'index.d.cts'), bundleTypes(root));
const result = await bundling;
const sdk = await bundleCloudSdk(root, dist);
await bundleLogWorker(root, dist);
checkLazyModules(result.metafile);
const files = toCommonJs(result.outputFiles, result.metafile, 'cli.cjs');
for (const [name, text] of files) writeFileSync(join(dist, name), text);
writeFileSync(
  join(root, 'THIRD-PARTY-NOTICES.txt'),
  notices([...Object.keys(result.metafile.inputs), ...Object.keys(sdk.inputs)]),
);
chmodSync(join(root, 'bin', 'trueline.cjs'), 0o755);

/** The licences of the packages that the bundles hold. */
function notices(inputs: readonly string[]): string {
  const packages = new Set(inputs.flatMap((input) => /^node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(input)?.[1] ?? []));
  const parts = [...packages].sort().map((name) => {
    const folder = join(root, 'node_modules', name);
    const manifest: { version: string; license: string } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text =
      file === undefined || !existsSync(join(folder, file)) ? '' : readFileSync(join(folder, file), 'utf8').trim();
    return `${name} ${manifest.version} (${manifest.license})\n\n${text}\n`;
  });
  parts.push(noticeOf('iam-actions'), noticeOf('managed-policies'));
  return `Trueline's bundles hold the following packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** Of the data that a table was made of: its licence stands at the head of the table. */
function noticeOf(table: string): string {
  const text = readFileSync(join(root, 'src', 'schemas', 'generated', `${table}.ts`), 'utf8');
  const head = text.slice(0, text.indexOf('export const')).replace(/^\/\/ ?/gm, '');
  const [, name, version, license = ''] = /^Out of (\S+) (\S+), whose licence is:\n\n(.*)$/ms.exec(head) ?? [];
  return `${name} ${version} (MIT), as a table of its data\n\n${license.trim()}\n`;
}
