import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataNode, DataStream } from '../../../src/syntax/data/ast.js';
import { piecesOf, placeInScalar, scalarPlacer } from '../../../src/syntax/data/pieces.js';
import { nodesOf, placeIn, readData } from './outline.js';
import { yamlFixtures } from './texts.js';

function valueIn(stream: DataStream, key = 'k'): DataNode {
  const root = stream.documents[0]?.root;
  const value = root?.kind === 'mapping' ? root.entries.get(key)?.value : undefined;
  if (value === undefined) throw new Error(`no "${key}" in ${stream.source.text}`);
  return value;
}

/** Pieces as `value@line:column`, a `~` before what is not verbatim. */
function pieces(text: string): string[] {
  const stream = readData(text, 'cloudformation');
  const node = valueIn(stream);
  const value = node.kind === 'string' ? node.value : node.kind === 'number' ? node.spelling : '';
  return piecesOf(stream, node).map(({ at, start, length, isVerbatim }) => {
    const place = placeIn(stream, { start, end: start }).replace(/-.*/, '');
    return `${isVerbatim ? '' : '~'}${JSON.stringify(value.slice(at, at + length))}@${place}`;
  });
}

describe('piecesOf', () => {
  it.each([
    ['k: rye\n', ['"rye"@1:4']],
    ['k: rye\n  bread\n\n  warm\n', ['"rye"@1:4', '~" "@1:7', '"bread"@2:3', '~"\\n"@2:8', '"warm"@4:3']],
    ["k: 'it''s  \n  warm '\n", ['"it"@1:5', '~"\'"@1:7', '"s"@1:9', '~" "@1:10', '"warm "@2:3']],
    ['k: "a\\n\\u00e9\\U0001F600\\\n   b"\n', ['"a"@1:5', '~"\\n"@1:6', '~"é"@1:8', '~"😀"@1:14', '"b"@2:4']],
    ['k: |\n  a\n\n   b\n', ['"a\\n\\n"@2:3', '" b\\n"@4:3']],
    ['k: |2-\r\n   a\r\n  b\r\n', ['" a"@2:3', '~"\\n"@2:5', '"b"@3:3']],
    [
      'k: >+\n  a\n  b\n\n  c\n   d\n\n',
      ['"a"@2:3', '~" "@2:4', '"b"@3:3', '"\\n"@4:1', '"c\\n"@5:3', '" d\\n\\n"@6:3'],
    ],
    ['k: |\n  a', ['"a"@2:3', '~"\\n"@2:4']],
    ['k: |\n\n  a\n', ['"\\n"@2:1', '"a\\n"@3:3']],
    ['k: ""\n', []],
    ['k: 0644\n', ['"0644"@1:4']],
    ['k: &x\n  a\nl: *x\n', ['"a"@2:3']],
    ['{"k": "a\\/\\ud83d\\ude00"}', ['"a"@1:8', '~"/"@1:9', '~"\\ud83d"@1:11', '~"\\ude00"@1:17']],
  ])('%j', (text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  it('of an alias are those of its anchor, and of what is decoded one', () => {
    const stream = readData('a: &x rye\nk: *x\nb: !!binary "cnll"\n');
    expect([piecesOf(stream, valueIn(stream)), piecesOf(stream, valueIn(stream, 'b'))]).toEqual([
      [{ at: 0, start: 6, length: 3, isVerbatim: true }],
      [{ at: 0, start: 28, length: 3, isVerbatim: false }],
    ]);
  });
});

describe('placeInScalar', () => {
  const block = 'k: |\n  {"rye":\n    [1]}\n';
  it.each([
    ['k: "a\\tbread"\n', 2, 7, '"bread"', 'bread'],
    ['k: "a\\tbread"\n', 1, 2, '"\\t"', '\\t'],
    ['k: "a\\tbread"\n', 0, 3, '"a\\tb"', 'a\\tb'],
    ['k: "rye\\n"\n', 3, 4, '"\\n"', '\\n'],
    ["k: 'rye''s'\n", 4, 5, '"s"', 's'],
    ['k: rye\n  bread\n', 2, 5, '"e b"', 'e\n  b'],
    ['k: rye\n', 3, 3, '""', ''],
    [block, 1, 6, '"\\"rye\\""', '"rye"'],
    [block, 10, 13, '"[1]"', '[1]'],
    [block, 7, 13, '"\\n  [1]"', '\n    [1]'],
  ])('%j %i-%i', (text, from, to, value, written) => {
    const stream = readData(text);
    const node = valueIn(stream);
    const { start, end } = placeInScalar(stream, node, from, to);
    expect([JSON.stringify(node.kind === 'string' && node.value.slice(from, to)), text.slice(start, end)]).toEqual([
      value,
      written,
    ]);
  });

  it('stays in the scalar for what lies beyond its text', () => {
    const text = 'k: "rye" # bread\n';
    const stream = readData(text);
    const place = scalarPlacer(stream, valueIn(stream));
    expect(
      [place(0, 99), place(50, 60), place(-3, 1), place(1, 0)].map(({ start, end }) => text.slice(start, end)),
    ).toEqual(['rye', '', 'r', '']);
  });

  it('gives 100,000 places of one scalar in time', () => {
    const stream = readData(`k: "${'${a}\\t'.repeat(100_000)}"\n`);
    const begin = performance.now();
    const place = scalarPlacer(stream, valueIn(stream));
    for (let at = 0; at < 100_000; at++) place(at * 5, at * 5 + 4);
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});

/** What is wrong with the pieces of a text's scalars. */
function wrongPieces(text: string): string | undefined {
  const stream = readData(text, 'cloudformation');
  for (const document of stream.documents) {
    for (const node of nodesOf(document.root)) {
      if (node.kind !== 'string') continue;
      const { value } = node;
      let at = 0;
      for (const piece of piecesOf(stream, node)) {
        const read = value.slice(piece.at, piece.at + piece.length);
        const written = text.slice(piece.start, piece.start + piece.length);
        if (piece.at !== at || piece.length === 0) return `a gap at ${at} of ${JSON.stringify(value)}`;
        if (piece.isVerbatim && read !== written) return `${JSON.stringify(read)} is not ${JSON.stringify(written)}`;
        // Only white space that is folded, quotes and escapes are written otherwise than they are read.
        if (!piece.isVerbatim && !/^[\s'\\]/.test(written) && piece.start < text.length) {
          return `${JSON.stringify(read)} is not at ${JSON.stringify(written)}`;
        }
        at += piece.length;
      }
      if (at !== value.length) return `${at} of ${JSON.stringify(value)}`;
    }
  }
  return undefined;
}

describe('every verbatim piece equals its source', () => {
  it.each(yamlFixtures)('in $path', ({ text }) => {
    expect(wrongPieces(text)).toBeUndefined();
  });

  const stretches = [
    'a',
    'b c',
    '  ',
    '\n',
    '\n',
    '\n ',
    '\n   ',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '"',
    "'",
    "''",
    '\\n',
    '\\\n',
    '#',
    ': ',
    '😀',
    '\\u0041',
  ];
  const body = fc.array(fc.constantFrom(...stretches), { maxLength: 14 }).map((list) => list.join(''));

  it('in block scalars', () => {
    const header = fc.constantFrom('|', '>', '|-', '>-', '|+', '>+', '|2', '>1-', '|1+', '>2+', '| # c');
    const property = fc.property(header, body, fc.boolean(), (start, text, isIndented) => {
      const lines = isIndented ? `${start}\n${text.replace(/^|(?<=\n|\r(?!\n))/g, '   ')}\n- z` : `${start}${text}`;
      expect(wrongPieces(`- k: ${lines}`), lines).toBeUndefined();
    });
    fc.assert(property, { numRuns: 4_000 });
  });

  it('in plain and quoted scalars', () => {
    const property = fc.property(fc.constantFrom('"', "'", ''), body, (quote, text) => {
      expect(wrongPieces(`k: ${quote}${text}${quote}`), text).toBeUndefined();
    });
    fc.assert(property, { numRuns: 4_000 });
  });
});
