import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Expression, HclFile } from '../../../src/syntax/hcl/ast.js';
import { parseHcl, parseHclExpression, parseHclTemplate } from '../../../src/syntax/hcl/parse-hcl.js';
import { toBody } from '../../../src/syntax/hcl/to-body.js';
import { outline, outlineBody, parts, places } from './outline.js';

function read(text: string, path = 'main.tf'): HclFile {
  return parseHcl({ path, text });
}

function expression(text: string): string {
  const parsed = parseHclExpression({ path: '-var', text });
  return [outline(parsed.expression), ...places(parsed.diagnostics)].join('\n');
}

describe('expressions', () => {
  const cases: [string, string][] = [
    ['1 + 2 * 3 - 4', '((1 + (2 * 3)) - 4)'],
    ['a || b && c == d < e', '(a || (b && (c == (d < e))))'],
    ['-a.b + !c', '((-a.b) + (!c))'],
    ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
    ['a.0.b[1]["c"]', 'a[0 legacy].b[1][<"c">]'],
    ['a[*].b[0].c', 'splat(a, full.b[0].c)'],
    ['a.*.b.0[1]', 'splat(a, flat.b[0])[1]'],
    ['a[*].b[*].c.*.d[2]', 'splat(a, full.b splat(full.c splat(flat.d)[2]))'],
    ['core::f(a, b...)', 'core::f(a, b...)'],
    ['[for a in b : c if d]', 'for(a in b: c if d)'],
    ['{\nfor a, b in c :\na => b... }', 'for(a, b in c: a => b...)'],
    ['{a = 1, "b": 2\n(c) = 3, true = 4}', '{<"a"> = 1, <"b"> = 2, paren(c) = 3, <"true"> = 4}'],
    ['"a${b}c"', '<"a"|b|"c">'],
    ['"${a}"', '<a>'],
    ['" ${~ a}"', '<""|a>'],
    ['""', '<>'],
    ['"%{ if a }b%{ else }c%{ endif }"', '<if a <"b"> else <"c">>'],
    ['"%{ for a, b in c }${a}%{ endfor }"', '<for a, b in c <a>>'],
    ['<<EOT\na\nEOT', 'heredoc<"a\\n">'],
    ['\n1\n+\n2\n', '(1 + 2)'],
    ['12345678901234567890.50', '12345678901234567890.50'],
    ['größe-x', 'größe-x'],
    ['"e\u0301"', '<"é">'],
  ];

  it.each(cases)('%j', (text, expected) => {
    expect(expression(text)).toBe(expected);
  });

  it('say what is wrong, and where', () => {
    expect(expression('[1, 2')).toBe(
      'ERROR\n1:1-1:2 hcl-unclosed-bracket The list is not closed before the end of the text.',
    );
    expect(expression('1 2')).toBe(
      'ERROR\n1:3-1:4 hcl-unexpected-token Expected the end of the expression, found "2".',
    );
    expect(expression('')).toBe('ERROR\n1:1-1:1 hcl-missing-expression A value is missing here.');
    // A key of `providers`: where a value is made of it, it is ambiguous, which evaluation says.
    expect(expression('{a.b = 1}')).toBe('{a.b = 1}');
    expect(expression('"a ${b c} d ${e}"')).toBe(
      '<"a "|ERROR|" d "|e>\n1:8-1:9 hcl-unclosed-template Expected "}" at the end of the template sequence, found "c".',
    );
    expect(expression('"%{ if a }b"')).toBe(
      '<ERROR>\n1:2-1:11 hcl-invalid-directive The directive "if" is not closed by "endif".',
    );
  });

  it('have exact places, also in the middle of a file', () => {
    const text = 'x = "${upper(var.fruit[0])} pie"';
    const parsed = parseHclExpression({ path: 'main.tf', text }, 4, text.length);
    const found: string[] = [];
    const visit = (node: Expression): void => {
      found.push(`${node.kind} ${text.slice(node.start, node.end)}`);
      if (node.kind === 'template') {
        for (const part of node.parts) {
          found.push(`part ${text.slice(part.start, part.end)}`);
          if (part.kind === 'interpolation') visit(part.expression);
        }
      } else if (node.kind === 'call') for (const each of node.arguments) visit(each);
      else if (node.kind === 'index') for (const each of [node.collection, node.key]) visit(each);
      else if (node.kind === 'get-attribute') visit(node.object);
    };
    visit(parsed.expression);
    expect(found).toEqual([
      'template "${upper(var.fruit[0])} pie"',
      'part ${upper(var.fruit[0])}',
      'call upper(var.fruit[0])',
      'index var.fruit[0]',
      'get-attribute var.fruit',
      'variable var',
      'literal 0',
      'part  pie',
    ]);
  });
});

