import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  extractDefaults,
  findStaleness as findStaleDefaults,
  type PlanDocument,
} from '../../scripts/generate-defaults.js';
import { findStaleness as findStaleSchemas } from '../../scripts/generate-schemas.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import type { BlockSchema } from '../../src/schemas/schema.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const schemas = read('src/schemas/generated/aws-schemas.ts');
const defaults = read('src/schemas/generated/aws-defaults.json');
const configurations = new Map(
  readdirSync(new URL('../../scripts/defaults', import.meta.url))
    .sort()
    .map((name) => [name, read(`scripts/defaults/${name}`)]),
);

describe('the committed tables', () => {
  it('are what the generators write', () => {
    expect(findStaleSchemas(schemas)).toBeUndefined();
    expect(findStaleDefaults(defaults, configurations)).toBeUndefined();
  });

  it('are stale once something was changed by hand', () => {
    expect(findStaleSchemas(schemas.replace('5.100.0', '5.99.0'))).toBe(
      'the table is not canonical, or of another release',
    );
    expect(findStaleSchemas(schemas.replace('\naws_vpc ', '\naws_vpd '))).toBe(
      'the table is not canonical, or of another release',
    );
    expect(findStaleDefaults(defaults, new Map([...configurations, ['aws_orchard.tf', '']]))).toBe(
      'the configurations have changed',
    );
    const without = JSON.parse(defaults);
    delete without.types.aws_vpc;
    expect(findStaleDefaults(JSON.stringify(without), configurations)).toBe(
      'its types are not those that have a configuration',
    );
    expect(findStaleDefaults(defaults.replace('\n', ''), configurations)).toBe('it is not sorted');
  });
});

/** The defaults of the table that their attribute cannot have. */
function mistypedDefaults(): readonly string[] {
  const table: { types: Record<string, { defaults: Record<string, unknown> }> } = JSON.parse(defaults);
  return Object.entries(table.types).flatMap(([type, { defaults: ofType }]) =>
    Object.keys(ofType).flatMap((path) => {
      const names = path.split('.');
      const name = names.pop() ?? '';
      let block: BlockSchema | undefined = providerSchemas.resource(type);
      for (const nested of names) block = block?.blocks.get(nested)?.block;
      const attribute = block?.attributes.get(name);
      const kind = attribute?.type.kind === 'bool' ? 'boolean' : attribute?.type.kind;
      return attribute?.isOptional === true && kind === typeof attribute.default ? [] : [`${type}.${path}`];
    }),
  );
}

describe('every default', () => {
  it('is of an optional attribute, and of its type', () => {
    expect(mistypedDefaults()).toEqual([]);
  });
});

/** A plan of resources, each `[address, planned values, configured expressions]`. */
function plan(...resources: (readonly [string, Record<string, unknown>, Record<string, unknown>])[]): PlanDocument {
  return {
    planned_values: {
      root_module: {
        resources: resources.map(([address, values]) => ({ address, type: address.split('.')[0] ?? '', values })),
      },
    },
    configuration: {
      root_module: { resources: resources.map(([address, , expressions]) => ({ address, expressions })) },
    },
  };
}

