import { describe, expect, test } from 'vitest';
import { isWhollyKnown } from '../../src/model/values.js';
import { evaluateTemplates } from '../support/evaluate-templates.js';
import {
  admits,
  type Json,
  PlainEvaluator,
  type RandomTemplate,
  Refused,
  randomTemplate,
  seeded,
} from '../support/random-template.js';

/** `TEMPLATES=20000` tries more. */
const COUNT = Number(process.env['TEMPLATES'] ?? 200);
const SEED = Number(process.env['SEED'] ?? 7);

interface Tally {
  readonly wrong: string[];
  agreed: number;
  known: number;
}

/** Holds what is said of one property against every way in which the parameters can be given. */
function compare(
  random: RandomTemplate,
  { result }: ReturnType<typeof evaluateTemplates>,
  [resource, name]: readonly [string, string],
  tally: Tally,
): void {
  const found = result.resources.find((one) => one.address === resource);
  const value = found?.values.entries.get(name);
  const turnedOut = new Set<string>();
  for (const assignment of random.assignments) {
    const plain = new PlainEvaluator(random.template, assignment);
    let actual: Json | undefined;
    let exists: boolean;
    try {
      exists = plain.exists(resource);
      actual = exists ? plain.property(resource, name) : undefined;
    } catch (error) {
      if (error instanceof Refused) continue;
      throw error;
    }
    const isRight = exists
      ? found !== undefined && admits(value, actual)
      : found === undefined || found.existence.kind === 'unknown';
    if (!isRight && tally.wrong.length < 3) {
      tally.wrong.push(
        JSON.stringify({ resource, name, assignment, actual, value, template: random.template }, replacer),
      );
    }
    if (exists) turnedOut.add(actual === undefined ? 'absent' : JSON.stringify(actual));
  }
  if (turnedOut.size !== 1) return;
  tally.agreed++;
  if (found !== undefined && (value === undefined || isWhollyKnown(value))) tally.known++;
}

function replacer(key: string, value: unknown): unknown {
  if (key === 'origin' || key === 'type' || key === 'layout') return undefined;
  return value instanceof Map ? Object.fromEntries(value) : value;
}

describe('random templates', () => {
  test('say nothing that one of all assignments of their parameters contradicts', () => {
    const tally: Tally = { wrong: [], agreed: 0, known: 0 };
    const random = seeded(SEED);
    for (let count = 0; count < COUNT; count++) {
      const template = randomTemplate(random);
      const evaluated = evaluateTemplates(JSON.stringify(template.template));
      for (const resource of ['A', 'B']) {
        for (const name of ['P0', 'P1', 'BucketName']) compare(template, evaluated, [resource, name], tally);
      }
    }
    if (process.env['TEMPLATES'] !== undefined)
      console.log(
        `${COUNT} templates: ${tally.known} of ${tally.agreed} decided (${((100 * tally.known) / tally.agreed).toFixed(1)} %)`,
      );
    expect(tally.wrong).toEqual([]);
    expect(tally.known / tally.agreed).toBeGreaterThan(0.89);
  });
});
