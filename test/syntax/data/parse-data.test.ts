import { describe, expect, it } from 'vitest';
import type { DataDialect } from '../../../src/syntax/data/ast.js';
import { places } from '../hcl/outline.js';
import { outlineData, placeIn, plainData, readData } from './outline.js';

/** Documents as outlines, then what is wrong. */
function read(text: string, dialect: DataDialect = 'kubernetes', path?: string): string[] {
  const stream = readData(text, dialect, path);
  const documents = stream.documents.flatMap((document) => {
    const broken = document.isBroken ? ' broken' : '';
    return [`${stream.form} ${placeIn(stream, document)}${broken}`, ...outlineData(stream, document.root, '', '  ')];
  });
  return [...documents, ...places(stream.diagnostics)];
}

function values(text: string, dialect: DataDialect = 'kubernetes'): unknown {
  return readData(text, dialect).documents.map(({ root }) => plainData(root, dialect));
}

describe('places', () => {
  it('of every node and key', () => {
    const text = [
      'oven: &hot',
      '  heat: 0644',
      '  "dry" : yes # as the rye likes it',
      'menu:',
      '- !Sub ${rye}',
      "- [a: ~, 'it''s']",
      'note: |  # kept',
      '  warm',
      '',
      '',
      'again: *hot',
      'nothing:',
      '? {}',
      '',
    ].join('\n');
    expect(read(text, 'cloudformation')).toEqual([
      'yaml 1:1-14:1',
      '  mapping 1:1-13:5',
      '    oven 1:1-1:5: mapping 2:3-3:14',
      '      heat 2:3-2:7: 420 (0644) 2:9-2:13',
      '      dry 3:3-3:8: true (yes) 3:11-3:14',
      '    menu 4:1-4:5: sequence 5:1-6:18',
      '      - !Sub "${rye}" 5:8-5:14',
      '      - sequence 6:3-6:18',
      '        - mapping 6:4-6:8',
      '          a 6:4-6:5: null 6:7-6:8',
      '        - "it\'s" 6:10-6:17',
      '    note 7:1-7:5: "warm\\n" 7:7-8:7',
      '    again 11:1-11:6: *hot to mapping 11:8-11:12',
      '    nothing 12:1-12:8: null 12:9-12:9',
      '13:3-13:5 yaml-invalid-key A key must be a text.',
    ]);
  });

  it.each([
    [
      'a byte order mark',
      '\ufeffrye: 1\n---\n\ufeffbread: 2\n',
      ['rye 1:2-1:5: 1 1:7-1:8', 'bread 3:2-3:7: 2 3:9-3:10'],
    ],
    ['CRLF', 'rye: |\r\n  a\r\n  b\r\nbread: 2\r\n', ['rye 1:1-1:4: "a\\nb\\n" 1:6-3:4', 'bread 4:1-4:6: 2 4:8-4:9']],
    ['lone CR', 'rye: 1\rbread: 2\r', ['rye 1:1-1:4: 1 1:6-1:7', 'bread 1:8-1:13: 2 1:15-1:16']],
    [
      'astral characters',
      '😀: 1\n"a😀": [😀]\n',
      ['😀 1:1-1:3: 1 1:5-1:6', 'a😀 2:1-2:6: sequence 2:8-2:12', '- "😀" 2:9-2:11'],
    ],
  ])('with %s', (_, text, expected) => {
    const lines = read(text).map((line) => line.trim());
    expect(lines.filter((line) => / \d+:\d+: |^- /.test(line) || /\d: /.test(line))).toEqual(expected);
  });

  it('of documents, which empty ones are not', () => {
    expect(
      read('a: 1\n---\n# nothing\n---\nb: 2\n...\n--- # here\nc: 3\n').filter((line) => line.startsWith('yaml')),
    ).toEqual(['yaml 1:1-2:1', 'yaml 4:1-7:1', 'yaml 7:1-9:1']);
  });
});

