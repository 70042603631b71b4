import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadShippedPolicies } from '../../scripts/compile-policies.js';
import { AWS_PROVIDER_VERSION, REQUIRED_PROVIDERS } from '../../scripts/terraform.js';
import { shapeCatalogue } from '../../src/graph/shape-catalogue.js';
import type { Shape } from '../../src/model/shape.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { providerMirror, runTerraform } from './terraform.js';

/**
 * Holds what the tables say of replacement to the provider: everything that a shipped policy fixes is planned over a state
 * that is not fixed yet, and is replaced there exactly where the tables say so.
 */
const root = new URL('../../', import.meta.url).pathname;
const catalogue = shapeCatalogue(providerSchemas);

const PROVIDER = `provider "aws" {
  region                      = "eu-central-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}
`;

interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly schema_version: number;
  readonly values?: Readonly<Record<string, unknown>>;
}

interface Plan {
  readonly planned_values: { readonly root_module: { readonly resources: readonly PlannedResource[] } };
  readonly resource_changes: readonly {
    readonly type: string;
    readonly name: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Readonly<Record<string, unknown>>;
      readonly after: Readonly<Record<string, unknown>>;
      readonly replace_paths?: readonly (readonly (string | number)[])[];
    };
  }[];
}

/** The state after an apply of the plan, in which what the provider makes up has no value but the id. */
function stateOf({ planned_values: { root_module } }: Plan): string {
  return JSON.stringify({
    version: 4,
    terraform_version: '1.0.0',
    serial: 1,
    lineage: 'orchard',
    outputs: {},
    resources: root_module.resources.map(({ type, name, schema_version, values = {} }) => ({
      mode: 'managed',
      type,
      name,
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ schema_version, attributes: { id: 'orchard', ...values }, sensitive_attributes: [] }],
    })),
  });
}

/** What a plan does for what differs; the state lacks much that the provider makes up, which may replace as well. */
function actionOf({ actions, before, after, replace_paths: paths = [] }: Plan['resource_changes'][number]['change']) {
  const isReplaced = paths.some(
    ([name = '']) => before[name] !== null && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  if (isReplaced) return 'replaced';
  return actions.includes('update') || actions.includes('delete') ? 'changed' : actions.join();
}

/** `type path` in normal form → what the plan from not fixed to fixed does with the resource. */
function plannedActions(): [string, string][] {
  const folder = mkdtempSync(join(tmpdir(), 'trueline-replacement-'));
  const plan = (isFixed: boolean): Plan => {
    const options = ['-refresh=false', '-input=false', '-no-color', '-lock=false', `-var=fixed=${isFixed}`];
    runTerraform(folder, 'plan', ...options, '-out=plan.bin');
    return JSON.parse(runTerraform(folder, 'show', '-json', 'plan.bin'));
  };
  try {
    const fixture = readFileSync(join(root, 'fixtures', 'replacement', 'main.tf'), 'utf8');
    writeFileSync(join(folder, 'main.tf'), `${REQUIRED_PROVIDERS}${PROVIDER}${fixture}`);
    runTerraform(folder, 'init', '-input=false', '-no-color', `-plugin-dir=${providerMirror()}`);
    writeFileSync(join(folder, 'terraform.tfstate'), stateOf(plan(false)));
    return plan(true).resource_changes.map(({ type, name, change }) => [keyOf(type, name), actionOf(change)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A resource of the fixture is named for the path, with hyphens for dots. */
function keyOf(type: string, name: string): string {
  const parent = catalogue.typeShape(type)?.companionOf;
  const path = name.replaceAll('-', '.');
  return parent === undefined ? `${type} ${path}` : `${parent.type} ${parent.path}.${path}`;
}

/** Whether the tables say that a change at the path, or of a block that holds it, replaces the resource. */
function isReplacing(type: string, path: string): boolean {
  let shape: Shape | undefined = catalogue.typeShape(type)?.shape;
  return path.split('.').some((name) => {
    while (shape?.kind === 'list' || shape?.kind === 'set') shape = shape.element;
    shape = shape?.kind === 'object' ? shape.fields.get(name) : undefined;
    return shape?.replaces === true;
  });
}

test(`what policies fix is replaced by ${AWS_PROVIDER_VERSION} where the tables say so`, () => {
  const fixed = loadShippedPolicies(root).flatMap(({ types, fix }) =>
    [...fix.set, ...fix.append].flatMap(({ path: { text } }) => types.map((type) => `${type} ${text}`)),
  );
  const said = [...new Set(fixed)].sort().map((key) => {
    const [type = '', path = ''] = key.split(' ');
    return [key, isReplacing(type, path) ? 'replaced' : 'changed'];
  });
  expect(plannedActions().sort()).toEqual(said);
});
