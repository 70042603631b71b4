import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandSam } from '../../../src/evaluate/cloudformation/sam/expand-sam.js';
import type { DataEntry, DataMapping, DataNode } from '../../../src/syntax/data/ast.js';
import { parseData } from '../../../src/syntax/data/parse-data.js';
import { templateTree } from '../../support/data-nodes.js';

const texts = readFileSync('fixtures/evaluate/sam-templates.yaml', 'utf8').split('\n---\n');
const sources = texts.map((text) => ({ path: 'template.yaml', text }));
const trees = sources.map(templateTree);

/** Every stretch of a tree that lies outside of the text, or before its own start. */
function* outside(node: DataNode, length: number, seen: Set<DataNode>): Generator<string> {
  if (seen.has(node)) return;
  seen.add(node);
  if (!(node.start >= 0 && node.start <= node.end && node.end <= length))
    yield `${node.kind} ${node.start}-${node.end}`;
  if (node.kind === 'alias') yield* outside(node.target, length, seen);
  if (node.kind === 'sequence') for (const item of node.items) yield* outside(item, length, seen);
  if (node.kind !== 'mapping') return;
  for (const { key, keyStart, keyEnd, value } of node.entries.values()) {
    if (!(keyStart >= 0 && keyStart <= keyEnd && keyEnd <= length)) yield `${key} ${keyStart}-${keyEnd}`;
    yield* outside(value, length, seen);
  }
}

const STRANGE: readonly ((node: DataNode) => DataNode)[] = [
  ({ start, end }) => ({ kind: 'null', start, end }),
  ({ start, end }) => ({ kind: 'string', value: 'strange', start, end }),
  ({ start, end }) => ({ kind: 'number', text: '7', spelling: '7', start, end }),
  ({ start, end }) => ({ kind: 'sequence', items: [], start, end }),
  ({ start, end }) => ({ kind: 'mapping', entries: new Map(), start, end }),
  ({ start, end }) => ({ kind: 'invalid', reason: 'invalid-value', start, end }),
  ({ start, end }) => ({ kind: 'string', value: 'Stage', tag: '!Ref', start, end }),
  (node) => ({ kind: 'sequence', items: [node, node], start: node.start, end: node.end }),
  (node) => ({ kind: 'alias', name: 'a', target: node, start: node.start, end: node.end }),
  (node) => {
    const { start, end } = node;
    const condition: DataNode = { kind: 'string', value: 'IsOpen', start, end };
    const none: DataNode = { kind: 'string', value: 'AWS::NoValue', tag: '!Ref', start, end };
    return { kind: 'sequence', items: [condition, node, none], tag: '!If', start, end };
  },
];

/** The tree with its `index`th node replaced, counted down; what is under it stays. */
function withStrange(root: DataMapping, index: number, replace: (node: DataNode) => DataNode): DataNode {
  let left = index;
  const visit = (node: DataNode): DataNode => {
    if (left-- === 0) return replace(node);
    if (node.kind === 'sequence') return { ...node, items: node.items.map(visit) };
    if (node.kind !== 'mapping') return node;
    const entries = new Map<string, DataEntry>();
    for (const [key, entry] of node.entries) entries.set(key, { ...entry, value: visit(entry.value) });
    return { ...node, entries };
  };
  return visit(root);
}

describe('what no template can do', () => {
  test('everything generated lies inside of the text, in its order', () => {
    for (const [index, tree] of trees.entries()) {
      const source = sources[index] ?? { path: '', text: '' };
      const { template } = expandSam(tree, { source, parameters: new Map() });
      expect([...outside(template, source.text.length, new Set())]).toEqual([]);
    }
  });

  test('a strange value anywhere throws nothing, and everything stays inside of the text', () => {
    const cases = fc.tuple(fc.nat(trees.length - 1), fc.nat(400), fc.nat(STRANGE.length - 1));
    fc.assert(
      fc.property(cases, ([at, index, kind]) => {
        const tree = withStrange(trees[at] as DataMapping, index, STRANGE[kind] as (typeof STRANGE)[number]);
        if (tree.kind !== 'mapping') return;
        const source = sources[at] ?? { path: '', text: '' };
        const { template, diagnostics } = expandSam(tree, { source, parameters: new Map() });
        expect([...outside(template, source.text.length, new Set())]).toEqual([]);
        for (const { range } of diagnostics) expect(range?.end).toBeLessThanOrEqual(source.text.length);
      }),
      { numRuns: 4_000, seed: 20 },
    );
  });

  test('two runs give one tree', () => {
    for (const [index, tree] of trees.entries()) {
      const context = { source: sources[index] ?? { path: '', text: '' }, parameters: new Map<string, string>() };
      expect(expandSam(tree, context)).toEqual(expandSam(tree, context));
    }
  });

  test('thousands of events on one API, one bucket, one zone and one usage plan', () => {
    const events = Array.from(
      { length: 4_000 },
      (_, n) => `        E${n}: {Type: Api, Properties: {Path: /p${n}, Method: get}}`,
    );
    const buckets = Array.from(
      { length: 4_000 },
      (_, n) => `        S${n}: {Type: S3, Properties: {Bucket: !Ref B, Events: x}}`,
    );
    const plans = Array.from(
      { length: 2_000 },
      (_, n) =>
        `  A${n}: {Type: AWS::Serverless::Api, Properties: {StageName: p, Auth: {UsagePlan: {CreateUsagePlan: SHARED}}, Domain: {DomainName: d${n}, CertificateArn: c, Route53: {HostedZoneId: z}}}}`,
    );
    const text = [
      'Resources:',
      '  B: {Type: AWS::S3::Bucket}',
      '  F:',
      '    Type: AWS::Serverless::Function',
      '    Properties:',
      '      Events:',
      ...events,
      ...buckets,
      ...plans,
    ].join('\n');
    const source = { path: 'template.yaml', text };
    const tree = templateTree(source);
    const { declaredIn } = expandSam(tree, { source, parameters: new Map() });
    expect(declaredIn.size).toBe(4_000 + 4_000 + 2 + 3 + 2_000 * 5 + 3 + 1);
  });

  test('merging long Globals into many resources ends in a diagnostic', () => {
    const variables = Array.from({ length: 3_000 }, (_, n) => `V${n}: x`).join(', ');
    const functions = Array.from(
      { length: 1_000 },
      (_, n) => `  F${n}: {Type: AWS::Serverless::Function, Properties: {Environment: {Variables: {A: b}}}}`,
    );
    const text = `Globals: {Function: {Environment: {Variables: {${variables}}}}}\nResources:\n${functions.join('\n')}`;
    const source = { path: 'template.yaml', text };
    const { diagnostics } = expandSam(templateTree(source), { source, parameters: new Map() });
    const messages = new Set(diagnostics.map(({ code, message }) => `${code}: ${message}`));
    expect([...messages]).toEqual([
      'limit-reached: "Globals" are not merged into more resources: that would make over 2000000 entries.',
    ]);
  });

  test('Globals that contain themselves are read once', () => {
    const text = `Globals: &g {Function: {Environment: *g}}\nResources: {Bake: {Type: 'AWS::Serverless::Function'}}`;
    const source = { path: 'template.yaml', text };
    const stream = parseData(source, 'cloudformation');
    const { template } = expandSam(templateTree(source), { source, parameters: new Map() });
    expect(stream.diagnostics.map(({ code }) => code)).toEqual(['yaml-bad-alias']);
    expect([...outside(template, text.length, new Set())]).toEqual([]);
  });
});