describe('keys', () => {
  it('are resolved as values are, then text', () => {
    const text = 'on: a\n010: b\n1e3: c\n1.50: d\ny: e\n!!str 0x1: f\n2012-10-17: g\n.inf: h\n<<x: i\n';
    expect([values(text, 'kubernetes'), values(text, 'cloudformation')]).toEqual([
      [{ true: 'e', 8: 'b', 1000: 'c', 1.5: 'd', '0x1': 'f', '2012-10-17': 'g', '.inf': 'h', '<<x': 'i' }],
      [{ true: 'a', 8: 'b', '1e3': 'c', '1.50': 'd', y: 'e', '0x1': 'f', '2012-10-17': 'g', '.inf': 'h', '<<x': 'i' }],
    ]);
  });

  it('of Kubernetes that are fractions are written as Go writes a float of 32 bits', () => {
    const text = '1e6: a\n1000000: b\n123456789.5: c\n0.00001: d\n-0.1: e\n1234.5: f\n';
    expect(values(text)).toEqual([
      { '1e+06': 'a', 1000000: 'b', '1.2345679e+08': 'c', '1e-05': 'd', '-0.1': 'e', '1234.5': 'f' },
    ]);
  });

  it('that are written twice: the last one counts', () => {
    expect(read('rye: 1\nbread: 2\nrye: 3\n"rye": 4\n')).toEqual([
      'yaml 1:1-5:1',
      '  mapping 1:1-4:9',
      '    bread 2:1-2:6: 2 2:8-2:9',
      '    rye 4:1-4:6: 4 4:8-4:9',
      '1:1-1:4 yaml-duplicate-key The key "rye" is written again below, and that one counts.',
      '3:1-3:4 yaml-duplicate-key The key "rye" is written again below, and that one counts.',
    ]);
  });

  it('that are no texts are errors, and left out', () => {
    expect(read('~: a\n[b]: c\n{d: e}: f\n? |\n  g\n: h\n')).toEqual([
      'yaml 1:1-7:1',
      '  mapping 1:1-6:4',
      '    g\n 4:3-5:4: "h" 6:3-6:4',
      '1:1-1:2 yaml-invalid-key A key must be a text.',
      '2:1-2:4 yaml-invalid-key A key must be a text.',
      '3:1-3:7 yaml-invalid-key A key must be a text.',
    ]);
  });

  it('may be called as what objects have', () => {
    const root = readData('__proto__: {constructor: 1}\nconstructor: 2\n').documents[0]?.root;
    expect(root?.kind === 'mapping' && [...root.entries.keys()]).toEqual(['__proto__', 'constructor']);
  });

  it('may be an alias', () => {
    expect(values('a: &k rye\n*k : 1\n')).toEqual([{ a: 'rye', rye: { number: '1' } }]);
  });
});

