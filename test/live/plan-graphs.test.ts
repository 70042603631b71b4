import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compareGraphs } from '../support/compare-graphs.js';
import { evaluateFiles } from '../support/evaluate-files.js';
import { graphOf, mergedBinaryPlanOf, mergedPlanOf } from '../support/evaluate-plans.js';
import { ADDED_PROVIDER, addedRequirement, evaluateForPlan } from '../support/plan-fixture.js';
import { planFiles, plannedFixtures } from '../support/plan-of.js';
import { readFixture } from '../support/read-fixture.js';

/**
 * Real plans of the fixtures, as JSON and as files, against their sources: one graph. `UPDATE=1` writes the plans that the
 * other tests read.
 */
const fixtures = new URL('../../fixtures/terraform/', import.meta.url).pathname;

function withoutTime(json: string): string {
  const { timestamp: _, ...plan } = JSON.parse(json);
  return `${JSON.stringify(plan)}\n`;
}

describe.each(plannedFixtures())('%s', (name) => {
  const fixture = readFixture(join(fixtures, name));
  const added = addedRequirement(fixture);
  const source = evaluateForPlan(fixture, added);
  let json: string;
  let binary: Uint8Array;
  beforeAll(() => {
    ({ json, binary } = planFiles(join(fixtures, name), fixture, added));
    if (process.env['UPDATE'] !== '1') return;
    writeFileSync(join(fixtures, name, 'plan.json'), withoutTime(json));
    const file = join(fixtures, name, 'plan.bin');
    if (existsSync(file)) writeFileSync(file, binary);
  });

  test('its plan with its source', () => {
    const merged = mergedPlanOf(json, source);
    const { differences, onlyFirst } = compareGraphs(graphOf(source), graphOf(merged));
    expect(merged.diagnostics).toEqual([]);
    expect({ differences, onlyFirst }).toEqual({ differences: [], onlyFirst: [] });
  });

  test('its plan file', () => {
    const merged = mergedBinaryPlanOf(binary, 'plan.bin', fixture);
    const { differences, onlyFirst } = compareGraphs(graphOf(source), graphOf(merged));
    expect(merged.diagnostics).toEqual([]);
    expect({ differences, onlyFirst }).toEqual({ differences: [], onlyFirst: [] });
  });
});

const shared = new URL('../../fixtures/same-graph/', import.meta.url).pathname;
/** What cannot be planned without a network, and why. */
const ONLINE = new Map([['gateway', 'the provider has AWS validate the definition of a state machine']]);
const written = readdirSync(shared).filter((name) => existsSync(join(shared, name, 'main.tf')) && !ONLINE.has(name));

test.each(written)('the plan of "%s" with its source', (name) => {
  const { json } = planFiles(join(shared, name), { root: '', variables: [] }, ADDED_PROVIDER);
  if (process.env['UPDATE'] === '1') writeFileSync(join(shared, name, 'plan.json'), withoutTime(json));
  const files = { 'main.tf': readFileSync(join(shared, name, 'main.tf'), 'utf8'), 'agreement.tf': ADDED_PROVIDER };
  const source = evaluateFiles(files).result;
  const merged = mergedPlanOf(json, source);
  const { differences, onlyFirst } = compareGraphs(graphOf(source), graphOf(merged));
  expect(merged.diagnostics).toEqual([]);
  expect({ differences, onlyFirst }).toEqual({ differences: [], onlyFirst: [] });
});