describe('extracting defaults from a plan', () => {
  it('takes what is known and not configured, and optional', () => {
    const found = extractDefaults(
      plan([
        'aws_sqs_queue.apples',
        { name: 'apples', delay_seconds: 90, fifo_queue: false, policy: null, tags_all: { a: 'b' }, url: 'https://x' },
        { name: {}, delay_seconds: {} },
      ]),
    );
    expect(found).toEqual({ aws_sqs_queue: { defaults: { fifo_queue: false }, nulls: ['policy'], empties: [] } });
  });

  it('leaves out what two configurations plan differently', () => {
    const found = extractDefaults(
      plan(
        ['aws_sqs_queue.apples', { name: 'apples', delay_seconds: 5, max_message_size: 1024 }, {}],
        ['aws_sqs_queue.pears', { name: 'pears', delay_seconds: 5, max_message_size: 2048 }, {}],
      ),
    );
    expect(found).toEqual({ aws_sqs_queue: { defaults: { delay_seconds: 5 }, nulls: [], empties: [] } });
  });

  it('looks into the blocks that are configured, and takes no zero value out of a set', () => {
    const found = extractDefaults(
      plan([
        'aws_ami.bakery',
        {
          ebs_block_device: [
            { device_name: '/dev/sdf', delete_on_termination: true, encrypted: false, iops: 0, snapshot_id: '' },
          ],
          ephemeral_block_device: [{ device_name: '/dev/sdg', virtual_name: 'ephemeral0' }],
        },
        { ebs_block_device: [{ device_name: {} }] },
      ]),
    );
    expect(found).toEqual({
      aws_ami: {
        defaults: { 'ebs_block_device.delete_on_termination': true },
        nulls: ['ebs_block_device.encrypted', 'ebs_block_device.iops', 'ebs_block_device.snapshot_id'],
        empties: [],
      },
    });
  });

  it('calls null what every plan has null, not what one of them does not know', () => {
    const found = extractDefaults(
      plan(
        ['aws_sqs_queue.apples', { name: 'apples', policy: null, redrive_policy: null }, {}],
        ['aws_sqs_queue.pears', { name: 'pears', redrive_policy: null }, {}],
      ),
    );
    expect(found).toEqual({ aws_sqs_queue: { defaults: {}, nulls: ['redrive_policy'], empties: [] } });
  });

  it('leaves out what is null in one plan for no reason that it knows', () => {
    const found = extractDefaults(
      plan(
        ['aws_sqs_queue.apples', { name: 'apples', delay_seconds: 5 }, {}],
        ['aws_sqs_queue.pears', { name: 'pears', delay_seconds: null }, {}],
      ),
    );
    expect(found).toEqual({ aws_sqs_queue: { defaults: {}, nulls: [], empties: [] } });
  });

  it('names the sibling that decides, where the type has one', () => {
    const found = extractDefaults(
      plan(
        ['aws_lb.bakery', { load_balancer_type: 'application', idle_timeout: 60 }, {}],
        ['aws_lb.cakes', { load_balancer_type: 'network', idle_timeout: null }, { load_balancer_type: {} }],
      ),
    );
    expect(found).toEqual({
      aws_lb: {
        defaults: {
          idle_timeout: { value: 60, sibling: 'load_balancer_type', equals: ['application'] },
          load_balancer_type: 'application',
        },
        nulls: [],
        empties: [],
      },
    });
  });

  it('calls empty the blocks that no plan has, at every depth, but none in a set or unknown in one plan', () => {
    const found = extractDefaults(
      plan(
        [
          'aws_instance.press',
          {
            launch_template: [],
            credit_specification: [],
            capacity_reservation_specification: [{ capacity_reservation_target: [] }],
          },
          { capacity_reservation_specification: [{}] },
        ],
        ['aws_instance.cellar', { launch_template: [] }, {}],
        [
          'aws_wafv2_rule_group.gate',
          { rule: [{ action: [], visibility_config: [{}] }], visibility_config: [{}] },
          { rule: [{ visibility_config: [{}] }], visibility_config: [{}] },
        ],
      ),
    );
    expect(found['aws_instance']?.empties).toEqual([
      'capacity_reservation_specification.capacity_reservation_target',
      'launch_template',
    ]);
    expect(found['aws_wafv2_rule_group']?.empties).toEqual([]);
  });

  it('refuses two elements of one set, which a plan reorders', () => {
    const devices = [{ device_name: '/dev/sdf' }, { device_name: '/dev/sdg' }];
    expect(() =>
      extractDefaults(plan(['aws_ami.bakery', { ebs_block_device: devices }, { ebs_block_device: devices }])),
    ).toThrow('aws_ami.ebs_block_device: two elements of a set cannot be told apart; configure one a resource');
  });
});