describe('scalars', () => {
  it.each([
    ['!!str 0644', '0644', '0644'],
    ["!!int '0x1F'", { number: '31' }, { number: '31' }],
    ['!!float 1', { number: '1' }, { number: '1' }],
    ['!!bool on', true, true],
    ['!!bool y', true, { invalid: 'invalid-value' }],
    ['!!int 1.5', { invalid: 'invalid-value' }, { invalid: 'invalid-value' }],
    ['!!int rye', { invalid: 'invalid-value' }, { invalid: 'invalid-value' }],
    ["!!null ''", null, null],
    ['!!null rye', { invalid: 'invalid-value' }, { invalid: 'invalid-value' }],
    ['!!timestamp 2001-01-01', '2001-01-01', '2001-01-01'],
    ['! 12', '12', { number: '12' }],
    ['!!binary cnll', 'rye', 'cnll'],
    ['!!binary rye!', { invalid: 'invalid-value' }, 'rye!'],
    ['!Ref 012', '012', { 'Fn::Ref': '012' }],
    ['18446744073709551615', { number: '18446744073709551615' }, { number: '18446744073709551615' }],
    ['18446744073709551616', { number: '18446744073709552000' }, { number: '18446744073709551616' }],
    ['-9223372036854775809', { number: '-9223372036854776000' }, { number: '-9223372036854775809' }],
    ['0.10000000000000000000001', { number: '0.1' }, { number: '0.10000000000000000000001' }],
    ['1.0e+400', '1.0e+400', { invalid: 'invalid-value' }],
    ['1.5e-7', { number: '0.00000015' }, { number: '0.00000015' }],
    ['-0.0', { number: '0' }, { number: '0' }],
    ['-010', { number: '-8' }, { number: '-8' }],
    ['-.5', { number: '-0.5' }, '-.5'],
    ['+.inf', { invalid: 'invalid-value' }, { invalid: 'invalid-value' }],
    ['0X1F', { number: '31' }, '0X1F'],
    ['1__0', { number: '10' }, { number: '10' }],
    ['-1:30', '-1:30', { number: '-90' }],
    ['01:30', '01:30', '01:30'],
    [`1${'0'.repeat(2_000)}`, `1${'0'.repeat(2_000)}`, `1${'0'.repeat(2_000)}`],
  ])('%s', (text, kubernetes, cloudformation) => {
    expect([values(`- ${text}\n`, 'kubernetes'), values(`- ${text}\n`, 'cloudformation')]).toEqual([
      [[kubernetes]],
      [[cloudformation]],
    ]);
  });

  it('that cannot be read are told where they stand', () => {
    expect(read('- .inf\n- !!int rye\n- !!binary "?"\n').slice(5)).toEqual([
      '1:3-1:7 yaml-invalid-value ".inf" is not a number that JSON has.',
      '2:9-2:12 yaml-invalid-value "rye" cannot be read as !!int.',
      '3:12-3:15 yaml-invalid-value "?" cannot be read as !!binary.',
    ]);
  });

  it('with a local tag keep it, as do lists and mappings; Kubernetes reads over it', () => {
    const text = '- !Ref rye\n- !Join [a]\n- !Ref {b: 1}\n- !!set {c}\n';
    expect([values(text, 'cloudformation'), read(text).slice(9)]).toEqual([
      [[{ 'Fn::Ref': 'rye' }, { 'Fn::Join': ['a'] }, { 'Fn::Ref': { b: { number: '1' } } }, { c: null }]],
      [
        '1:8-1:11 yaml-unusual-stream Kubernetes reads over the tag "!Ref".',
        '2:9-2:12 yaml-unusual-stream Kubernetes reads over the tag "!Join".',
      ],
    ]);
  });
});

