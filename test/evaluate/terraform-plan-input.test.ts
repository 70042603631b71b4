import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeMessagePack } from '../../src/evaluate/terraform-plan/msgpack.js';
import { openZip } from '../../src/evaluate/terraform-plan/zip.js';
import { showDiagnostic } from '../support/evaluate-files.js';
import { readPlanOf } from '../support/evaluate-plans.js';
import { toPlain } from '../support/raw-resource.js';
import { constant, samplePlan, written } from '../support/sample-plan.js';

const fixtures = new URL('../../fixtures/terraform/', import.meta.url).pathname;
const small = samplePlan({
  changes: [
    { address: 'aws_s3_bucket.a', after: { bucket: 'a' } },
    {
      address: 'aws_s3_bucket.b["x"]',
      after: { bucket: 'b', tags: { Fruit: 'äpfel "rot"' } },
      sensitive: { tags: true },
    },
  ],
  module: { resources: [written('aws_s3_bucket.a', { bucket: constant('a') })] },
});

const outcome = (content: string | Uint8Array, path?: string) => {
  const { diagnostics, resources } = readPlanOf(content, path);
  return { diagnostics: diagnostics.map(showDiagnostic), addresses: resources.map(({ address }) => address) };
};

describe('a text that is no plan', () => {
  test.each([
    [
      '{"planned_values": {',
      'plan.json',
      'plan-invalid plan.json:1:20-1:20 "plan.json" cannot be read: the value is not closed: the text was cut off.',
    ],
    [
      '{"resource_changes": [{"a": "b',
      'plan.json',
      'plan-invalid plan.json:1:29-1:29 "plan.json" cannot be read: the string is not closed: the text was cut off.',
    ],
    [
      'PK\u0003\u0004',
      'plan.json',
      'state-invalid plan.json:1:1-1:1 "plan.json" cannot be read: the text is no JSON object.',
    ],
    [
      '{"version": 3, "terraform_version": "0.11.7", "lineage": "x", "modules": []}',
      'terraform.tfstate',
      'state-invalid terraform.tfstate:1:13-1:14 The state "terraform.tfstate" has the version 3; this release reads version 4.',
    ],
    [
      '{"version": 5, "terraform_version": "9.0.0", "lineage": "x"}',
      'terraform.tfstate',
      'state-invalid terraform.tfstate:1:13-1:14 The state "terraform.tfstate" has the version 5; this release reads version 4.',
    ],
    [
      '{"version": 4, "terraform_version": "1.0.0", "resources": {}}',
      'terraform.tfstate',
      'state-invalid terraform.tfstate:1:59-1:61 "terraform.tfstate" looks like a state and is none: its resources cannot be read.',
    ],
    [
      '{"format_version": "9.0", "terraform_version": "9.0.0", "values": {}}',
      'state.json',
      'state-invalid state.json:1:20-1:25 The state "state.json" has the format "9.0", which this release does not know.',
    ],
    [
      '{"format_version": "1.0", "terraform_version": "9.0.0", "values": 7}',
      'state.json',
      'state-invalid state.json:1:67-1:68 "state.json" looks like a state and is none: its values cannot be read.',
    ],
    [
      '{"format_version": "2.0", "planned_values": {}}',
      'plan.json',
      'plan-invalid plan.json:1:20-1:25 The plan "plan.json" has the format "2.0", which this release does not know.',
    ],
    [
      '{"planned_values": {}}',
      'plan.json',
      'plan-invalid plan.json:1:1-1:1 The plan "plan.json" has no "format_version", which this release does not know.',
    ],
    [
      '{"format_version": "1.2", "planned_values": {}, "resource_changes": "none"}',
      'plan.json',
      'plan-invalid plan.json:1:69-1:75 "plan.json" looks like a plan and is none: what it plans cannot be read.',
    ],
    [
      '{"format_version": "1.2", "planned_values": 7}',
      'plan.json',
      'plan-invalid plan.json:1:45-1:46 "plan.json" looks like a plan and is none: what it plans cannot be read.',
    ],
  ])('%s', (text, path, expected) => {
    expect(outcome(text, path)).toEqual({ diagnostics: [expected], addresses: [] });
  });

  test('of a run that failed, or that is incomplete, is read as far as it goes, and said to be', () => {
    const plan = { changes: [{ address: 'aws_s3_bucket.a', after: { bucket: 'a' } }] };
    expect(outcome(samplePlan({ ...plan, more: { errored: true } }))).toEqual({
      diagnostics: [
        'plan-invalid plan.json:1:1-1:1 The plan "plan.json" is of a run that failed: what is not in it is not judged.',
      ],
      addresses: ['aws_s3_bucket.a'],
    });
    expect(outcome(samplePlan({ ...plan, more: { complete: false } }))).toEqual({
      diagnostics: [
        'plan-invalid plan.json:1:1-1:1 The plan "plan.json" is incomplete (-target, or changes that wait for others): what is not in it is not judged.',
      ],
      addresses: ['aws_s3_bucket.a'],
    });
  });

  test('and goes on after its end is read, and said to', () => {
    expect(outcome(`${small}\0\0`)).toEqual({
      diagnostics: [
        'plan-invalid plan.json:1:1-1:1 After the JSON in "plan.json" comes something else, which is not read.',
      ],
      addresses: ['aws_s3_bucket.a', 'aws_s3_bucket.b["x"]'],
    });
  });

  test('of a plan in which one change cannot be read gives the others', () => {
    const text = small.replace('"bucket": "a"', '"bucket": a');
    expect(outcome(text)).toEqual({
      diagnostics: ['plan-invalid plan.json:9:3-9:4 A change of the plan "plan.json" cannot be read; the others are.'],
      addresses: ['aws_s3_bucket.b["x"]'],
    });
    const odd = JSON.parse(small);
    odd.resource_changes.unshift(7, { address: 'aws_s3_bucket.c' });
    expect(outcome(JSON.stringify(odd)).addresses).toEqual(['aws_s3_bucket.a', 'aws_s3_bucket.b["x"]']);
    expect(outcome(JSON.stringify(odd)).diagnostics).toHaveLength(2);
  });

  test('cut anywhere, or with one character less, is read or reported, never both silent and whole', () => {
    for (let end = 0; end < small.length - 1; end += 3) {
      const { diagnostics } = outcome(small.slice(0, end));
      expect([end, diagnostics.length > 0]).toEqual([end, !small.slice(0, end).trimEnd().endsWith('\n}')]);
    }
    for (let at = 0; at < small.length; at += 2) outcome(small.slice(0, at) + small.slice(at + 1));
  });

  test('nested ten thousand deep is reported', () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const { diagnostics, addresses } = outcome(small.replace('"bucket": "a"', `"bucket": ${deep}`));
    expect(addresses).toEqual(['aws_s3_bucket.b["x"]']);
    expect(diagnostics).toEqual([
      'limit-reached plan.json:20:1013-20:1014 "plan.json" is nested more than 1000 deep; that part is not read.',
    ]);
  });

  test('has names that every object has', () => {
    const plan = readPlanOf(
      samplePlan({
        changes: [
          {
            address: 'aws_s3_bucket.constructor',
            after: { bucket: 'a', tags: { constructor: 'x', toString: 'y' } },
            unknown: JSON.parse('{"__proto__": {"bucket": true}, "tags": {}}'),
          },
        ],
        module: { resources: [written('aws_s3_bucket.constructor', { bucket: constant('a'), tags: constant({}) })] },
      }),
    );
    expect(plan.resources.map(({ values }) => toPlain(values))).toEqual([
      { bucket: 'a', tags: { constructor: 'x', toString: 'y' } },
    ]);
  });
});

