import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../../src/source/line-index.js';
import type { DataStream } from '../../../src/syntax/data/ast.js';
import { placeIn, readData } from './outline.js';

/** Documents that can be read and those that cannot, then what is wrong; in time, whatever the text. */
function read(text: string, path?: string): string[] {
  const begin = performance.now();
  const stream = readData(text, 'kubernetes', path);
  expect(performance.now() - begin).toBeLessThan(60_000);
  const index = new LineIndex(text);
  // `places` indexes the lines once a diagnostic.
  const told = stream.diagnostics.map(({ code, message, range }) => {
    return `${range === undefined ? '' : `${placeIn(stream, range, index)} `}${code} ${message}`;
  });
  return [countsOf(stream), ...told];
}

function countsOf({ documents }: DataStream): string {
  const broken = documents.filter(({ isBroken }) => isBroken).length;
  return `${documents.length - broken} read, ${broken} broken`;
}

const after = '\n---\nrye: 1\n';

describe('hostile texts', { timeout: 120_000 }, () => {
  it('an alias bomb', () => {
    const levels = Array.from({ length: 10 }, (_, i) => {
      const items = Array(10).fill(i === 0 ? 'x' : `*a${i - 1}`);
      return `a${i}: &a${i} [${items.join(', ')}]`;
    });
    expect(read(levels.join('\n') + after)).toEqual([
      '1 read, 1 broken',
      expect.stringMatching(/^6:\d+-6:\d+ limit-reached Aliases repeat more than 1000000 nodes\.$/),
    ]);
  });

  it('merge keys of merge keys', () => {
    const levels = Array.from(
      { length: 2_000 },
      (_, i) => `a${i}: &a${i} {${i === 0 ? '' : `<<: *a${i - 1}, `}k${i}: 1}`,
    );
    expect(read(levels.join('\n') + after)).toEqual([
      '1 read, 1 broken',
      '500:13-500:33 limit-reached Nested more than 500 deep.',
    ]);
  });

  it('a million merge keys', () => {
    expect(read(`x: &x {a: 1}\nr:\n${'  <<: *x\n'.repeat(1_000_000)}${after}`)[0]).toBe('1 read, 1 broken');
  });

  it('a hundred thousand merge keys that merge nothing', () => {
    expect(read(`r:\n${'  <<: {}\n'.repeat(100_000)}`)).toEqual(['1 read, 0 broken']);
  });

  it('a mapping that merges 10,001 keys', () => {
    const keys = Array.from({ length: 10_001 }, (_, i) => `k${i}: 1`).join(', ');
    expect([read(`r: {<<: {${keys}}}\n`), read(`r: {<<: {${keys.slice(0, keys.lastIndexOf(','))}}}\n`)]).toEqual([
      ['0 read, 1 broken', '1:5-1:7 limit-reached A mapping merges more than 10000 keys.'],
      ['1 read, 0 broken'],
    ]);
  });

  it('a chain of aliases, each within the next', () => {
    const chain = Array.from({ length: 700 }, (_, i) => `- &a${i} [${i === 0 ? 'x' : `*a${i - 1}`}]`).join('\n');
    expect(read(chain + after)).toEqual(['1 read, 1 broken', '500:9-500:16 limit-reached Nested more than 500 deep.']);
  });

  it.each([
    ['between brackets', '['.repeat(10_000)],
    ['between braces', '{a: '.repeat(10_000)],
    ['by indentation', Array.from({ length: 2_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['by dashes', `${'- '.repeat(10_000)}x`],
    ['by question marks', `${'? '.repeat(10_000)}x`],
  ])('depth %s', (_, text) => {
    const [counts, ...diagnostics] = read(text + after);
    expect([counts, diagnostics.map((line) => line.replace(/^\S+ /, ''))]).toEqual([
      '1 read, 1 broken',
      ['limit-reached Nesting exceeded maxDepth (100).'],
    ]);
  });

  it('depth in JSON', () => {
    const text = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    expect(read(text, 'bakery.json')).toEqual([
      '0 read, 1 broken',
      '1:492-1:493 limit-reached Nesting exceeded maxDepth (100).',
    ]);
  });

  it('100,001 documents', () => {
    const document = '---\na: 1\n';
    expect([read(document.repeat(100_001)), read(`${document.repeat(100_000)}---\n# end\n`)]).toEqual([
      ['100000 read, 0 broken', '200001:1-200001:1 limit-reached The file has more than 100000 documents.'],
      ['100000 read, 0 broken'],
    ]);
  });

  it('documents that are all broken: a thousand are told', () => {
    const lines = read('---\na: [\n'.repeat(5_000));
    expect([lines[0], lines.length]).toEqual(['0 read, 5000 broken', 1_001]);
  });

  it('oddities hide no error', () => {
    const lines = read(`${'---\na: [\n]\n'.repeat(5_000)}---\nb: [\n`);
    expect([lines[0], lines.length, lines.at(-1)]).toEqual([
      '5000 read, 1 broken',
      1_002,
      '15002:4-15002:5 yaml-invalid-syntax The bracket "[" is not closed.',
    ]);
  });

  it('more than 32 MB', () => {
    expect(read(`a: ${'x'.repeat(32 * 1024 * 1024)}`)).toEqual([
      '0 read, 0 broken',
      '1:1-1:33554436 limit-reached The file has more than 33554432 characters.',
    ]);
  });

  const long = 1024 * 1024;
  it.each([
    ['a plain scalar of 5 MB', `a: ${'x'.repeat(5 * long)}`],
    ['a quoted scalar', `a: "${'x'.repeat(long)}"`],
    ['a quoted scalar of escapes', `a: "${'\\n'.repeat(long / 2)}"`],
    ['a comment', `a: 1 #${'#'.repeat(long)}`],
    ['dashes', `a: ${'-'.repeat(long)}`],
    ['spaces', `a:${' '.repeat(long)}1`],
    ['items between brackets of 5 MB', `a: [${'x, '.repeat(long)}]`],
    ['pairs between brackets', `a: [${'x: y, '.repeat(long / 10)}]`],
    ['empty pairs between brackets', `a: [${'? , '.repeat(long / 10)}]`],
    ['keys without values between braces', `a: {${Array.from({ length: 60_000 }, (_, i) => `k${i}`).join(',')}}`],
    ['an alias', `a: &a 1\nb: *${'a'.repeat(long)}`.replace('b: *a', 'b: &')],
    ['a tag', `a: !${'t'.repeat(long)} 1`],
  ])('one line: %s', (_, text) => {
    expect(read(text)[0]).toBe('1 read, 0 broken');
  });

  it.each([
    ['blank lines', `a:${'\n'.repeat(long)}b: 1`],
    ['comments', `a: 1\n${'#\n'.repeat(long / 2)}`],
    ['lines of a plain scalar', `a: ${'x\n  '.repeat(long / 4)}`],
    ['lines of a block scalar', `a: >\n${'  x\n'.repeat(long / 4)}`],
    ['empty keys', `${'?\n'.repeat(60_000)}`],
    ['blanks before empty keys', `a: 1\n${' '.repeat(100_000)}\n${'?\n'.repeat(20_000)}`],
    ['open brackets that are no documents', '---x\n[\n'.repeat(60_000)],
    ['directives', '%a\n'.repeat(100_000)],
    ['byte order marks', '\ufeff\n'.repeat(100_000)],
    ['line separators before dashes', 'a: x\u2028---\n'.repeat(40_000)],
    ['duplicate keys', 'rye: 1\n'.repeat(60_000)],
    ['keys', Array.from({ length: 50_000 }, (_, i) => `k${i}: 1\n`).join('')],
    ['anchors and aliases', Array.from({ length: 30_000 }, (_, i) => `- &a${i} x\n- *a${i}\n`).join('')],
  ])('many lines: %s', (_, text) => {
    expect(read(text)[0]).toMatch(/^\d+ read, \d+ broken$/);
  });

  it('numbers of 300,000 digits', () => {
    const digits = '7'.repeat(300_000);
    expect(read(`- ${digits}\n- 0x${digits}\n- 0${digits}\n- 1:${digits}\n- 1.0e+${digits}\n`)).toEqual([
      '1 read, 0 broken',
    ]);
  });

  it('a merge key in its own anchor', () => {
    expect(read('a: &a\n  b: 1\n  <<: *a\n')).toEqual([
      '1 read, 0 broken',
      '3:7-3:9 yaml-bad-alias "a" contains itself.',
    ]);
  });

  it('keys that objects have', () => {
    const { documents } = readData('__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 2}}\n');
    const root = documents[0]?.root;
    expect([root?.kind === 'mapping' && [...root.entries.keys()], 'polluted' in {}]).toEqual([
      ['__proto__', 'constructor'],
      false,
    ]);
  });
});
