import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { comparePlan, type Plan } from '../support/plan-comparison.js';
import { addedConfiguration, evaluateForPlan } from '../support/plan-fixture.js';
import { type Fixture, readFixture } from '../support/read-fixture.js';
import { providerMirror, runTerraform } from './terraform.js';

/**
 * Holds the evaluation to real plans: in every fixture with a `plan.ok`, what is known here and in the plan must be equal.
 * The provider comes from a local mirror.
 */
const fixtures = new URL('../../fixtures/terraform/', import.meta.url).pathname;
const folders = readdirSync(fixtures).filter((name) => existsSync(join(fixtures, name, 'plan.ok')));

function planOf(name: string, { root, variables }: Fixture, added: string): Plan {
  const folder = mkdtempSync(join(tmpdir(), 'trueline-plan-'));
  try {
    cpSync(join(fixtures, name), folder, { recursive: true });
    const at = join(folder, root);
    writeFileSync(join(at, 'agreement.tf'), added);
    const plugins = `-plugin-dir=${providerMirror()}`;
    runTerraform(at, 'init', '-backend=false', '-input=false', '-no-color', plugins);
    const values = variables.flatMap((variable) => ['-var', `${variable.name}=${variable.text}`]);
    runTerraform(at, 'plan', '-refresh=false', '-input=false', '-no-color', '-lock=false', ...values, '-out=plan.bin');
    return JSON.parse(runTerraform(at, 'show', '-json', 'plan.bin'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const shares: string[] = [];
const totals = { equal: 0, onlyThere: 0, onlyHere: 0, different: 0 };
afterAll(() => {
  console.info(`Known in the plan and unknown here:\n${shares.join('\n')}`);
  const { equal, onlyThere, onlyHere, different } = totals;
  const share = ((100 * onlyThere) / (equal + onlyThere)).toFixed(2);
  console.info(
    `plans agree: ${equal} equal, ${different} different, ${onlyHere} known only here, ${onlyThere} known only there (${share} %)`,
  );
});

describe.each(folders)('%s', (name) => {
  test('what is known here and in the plan is equal', () => {
    const fixture = readFixture(join(fixtures, name));
    const added = addedConfiguration(fixture);
    const result = evaluateForPlan(fixture, added);
    const { equal, onlyHere, onlyThere, differences } = comparePlan(result, planOf(name, fixture, added));
    totals.equal += equal;
    totals.onlyThere += onlyThere.length;
    totals.onlyHere += onlyHere.length;
    totals.different += differences.length;
    shares.push(`${name}: ${onlyThere.length} of ${equal + onlyThere.length} (known only here: ${onlyHere.length})`);
    shares.push(...onlyThere.map((line) => `  ${line}`));
    expect(differences).toEqual([]);
    expect(equal).toBeGreaterThan(0);
  });
});
