import { describe, expect, it } from 'vitest';
import { parseHcl, parseHclTemplate } from '../../../src/syntax/hcl/parse-hcl.js';

const depth = 10_000;
const nested: [string, string][] = [
  ['brackets', `a = ${'['.repeat(depth)}1${']'.repeat(depth)}`],
  ['unclosed brackets', `a = ${'['.repeat(depth)}`],
  ['parentheses', `a = ${'('.repeat(depth)}1${')'.repeat(depth)}`],
  ['objects', `a = ${'{b = '.repeat(depth)}1${'}'.repeat(depth)}`],
  ['calls', `a = ${'f('.repeat(depth)}1${')'.repeat(depth)}`],
  ['indexes', `a = ${'b['.repeat(depth)}1${']'.repeat(depth)}`],
  ['splats', `a = b${'[*]'.repeat(depth)}`],
  ['flat splats', `a = b${'.*[0]'.repeat(depth)}`],
  ['attributes', `a = b${'.c'.repeat(depth)}`],
  ['sums', `a = 1${' + 1'.repeat(depth)}`],
  ['operators of every precedence', `a = ${'x || y && z == 1 < 2 + 3 * ('.repeat(depth)}1${')'.repeat(depth)}`],
  ['conditionals', `a = ${'b ? c : '.repeat(depth)}1`],
  ['conditions', `a = ${'b ? '.repeat(depth)}1${' : c'.repeat(depth)}`],
  ['negations', `a = ${'!'.repeat(depth)}b`],
  ['minuses', `a = ${'-'.repeat(depth)}b`],
  ['for expressions', `a = ${'[for x in y : '.repeat(depth)}1${']'.repeat(depth)}`],
  ['templates', `a = ${'"${'.repeat(depth)}1${'}"'.repeat(depth)}`],
  ['unclosed templates', `a = ${'"${'.repeat(depth)}`],
  ['directives', `a = "${'%{ if b }'.repeat(depth)}${'%{ endif }'.repeat(depth)}"`],
  ['heredocs', `a = ${'<<A\n${'.repeat(depth)}1`],
  ['blocks', `${'a {\n'.repeat(depth)}${'}\n'.repeat(depth)}`],
  ['unclosed indented blocks', Array.from({ length: 700 }, (_, i) => `${' '.repeat(i)}a {\n`).join('')],
];

function codes(text: string, path = 'main.tf'): string[] {
  return [...new Set(parseHcl({ path, text }).diagnostics.map(({ code }) => code))];
}

describe('10,000 deep', () => {
  it.each(nested)('%s end in a diagnostic', (_name, text) => {
    const begin = performance.now();
    expect(codes(`${text}\nafter = 1\n`)).toContain('hcl-nesting-too-deep');
    expect(performance.now() - begin).toBeLessThan(2_000);
  });

  it('goes on after what was too deep', () => {
    const { body } = parseHcl({ path: 'main.tf', text: `a = ${'['.repeat(depth)}1${']'.repeat(depth)}\nafter = 1\n` });
    expect(body.kind === 'body' && body.attributes.map(({ name, expression }) => `${name} ${expression.kind}`)).toEqual(
      ['a error', 'after literal'],
    );
  });

  it('blocks that do not end are listed up to a limit', () => {
    expect(codes('a {\n'.repeat(depth))).toEqual(['hcl-unclosed-block', 'limit-reached']);
  });

  it('JSON ends in a diagnostic', () => {
    expect(codes(`{"a": ${'['.repeat(depth)}${']'.repeat(depth)}}`, 'main.tf.json')).toEqual(['json-nesting-too-deep']);
  });
});

describe('long', () => {
  const length = 1_000_000;
  const long: [string, string][] = [
    ['a line without an end', 'a'.repeat(length)],
    ['quotes', `a = ${'"'.repeat(length)}`],
    ['a number of dots', `a = 1${'.'.repeat(length)}`],
    ['digits', `a = ${'1'.repeat(length)}`],
    ['comments that do not end', '/*'.repeat(length)],
    ['heredocs that do not end', 'a = <<A\n'.repeat(length / 10)],
    ['broken lines', 'a = [\n'.repeat(length / 10)],
    ['broken strings', 'a = "${\n'.repeat(length / 10)],
    ['broken interpolations', `a = "${'${b c}'.repeat(length / 10)}"`],
    ['spaces', `a =${' '.repeat(length)}[`],
    ['dollars', `a = "${'$'.repeat(length)}"`],
    ['attributes', Array.from({ length: length / 10 }, (_, i) => `a${i} = 1\n`).join('')],
    ['blocks that do not end', 'a {\n\n'.repeat(400) + 'b = 1\n'.repeat(length / 10)],
    ['lines of a heredoc', `a = <<-A\n${'  b\n'.repeat(length)}A\n`],
    ['empty lines of a heredoc', `a = <<-A\n${'\n'.repeat(length * 2)}A\n`],
    ['escapes in lines of a heredoc', `a = <<-A\n${'  $${b}\n  c\n'.repeat(length / 10)}A\n`],
    ['trimmed lines of a heredoc', `a = <<-A\n${'  b\n ${~ c ~}\n  $${d}\n'.repeat(length / 20)}A\n`],
    ['nested blocks', `${'a {\n'.repeat(200)}${'b = 1\n'.repeat(length / 10)}${'}\n'.repeat(200)}`],
    ['letters beyond ASCII', `${'é'.repeat(length)} = "${'é'.repeat(length)}"\n`],
    ['list elements', `a = [${'1, '.repeat(length / 10)}]`],
  ];

  it.each(long)('%s take time in proportion', (_name, text) => {
    const begin = performance.now();
    parseHcl({ path: 'main.tf', text });
    // Quadratic work over a million characters would take minutes.
    expect(performance.now() - begin).toBeLessThan(4_000);
  });

  it('errors are listed up to a limit', () => {
    const { diagnostics } = parseHcl({ path: 'main.tf', text: 'a = \n'.repeat(5_000) });
    expect(diagnostics.length).toBe(1_001);
    expect(diagnostics.at(-1)?.code).toBe('limit-reached');
  });

  it('many comments in one JSON line do not read the line again each time', () => {
    const begin = performance.now();
    const text = `{"a": [${Array.from({ length: 20_000 }, () => '"${/* x"').join(', ')}]}`;
    parseHcl({ path: 'main.tf.json', text });
    expect(performance.now() - begin).toBeLessThan(4_000);
  });

  it('a template file of broken sequences ends', () => {
    const { diagnostics } = parseHclTemplate({ path: 'a.tpl', text: '%{ if \n'.repeat(50_000) });
    expect(diagnostics.length).toBe(1_001);
  });
});
