import { describe, expect, it } from 'vitest';
import { holdsLiteral } from '../../src/model/secret-notes.js';
import { toMask } from '../../src/report/mask.js';
import { at, file } from './sample-report.js';

const maskOf = (...texts: readonly string[]) => toMask({ texts, ranges: [] });

describe('a mask', () => {
  it('hides the longest secret, and what begins one where a text was cut', () => {
    const mask = maskOf('sourdough', 'sourdough-4711-rye');
    expect(mask.text('sourdough-4711-rye, sourdough-4711, sourdoug')).toBe('(sensitive), (sensitive)-4711, sourdoug');
    expect(mask.text('sourdough-47… and sourdo… and sourd…')).toBe('(sensitive)… and (sensitive)… and sourd…');
  });

  it('hides in a name only what stands in quotes', () => {
    const mask = maskOf('production', 'say "rye bread"');
    expect(mask.name('module.production["production"].aws_s3_bucket.production[0]')).toBe(
      'module.production["(sensitive)"].aws_s3_bucket.production[0]',
    );
    expect(mask.name('tags["say \\"rye bread\\""].production')).toBe('tags["(sensitive)"].production');
  });

  it('hides the part of a secret that lies in a stretch of source', () => {
    const source = file('a.tf', 'login = "baker:sourdough-4711" # note\n');
    const mask = maskOf('sourdough-4711');
    expect(mask.source(at(source, '"baker:sour'))).toBe('"baker:(sensitive)');
    expect(mask.source(at(source, '4711" # note'))).toBe('(sensitive)" # note');
    expect(mask.source(at(source, 'dough'))).toBe('(sensitive)');
  });

  it('hides what is written at a place, however short, once where places overlap', () => {
    const source = file('a.tf', 'login = { word = "rye", name = "baker" }\n');
    const mask = toMask({ texts: [], ranges: [at(source, '"rye"'), at(source, '"rye", name'), at(source, '"baker"')] });
    expect(mask.source(at(source, 'login = { word = "rye", name = "baker" }'))).toBe(
      'login = { word = (sensitive) = (sensitive) }',
    );
    expect(mask.text('"rye"')).toBe('"rye"');
    expect(mask.source(at(file('b.tf', 'x = "rye"'), '"rye"'))).toBe('"rye"');
  });

  it('knows ten thousand secrets as fast as one', () => {
    const mask = maskOf(...Array.from({ length: 10_000 }, (_, index) => `sourdough-${index}-rye`));
    const text = 'sourdough-'.repeat(2_000);
    const start = performance.now();
    expect(mask.text(`${text}9999-rye`)).toBe(`${text.slice(0, -10)}(sensitive)`);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('what is written in an expression', () => {
  it.each([
    'var.word',
    'local.words["rye"][0].key',
    'coalesce(var.word, local.word2)',
    '"${var.word}"',
    'one(aws_x.y[*].a)',
  ])('%s: references only', (text) => {
    expect(holdsLiteral(text)).toBe(false);
  });

  it.each([
    '"rye"',
    '"rye-$' + '{var.word}"',
    '<<-EOT\n  rye\nEOT',
    '4711',
    'true',
    'try(var.word, "")',
    '["rye"]',
    'f(["rye"])',
    '{ a = var.b, c = 1 }',
    '-1',
  ])('%s: more', (text) => {
    expect(holdsLiteral(text)).toBe(true);
  });
});