describe('merge keys', () => {
  it('say where they stand and keep the places of what they merge', () => {
    expect(read('rye: &rye {heat: 250, dry: no}\nbread:\n  <<: *rye\n  dry: yes\n')).toEqual([
      'yaml 1:1-5:1',
      '  mapping 1:1-4:11',
      '    rye 1:1-1:4: mapping 1:11-1:31',
      '      heat 1:12-1:16: 250 1:18-1:21',
      '      dry 1:23-1:26: false (no) 1:28-1:30',
      '    bread 2:1-2:6: mapping 3:3-4:11',
      '      heat 1:12-1:16 merged at 3:3-3:11: 250 1:18-1:21',
      '      dry 4:3-4:6: true (yes) 4:8-4:11',
    ]);
  });

  const overlapping = 'x: &x {a: 1}\nz: &z {a: 2}\n';
  it.each([
    ['of a list the first counts', `${overlapping}r: {<<: [*x, *z]}\n`, '1', '1'],
    ['of two the last counts for Go, the first for CloudFormation', `${overlapping}r: {<<: *x, <<: *z}\n`, '2', '1'],
    ['behind an own key: Go takes what is merged', `${overlapping}r: {a: 3, <<: *x}\n`, '1', '3'],
    ['before an own key: that counts', `${overlapping}r: {<<: *x, a: 3}\n`, '3', '3'],
    ['between two own keys: the last counts', `${overlapping}r: {a: 3, <<: *x, a: 4}\n`, '4', '4'],
    ['with a mapping that is written there', 'r: {<<: {a: 5}}\n', '5', '5'],
    ['with a tag', 'r: {!!merge <<: {a: 6}}\n', '6', '6'],
    ['of what is merged itself', `${overlapping}q: &q {<<: *z}\nr: {<<: *q}\n`, '2', '2'],
  ])('%s', (_, text, kubernetes, cloudformation) => {
    const number = (dialect: DataDialect): unknown => {
      const root = readData(text, dialect).documents[0]?.root;
      const mapping = root?.kind === 'mapping' ? root.entries.get('r')?.value : undefined;
      return mapping === undefined ? undefined : plainData(mapping, dialect);
    };
    expect([number('kubernetes'), number('cloudformation')]).toEqual([
      { a: { number: kubernetes } },
      { a: { number: cloudformation } },
    ]);
  });

  it('warn where programs differ', () => {
    const text = 'x: &x {a: 1}\nr:\n  a: 2\n  <<: *x\ns:\n  <<: *x\n  <<: {a: 3}\n';
    expect([
      places(readData(text, 'kubernetes').diagnostics),
      places(readData(text, 'cloudformation').diagnostics),
    ]).toEqual([
      [
        '3:3-3:4 yaml-duplicate-key The key "a" is merged again by a "<<" below: kubectl takes that one, other programs this one.',
        '6:3-6:9 yaml-duplicate-key The key "a" is merged again by a "<<" below: kubectl takes that one, other programs this one.',
      ],
      [
        '3:3-3:4 yaml-duplicate-key The key "a" is merged again by a "<<" below: this one counts, for other programs that one.',
        '6:3-6:9 yaml-duplicate-key The key "a" is merged again by a "<<" below: this one counts, for other programs that one.',
      ],
    ]);
  });

  it('are keys like others in quotes and in JSON', () => {
    expect([values('r: {"<<": {a: 1}}\n'), values('{"r": {"<<": {"a": 1}}}')]).toEqual([
      [{ r: { '<<': { a: { number: '1' } } } }],
      [{ r: { '<<': { a: { number: '1' } } } }],
    ]);
  });

  it('of what is no mapping make the mapping unknown', () => {
    expect(read('r:\n  a: 1\n  <<: 3\ns:\n  <<: *nowhere\n')).toEqual([
      'yaml 1:1-6:1',
      '  mapping 1:1-5:15',
      '    r 1:1-1:2: (invalid-value) 2:3-3:8',
      '    s 4:1-4:2: (invalid-value) 5:3-5:15',
      '3:7-3:8 yaml-invalid-value "<<" merges what is no mapping.',
      '5:7-5:15 yaml-bad-alias There is no anchor "nowhere" before here.',
    ]);
  });

  it('of what is no mapping break a document at its root, which tells what is written', () => {
    expect(read('kind: Oven\n<<: [3]\n')).toEqual([
      'yaml 1:1-3:1 broken',
      '  mapping 1:1-2:8',
      '    kind 1:1-1:5: "Oven" 1:7-1:11',
      '2:5-2:8 yaml-invalid-syntax "<<" at the root of a document merges what is no mapping.',
    ]);
  });
});

describe('aliases', () => {
  it('share the node of their anchor', () => {
    const root = readData('a: &x {b: 1}\nc: *x\nd: *x\n').documents[0]?.root;
    const entries = root?.kind === 'mapping' ? [...root.entries.values()].map(({ value }) => value) : [];
    const targets = entries.map((node) => (node.kind === 'alias' ? node.target : node));
    expect(new Set(targets).size).toBe(1);
  });

  it('mean the latest anchor before them, also within another of its name', () => {
    expect(values('a: &x 1\nb: *x\nc: &x [&x 2, *x]\nd: *x\n')).toEqual([
      { a: { number: '1' }, b: { number: '1' }, c: [{ number: '2' }, { number: '2' }], d: { number: '2' } },
    ]);
  });

  it('of nothing, of themselves and of another document are unknown values', () => {
    expect(read('a: *x\nb: &y [*y]\nc: &x 1\n---\nd: *x\ne: *.bakery.example\n')).toEqual([
      'yaml 1:1-4:1',
      '  mapping 1:1-3:8',
      '    a 1:1-1:2: (invalid-value) 1:4-1:6',
      '    b 2:1-2:2: sequence 2:7-2:11',
      '      - (invalid-value) 2:8-2:10',
      '    c 3:1-3:2: 1 3:7-3:8',
      'yaml 4:1-7:1',
      '  mapping 5:1-6:20',
      '    d 5:1-5:2: (invalid-value) 5:4-5:6',
      '    e 6:1-6:2: (invalid-value) 6:4-6:20',
      '1:4-1:6 yaml-bad-alias There is no anchor "x" before here.',
      '2:8-2:10 yaml-bad-alias "y" contains itself.',
      '5:4-5:6 yaml-bad-alias There is no anchor "x" before here.',
      '6:4-6:20 yaml-bad-alias There is no anchor ".bakery.example" before here.',
    ]);
  });
});
