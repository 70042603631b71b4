import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonNode } from '../../../src/syntax/json/ast.js';
import { parseJson } from '../../../src/syntax/json/parse-json.js';
import { places } from '../hcl/outline.js';

function plain(node: JsonNode): unknown {
  if (node.kind === 'object') return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
  if (node.kind === 'array') return node.elements.map(plain);
  if (node.kind === 'number') return Number(node.text);
  return node.kind === 'null' ? null : node.value;
}

const read = (text: string) => parseJson({ path: 'orchard.json', text });

describe('parseJson', () => {
  it('keeps places, digits and duplicate keys', () => {
    expect(read(' {"a": [1.50, true], "a": null}')).toMatchObject({
      root: {
        kind: 'object',
        start: 1,
        end: 31,
        members: [
          {
            key: 'a',
            keyStart: 2,
            keyEnd: 5,
            value: {
              kind: 'array',
              start: 7,
              end: 19,
              elements: [
                { kind: 'number', start: 8, end: 12, text: '1.50' },
                { kind: 'bool', start: 14, end: 18, value: true },
              ],
            },
          },
          { key: 'a', keyStart: 21, keyEnd: 24, value: { kind: 'null', start: 26, end: 30 } },
        ],
      },
      diagnostics: [],
    });
  });

  it('reads a range of a text', () => {
    const text = 'policy = {"a": 1} # }';
    expect(parseJson({ path: 'main.tf', text }, { start: 9, end: 17 }).root).toEqual({
      kind: 'object',
      start: 9,
      end: 17,
      members: [{ key: 'a', keyStart: 10, keyEnd: 13, value: { kind: 'number', start: 15, end: 16, text: '1' } }],
    });
    expect(parseJson({ path: 'main.tf', text }, { start: 9, end: 16 }).root).toBeUndefined();
  });

  it('keeps lone surrogates, and takes a byte order mark and any key', () => {
    expect(read('\ufeff"\\ud800 \\ud83c\\udf4e"').root).toMatchObject({ value: '\ud800 \u{1f34e}' });
    expect(read('{"__proto__": 1}').root).toMatchObject({ members: [{ key: '__proto__' }] });
  });

  const broken: [string, string][] = [
    ['', '1:1-1:1 json-invalid-syntax Expected a value, found the end of the text.'],
    ['{"a": 1,}', '1:9-1:10 json-invalid-syntax Expected a key in quotes, found "}".'],
    ['[1 2]', '1:4-1:5 json-invalid-syntax Expected "," or "]", found "2".'],
    ['[1', '1:3-1:3 json-invalid-syntax Expected "," or "]", found the end of the text.'],
    ['{"a" 1}', '1:6-1:7 json-invalid-syntax Expected ":", found "1".'],
    ['01', '1:1-1:2 json-invalid-syntax The number is not one of JSON.'],
    ['1.', '1:1-1:2 json-invalid-syntax The number is not one of JSON.'],
    ['"a', '1:1-1:3 json-invalid-syntax The string is not closed.'],
    ['"\n"', '1:2-2:1 json-invalid-syntax A control character must be escaped in a string.'],
    ['"\\x"', '1:2-1:4 json-invalid-syntax The escape is not one of JSON.'],
    ['nul', '1:1-1:2 json-invalid-syntax Expected a JSON value here.'],
    ['1 1', '1:3-1:4 json-invalid-syntax Expected the end of the document, found "1".'],
  ];

  it.each(broken)('refuses %j', (text, expected) => {
    const { root, diagnostics } = read(text);
    expect([root, ...places(diagnostics)]).toEqual([undefined, expected]);
  });

  it('10,000 levels end in a diagnostic', () => {
    for (const text of ['['.repeat(10_000), '{"a":'.repeat(10_000)]) {
      expect(places(read(text).diagnostics)[0]).toMatch(/json-nesting-too-deep Nested more than 1000 deep\.$/);
    }
    expect(read(`${'['.repeat(1_000)}${']'.repeat(1_000)}`).diagnostics).toEqual([]);
  });

  it('reads what JSON.parse reads, and refuses what it refuses', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"a"',
      '1',
      '-0.5e+3',
      'true',
      'null',
      ' ',
      '"\\n\\u0041"',
      '01',
      '.',
      '"',
      '\\',
    ];
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((list) => list.join(''));
    const property = fc.property(fc.oneof(fc.json(), texts), (text) => {
      const { root } = read(text);
      let expected: unknown;
      try {
        expected = JSON.parse(text);
      } catch {
        expect(root, text).toBeUndefined();
        return;
      }
      expect(root === undefined ? 'nothing' : plain(root), text).toEqual(expected);
    });
    fc.assert(property, { numRuns: 3_000 });
  });
});
