import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../run.js';
import { providerMirror, terraformEnvironment } from '../terraform.js';
import { type MotoServer, startMoto } from './moto-server.js';
import { APPLIED, appliedFiles } from './same-graph-fixtures.js';

const ACCOUNT = new URL('./account/', import.meta.url).pathname;

export function accountOf(fixture: string): string {
  return String(200_000_000_000 + APPLIED.indexOf(fixture));
}

export interface StateResource {
  /** `aws_sqs_queue.crates["public"]`, of the module `<fixture>` for those. */
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Accounts of moto to which Terraform applied what is in `account` and the fixtures of several languages. */
export interface Farm {
  readonly moto: MotoServer;
  readonly folder: string;
  readonly resources: readonly StateResource[];
  readonly applySeconds: number;
  readonly environment: NodeJS.ProcessEnv;
}

let farm: Promise<Farm> | undefined;

/** One for all tests: it takes two minutes, in which the provider mostly waits. */
export function openFarm(): Promise<Farm> {
  farm ??= makeFarm();
  return farm;
}

async function makeFarm(): Promise<Farm> {
  const moto = await startMoto();
  const folder = farmFolder();
  cpSync(ACCOUNT, folder, { recursive: true });
  for (const name of APPLIED) {
    mkdirSync(join(folder, name));
    for (const [file, text] of Object.entries(appliedFiles(name))) writeFileSync(join(folder, name, file), text);
  }
  writeFileSync(join(folder, 'fixtures.tf'), APPLIED.map(moduleOf).join('\n'));
  const environment = { ...terraformEnvironment(), AWS_ENDPOINT_URL: moto.url, AWS_REGION: 'eu-central-1' };
  const terraform = (...args: string[]) => run('terraform', args, folder, environment);
  await terraform('init', '-input=false', '-no-color', `-plugin-dir=${providerMirror()}`);
  const began = performance.now();
  const options = ['-auto-approve', '-input=false', '-no-color', '-lock=false', '-refresh=false', '-parallelism=40'];
  await terraform('apply', ...options);
  const applySeconds = (performance.now() - began) / 1000;
  const { values } = JSON.parse(await terraform('show', '-json', '-no-color'));
  return { moto, folder, resources: resourcesOf(values.root_module), applySeconds, environment };
}

/** In the tests' own folder; without one it goes with the process. */
function farmFolder(): string {
  const shared = process.env['TRUELINE_LIVE_FOLDER'];
  const folder = shared === undefined ? mkdtempSync(join(tmpdir(), 'trueline-farm-')) : join(shared, 'farm');
  if (shared === undefined) process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function moduleOf(name: string): string {
  return `provider "aws" {
  alias                       = "${name}"
  region                      = "eu-central-1"
  s3_use_path_style           = true
  skip_metadata_api_check     = true
  skip_credentials_validation = true
  assume_role {
    role_arn = "${roleOf(name)}"
  }
}

module "${name}" {
  source = "./${name}"
  providers = {
    aws = aws.${name}
  }
}
`;
}

/** moto lets everybody take on every role, and is another account for who does. */
export function roleOf(fixture: string): string {
  return `arn:aws:iam::${accountOf(fixture)}:role/farmer`;
}

interface StateModule {
  readonly resources?: readonly (StateResource & { readonly mode: string })[];
  readonly child_modules?: readonly StateModule[];
}

function resourcesOf({ resources = [], child_modules = [] }: StateModule): readonly StateResource[] {
  return [...resources.filter(({ mode }) => mode === 'managed'), ...child_modules.flatMap(resourcesOf)];
}
