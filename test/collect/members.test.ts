import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Collector,
  type ItemOperation,
  type ListOperation,
  type Operation,
  operationsOf,
  type Parts,
} from '../../src/collect/aws/collector.js';
import { COLLECTORS, REGIONS } from '../../src/collect/aws/collectors.js';
import { SDK_SERVICES } from '../../src/collect/aws/services.js';
import type { SnapshotJson } from '../../src/model/snapshot.js';
import { collectWith } from './collect-service.js';
import { fakeAws } from './fake-aws.js';

/** What the SDK says of a type: a number for what is simple, else its kind first. */
type Shape = number | readonly [unknown, ...unknown[]] | (() => Shape);

const LIST = 1;
const MAP = 2;
const STRUCTURE = 3;
const UNION = 4;

function shapeOf(shape: Shape): readonly unknown[] {
  if (typeof shape === 'number') return [];
  if (typeof shape === 'function') return shapeOf(shape());
  // A member with traits of its own stands before them.
  const isWrapped = typeof shape[0] !== 'number' || typeof shape[1] !== 'string';
  return isWrapped ? shapeOf(shape[0] as Shape) : shape;
}

function membersOf(shape: Shape): ReadonlyMap<string, Shape> {
  const [kind, , , , names, shapes] = shapeOf(shape);
  if (kind !== STRUCTURE && kind !== UNION) return new Map();
  return new Map((names as string[]).map((name, index) => [name, (shapes as Shape[])[index] as Shape]));
}

/** The shape at a path; undefined where no answer has it. */
function at(shape: Shape, path: string): Shape | undefined {
  let found: Shape | undefined = shape;
  for (const name of path === '' ? [] : path.split('.')) {
    if (found === undefined) return undefined;
    const [kind, , , , value, mapped] = shapeOf(found);
    if (kind === LIST && (name === '*' || /^\d+$/.test(name))) found = value as Shape;
    else if (kind === MAP) found = mapped as Shape;
    // Lists of what is simple are numbers.
    else if (kind === undefined && name === '*') found = 0;
    else found = membersOf(found).get(name);
  }
  return found;
}

async function schemaOf({ call }: Operation): Promise<{ readonly input: Shape; readonly output: Shape }> {
  const [client = '', operation = ''] = call.split(':');
  const Command = (await SDK_SERVICES[client]?.())?.service.commands[operation];
  if (Command === undefined) throw new Error(`${call} cannot be called.`);
  const { schema } = new Command({}) as { readonly schema: readonly Shape[] };
  return { input: schema[4] as Shape, output: schema[5] as Shape };
}

const operations: ReadonlyMap<string, Operation> = new Map(
  [REGIONS, ...COLLECTORS.flatMap(operationsOf)].map((operation) => [JSON.stringify(operation), operation]),
);

describe('what is asked, and where the answer is looked for, are members that the operation has', () => {
  test.each([...operations.values()])('$call', async (operation) => {
    const { input, output } = await schemaOf(operation);
    const { pages, job, items, proof, answer, more, per } = operation as Partial<ListOperation & ItemOperation>;
    const asked = [
      ...Object.keys(operation.input ?? {}),
      ...(pages === undefined ? [] : [pages.input, ...(pages.limit?.slice(0, 1) ?? [])]),
      ...(per === undefined ? [] : [per.input]),
      ...Object.keys(job?.gives ?? {}),
    ].map(String);
    const read = [
      ...(pages === undefined ? [] : [pages.output, ...(pages.more === undefined ? [] : [pages.more])]),
      ...(items === undefined ? [] : [items]),
      ...(typeof proof === 'string' ? [proof] : (proof ?? [])),
      ...(answer === undefined ? [] : [answer]),
      ...(more === undefined ? [] : [more]),
    ];
    expect(asked.filter((name) => at(input, name) === undefined)).toEqual([]);
    expect(read.filter((path) => at(output, path) === undefined)).toEqual([]);
  });
});

/** Notes which members of the values are looked at. */
function watched(value: SnapshotJson, seen: Set<string>): SnapshotJson {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return new Proxy(value as { readonly [name: string]: SnapshotJson }, {
    getOwnPropertyDescriptor: (target, name) => {
      seen.add(String(name));
      return Object.getOwnPropertyDescriptor(target, name);
    },
    get: (target, name) => {
      if (typeof name === 'string') seen.add(name);
      return target[name as string];
    },
  });
}

