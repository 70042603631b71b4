import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { comparePlan, type Plan } from '../support/plan-comparison.js';
import { addedConfiguration, evaluateForPlan } from '../support/plan-fixture.js';
import { type Fixture, readFixture } from '../support/read-fixture.js';

/**
 * Holds the evaluation to real plans: in every fixture with a `plan.ok`, what is known here and in the plan must be equal.
 * The provider comes from where the CLI configuration says, or from the folder in `TF_PLUGIN_DIR`.
 */
const fixtures = new URL('../../fixtures/terraform/', import.meta.url).pathname;
const folders = readdirSync(fixtures).filter((name) => existsSync(join(fixtures, name, 'plan.ok')));

/** Dummy credentials, and nothing that asks a network. */
const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'orchard',
  AWS_SECRET_ACCESS_KEY: 'orchard',
  AWS_EC2_METADATA_DISABLED: 'true',
  CHECKPOINT_DISABLE: '1',
  TF_IN_AUTOMATION: '1',
};

function terraform(folder: string, ...args: readonly string[]): string {
  const { error, status, stdout, stderr } = spawnSync('terraform', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...ENVIRONMENT },
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`terraform ${args[0]} failed:\n${stderr}`);
  return stdout;
}

function planOf(name: string, { root, variables }: Fixture, added: string): Plan {
  const folder = mkdtempSync(join(tmpdir(), 'trueline-plan-'));
  try {
    cpSync(join(fixtures, name), folder, { recursive: true });
    const at = join(folder, root);
    writeFileSync(join(at, 'agreement.tf'), added);
    const plugins = process.env['TF_PLUGIN_DIR'];
    const pluginArgs = plugins === undefined ? [] : [`-plugin-dir=${plugins}`];
    terraform(at, 'init', '-backend=false', '-input=false', '-no-color', ...pluginArgs);
    const values = variables.flatMap((variable) => ['-var', `${variable.name}=${variable.text}`]);
    terraform(at, 'plan', '-refresh=false', '-input=false', '-no-color', '-lock=false', ...values, '-out=plan.bin');
    return JSON.parse(terraform(at, 'show', '-json', 'plan.bin'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const shares: string[] = [];
afterAll(() => console.info(`Known in the plan and unknown here:\n${shares.join('\n')}`));

describe.each(folders)('%s', (name) => {
  test('what is known here and in the plan is equal', () => {
    const fixture = readFixture(join(fixtures, name));
    const added = addedConfiguration(fixture);
    const result = evaluateForPlan(fixture, added);
    const { equal, onlyHere, onlyThere, differences } = comparePlan(result, planOf(name, fixture, added));
    shares.push(`${name}: ${onlyThere.length} of ${equal + onlyThere.length} (known only here: ${onlyHere.length})`);
    shares.push(...onlyThere.map((line) => `  ${line}`));
    expect(differences).toEqual([]);
    expect(equal).toBeGreaterThan(0);
  });
});
