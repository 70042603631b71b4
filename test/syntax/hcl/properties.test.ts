import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHcl, parseHclExpression, parseHclTemplate } from '../../../src/syntax/hcl/parse-hcl.js';
import { tokenizeHcl } from '../../../src/syntax/hcl/tokens.js';
import { misplaced, misplacedIn } from './outline.js';

const folder = new URL('../../../fixtures/syntax/hcl/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.tf') || name.endsWith('.tf.json'));

function check(path: string, text: string): void {
  const file = parseHcl({ path, text });
  const wrong = misplaced(file);
  if (wrong !== undefined) expect.fail(`${wrong}: ${JSON.stringify(text)}`);
  const isSound = file.diagnostics.every(
    ({ range }) => range !== undefined && range.start >= 0 && range.start <= range.end && range.end <= text.length,
  );
  let at = 0;
  for (const token of tokenizeHcl({ path, text })) {
    if (token.start !== at || token.end <= at) break;
    at = token.end;
  }
  if (!isSound || at !== text.length) expect.fail(`${isSound} ${at} ${JSON.stringify(text)}`);
}

describe.each(files)('%s', (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8');

  it('is put together again by its tokens', () => {
    const tokens = tokenizeHcl({ path: name, text });
    expect(tokens.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
  });

  it('is parsed at every prefix', () => {
    for (let length = 0; length <= text.length; length++) check(name, text.slice(0, length));
  });

  it('is parsed with any one character deleted', () => {
    for (let at = 0; at < text.length; at++) check(name, text.slice(0, at) + text.slice(at + 1));
  });
});

describe('any text', () => {
  const pieces = [
    'a',
    'b1',
    ' ',
    '\n',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '"',
    '${',
    '%{',
    '~}',
    '$${',
    '<<A\n',
    '<<-A\n',
    '\nA\n',
    '=',
  ];
  const more = [
    '==',
    '.',
    '.*',
    '[*]',
    ',',
    ':',
    '?',
    '-',
    '!',
    '...',
    '=>',
    'for ',
    ' in ',
    'if ',
    'else',
    'endif',
    'endfor',
    '\\',
  ];
  const odd = [
    '#',
    '//',
    '/*',
    '*/',
    '1',
    '0.5',
    '::',
    '\r\n',
    '\r',
    'é',
    '\ud800',
    '\u{1f600}',
    '\0',
    '\ufeff',
    '@',
    'null',
  ];
  const texts = fc.array(fc.constantFrom(...pieces, ...more, ...odd), { maxLength: 40 }).map((list) => list.join(''));

  it('is parsed as a file, and its tokens put it together', () => {
    fc.assert(
      fc.property(texts, (text) => check('main.tf', text)),
      { numRuns: 3_000 },
    );
  });

  it('is parsed as an expression and as a template', () => {
    const property = fc.property(texts, (text) => {
      const source = { path: 'main.tf', text };
      expect(misplacedIn(parseHclExpression(source), 0, text.length, 'expression')).toBeUndefined();
      expect(misplacedIn(parseHclTemplate(source), 0, text.length, 'template')).toBeUndefined();
    });
    fc.assert(property, { numRuns: 3_000 });
  });

  it('gives an error or a tree without one', () => {
    const property = fc.property(texts, (text) => {
      const { expression, diagnostics } = parseHclExpression({ path: 'main.tf', text });
      if (diagnostics.length === 0) expect(JSON.stringify(expression)).not.toContain('"kind":"error"');
    });
    fc.assert(property, { numRuns: 3_000 });
  });

  it('is parsed as JSON syntax', () => {
    const json = fc.oneof(fc.json(), texts);
    fc.assert(
      fc.property(json, (text) => check('main.tf.json', text)),
      { numRuns: 1_000 },
    );
  });
});
