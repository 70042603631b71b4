import { describe, expect, it } from 'vitest';
import { matchesGlob } from '../../src/findings/glob.js';
import { toListedResource } from '../../src/findings/resource-listing.js';
import { readScalar, valueAt } from '../../src/findings/value-at.js';
import type { Value } from '../../src/model/value.js';
import { boolValue, emptyObject, nullValue, numberValue, stringValue, unknownValue } from '../../src/model/values.js';
import { resource } from './sample-graph.js';

const object = (entries: Record<string, Value>, more: object = {}): Value => ({
  ...emptyObject(),
  entries: new Map(Object.entries(entries)),
  ...more,
});
const list = (elements: readonly Value[], more: object = {}): Value =>
  ({
    kind: 'list',
    type: { kind: 'list', element: { kind: 'dynamic' } },
    elements,
    ...more,
  }) as Value;

const values = object({
  bucket: stringValue('cellar'),
  arn: unknownValue('computed-by-provider'),
  password: { ...stringValue('sourdough'), sensitive: true },
  nothing: nullValue(),
  size: numberValue(3),
  tags: object(
    { 'team name': stringValue('press'), 'a.b': unknownValue('variable-without-value', { subject: 'var.team' }) },
    { rest: { reason: 'data-source', subject: 'data.x.y' } },
  ),
  rule: list(
    [
      object({ on: boolValue(true) }),
      unknownValue('remote-module', { subject: 'module.m' }),
      object({ on: boolValue(false) }),
    ],
    { existence: new Map([[2, 'perhaps']]), rest: { reason: 'variable-without-value', subject: 'var.rules' } },
  ),
});

describe('a listed resource', () => {
  it('has what is known, masked where sensitive, and lists what is not', () => {
    if (values.kind !== 'object') throw new Error('an object');
    const listed = toListedResource(resource('orchard', 'aws_s3_bucket.cellar', { values }));
    expect(listed.values).toEqual({
      bucket: 'cellar',
      password: '(sensitive)',
      nothing: null,
      size: 3,
      tags: { 'team name': 'press' },
      rule: [{ on: true }, null, { on: false }],
    });
    expect(listed.unknowns).toEqual([
      { path: 'arn', reason: 'computed-by-provider', subject: null },
      { path: 'tags["a.b"]', reason: 'variable-without-value', subject: 'var.team' },
      { path: 'tags[*]', reason: 'data-source', subject: 'data.x.y' },
      { path: 'rule[1]', reason: 'remote-module', subject: 'module.m' },
      { path: 'rule[2]', reason: 'uncertain-existence', subject: null },
      { path: 'rule[*]', reason: 'variable-without-value', subject: 'var.rules' },
    ]);
  });
});

describe('a path', () => {
  it('leads to a value, or nowhere', () => {
    expect(
      ['bucket', 'tags["team name"]', 'rule[2].on', 'rule[9].on', 'bucket.x', 'password', '__proto__'].map((path) =>
        readScalar(values, path),
      ),
    ).toEqual(['cellar', 'press', 'false', undefined, undefined, undefined, undefined]);
    expect(valueAt(values, 'rule[1]')?.kind).toBe('unknown');
  });
});

describe('a glob', () => {
  it.each([
    ['teams/data/**', 'teams/data/a/b.tf', true],
    ['teams/data/', 'teams/data/a.tf', true],
    ['teams/*/main.tf', 'teams/data/main.tf', true],
    ['teams/*/main.tf', 'teams/data/x/main.tf', false],
    ['**/main.tf', 'main.tf', true],
    ['aws-s3-*', 'aws-s3-bucket', true],
    ['aws-s3-?', 'aws-s3-ab', false],
    ['a.b', 'axb', false],
  ])('%s on %s: %s', (glob, text, expected) => {
    expect(matchesGlob(glob, text)).toBe(expected);
  });

  it('ends in time whatever is written', () => {
    const before = performance.now();
    matchesGlob(`${'*'.repeat(40)}x${'**/'.repeat(40)}y`, 'a/'.repeat(200));
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});
