import { describe, expect, it } from 'vitest';
import type { DataDialect } from '../../../src/syntax/data/ast.js';
import { places } from '../hcl/outline.js';
import { outlineData, placeIn, readData } from './outline.js';

/** Documents with what they hold, then what is wrong. */
function read(text: string, dialect: DataDialect = 'kubernetes', path?: string): string[] {
  const stream = readData(text, dialect, path);
  const documents = stream.documents.map((document) => {
    const [, ...inner] = outlineData(stream, document.root);
    const root = inner.length === 0 ? outlineData(stream, document.root) : inner.map((line) => line.trim());
    return `${stream.form} ${placeIn(stream, document)}${document.isBroken ? ' broken' : ''} | ${root.join(' | ')}`;
  });
  return [...documents, ...places(stream.diagnostics)];
}

describe('a document with an error', () => {
  it.each([
    [
      'an open bracket',
      'a: 1\n---\nb: [x\nc: 2\n---\nd: 3\n',
      [
        'yaml 1:1-2:1 | a 1:1-1:2: 1 1:4-1:5',
        'yaml 2:1-5:1 broken | b 3:1-3:2: sequence 3:4-3:6 | - "x" 3:5-3:6',
        'yaml 5:1-7:1 | d 6:1-6:2: 3 6:4-6:5',
        '3:4-3:5 yaml-invalid-syntax The bracket "[" is not closed.',
      ],
    ],
    [
      'an open brace',
      '---\nb: {\n---\nd: 3\n',
      [
        'yaml 1:1-3:1 broken | b 2:1-2:2: mapping 2:4-2:5',
        'yaml 3:1-5:1 | d 4:1-4:2: 3 4:4-4:5',
        '2:4-2:5 yaml-invalid-syntax The bracket "{" is not closed.',
      ],
    ],
    [
      'an open quote',
      'kind: Oven\nb: "x\n---\nd: 3\n',
      [
        'yaml 1:1-3:1 broken | kind 1:1-1:5: "Oven" 1:7-1:11',
        'yaml 3:1-5:1 | d 4:1-4:2: 3 4:4-4:5',
        '3:1-3:1 yaml-invalid-syntax Missing closing quote.',
      ],
    ],
    [
      'a tab that indents',
      'kind: Oven\nb:\n\tc: 1\n---\nd: 3\n',
      [
        'yaml 1:1-4:1 broken | kind 1:1-1:5: "Oven" 1:7-1:11 | b 2:1-2:2: null 2:3-2:3',
        'yaml 4:1-6:1 | d 5:1-5:2: 3 5:4-5:5',
        '3:1-3:2 yaml-tab A tab cannot indent YAML: use spaces.',
      ],
    ],
    [
      'a tab before a line of a block',
      'b: |\n  x\n\ty\nc: 1\n',
      ['yaml 1:1-5:1 broken | b 1:1-1:2: "x\\n" 1:4-2:4', '3:1-3:2 yaml-tab A tab cannot indent YAML: use spaces.'],
    ],
    [
      'nothing before it',
      '@\n',
      [
        'yaml 1:1-2:1 broken | (invalid-value) 1:1-1:1',
        '1:1-1:2 yaml-invalid-syntax Plain value cannot start with reserved character @.',
      ],
    ],
    [
      'a mark of a merge conflict',
      'a: 1\n=======\nb: 2\n',
      [
        'yaml 1:1-4:1 broken | a 1:1-1:2: 1 1:4-1:5',
        '2:1-3:2 yaml-invalid-syntax Implicit keys need to be on a single line.',
      ],
    ],
    [
      'more behind its end',
      '{a: 1} b\n---\nc: 2\n',
      [
        'yaml 1:1-2:1 broken | a 1:2-1:3: 1 1:5-1:6',
        'yaml 2:1-4:1 | c 3:1-3:2: 2 3:4-3:5',
        '1:8-1:9 yaml-invalid-syntax Unexpected scalar at node end.',
      ],
    ],
    [
      'another behind a line "..."',
      'a: 1\n...\nb: [\n',
      [
        'yaml 1:1-1:5 | a 1:1-1:2: 1 1:4-1:5',
        'yaml 1:5-4:1 broken | b 3:1-3:2: sequence 3:4-3:5',
        '2:1-2:1 yaml-unusual-stream kubectl drops what follows a line "..." up to the next "---".',
        '3:4-3:5 yaml-invalid-syntax The bracket "[" is not closed.',
      ],
    ],
    [
      'a control character',
      'a: 1 # \u0007\n---\nb: x\0\n---\nc: 2\n',
      [
        'yaml 1:1-2:1 broken | a 1:1-1:2: 1 1:4-1:5',
        'yaml 2:1-4:1 broken | (invalid-value) 2:1-2:1',
        'yaml 4:1-6:1 | c 5:1-5:2: 2 5:4-5:5',
        '1:8-1:9 yaml-invalid-syntax YAML has no control characters.',
        '3:5-3:6 yaml-invalid-syntax Null byte is not allowed in input.',
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('what YAML does not allow and its services read', () => {
  it.each([
    ['a bracket at the column of its key', 'a: [\n  x\n]\nb: 1\n', '3:1-3:1'],
    ['an item at the first column', 'k:\n  a: {\n"b": 1\n}\n', '3:1-3:1'],
    ['a line in quotes at the first column', 'k:\n  a: "x\ny"\n  b: 1\n', '3:1-3:1'],
    ['a tab between brackets', 'a: {\n\tb: 1}\n', '2:2-2:2'],
  ])('%s', (_, text, place) => {
    const { documents, diagnostics } = readData(text);
    expect([documents.map(({ isBroken }) => isBroken), places(diagnostics)]).toEqual([
      [false],
      [`${place} yaml-under-indented The line is indented no more than the block around its brackets or quotes.`],
    ]);
  });

  it.each([
    ['k:\n  a: [\n] b: 1\n', '3:3-3:4'],
    ['k:\n  a: [\n  ] b: 1\n', '3:5-3:6'],
    ['a: "x\ny" b: 1\n', '2:4-2:5'],
    ['- [\n] - b\n', '2:3-2:4'],
    ['k:\n  "a\nb": 1\n', '3:3-3:4'],
  ])('but not what stands behind the bracket or quote: %j', (text, place) => {
    const { documents, diagnostics } = readData(text);
    expect([documents.map(({ isBroken }) => isBroken), places(diagnostics)[0]]).toEqual([
      [true],
      `${place} yaml-invalid-syntax This must stand on a line of its own.`,
    ]);
  });

  it('a block scalar is no such thing', () => {
    expect(readData('k: "a\nb"\nl: |\n  x\nm: 1\n').documents.map(({ isBroken }) => isBroken)).toEqual([false]);
  });
});

describe('what kubectl does not read in a stream', () => {
  it.each([
    ['--- {a: 1}\n', '1:5-1:5 yaml-unusual-stream kubectl refuses a line "---" with more on it.'],
    ['%YAML 1.2\n---\na: 1\n', '1:1-1:1 yaml-unusual-stream kubectl refuses a document with directives.'],
    ['a: 1\n...\nb: 2\n', '2:1-2:1 yaml-unusual-stream kubectl drops what follows a line "..." up to the next "---".'],
  ])('%j', (text, diagnostic) => {
    expect([places(readData(text).diagnostics), places(readData(text, 'cloudformation').diagnostics)]).toEqual([
      [diagnostic],
      [],
    ]);
  });

  it.each(['--- \t\na: 1\n', '---  # here\na: 1\n', 'a: 1\n...\n---\nb: 2\n', 'a: 1\n...\n'])('is not %j', (text) => {
    expect(readData(text).diagnostics).toEqual([]);
  });

  it('a tag handle is resolved', () => {
    const { documents } = readData('%TAG !y! tag:yaml.org,2002:\n---\n- !y!str 1\n- !<tag:yaml.org,2002:int> "2"\n');
    const root = documents[0]?.root;
    expect(root?.kind === 'sequence' && root.items.map(({ kind, tag }) => [kind, tag])).toEqual([
      ['string', undefined],
      ['number', undefined],
    ]);
  });
});

describe('JSON', () => {
  it('has places, exact numbers and the last of equal keys', () => {
    const text = '{"rye": 1.50, "bread": [true, null, 1e3, 12345678901234567890],\n "rye": "a\\n"}\n';
    expect(read(text, 'cloudformation', 'bakery.yaml')).toEqual([
      'json 1:1-2:15 | bread 1:15-1:22: sequence 1:24-1:63 | - true 1:25-1:29 | - null 1:31-1:35 | - 1000 (1e3) 1:37-1:40 | - 12345678901234567890 1:42-1:62 | rye 2:2-2:7: "a\\n" 2:9-2:14',
      '1:2-1:7 yaml-duplicate-key The key "rye" is written again below, and that one counts.',
    ]);
  });

  it('resolves nothing in quotes', () => {
    expect(read('{"on": "yes", "010": "~", "<<": {}}')).toEqual([
      'json 1:1-1:36 | on 1:2-1:6: "yes" 1:8-1:13 | 010 1:15-1:20: "~" 1:22-1:25 | << 1:27-1:31: mapping 1:33-1:35',
    ]);
  });

  it('may have comments and a comma at the end, which are told once each', () => {
    const text = '// rye\n{ /* bread */ "a": [1, 2,],\n  "b": {"c": 3,}, // more\n}\n';
    const stream = readData(text);
    expect([read(text), stream.comments.map(({ start, end }) => text.slice(start, end))]).toEqual([
      [
        'json 1:1-4:2 | a 2:15-2:18: sequence 2:20-2:27 | - 1 2:21-2:22 | - 2 2:24-2:25 | b 3:3-3:6: mapping 3:8-3:17 | c 3:9-3:12: 3 3:14-3:15',
        '2:25-2:26 json-comment JSON has no comma before a closing bracket: a service may refuse it.',
        '1:1-1:7 json-comment JSON has no comments: a service may refuse them.',
      ],
      ['// rye', '/* bread */', '// more'],
    ]);
  });

  it('of several values is several documents for Kubernetes only', () => {
    expect([read('{"a": 1}\n{"b": 2}\n'), read('{"a": 1}\n{"b": 2}\n', 'cloudformation', 'x.json')]).toEqual([
      ['json 1:1-1:9 | a 1:2-1:5: 1 1:7-1:8', 'json 1:9-2:9 | b 2:2-2:5: 2 2:7-2:8'],
      [
        'yaml 1:1-3:1 broken | a 1:2-1:5: 1 1:7-1:8',
        '2:1-2:2 json-invalid-syntax Expected the end of the document, found "{".',
      ],
    ]);
  });

  it('is what reads as JSON, whatever the file is called', () => {
    expect([read('{a: 1, b: yes}', 'kubernetes', 'a.json'), read('a: 1\n', 'kubernetes', 'a.json')]).toEqual([
      ['yaml 1:1-1:15 | a 1:2-1:3: 1 1:5-1:6 | b 1:8-1:9: true (yes) 1:11-1:14'],
      ['yaml 1:1-2:1 | a 1:1-1:2: 1 1:4-1:5'],
    ]);
  });

  it.each([
    ['{"a": 1,, "b": 2}', '1:9-1:10 json-invalid-syntax Expected a key in quotes, found ",".'],
    ['{"a": [1, 2', '1:12-1:12 json-invalid-syntax Expected "," or "]", found the end of the text.'],
    ['{"a": "b\n', '1:9-2:1 json-invalid-syntax A control character must be escaped in a string.'],
    ['{"a": 1} x', '1:10-1:11 json-invalid-syntax Expected a JSON value here.'],
    ['{"a": 1 /* b', '1:9-1:10 json-invalid-syntax Expected a JSON value here.'],
  ])('that is broken is told as such: %j', (text, diagnostic) => {
    expect(read(text, 'cloudformation', 'bakery.json').slice(1)).toEqual([diagnostic]);
  });

  it('keeps lone surrogates, and numbers beyond all doubles are unknown', () => {
    const { documents, diagnostics } = readData('{"a": "\\ud83d", "b": 1e999}');
    const root = documents[0]?.root;
    expect([root?.kind === 'mapping' && root.entries.get('a')?.value, places(diagnostics)]).toEqual([
      { kind: 'string', start: 6, end: 14, tag: undefined, value: '\ud83d' },
      ['1:22-1:27 yaml-invalid-value "1e999" is beyond all numbers that a service reads.'],
    ]);
  });
});

describe('comments', () => {
  it('are found wherever they stand, and nothing else is one', () => {
    const text = [
      '# before #1',
      '--- # marker',
      'a: b#c # value',
      '"d#": "#e" # quoted',
      'f: [ # bracket',
      '  g, # item #2',
      '  h ] # closed',
      'i: | # header',
      '  # content',
      '# under it',
      'j: &k#l  # anchor',
      '  m: !n#o p  # tag',
      'q: *k#l # alias',
      'r: # nothing',
      "s: 'x",
      "  # y'",
      'x: y',
      '  # multiline ends here',
      '... # end',
      '# last',
    ].join('\r\n');
    const { comments } = readData(text, 'cloudformation');
    expect(comments.map(({ start, end }) => text.slice(start, end))).toEqual([
      '# before #1',
      '# marker',
      '# value',
      '# quoted',
      '# bracket',
      '# item #2',
      '# closed',
      '# header',
      '# under it',
      '# anchor',
      '# tag',
      '# alias',
      '# nothing',
      '# multiline ends here',
      '# end',
      '# last',
    ]);
  });
});
