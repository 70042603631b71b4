import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bucket } from './workspace.js';

/** The package as it is published, installed in an empty folder. `npm test` builds it first. */
const ROOT = join(import.meta.dirname, '../..');
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

let folder: string;

const npm = (...args: string[]) => execFileSync('npm', args, { cwd: folder, stdio: 'pipe', encoding: 'utf8' });

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'trueline-package-')));
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', tarballs], { cwd: ROOT, stdio: 'pipe' });
  const [tarball = ''] = readdirSync(tarballs);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  npm('install', '--offline', '--no-audit', '--no-fund', join(tarballs, tarball));
  mkdirSync(join(folder, 'infra'));
  writeFileSync(join(folder, 'infra/main.tf'), bucket('apples'));
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OPTIONS = `{
  workingDirectory: process.cwd() + '/infra',
  paths: [],
  environment: {},
  variables: [],
  varFiles: [],
  policies: ['CKV_AWS_21'],
  skipPolicies: [],
  policyDirs: [],
  policySets: [],
  frameworks: [],
  include: ['unknown'],
  inlineSuppressions: true,
  asOf: '2026-11-22',
  version: '1.0.0',
}`;

/** What somebody writes who uses the library: every export, a narrowed union, and what must not compile. */
const CONSUMER = `
declare const console: { log(text: string): void };
declare const process: { cwd(): string };

const options: ScanOptions = ${OPTIONS};
const { report, exitCode }: ScanResult = scan(options);
const input: ReportInput = report;
const summary: Summary = input.summary;
const worst: Finding | undefined = input.findings[0];
const line: number = worst?.location?.start ?? -1;
console.log([exitCode, summary.resources, worst?.policy, worst?.severity === 'medium', line].join(' '));
try {
  scan({ ...options, paths: ['lost'] });
} catch (error) {
  if (error instanceof UsageError) console.log(error.message + error.problems.length);
}
// @ts-expect-error: a severity is one of five words
scan({ ...options, minSeverity: 'awful' });
// @ts-expect-error: a report is only read
input.findings.push;
// @ts-expect-error: what is missing is told
const incomplete: ScanOptions = { workingDirectory: '' };
`;
const NAMES =
  "{ scan, UsageError, type Finding, type ReportInput, type ScanOptions, type ScanResult, type Summary } from 'trueline'";

const compiler = (options: object, files: readonly string[]) => ({
  compilerOptions: {
    target: 'ES2022',
    lib: ['ES2022'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    outDir: 'out',
    ...options,
  },
  files,
});

function compile(name: string, options: object, text: string): string {
  writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(compiler(options, [name])));
  const { stdout, status } = spawnSync(process.execPath, [TSC, '-p', folder], { encoding: 'utf8' });
  return status === 0 ? '' : stdout;
}

const runs = (script: string) =>
  execFileSync(process.execPath, [join('out', script)], { cwd: folder, encoding: 'utf8' });

const SAID = '1 1 aws-s3-bucket-versioning-enabled true 0\n"lost" does not exist.0\n';

describe('the packed package', () => {
  test('holds what it needs to run, its types and its licences, and no source', () => {
    const { files } = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8' }),
    )[0];
    const paths: string[] = files.map(({ path }: { path: string }) => path);
    const isLoadedLater = (path: string) => /^dist\/((?!cli|core|index)[\w-]+\.(cjs|txt)|aws\/[\w-]+\.mjs)$/.test(path);
    expect(paths.filter((path) => !isLoadedLater(path)).sort()).toEqual([
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES.txt',
      'bin/trueline.cjs',
      'dist/cli.cjs',
      'dist/core.cjs',
      'dist/index.cjs',
      'dist/index.d.cts',
      'dist/policies.json',
      'package.json',
    ]);
  });

  test('installs offline, without another package, and runs', () => {
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['trueline']);
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(npm('exec', '--offline', '--', 'trueline', 'version')).toContain(version);
  });

  test('has of the cloud SDK what it asks with', () => {
    const environment = {
      ...process.env,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ACCESS_KEY_ID: 'orchard',
      AWS_SECRET_ACCESS_KEY: 'orchard',
    };
    const { status, stderr } = spawnSync(
      process.execPath,
      ['node_modules/trueline/bin/trueline.cjs', 'snapshot', 'aws', '--output', 'live', '--region', 'eu-central-1'],
      { cwd: folder, env: environment, encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([
      2,
      'error: AWS does not say who is asking. ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:9\n',
    ]);
  });

  test('has types for a module that imports it', () => {
    expect(compile('consumer.mts', { module: 'nodenext' }, `import ${NAMES};\n${CONSUMER}`)).toBe('');
    expect(runs('consumer.mjs')).toBe(SAID);
  });

  test('has types for CommonJS', () => {
    expect(compile('consumer.cts', { module: 'nodenext' }, `import ${NAMES};\n${CONSUMER}`)).toBe('');
    expect(runs('consumer.cjs')).toBe(SAID);
  });

  test('has types for bundlers', () => {
    const options = { module: 'preserve', moduleResolution: 'bundler', noEmit: true };
    expect(compile('consumer.ts', options, `import ${NAMES};\n${CONSUMER}`)).toBe('');
  });

  test('exports nothing else', () => {
    const text = "import type { Diagnostic } from 'trueline';\nexport type Wrong = Diagnostic;\n";
    expect(compile('wrong.mts', { module: 'nodenext' }, text)).toMatch(
      /error TS2459: Module '"trueline"' declares 'Diagnostic' locally, but it is not exported\./,
    );
  });
});
