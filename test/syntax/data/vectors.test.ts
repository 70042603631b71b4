import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DataDialect } from '../../../src/syntax/data/ast.js';
import { plainData, problemsOf, readData } from './outline.js';

interface Vector {
  readonly name: string;
  readonly text: string;
  readonly kubernetes: { readonly documents: readonly unknown[]; readonly error?: string | null };
  readonly cloudformation?: { readonly value?: unknown; readonly error?: string };
}

const file = new URL('../../../fixtures/syntax/yaml-vectors.json', import.meta.url);
const vectors: readonly Vector[] = JSON.parse(readFileSync(file, 'utf8'));

const REFUSED = 'refused';

/** Where we read a text otherwise than the program that was asked, what we read, and why. */
const differences: Readonly<Record<string, { readonly ours: unknown; readonly because: string }>> = {
  'kubernetes: anchor-name': { ours: [{ a: 1, c: 1 }], because: 'YAML allows a dot in the name of an anchor.' },
  'kubernetes: multi-inline': {
    ours: [{ a: 1 }],
    because: 'Read, with an info: the cluster gets it by other ways than kubectl.',
  },
  'kubernetes: multi-inline2': { ours: ['a'], because: 'As multi-inline.' },
  'kubernetes: dots-then': { ours: [{ a: 1 }, { b: 2 }], because: 'As multi-inline: kubectl drops the second.' },
  'kubernetes: directive': { ours: [{ a: true }], because: 'As multi-inline.' },
  'kubernetes: directive12': { ours: [{ a: true }], because: 'As multi-inline.' },
  'kubernetes: tagdir': { ours: [{ a: 'b' }], because: 'As multi-inline.' },
  'kubernetes: tab-blank': { ours: [{ a: { b: 1, c: 2 } }], because: 'A tab on a blank line indents nothing.' },
  'kubernetes: tab-trail-list': { ours: [{ a: ['b'] }], because: 'A tab behind a dash separates, it indents nothing.' },
  'kubernetes: dq-esc': { ours: [{ a: '\tAé😀/\u001b' }], because: 'YAML 1.2 has the escape \\/, and so has JSON.' },
  'kubernetes: nel': {
    ours: [{ a: 'x\u0085b' }],
    because: 'No line break since YAML 1.2; CloudFormation takes it for text.',
  },
  'kubernetes: ls': { ours: [{ a: 'x\u2028y' }], because: 'As nel.' },
  'kubernetes: key-long': {
    ours: [{ ['k'.repeat(1100)]: 1 }],
    because: 'The limit of 1,024 characters is for parsers that look ahead.',
  },
  'kubernetes: only-comment': { ours: [], because: 'A document without content is no document.' },
  'kubernetes: multi': { ours: [{ a: 1 }, { b: 2 }], because: 'As only-comment.' },
  'kubernetes: multi-dup': { ours: [{ a: 1 }], because: 'As only-comment.' },
  'cloudformation: inf': { ours: REFUSED, because: 'Not null, and no number either: the value is unknown.' },
  'cloudformation: nan': { ours: REFUSED, because: 'As inf.' },
  'cloudformation: bigint': {
    ours: Number('12345678901234567890'),
    because: 'A number whose digits are kept; as text it is the same.',
  },
  'cloudformation: big2': { ours: Number('123456789012345678901234567890'), because: 'As bigint.' },
  'cloudformation: verbatim': { ours: '1', because: 'The tag says that it is a text; PyYAML reads it so too.' },
  'cloudformation: alias-self': { ours: REFUSED, because: 'Not null: what it would be is not known.' },
  'cloudformation: ctrl': { ours: REFUSED, because: 'YAML has no control characters; PyYAML and Go refuse it.' },
  'cloudformation: nul': { ours: REFUSED, because: 'As ctrl.' },
};

const used = new Set<string>();

/** The expectation of a vector's program, or ours where that stands in the table. */
function expected(name: string, theirs: unknown): unknown {
  const difference = differences[name];
  if (difference === undefined) return theirs;
  used.add(name);
  expect(difference.ours, `${name} does not differ`).not.toEqual(theirs);
  return difference.ours;
}

/** Numbers as JSON has them. */
function rounded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  if ('number' in value) return Number(value.number);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
}

function documentsOf(text: string, dialect: DataDialect): unknown {
  const stream = readData(text, dialect);
  if (problemsOf(stream).length > 0) return REFUSED;
  return stream.documents.map(({ root }) => rounded(plainData(root, dialect)));
}

function firstValueOf(text: string): unknown {
  const [document] = [documentsOf(text, 'cloudformation')].flat();
  return typeof document === 'object' && document !== null ? Object.values(document)[0] : document;
}

describe('texts as Go reads them', () => {
  it.each(vectors)('$name', ({ name, text, kubernetes }) => {
    const theirs = kubernetes.error ? REFUSED : kubernetes.documents;
    expect(documentsOf(text, 'kubernetes')).toEqual(expected(`kubernetes: ${name}`, theirs));
  });
});

describe('texts as CloudFormation reads them', () => {
  const asked = vectors.filter((vector) => vector.cloudformation !== undefined);
  it.each(asked)('$name', ({ name, text, cloudformation }) => {
    const theirs = cloudformation?.error === undefined ? cloudformation?.value : REFUSED;
    expect(firstValueOf(text)).toEqual(expected(`cloudformation: ${name}`, theirs));
  });
});

it('no difference is listed that is none', () => {
  expect(Object.keys(differences).filter((name) => !used.has(name))).toEqual([]);
});