describe('a plan file', () => {
  const bytes = new Uint8Array(readFileSync(`${fixtures}modules/plan.bin`));

  test('that was cut off, or is something else, is reported', () => {
    const damaged = '"plan.bin" cannot be read as a plan: it is damaged, or was cut off.';
    for (const end of [0, 4, 100, bytes.length >> 1, bytes.length - 1])
      expect(outcome(bytes.subarray(0, end), 'plan.bin')).toEqual({
        diagnostics: [`plan-invalid plan.bin ${damaged}`],
        addresses: [],
      });
    expect(outcome(zip({ tfplan: new Uint8Array([8, 7]) }), 'plan.bin').diagnostics).toEqual([
      'plan-invalid plan.bin The plan "plan.bin" has the version 7; this release reads version 3.',
    ]);
    expect(outcome(zip({ readme: new Uint8Array([1]) }), 'plan.bin').diagnostics).toEqual([
      `plan-invalid plan.bin ${damaged}`,
    ]);
  });

  test('with any byte changed is read or reported', () => {
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      readPlanOf(changed, 'plan.bin');
    }
    const whole = openZip(bytes)?.read('tfplan') ?? new Uint8Array();
    for (let at = 0; at < whole.length; at += 11) {
      const changed = whole.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      readPlanOf(zip({ tfplan: changed }), 'plan.bin');
    }
  });

  test('that would unpack to more than it says is not unpacked', () => {
    const bomb = zip({ tfplan: new Uint8Array(10_000_000) }, 100);
    expect(openZip(bomb)?.read('tfplan')).toBeUndefined();
  });
});

