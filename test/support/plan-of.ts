import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { providerMirror, runTerraform } from '../live/terraform.js';
import { comparePlan, type Plan, type PlanComparison } from './plan-comparison.js';
import { addedConfiguration, evaluateForPlan } from './plan-fixture.js';
import { type Fixture, readFixture } from './read-fixture.js';

const fixtures = new URL('../../fixtures/terraform/', import.meta.url).pathname;

/** The fixtures that plan: those with a `plan.ok`. */
export function plannedFixtures(): string[] {
  return readdirSync(fixtures).filter((name) => existsSync(join(fixtures, name, 'plan.ok')));
}

/** Holds what is evaluated of a fixture to a real plan of it. The provider comes from a local mirror. */
export function compareWithPlan(name: string): PlanComparison {
  const fixture = readFixture(join(fixtures, name));
  const added = addedConfiguration(fixture);
  return comparePlan(evaluateForPlan(fixture, added), planOf(name, fixture, added));
}

function planOf(name: string, fixture: Fixture, added: string): Plan {
  return JSON.parse(planFiles(join(fixtures, name), fixture, added).json);
}

/** A plan of a folder as JSON and as the file that Terraform writes; `added` is a file of its root module. */
export function planFiles(
  source: string,
  { root, variables }: Pick<Fixture, 'root' | 'variables'>,
  added: string,
): { readonly json: string; readonly binary: Uint8Array } {
  const folder = mkdtempSync(join(tmpdir(), 'trueline-plan-'));
  try {
    cpSync(source, folder, { recursive: true });
    const at = join(folder, root);
    writeFileSync(join(at, 'agreement.tf'), added);
    // The same again in JSON syntax.
    if (existsSync(join(at, 'main.tf'))) rmSync(join(at, 'main.tf.json'), { force: true });
    const plugins = `-plugin-dir=${providerMirror()}`;
    runTerraform(at, 'init', '-backend=false', '-input=false', '-no-color', plugins);
    const values = variables.flatMap((variable) => ['-var', `${variable.name}=${variable.text}`]);
    runTerraform(at, 'plan', '-refresh=false', '-input=false', '-no-color', '-lock=false', ...values, '-out=plan.bin');
    return {
      json: runTerraform(at, 'show', '-json', 'plan.bin'),
      binary: new Uint8Array(readFileSync(join(at, 'plan.bin'))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The counts of several comparisons in one line. */
export function planTotals(comparisons: readonly PlanComparison[]): string {
  const sum = (count: (one: PlanComparison) => number) => comparisons.reduce((total, one) => total + count(one), 0);
  const equal = sum((one) => one.equal);
  const onlyThere = sum((one) => one.onlyThere.length);
  const share = ((100 * onlyThere) / (equal + onlyThere)).toFixed(2);
  return `${equal} equal, ${sum((one) => one.differences.length)} different, ${sum((one) => one.onlyHere.length)} known only here, ${onlyThere} known only there (${share} %)`;
}
