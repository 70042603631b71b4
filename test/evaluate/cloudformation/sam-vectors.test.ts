import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { expandSam } from '../../../src/evaluate/cloudformation/sam/expand-sam.js';
import { plainValue, templateTree } from '../../support/data-nodes.js';
import { differences } from '../../support/sam-comparison.js';

interface Vector {
  readonly name: string;
  readonly template?: Record<string, never>;
  readonly templateText?: string;
  readonly parameters?: Record<string, string>;
  readonly translated: Record<string, never>;
}

const vectors = JSON.parse(readFileSync('fixtures/evaluate/sam-vectors.json', 'utf8')) as Vector[];

describe('the recorded answers of the SAM translator', () => {
  test.each(vectors.map((vector, index) => [`${index} ${vector.name}`, vector] as const))('%s', (_, vector) => {
    const text = vector.templateText ?? JSON.stringify(vector.template, null, 2);
    const source = { path: 'template.yaml', text };
    const template = templateTree(source);
    const declared = (plainValue(template) as { Parameters?: Record<string, { Default?: string }> }).Parameters ?? {};
    const defaults = Object.entries(declared).flatMap(([name, { Default }]) =>
      Default === undefined ? [] : [[name, Default] as const],
    );
    const parameters = { ...Object.fromEntries(defaults), ...vector.parameters };
    const expanded = expandSam(template, { source, parameters: new Map(Object.entries(parameters)) });
    if ('error' in vector.translated) {
      expect(expanded.diagnostics.length).toBeGreaterThan(0);
      return;
    }
    expect(differences(plainValue(expanded.template) as never, vector.translated, parameters)).toEqual([]);
  });
});
