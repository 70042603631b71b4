import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The release of `hashicorp/aws` that the committed tables describe. */
export const AWS_PROVIDER_VERSION = '5.100.0';

const MAX_OUTPUT_BYTES = 512 * 1024 * 1024;

/** Runs `terraform` in the folder with the arguments, and returns what it prints. */
export type RunTerraform = (...args: readonly string[]) => string;

/** `hashicorp/aws` at its pinned release, and nothing else. */
export const REQUIRED_PROVIDERS = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "${AWS_PROVIDER_VERSION}"
    }
  }
}
`;

/**
 * Initialises a temporary folder that holds the files, and gives it to the function. The provider comes from where the
 * CLI configuration says, or from `--plugin-dir=<folder>` on the command line.
 */
export function inTerraformFolder<T>(files: ReadonlyMap<string, string>, use: (run: RunTerraform) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'trueline-terraform-'));
  const run: RunTerraform = (...args) => {
    const { error, status, stdout, stderr } = spawnSync('terraform', args, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: MAX_OUTPUT_BYTES,
      env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (error !== undefined) throw error;
    if (status !== 0) throw new Error(`terraform ${args[0]} failed:\n${stderr}`);
    return stdout;
  };
  try {
    for (const [name, text] of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    run('init', '-no-color', '-input=false', ...pluginFolder());
    return use(run);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pluginFolder(): readonly string[] {
  const option = process.argv.find((argument) => argument.startsWith('--plugin-dir='));
  return option === undefined ? [] : [`-plugin-dir=${option.slice('--plugin-dir='.length)}`];
}
