import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { relaxYaml } from '../../../scripts/relax-yaml.js';

const parser = readFileSync(new URL('../../../node_modules/js-yaml/dist/js-yaml.mjs', import.meta.url), 'utf8');

it('the edits of js-yaml fit the package that is installed, once each', () => {
  const relaxed = relaxYaml(parser);
  expect([parser.match(/"deficient indentation"/g)?.length, relaxed.match(/"deficient indentation"/g)]).toEqual([
    2,
    null,
  ]);
});

it('a package that has an edited place twice, or no longer, is refused', () => {
  expect(() => relaxYaml(relaxYaml(parser))).toThrow(
    'js-yaml has 0 places like "if (state.lineIndent < nodeIndent) throwError(state, "defici", not 1.',
  );
  expect(() => relaxYaml(parser + parser)).toThrow('js-yaml has 2 places like');
});
