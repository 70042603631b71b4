import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOfPolicy, loadShippedPolicies, policyFiles } from '../scripts/compile-policies.js';
import { collectedFeeds } from '../src/collect/aws/feeds.js';
import type { Policy } from '../src/policy/index.js';
import { scanExample } from '../src/scan-example.js';

const root = join(import.meta.dirname, '..');
const files = policyFiles(join(root, 'policies'));

interface ExampleRecord {
  readonly type: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly live?: Readonly<Record<string, unknown>>;
  readonly gaps?: readonly unknown[];
}

interface Example {
  readonly records: readonly ExampleRecord[];
  readonly denied?: readonly string[];
}

/** The example without one thing that a record says, which could not be read. */
function withGap({ records, ...rest }: Example, index: number, member: 'properties' | 'live', name: string): Example {
  const changed = records.map((record, at) => {
    if (at !== index) return record;
    const { [name]: _, ...kept } = record[member] ?? {};
    const path = member === 'live' ? `@${name}` : name;
    const gap = { path, operation: 'orchard:Ask', state: 'denied', permission: 'orchard:Ask' };
    return { ...record, [member]: kept, gaps: [...(record.gaps ?? []), gap] };
  });
  return { ...rest, records: changed };
}

/** Resource and element → outcome. */
function outcomesOf(policy: Policy, example: Example): Map<string, string> {
  const { evaluations } = scanExample([{ path: 'snapshot.json', text: JSON.stringify(example) }], policy);
  return new Map(
    evaluations.map(({ resource, element, outcome }) => [
      `${resource.replace('\0', ' ')} ${element?.path ?? ''}`,
      outcome,
    ]),
  );
}

/** Outcomes that another thing decides once something is not known. */
function flipsOf(policy: Policy, example: Example): string[] {
  const before = outcomesOf(policy, example);
  const flips: string[] = [];
  for (const [index, record] of example.records.entries()) {
    for (const member of ['properties', 'live'] as const) {
      for (const name of Object.keys(record[member] ?? {})) {
        // Without its id a resource is not in a snapshot.
        if (name === 'id') continue;
        for (const [key, outcome] of outcomesOf(policy, withGap(example, index, member, name))) {
          const was = before.get(key);
          if (was !== undefined && outcome !== was && outcome !== 'unknown')
            flips.push(`${key}: ${was} is ${outcome} without ${name} of ${record.type}`);
        }
      }
    }
  }
  return flips;
}

const feeds = collectedFeeds();

/** Outcomes that another thing decides once an operation that tells of the example's types was denied. */
function flipsByOperation(policy: Policy, example: Example): string[] {
  const before = outcomesOf(policy, example);
  const types = new Set(example.records.map(({ type }) => type));
  const operations = [...feeds].filter(([, told]) => told.some(({ type }) => types.has(type)));
  return operations.flatMap(([operation]) =>
    [...outcomesOf(policy, { ...example, denied: [operation] })].flatMap(([key, outcome]) => {
      const was = before.get(key);
      return was !== undefined && outcome !== was && outcome !== 'unknown'
        ? [`${key}: ${was} is ${outcome} without ${operation}`]
        : [];
    }),
  );
}

describe('what could not be read of an account decides nothing in', () => {
  for (const policy of loadShippedPolicies(root)) {
    const path = join(root, folderOfPolicy(files, root, policy), 'examples', 'snapshot.json');
    if (!existsSync(path)) continue;
    test(policy.metadata.id, () => {
      const example: Example = JSON.parse(readFileSync(path, 'utf8'));
      expect([...flipsOf(policy, example), ...flipsByOperation(policy, example)]).toEqual([]);
    });
  }
});