interface Looked {
  readonly collector: Collector;
  readonly item: Set<string>;
  readonly parts: Map<string, Set<string>>;
}

/** The same collector, and what its projection looks at. */
function watching(collector: Collector): Looked {
  const item = new Set<string>();
  const parts = new Map<string, Set<string>>();
  const watchPart = (name: string, part: SnapshotJson | undefined): SnapshotJson | undefined => {
    const seen = parts.get(name) ?? new Set();
    parts.set(name, seen);
    if (part === undefined) return undefined;
    return Array.isArray(part) ? part.map((one: SnapshotJson) => watched(one, seen)) : watched(part, seen);
  };
  const paths = [collector.id, collector.region, ...Object.values(collector.joins ?? {}).map(({ on }) => on?.[0])];
  const conditions = [
    ...(collector.only ?? []),
    ...Object.values(collector.each ?? {}).flatMap(({ when = [] }) => when),
  ];
  const templates = JSON.stringify([
    collector.arn,
    Object.values(collector.each ?? {}).map(({ input, job }) => [input, job]),
  ]);
  const named = [
    ...paths,
    ...conditions.map(({ path }) => path),
    ...[...templates.matchAll(/\{([^{}"@]+)\}/g)].map(([, path]) => path),
  ];
  for (const path of named) if (path !== undefined) item.add(path.split('.')[0] ?? '');
  const project: Collector['project'] = (found, given: Parts) =>
    collector.project(
      watched(found, item),
      Object.fromEntries(Object.entries(given).map(([name, part]) => [name, watchPart(name, part)])),
    );
  return { collector: { ...collector, project }, item, parts };
}

const GOLDEN = join(import.meta.dirname, '../../fixtures/collect/aws/unread-members.golden.json');

/** A member that a new version of the SDK has stands in the diff: to be read, or to be left. `UPDATE=1` rewrites it. */
test('of each answer it is known what no collector reads, and none reads what there is not', async () => {
  const unread: Record<string, Set<string>> = {};
  const strange: string[] = [];
  const looked = COLLECTORS.map(watching);
  const collectors = looked.map(({ collector }) => collector);
  await collectWith(collectors, fakeAws().client);
  // What is recorded is that there is none.
  const told = fakeAws(({ operation }) => {
    if (operation === 'GetAccountPasswordPolicy') return { kind: 'answer', output: { PasswordPolicy: {} } };
    if (operation === 'DescribeDBClusterParameters') return { kind: 'answer', output: { Parameters: [{}] } };
    return undefined;
  });
  await collectWith(collectors, told.client);
  for (const { collector, item, parts } of looked) {
    const { list, each = {}, joins = {} } = collector;
    const asked: (readonly [Operation, string, ReadonlySet<string>])[] = [
      ...(list === undefined ? [] : [[list, list.items, item] as const]),
      ...Object.entries(joins).map(([name, { from }]) => [from, from.items, parts.get(name) ?? new Set()] as const),
      ...Object.entries(each).map(
        ([name, one]) => [one, one.items ?? one.answer ?? '', parts.get(name) ?? new Set()] as const,
      ),
    ];
    for (const [operation, path, seen] of asked) {
      const { output } = await schemaOf(operation);
      const found = at(output, path);
      const inner = found === undefined ? undefined : shapeOf(found)[0] === LIST ? at(found, '*') : found;
      const members = [...membersOf(inner ?? 0).keys()].filter((name) => name !== '$metadata');
      const key = `${operation.call} ${path}`;
      const before = unread[key];
      unread[key] = new Set(members.filter((name) => !seen.has(name) && before?.has(name) !== false));
      const others = new Set([...Object.keys(each), ...Object.keys(joins), '@parent', '@item', '$none', '0', 'length']);
      if (members.length === 0) continue;
      strange.push(
        ...[...seen]
          .filter((name) => !members.includes(name) && !others.has(name) && name !== '')
          .map((name) => `${key} ${name}`),
      );
    }
  }
  expect(strange).toEqual([]);
  const listed = Object.entries(unread)
    .filter(([, names]) => names.size > 0)
    .map(([key, names]) => [key, [...names].sort()] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const made = `${JSON.stringify(Object.fromEntries(listed), null, 2)}\n`;
  if (process.env['UPDATE'] === '1' || !existsSync(GOLDEN)) writeFileSync(GOLDEN, made);
  expect(made).toBe(readFileSync(GOLDEN, 'utf8'));
});
