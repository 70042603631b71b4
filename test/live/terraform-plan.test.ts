import { afterAll, describe, expect, test } from 'vitest';
import type { PlanComparison } from '../support/plan-comparison.js';
import { compareWithPlan, plannedFixtures, planTotals } from '../support/plan-of.js';

/** Holds the evaluation to real plans: in every fixture that plans, what is known here and in the plan must be equal. */
const shares: string[] = [];
const comparisons: PlanComparison[] = [];
afterAll(() => {
  console.info(`Known in the plan and unknown here:\n${shares.join('\n')}`);
  console.info(`plans agree: ${planTotals(comparisons)}`);
});

describe.each(plannedFixtures())('%s', (name) => {
  test('what is known here and in the plan is equal', () => {
    const comparison = compareWithPlan(name);
    const { equal, onlyHere, onlyThere, differences } = comparison;
    comparisons.push(comparison);
    shares.push(`${name}: ${onlyThere.length} of ${equal + onlyThere.length} (known only here: ${onlyHere.length})`);
    shares.push(...onlyThere.map((line) => `  ${line}`));
    expect(differences).toEqual([]);
    expect(equal).toBeGreaterThan(0);
  });
});