describe('templates without quotes', () => {
  it('know no escapes but the doubled dollar and percent', () => {
    const { template, diagnostics } = parseHclTemplate({ path: 'menu.tpl', text: 'a\\n "q" $${b} %%{c}\n${d ~}\n  e' });
    expect([template.form, parts(template.parts), diagnostics]).toEqual([
      'json',
      '<"a\\\\n \\"q\\" ${b} %{c}\\n"|d|"  e">',
      [],
    ]);
  });
});

describe('bodies', () => {
  it('keep header, labels and braces apart', () => {
    const text = 'oven "stone" rye {\n  heat = 250\n}\n';
    const { body } = read(text);
    const block = body.kind === 'body' ? body.blocks[0] : undefined;
    const of = (node: { start: number; end: number } | undefined): string => text.slice(node?.start, node?.end);
    expect([of(block), of(block?.typeRange), of(block?.header), of(block?.body), block?.labels.map(of)]).toEqual([
      'oven "stone" rye {\n  heat = 250\n}',
      'oven',
      'oven "stone" rye {',
      '\n  heat = 250\n',
      ['"stone"', 'rye'],
    ]);
  });

  it('keep comments', () => {
    const text = '# one\na = 1 // two\r\n/* three\n*/ b = 2\n';
    expect(read(text).comments.map(({ start, end, style }) => [style, text.slice(start, end)])).toEqual([
      ['#', '# one'],
      ['//', '// two'],
      ['/*', '/* three\n*/'],
    ]);
  });

  it('keep the first of two arguments with one name', () => {
    const file = read('a = 1\na = 2\n');
    expect([...outlineBody(file.body), ...places(file.diagnostics)]).toEqual([
      'a = 1',
      '2:1-2:2 hcl-duplicate-attribute The argument "a" is already set in this body.',
    ]);
  });
});

describe('trees', () => {
  it('stay as they were when other texts are parsed before somebody looks', () => {
    const first = read('# one\noven "stone" {\n  heat = <<-EOT\n      ${a}\n    b\n  EOT\n}\n');
    read(`pear = [${'"plum", '.repeat(100_000)}]\n`);
    expect(expression('"x\\ty"')).toBe('<"x\\ty">');
    expect(outlineBody(first.body)).toEqual(['oven "stone"', '  heat = heredoc<"  "|a|"\\nb\\n">']);
    expect(first.comments).toEqual([{ start: 0, end: 5, style: '#' }]);
  });

  it('are built once', () => {
    const { body, comments } = read('pear = 1 # ripe\noven {\n}\n');
    const again = body.kind === 'body' ? [body.attributes[0]?.expression, body.blocks[0]?.body] : [];
    expect(body.kind === 'body' && [body.attributes[0]?.expression, body.blocks[0]?.body]).toEqual(again);
    expect(body.kind === 'body' && body.attributes[0]?.expression).toBe(again[0]);
    expect(body.kind === 'body' && body.blocks[0]?.body).toBe(again[1]);
    expect(comments).toHaveLength(1);
  });
});

describe('bodies of many arguments', () => {
  const names = Array.from({ length: 30 }, (_, i) => `pear${i}`);

  it('keep the first of two with one name, each body for itself', () => {
    const inner = names.map((name) => `  ${name} = 1\n`).join('');
    const text = `${names.map((name) => `${name} = 2\n`).join('')}oven {\n${inner}  pear3 = 4\n}\npear20 = 5\n`;
    const file = read(text);
    expect(outlineBody(file.body)).toEqual([
      ...names.map((name) => `${name} = 2`),
      'oven',
      ...names.map((name) => `  ${name} = 1`),
    ]);
    expect(places(file.diagnostics)).toEqual([
      '62:3-62:8 hcl-duplicate-attribute The argument "pear3" is already set in this body.',
      '64:1-64:7 hcl-duplicate-attribute The argument "pear20" is already set in this body.',
    ]);
  });
});

