import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataDialect } from '../../../src/syntax/data/ast.js';
import type { YamlNode } from '../../../src/syntax/yaml/ast.js';
import { parseYaml } from '../../../src/syntax/yaml/parse-yaml.js';
import { misplacedIn } from '../hcl/outline.js';
import { readData } from './outline.js';
import { yamlFixtures } from './texts.js';

const dialects: readonly DataDialect[] = ['kubernetes', 'cloudformation'];

/** Parses in both dialects; what is out of place. */
function wrong(text: string): string | undefined {
  for (const dialect of dialects) {
    const { documents, comments, diagnostics } = readData(text, dialect);
    const own = documents.map(({ start, end, root }) => ({ start, end, root: ownNodes(root) }));
    const place =
      misplacedIn(own, 0, text.length, 'documents') ??
      misplacedIn(comments, 0, text.length, 'comments') ??
      misplacedIn(
        diagnostics.map(({ range }) => range),
        0,
        text.length,
        'diagnostics',
      );
    if (place !== undefined) return place;
  }
  return undefined;
}

/** A tree without what aliases and merges bring from elsewhere, as plain objects. */
function ownNodes(node: ReturnType<typeof readData>['documents'][number]['root']): unknown {
  const { start, end } = node;
  if (node.kind === 'sequence') return { start, end, items: node.items.map(ownNodes) };
  if (node.kind !== 'mapping') return { start, end };
  const entries = [...node.entries.values()]
    .filter(({ mergedAt }) => mergedAt === undefined)
    .map(({ keyStart, keyEnd, value }) => [{ start: keyStart, end: keyEnd }, ownNodes(value)]);
  return { start, end, entries };
}

describe('never throws, and every place lies in its parent', () => {
  it.each(yamlFixtures)('any prefix and with any character deleted: $path', ({ text }) => {
    // Long files at some places.
    const step = Math.max(1, Math.floor(text.length / 60));
    for (let at = 0; at <= text.length; at += step) {
      expect(wrong(text.slice(0, at)), `prefix ${at}`).toBeUndefined();
      expect(wrong(text.slice(0, at) + text.slice(at + 1)), `without ${at}`).toBeUndefined();
    }
  });

  const pieces = [
    'a',
    'a: ',
    ': ',
    '- ',
    '\n',
    '\n  ',
    '\n    ',
    '[',
    ']',
    '{',
    '}',
    ', ',
    '&x ',
    '*x',
    '!t ',
    '!!int ',
    '"',
    "'",
    '|\n',
    '>-\n',
    ' #',
    '---\n',
    '...\n',
    '? ',
    '\t',
    '%YAML 1.2\n',
    '\0',
    '\ufeff',
    '\r',
    '<<: ',
    '//',
    '1',
    '"a": ',
    '\\',
  ];
  it('of random texts', () => {
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((list) => list.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        expect(wrong(text), text).toBeUndefined();
      }),
      { numRuns: 4_000 },
    );
  });
});

function* scalarsIn(node: YamlNode): Generator<YamlNode> {
  if (node.kind === 'scalar') yield node;
  else if (node.kind === 'sequence') for (const item of node.items) yield* scalarsIn(item);
  else {
    for (const { key, value } of node.entries) {
      yield* scalarsIn(key);
      yield* scalarsIn(value);
    }
  }
}

/** What is left of a text without its scalars and comments. */
function rest(text: string): string {
  const units = text.split('');
  const clear = ({ start, end }: { readonly start: number; readonly end: number }): void => {
    for (let at = start; at < end; at++) units[at] = ' ';
  };
  for (const document of parseYaml({ path: 'bakery.yaml', text }).documents)
    for (const node of scalarsIn(document)) clear(node);
  for (const comment of readData(text).comments) clear(comment);
  return units.join('');
}

describe('every character is a scalar, a comment, white space or a sign', () => {
  // `parseYaml` leaves a document with an alias of nothing out.
  const readable = yamlFixtures.filter(({ text }) => parseYaml({ path: 'bakery.yaml', text }).diagnostics.length === 0);
  it.each(readable)('$path', ({ text }) => {
    // Directives, anchors, aliases and tags are words of their own.
    const words = rest(text)
      .replace(/^%.*$/gm, '')
      .split(/[\s\ufeff]+/);
    const signs = /^(?:---|\.\.\.|[-?:,[\]{}]*(?:!<.*>|[&*!][^\s,[\]{}]*)?[-?:,[\]{}]*)$/;
    expect(words.filter((word) => !signs.test(word))).toEqual([]);
  });
});
