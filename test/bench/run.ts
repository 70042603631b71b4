import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareWithPlan, plannedFixtures, planTotals } from '../support/plan-of.js';
import { run as measureAccess } from './access.js';
import { run as compareVersions } from './compare.js';
import { runBundled as decideRequests } from './decisions.js';
import { run as evaluatePolicies } from './evaluate-policies.js';
import { generateManifests } from './generate-manifests.js';
import { generateRepository } from './generate-repository.js';
import { generateTemplates } from './generate-templates.js';
import { run as readLogs } from './logs.js';
import { measureNode, medianRun, program, scratchFolder } from './measure.js';
import { run as parseData } from './parse-data.js';
import { run as parseHcl } from './parse-hcl.js';
import { run as readPlans } from './plan.js';
import { run as rightSizePolicies } from './right-size.js';
import { run as measureSnapshots } from './snapshot.js';
import { run as countVectors } from './vectors.js';

/** Every measurement beside what it is held to; nothing here passes or fails. */
const root = join(import.meta.dirname, '../..');

function line(name: string, measured: string, limit: string): void {
  console.log(`${name.padEnd(44)} ${measured.padEnd(40)} ${limit}`);
}

function section(name: string): void {
  console.log(`\n${name}`);
}

function start(): void {
  section('start: one file, every policy, the whole process');
  const folder = scratchFolder('one-file');
  writeFileSync(join(folder, 'main.tf'), 'resource "aws_s3_bucket" "orchard" {\n  bucket = "orchard"\n}\n');
  const bare = medianRun(11, () => measureNode(['-e', '0'], folder));
  const scan = medianRun(11, () => measureNode([program, 'scan', '--quiet'], folder));
  line(
    'scan of one file, above node -e 0',
    `${ms(scan.seconds - bare.seconds)} (node ${ms(bare.seconds)})`,
    'at most 150 ms',
  );
}

function ms(seconds: number): string {
  return `${(seconds * 1000).toFixed(0)} ms`;
}

const BIG = { roots: 300, modules: 40, callsPerRoot: 4, filesPerRoot: 3, blocksPerFile: 5 };

function repositories(): void {
  section('large repositories, against node -e 0 in the same run');
  const bare = medianRun(5, () => measureNode(['-e', '0'], root));
  const big = scratchFolder('big');
  const made = generateRepository(big, BIG);
  const scan = medianRun(3, () => measureNode([program, 'scan', '--format', 'json'], big));
  line(
    `${made.files} files, ${made.lines} lines, ${made.calls} calls`,
    use(scan, bare.cpuSeconds),
    'at most 3 CPU-s, 300 MiB',
  );
  const many = scratchFolder('many');
  generateRepository(many, { ...BIG, filesPerRoot: 0, blocksPerFile: 0 });
  const shared = medianRun(3, () => measureNode([program, 'scan', '--format', 'json'], many));
  line('300 roots sharing 40 modules', use(shared, bare.cpuSeconds), 'at most 3 CPU-s');
  since(big);
}

function use(usage: { cpuSeconds: number; peakMebibytes: number; seconds: number }, bare: number): string {
  return `${usage.cpuSeconds.toFixed(2)} CPU-s (${(usage.cpuSeconds / bare).toFixed(0)} × node), ${usage.seconds.toFixed(2)} s, ${usage.peakMebibytes.toFixed(0)} MiB`;
}

function since(folder: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args], {
      stdio: 'pipe',
    });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'all');
  appendFileSync(join(folder, 'envs/r7/part0.tf'), '\nresource "aws_s3_bucket" "new" {\n  bucket = "orchard-new"\n}\n');
  const scan = medianRun(5, () => measureNode([program, 'scan', '--since', 'HEAD', '--format', 'compact'], folder));
  const findings = scan.output.split('\n').filter((text) => text.includes('aws_s3_bucket.new')).length;
  line('--since HEAD, one changed file', `${scan.seconds.toFixed(2)} s (${findings} new findings)`, 'at most 1 s');
}

function languages(): void {
  section('templates and manifests, against node -e 0 in the same run');
  const bare = medianRun(5, () => measureNode(['-e', '0'], root));
  const stacks = scratchFolder('templates');
  const { lines } = generateTemplates(stacks, 1_450);
  const templates = medianRun(3, () => measureNode([program, 'scan', '--format', 'json'], stacks));
  line(`1450 templates, ${lines} lines`, use(templates, bare.cpuSeconds), 'at most 1.5 CPU-s');
  const objects = scratchFolder('manifests');
  const { bytes } = generateManifests(join(objects, 'all.yaml'), 3_700);
  const args = [program, 'scan', '--set', 'all', '--policy', 'k8s-*', '--format', 'json'];
  const manifests = medianRun(3, () => measureNode(args, objects));
  line(`3700 objects, ${(bytes / 1e6).toFixed(1)} MB, every policy`, use(manifests, bare.cpuSeconds), 'at most 1.2 s');
}

