import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, parse } from 'node:path';

const HOST = 'registry.terraform.io';
/** Folders of a machine that hold no files of anybody's, or more than can be searched. */
const NOT_SEARCHED = new Set(['proc', 'sys', 'dev', 'run', 'boot', 'lost+found', 'node_modules', '.git']);
/** How deep below a top-level folder, and in how many folders, a mirror is looked for. */
const maxSearchDepth = 3;
const maxSearchedFolders = 20_000;

/** Dummy credentials, and nothing that asks a network. */
const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'orchard',
  AWS_SECRET_ACCESS_KEY: 'orchard',
  AWS_EC2_METADATA_DISABLED: 'true',
  CHECKPOINT_DISABLE: '1',
  TF_IN_AUTOMATION: '1',
};

let mirror: string | undefined;

/**
 * The folder that holds the AWS provider, as `terraform init -plugin-dir` takes it: the one that
 * `TRUELINE_TERRAFORM_MIRROR` (or `TF_PLUGIN_DIR`) names, else the first of this machine's. Throws where there is none.
 */
export function providerMirror(): string {
  mirror ??= findMirror();
  if (mirror === undefined)
    throw new Error(
      `There is no folder "${HOST}/hashicorp/aws" here: name the one above it by TRUELINE_TERRAFORM_MIRROR.`,
    );
  return mirror;
}

function findMirror(): string | undefined {
  const named = process.env['TRUELINE_TERRAFORM_MIRROR'] ?? process.env['TF_PLUGIN_DIR'];
  if (named !== undefined && named !== '') {
    if (!isMirror(named)) throw new Error(`"${named}" holds no "${HOST}/hashicorp/aws".`);
    return named;
  }
  const { root } = parse(process.cwd());
  const pending = [join(homedir(), '.terraform.d', 'plugins'), ...foldersIn(root)].map((path) => ({ path, depth: 0 }));
  // The nearest to the top first.
  for (let index = 0; index < pending.length && index < maxSearchedFolders; index++) {
    const next = pending[index];
    if (next === undefined) continue;
    if (isMirror(next.path)) return next.path;
    if (next.depth < maxSearchDepth)
      pending.push(...foldersIn(next.path).map((path) => ({ path, depth: next.depth + 1 })));
  }
  return undefined;
}

function isMirror(folder: string): boolean {
  return existsSync(join(folder, HOST, 'hashicorp', 'aws'));
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !NOT_SEARCHED.has(entry.name))
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}

/** What Terraform is run with. */
export function terraformEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, ...ENVIRONMENT };
  const configuration = environment['TF_CLI_CONFIG_FILE'];
  if (configuration !== undefined && !existsSync(configuration)) delete environment['TF_CLI_CONFIG_FILE'];
  return environment;
}

/** Runs `terraform` in a folder and returns what it prints; throws where it is missing or fails. */
export function runTerraform(folder: string, ...args: readonly string[]): string {
  const { error, status, stdout, stderr } = spawnSync('terraform', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: terraformEnvironment(),
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`terraform ${args[0]} failed:\n${stderr}`);
  return stdout;
}
