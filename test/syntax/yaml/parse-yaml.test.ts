import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { YamlNode } from '../../../src/syntax/yaml/ast.js';
import { parseYaml, resolveScalar, toPlain } from '../../../src/syntax/yaml/parse-yaml.js';
import { unsupportedTag, type YamlDialect } from '../../../src/syntax/yaml/resolve-scalar.js';
import { misplacedIn, places } from '../hcl/outline.js';

const read = (text: string) => parseYaml({ path: 'bakery.yaml', text });

/** A node as indented lines: kind, tag, and the text at its place. */
function outline(node: YamlNode, text: string, indent = ''): string[] {
  const tag = node.tag === undefined ? '' : ` ${node.tag}`;
  const own = `${indent}${node.kind}${tag} ${JSON.stringify(text.slice(node.start, node.end))}`;
  if (node.kind === 'scalar') return [own];
  const children = node.kind === 'mapping' ? node.entries.flatMap(({ key, value }) => [key, value]) : node.items;
  return [own, ...children.flatMap((child) => outline(child, text, `${indent}  `))];
}

describe('parseYaml', () => {
  it('places every node', () => {
    const text = 'oven: &hot {heat: 250, "dry": }\nmenu:\n- !Ref rye\n- [a: b, c]\nnote: |\n  warm\nagain: *hot\n';
    const { documents, diagnostics } = read(text);
    expect([...documents.flatMap((document) => outline(document, text)), ...places(diagnostics)]).toEqual([
      `mapping ${JSON.stringify(text.slice(0, -1))}`,
      '  scalar "oven"',
      '  mapping "{heat: 250, \\"dry\\": }"',
      '    scalar "heat"',
      '    scalar "250"',
      '    scalar "\\"dry\\""',
      '    scalar ""',
      '  scalar "menu"',
      '  sequence "- !Ref rye\\n- [a: b, c]"',
      '    scalar !Ref "rye"',
      '    sequence "[a: b, c]"',
      '      mapping "a: b"',
      '        scalar "a"',
      '        scalar "b"',
      '      scalar "c"',
      '  scalar "note"',
      '  scalar "|\\n  warm"',
      '  scalar "again"',
      '  mapping "{heat: 250, \\"dry\\": }"',
      '    scalar "heat"',
      '    scalar "250"',
      '    scalar "\\"dry\\""',
      '    scalar ""',
    ]);
  });

  it('resolves tag handles', () => {
    const { documents } = read(
      '%TAG !y! tag:yaml.org,2002:\n---\n[!y!str a, !<tag:yaml.org,2002:int> 1, !!bool b, !x c]\n',
    );
    const root = documents[0];
    expect(root?.kind === 'sequence' && root.items.map(({ tag }) => tag)).toEqual(['!!str', '!!int', '!!bool', '!x']);
  });

  it('keeps the documents that can be read', () => {
    const text = 'a: 1\n---\nb: [\n---\nc: 3\n---\n# nothing\n---\nd: *nowhere\n---\n\nf: 6\n';
    const { documents, diagnostics } = read(text);
    expect([documents.map(toPlain), places(diagnostics)]).toEqual([
      [{ a: 1 }, { c: 3 }, { f: 6 }],
      [
        '3:4-3:5 yaml-invalid-syntax The bracket "[" is not closed.',
        '9:4-9:12 yaml-invalid-syntax There is no anchor "nowhere" before here.',
      ],
    ]);
  });

  it('takes brackets and quotes that are indented too little, as kubectl does', () => {
    const text = 'rules:\n  - verbs: [\n"get",\n  "list"\n]\n    note: "a\nb"\nlast: [\n]\n';
    const { documents, diagnostics } = read(text);
    expect([documents.map(toPlain), places(diagnostics).map((place) => place.slice(0, 27))]).toEqual([
      [{ rules: [{ verbs: ['get', 'list'], note: 'a b' }], last: [] }],
      ['3:1-3:1 yaml-under-indented'],
    ]);
    const root = documents[0];
    const last = root?.kind === 'mapping' ? root.entries[1] : undefined;
    expect([last?.key, last?.value].map((node) => text.slice(node?.start, node?.end))).toEqual(['last', '[\n]']);
  });

  it('gives up mending a hostile text in time', () => {
    const begin = performance.now();
    read(`a: [\n${'x,\n'.repeat(100_000)}]\n`);
    expect(performance.now() - begin).toBeLessThan(10_000);
  });

  it('refuses an anchor that contains itself', () => {
    expect(places(read('a: &x [*x]\n').diagnostics)).toEqual(['1:8-1:10 yaml-invalid-syntax "x" contains itself.']);
  });

  it('an alias bomb ends in a diagnostic', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    const { documents, diagnostics } = read(lines.join('\n'));
    expect([documents, diagnostics.map(({ code, message }) => [code, message])]).toEqual([
      [],
      [['limit-reached', 'Aliases repeat more than 1000000 nodes.']],
    ]);
  });

  it('depth ends in a diagnostic, also through aliases', () => {
    expect(read('['.repeat(10_000)).diagnostics.map(({ code }) => code)).toEqual(['limit-reached']);
    const chain = Array.from({ length: 700 }, (_, i) => `- &a${i} [${i === 0 ? 'x' : `*a${i - 1}`}]`).join('\n');
    expect(read(chain).diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['limit-reached', 'Nested more than 500 deep.'],
    ]);
  });

  it('never throws, and every place lies in its parent', () => {
    const pieces = [
      'a',
      ': ',
      '- ',
      '\n',
      '  ',
      '[',
      ']',
      '{',
      '}',
      ', ',
      '&x ',
      '*x',
      '!t ',
      '"',
      "'",
      '|\n',
      '>-\n',
      '#',
      '---\n',
      '? ',
      '\t',
      '%',
      '\0',
      '\ufeff',
    ];
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((list) => list.join(''));
    const property = fc.property(texts, (text) => {
      const { documents, diagnostics } = read(text);
      if (!text.includes('*x')) expect(misplacedIn(documents, 0, text.length, 'documents'), text).toBeUndefined();
      for (const { range } of diagnostics)
        expect(range !== undefined && range.start <= range.end && range.end <= text.length).toBe(true);
    });
    fc.assert(property, { numRuns: 3_000 });
  });
});

