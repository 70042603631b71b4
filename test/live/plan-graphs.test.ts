import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compareGraphs } from '../support/compare-graphs.js';
import { graphOf, mergedBinaryPlanOf, mergedPlanOf } from '../support/evaluate-plans.js';
import { addedRequirement, evaluateForPlan } from '../support/plan-fixture.js';
import { planFiles, plannedFixtures } from '../support/plan-of.js';
import { readFixture } from '../support/read-fixture.js';

/**
 * Real plans of the fixtures, as JSON and as files, against their sources: one graph. `UPDATE=1` writes the plans that the
 * other tests read.
 */
const fixtures = new URL('../../fixtures/terraform/', import.meta.url).pathname;

describe.each(plannedFixtures())('%s', (name) => {
  const fixture = readFixture(join(fixtures, name));
  const added = addedRequirement(fixture);
  const source = evaluateForPlan(fixture, added);
  let json: string;
  let binary: Uint8Array;
  beforeAll(() => {
    ({ json, binary } = planFiles(name, fixture, added));
    if (process.env['UPDATE'] !== '1') return;
    const { timestamp: _, ...plan } = JSON.parse(json);
    writeFileSync(join(fixtures, name, 'plan.json'), `${JSON.stringify(plan)}\n`);
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