function instances(): void {
  section('instances');
  const folder = scratchFolder('instances');
  const times = [1_250, 2_500, 5_000, 10_000].map((count) => {
    writeFileSync(join(folder, 'main.tf'), forEach(count));
    const usage = medianRun(3, () => measureNode([program, 'scan', '--format', 'json'], folder));
    return { count, usage };
  });
  const empty = scratchFolder('no-instances');
  writeFileSync(join(empty, 'main.tf'), forEach(1));
  const base = medianRun(3, () => measureNode([program, 'scan', '--format', 'json'], empty)).seconds;
  const last = times.at(-1)?.usage;
  if (last !== undefined)
    line(
      '10,000 instances of one for_each',
      `${last.seconds.toFixed(2)} s, ${last.peakMebibytes.toFixed(0)} MiB`,
      'at most 2 s, 300 MiB',
    );
  line(
    'growth with instances, exponent',
    exponent(times.map(({ count, usage }) => [count, Math.max(0.001, usage.seconds - base)])).toFixed(2),
    'near 1',
  );
  const fan = scratchFolder('fan-out');
  const made = fanOut(fan);
  const usage = medianRun(3, () => measureNode([program, 'scan', '--format', 'json'], fan));
  line(`three levels of modules, ${made} instances`, `${usage.seconds.toFixed(2)} s`, 'at most 0.7 s');
}

function forEach(count: number): string {
  return `locals {
  names = toset([for n in flatten([for a in range(${Math.ceil(count / 1000)}) : [for b in range(${Math.min(count, 1000)}) : a * 1000 + b]]) : "b-\${n}" if n < ${count}])
}

resource "aws_s3_bucket" "many" {
  for_each = local.names
  bucket   = "orchard-\${each.key}"
  tags     = { Name = each.key, Kind = "fruit" }
}
`;
}

/** 10 × 8 × 31 instances: modules in modules in modules. */
function fanOut(folder: string): number {
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('main.tf', 'module "a" {\n  source = "./a"\n  count  = 10\n  name   = "a-${count.index}"\n}\n');
  write(
    'a/main.tf',
    'variable "name" {}\nmodule "b" {\n  source = "./b"\n  count  = 8\n  name   = "${var.name}-${count.index}"\n}\n',
  );
  write(
    'a/b/main.tf',
    'variable "name" {}\nmodule "c" {\n  source = "./c"\n  count  = 31\n  name   = "${var.name}-${count.index}"\n}\n',
  );
  write('a/b/c/main.tf', 'variable "name" {}\nresource "aws_sqs_queue" "this" {\n  name = var.name\n}\n');
  return 10 * 8 * 31;
}

/** The slope of the logarithms: time grows as the count to this power. */
function exponent(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (index: 0 | 1) => logs.reduce((sum, point) => sum + point[index], 0) / logs.length;
  const [mx, my] = [mean(0), mean(1)];
  return logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

/** Needs `terraform` and the AWS provider, as the live tests do. */
function agreement(): void {
  section('evaluation against terraform plan');
  const names = plannedFixtures();
  line(`${names.length} fixtures`, planTotals(names.map(compareWithPlan)), 'none different');
}

function packed(): void {
  section('the packed package');
  const scratch = mkdtempSync(join(tmpdir(), 'trueline-pack-'));
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', scratch], { cwd: root, stdio: 'pipe' });
  const [tarball = ''] = readdirSync(scratch);
  const size = statSync(join(scratch, tarball)).size;
  const folder = join(scratch, 'empty');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const began = process.hrtime.bigint();
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', join(scratch, tarball)], {
    cwd: folder,
    stdio: 'pipe',
  });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const version = execFileSync(join(folder, 'node_modules/.bin/trueline'), ['version'], { encoding: 'utf8' }).trim();
  line(
    'size, and npm install in an empty folder',
    `${(size / 1024).toFixed(0)} KiB, ${seconds.toFixed(1)} s (exit ${status}; ${version})`,
    'printed',
  );
  rmSync(scratch, { recursive: true });
}

const wanted = process.argv.slice(2);
const parts: Record<string, () => void | Promise<void>> = {
  parse: async () => {
    section('parsing HCL');
    for (const text of await parseHcl()) console.log(text);
  },
  manifests: async () => {
    section('parsing manifests, beside the package yaml');
    for (const text of await parseData()) console.log(text);
  },
  policies: async () => {
    section('policies');
    for (const text of evaluatePolicies()) console.log(text);
  },
  decisions: () => {
    section('decisions of the IAM engine');
    for (const text of decideRequests(scratchFolder('decisions'))) console.log(text);
  },
  start,
  repositories,
  languages,
  plan: async () => {
    section('a plan of 100 MB');
    for (const text of await readPlans()) console.log(text);
  },
  instances,
  snapshot: async () => {
    section('snapshots of an account');
    for await (const [name, measured, limit] of measureSnapshots()) line(name, measured, limit);
  },
  logs: () => {
    section('log files of CloudTrail, against plain gunzip of the same files in the same run');
    for (const [name, measured, limit] of readLogs()) line(name, measured, limit);
  },
  access: () => {
    section('who can do what: an account, its grants and its paths');
    for (const [name, measured, limit] of measureAccess(exponent)) line(name, measured, limit);
  },
  'right-size': () => {
    section('policies narrowed to what was done, against node -e 0 in the same run');
    for (const [name, measured, limit] of rightSizePolicies()) line(name, measured, limit);
  },
  compare: () => {
    section('comparisons of versions of managed policies');
    for (const [name, measured, limit] of compareVersions()) line(name, measured, limit);
  },
  agreement,
  vectors: () => {
    section('agreement with recorded answers; what deviates stands in the table of its test');
    for (const text of countVectors()) console.log(text);
  },
  packed,
};
for (const [name, part] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await part();