describe('toPlain', () => {
  it('gives values of the core schema, and keys without meaning', () => {
    const root = read(
      '__proto__: {polluted: 1}\nyes: no\nn: 0x1F\no: 0o17\nd: 010\nf: .5\nt: 2020-01-01\ne: \nconstructor: a\n',
    ).documents[0];
    const plain = root === undefined ? undefined : toPlain(root);
    expect(Object.getPrototypeOf(plain)).toBeNull();
    expect(Object.entries(plain ?? {})).toEqual([
      ['__proto__', { polluted: 1 }],
      ['yes', 'no'],
      ['n', 31],
      ['o', 15],
      ['d', 10],
      ['f', 0.5],
      ['t', '2020-01-01'],
      ['e', null],
      ['constructor', 'a'],
    ]);
    expect('polluted' in {}).toBe(false);
  });
});

function resolved(text: string, dialect: YamlDialect): string {
  const { documents, diagnostics } = read(`a: ${text}`);
  const root = documents[0];
  const value = root?.kind === 'mapping' ? root.entries[0]?.value : undefined;
  if (value === undefined || diagnostics.length > 0 || unsupportedTag(value, dialect) !== undefined) return 'ERR';
  if (value.kind !== 'scalar') return 'collection';
  const scalar = resolveScalar(value, dialect);
  if (scalar.kind === 'null') return 'null';
  if (scalar.kind === 'number') return /[IN]/.test(scalar.text) ? 'ERR' : JSON.stringify(Number(scalar.text));
  return JSON.stringify(scalar.value);
}

describe('resolveScalar', () => {
  const file = new URL('../../../fixtures/syntax/yaml/terraform-yamldecode.json', import.meta.url);
  const vectors: { scalars: Record<string, string>; tags: Record<string, string> } = JSON.parse(
    readFileSync(file, 'utf8'),
  );

  it.each(Object.entries({ ...vectors.scalars, ...vectors.tags }))('terraform: %j', (text, answer) => {
    const expected = answer === 'ERR' ? 'ERR' : JSON.parse(answer).a;
    const want = typeof expected === 'object' && expected !== null ? 'collection' : JSON.stringify(expected);
    expect(resolved(text, 'terraform')).toBe(answer === 'ERR' ? 'ERR' : want);
  });

  it('terraform drops the newline that a block scalar does not have', () => {
    expect(resolved('|\n  x', 'terraform')).toBe('"x"');
    expect(resolved('|\n  x\n', 'terraform')).toBe('"x\\n"');
    expect(resolved('|\n  x', 'core')).toBe('"x\\n"');
  });

  const core: [string, string][] = [
    ['yes', '"yes"'],
    ['y', '"y"'],
    ['True', 'true'],
    ['~', 'null'],
    ['010', '10'],
    ['1_000', '"1_000"'],
    ['2020-01-01', '"2020-01-01"'],
    ['!!str 10', '"10"'],
    ["!!int '10'", '10'],
    ['! 12', '"12"'],
    ["'true'", '"true"'],
  ];
  it.each(core)('core: %j', (text, expected) => {
    expect(resolved(text, 'core')).toBe(expected);
  });
});