describe('a value of a plan file', () => {
  const decode = (...bytes: number[]) => decodeMessagePack(new Uint8Array(bytes));
  const text = (value: string) => [0xa0 + value.length, ...new TextEncoder().encode(value)];

  test('has what is not known marked, refined or not', () => {
    expect(
      decode(0x82, ...text('a'), 0xd4, 0, 0, ...text('b'), 0x93, 1, 0xc7, 3, 12, 0x81, 1, 0xc2, 0xc0),
    ).toMatchObject({
      node: {
        kind: 'object',
        members: [
          { key: 'a', value: { kind: 'null' } },
          { key: 'b', value: { kind: 'array', elements: [{ text: '1' }, { kind: 'null' }, { kind: 'null' }] } },
        ],
      },
      unknown: { a: true, b: [undefined, true, undefined] },
    });
  });

  test('of any type is taken out of its wrapping', () => {
    expect(decode(0x92, 0xc4, 8, ...new TextEncoder().encode('"string"'), ...text('rye'))?.node).toMatchObject({
      kind: 'string',
      value: 'rye',
    });
  });

  test.each([
    ['-1', [0xff]],
    ['127', [0x7f]],
    ['200', [0xcc, 200]],
    ['4711', [0xcd, 0x12, 0x67]],
    ['-2', [0xd0, 0xfe]],
    ['18446744073709551615', [0xcf, 255, 255, 255, 255, 255, 255, 255, 255]],
    ['-9223372036854775808', [0xd3, 128, 0, 0, 0, 0, 0, 0, 0]],
    ['0.5', [0xcb, 0x3f, 0xe0, 0, 0, 0, 0, 0, 0]],
  ])('number %s', (expected, bytes) => {
    expect(decode(...bytes)?.node).toMatchObject({ kind: 'number', text: expected });
  });

  test.each([
    ['nothing', []],
    ['cut off', [0xa5, 97]],
    ['a length of 4 GB', [0xdb, 255, 255, 255, 255]],
    ['an array of 4 GB', [0xdd, 255, 255, 255, 255]],
    ['no code', [0xc1]],
    ['a key that is no text', [0x81, 1, 1]],
    ['too deep', Array.from({ length: 5_000 }, () => 0x91)],
  ])('%s is none', (_, bytes) => {
    expect(decode(...bytes)).toBeUndefined();
  });
});

/** A ZIP archive with deflated files; `unpacked` is what it says of their length. */
function zip(files: Readonly<Record<string, Uint8Array>>, unpacked?: number): Uint8Array {
  const chunks: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content);
    const lengths = [packed.length, unpacked ?? content.length] as const;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(lengths[0], 18);
    local.writeUInt32LE(lengths[1], 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(lengths[0], 20);
    entry.writeUInt32LE(lengths[1], 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    chunks.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...chunks, ...directory, end]));
}