describe('recovery', () => {
  it('finds the block that lacks its brace', () => {
    const file = read('a {\n  b {\n    c = 1\n}\n\nd {\n  e = 2\n}\n');
    expect([...outlineBody(file.body), ...places(file.diagnostics)]).toEqual([
      'a',
      '  (incomplete)',
      '  b',
      '    (incomplete)',
      '    c = 1',
      'd',
      '  e = 2',
      '2:3-2:6 hcl-unclosed-block The block "b" is not closed by "}".',
    ]);
  });

  it('an argument that is broken is an error, never half a value', () => {
    const file = read('a = { b = 1, c }\nd = 2\n');
    expect([...outlineBody(file.body), ...places(file.diagnostics)]).toEqual([
      '(incomplete)',
      'a = ERROR',
      'd = 2',
      '1:16-1:17 hcl-unexpected-token Expected "=" and a value after the key, found "}".',
    ]);
  });

  it('a broken interpolation leaves the body whole', () => {
    const file = read('a = <<EOT\nx ${b c\ny\nEOT\nd = 2\n');
    expect([...outlineBody(file.body), ...places(file.diagnostics)]).toEqual([
      'a = heredoc<"x "|ERROR|"\\ny\\n">',
      'd = 2',
      '2:7-2:8 hcl-unclosed-template Expected "}" at the end of the template sequence, found "c".',
    ]);
  });

  it('what swallows the rest of the file says so', () => {
    expect(outlineBody(read('a = 1 /* b\nc = 2\n').body)).toEqual(['(incomplete)', 'a = 1']);
    expect(outlineBody(read('a = <<EOT\nb\nc = 2\n').body)).toEqual(['(incomplete)', 'a = ERROR']);
  });

  const folder = new URL('../../../fixtures/syntax/hcl/', import.meta.url);
  it.each(['orchard.tf', 'bakery.tf', 'windows.tf', 'broken.tf', 'orchard.tf.json'])('golden %s', (name) => {
    const file = read(readFileSync(new URL(name, folder), 'utf8'), name);
    const golden = `${[...outlineBody(file.body), ...places(file.diagnostics)].join('\n')}\n`;
    const path = new URL(`${name}.golden`, folder);
    if (process.env['UPDATE'] === '1') writeFileSync(path, golden);
    expect(golden).toBe(readFileSync(path, 'utf8'));
  });
});

describe('JSON syntax', () => {
  const labels = new Map([
    ['resource', 2],
    ['variable', 1],
    ['oven', 0],
  ]);
  const bodyOf = (text: string): string[] => {
    const file = read(text, 'main.tf.json');
    const { body, diagnostics } = toBody(file.body, (name) => labels.get(name), file.source);
    return [...outlineBody(body), ...places(file.diagnostics), ...places(diagnostics)];
  };

  it('takes objects and lists of objects at every level', () => {
    const text =
      '{"//": 1, "resource": [{"a": {"b": [{"c": 1}, {"d": null}]}}, {"a": [{"e": {}}, {"f": {"g": "${h}"}}]}], "oven": [[{"i": 1}]], "x": {"//": 2}}';
    expect(bodyOf(text)).toEqual([
      'resource "a" "b"',
      '  {json<"c"> = 1}',
      'resource "a" "b"',
      '  {json<"d"> = null}',
      'resource "a" "e"',
      '  {}',
      'resource "a" "f"',
      '  {json<"g"> = json<h>}',
      'oven',
      '  {json<"i"> = 1}',
      'x = {json<"//"> = 2}',
    ]);
  });

  it('a null is no block, two blocks of one name are both kept, two arguments are not', () => {
    expect(bodyOf('{"oven": null, "variable": {"a": {}}, "variable": {"b": {}}, "x": 1, "x": 2}')).toEqual([
      '(incomplete)',
      'variable "a"',
      '  {}',
      'variable "b"',
      '  {}',
      'x = 1',
      '1:70-1:73 json-duplicate-key The argument "x" is already set in this body.',
    ]);
  });

  it('a block must be an object', () => {
    expect(bodyOf('{"oven": 1, "variable": {"//": "x"}}')).toEqual([
      '(incomplete)',
      '1:10-1:11 hcl-unexpected-token The block "oven" must be an object or a list of objects.',
      '1:32-1:35 hcl-unexpected-token The block "variable" must be an object or a list of objects.',
    ]);
  });

  it('places in strings with escapes are those of the file', () => {
    const text = '{"a": "\\u00e9\\t${ upper(\\"b\\") } c", "d": "\\n${e f}"}';
    const file = read(text, 'main.tf.json');
    const value = file.body.kind === 'json-body' ? file.body.objects[0]?.items[0]?.value : undefined;
    const found = value?.kind === 'template' ? value.parts.map(({ start, end }) => text.slice(start, end)) : [];
    expect(found).toEqual(['\\u00e9\\t', '${ upper(\\"b\\") }', ' c']);
    expect(places(file.diagnostics)).toEqual([
      '1:50-1:51 hcl-unclosed-template Expected "}" at the end of the template sequence, found "f".',
    ]);
  });

  it('says where JSON is broken, and that the body lacks it', () => {
    const file = read('{"a": 1,}', 'main.tf.json');
    expect([file.body, places(file.diagnostics)]).toEqual([
      { kind: 'json-body', start: 0, end: 9, objects: [], isIncomplete: true },
      ['1:9-1:10 json-invalid-syntax Expected a key in quotes, found "}".'],
    ]);
  });

  it('a native body passes through', () => {
    const file = read('a = 1\n');
    expect(toBody(file.body, () => 0, file.source).body).toBe(file.body);
  });
});
