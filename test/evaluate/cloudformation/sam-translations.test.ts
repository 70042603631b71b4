import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { expandSam } from '../../../src/evaluate/cloudformation/sam/expand-sam.js';
import { plainValue, templateTree } from '../../support/data-nodes.js';
import { differences } from '../../support/sam-comparison.js';

interface Translation {
  readonly name: string;
  readonly parameters: Record<string, string>;
  readonly translated: Record<string, never>;
}

const texts = readFileSync('fixtures/evaluate/sam-templates.yaml', 'utf8').split('\n---\n');
const translations = JSON.parse(readFileSync('fixtures/evaluate/sam-translations.json', 'utf8')) as Translation[];

/** Templates of our own against the answers that scripts/regenerate-sam-vectors.py recorded. */
describe('templates as the SAM translator translates them', () => {
  test.each(translations.map((translation, index) => [translation.name, translation, texts[index] ?? ''] as const))(
    '%s',
    (name, { parameters, translated }, text) => {
      const source = { path: 'template.yaml', text };
      const template = templateTree(source);
      expect(plainValue(template)).toMatchObject({ Metadata: { Vector: name } });
      const expanded = expandSam(template, { source, parameters: new Map(Object.entries(parameters)) });
      expect(differences(plainValue(expanded.template) as never, translated, parameters)).toEqual([]);
      expect(expanded.diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
    },
  );
});
