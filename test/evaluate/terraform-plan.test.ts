import { describe, expect, test } from 'vitest';
import type { RawResource } from '../../src/model/raw-resource.js';
import type { Value } from '../../src/model/value.js';
import { nullValue } from '../../src/model/values.js';
import { showDiagnostic, showOrigin, showRange, valueAt } from '../support/evaluate-files.js';
import { graphOf, readPlanOf } from '../support/evaluate-plans.js';
import { toPlain } from '../support/raw-resource.js';
import { constant, identityOf, references, type SamplePlan, samplePlan, written } from '../support/sample-plan.js';

function read(plan: SamplePlan) {
  const result = readPlanOf(samplePlan(plan), 'orchard/plan.json');
  const resource = (address: string): RawResource => {
    const found = result.resources.find((one) => one.address === address);
    if (found === undefined) throw new Error(`no ${address}`);
    return found;
  };
  return {
    result,
    resource,
    diagnostics: result.diagnostics.map(showDiagnostic),
    resources: Object.fromEntries(result.resources.map(({ address, values }) => [address, toPlain(values)])),
    value: (address: string, ...path: string[]): Value => valueAt(resource(address).values, path),
  };
}

const refersTo = (value: Value) => (value.refersTo ?? []).map(({ address, attribute }) => `${address}.${attribute}`);

describe('the resources of a plan', () => {
  test('are those that are there after the run, as a configuration has them', () => {
    const { resources, diagnostics, result } = read({
      changes: [
        { address: 'aws_s3_bucket.new', after: { bucket: 'apples' } },
        { address: 'aws_s3_bucket.kept', after: { bucket: 'pears' }, actions: ['no-op'] },
        { address: 'aws_s3_bucket.replaced["x"]', after: { bucket: 'plums' }, actions: ['delete', 'create'] },
        { address: 'aws_s3_bucket.gone', after: null, before: { bucket: 'figs' }, actions: ['delete'] },
        { address: 'aws_s3_bucket.let_go', after: null, before: { bucket: 'nuts' }, actions: ['forget'] },
        { address: 'aws_s3_bucket.new', after: null, actions: ['delete'], more: { deposed: '0a1b2c3d' } },
        { address: 'data.aws_ami.late', after: { owners: ['self'] }, unknown: { id: true }, actions: ['read'] },
      ],
      prior: [
        { ...identityOf('data.aws_region.here'), values: { name: 'eu-west-1' }, sensitive_values: {} },
        { ...identityOf('aws_s3_bucket.gone'), values: { bucket: 'figs' }, sensitive_values: {} },
      ],
      module: { resources: [written('data.aws_ami.late', { owners: references('local.owners') })] },
    });
    expect(diagnostics).toEqual([]);
    expect(resources).toEqual({
      'data.aws_region.here': { name: 'eu-west-1' },
      'aws_s3_bucket.new': { bucket: 'apples' },
      'aws_s3_bucket.kept': { bucket: 'pears' },
      'aws_s3_bucket.replaced["x"]': { bucket: 'plums' },
      'data.aws_ami.late': { owners: ['self'] },
    });
    expect([result.kind, result.root, result.terraformVersion]).toEqual(['terraform-plan', 'orchard', '1.11.4']);
    expect(result.resources.map(({ declaration, language }) => [declaration, language])).toEqual([
      ['data.aws_region.here', 'terraform-plan'],
      ['aws_s3_bucket.new', 'terraform-plan'],
      ['aws_s3_bucket.kept', 'terraform-plan'],
      ['aws_s3_bucket.replaced', 'terraform-plan'],
      ['data.aws_ami.late', 'terraform-plan'],
    ]);
  });

  test('have nothing that is neither written nor known', () => {
    const { resources } = read({
      changes: [
        {
          address: 'aws_instance.web',
          after: {
            ami: 'ami-4711',
            hibernation: null,
            get_password_data: false,
            launch_template: [],
            root_block_device: [{ encrypted: true, tags: null, delete_on_termination: true }],
            tags: { Fruit: 'apple' },
            tags_all: { Fruit: 'apple' },
            timeouts: null,
            volume_tags: null,
          },
          unknown: {
            arn: true,
            key_name: true,
            metadata_options: true,
            subnet_id: true,
            root_block_device: [{ volume_id: true, kms_key_id: true }],
            tags: {},
            tags_all: {},
          },
        },
      ],
      providers: { aws: { name: 'aws', expressions: {} } },
      module: {
        resources: [
          written('aws_instance.web', {
            ami: constant('ami-4711'),
            root_block_device: [{ encrypted: constant(true) }],
            subnet_id: references('local.subnet'),
            tags: constant({ Fruit: 'apple' }),
            volume_tags: constant(null),
          }),
        ],
      },
    });
    expect(resources).toEqual({
      'aws_instance.web': {
        ami: 'ami-4711',
        root_block_device: [{ encrypted: true }],
        subnet_id: '?plan-unknown aws_instance.web.subnet_id',
        tags: { Fruit: 'apple' },
        volume_tags: null,
      },
    });
  });

  test('have the types of the provider, every block a list', () => {
    const { resources } = read({
      changes: [
        {
          address: 'aws_security_group.gate',
          after: {
            name: 'gate',
            ingress: [
              {
                cidr_blocks: ['10.0.0.0/8'],
                description: '',
                from_port: 0,
                ipv6_cidr_blocks: [],
                protocol: '-1',
                security_groups: [],
                self: false,
                to_port: 0,
              },
            ],
          },
          unknown: { egress: true },
        },
        {
          address: 'aws_ebs_volume.cellar',
          after: { size: '20', encrypted: 'true', iops: 12345678901234567890n.toString() },
        },
      ],
    });
    expect(resources).toEqual({
      'aws_security_group.gate': {
        egress: '?plan-unknown aws_security_group.gate.egress',
        ingress: [{ cidr_blocks: ['10.0.0.0/8'], from_port: 0, protocol: '-1', to_port: 0 }],
        name: 'gate',
      },
      'aws_ebs_volume.cellar': { encrypted: true, iops: 12345678901234567000, size: 20 },
    });
  });

  test('keep the digits of large numbers', () => {
    const text = samplePlan({ changes: [{ address: 'aws_ebs_volume.cellar', after: { size: 20 } }] });
    const { resources } = readPlanOf(text.replace('"size": 20', '"size": 12345678901234567890'));
    expect(resources[0]?.values.entries.get('size')).toMatchObject({
      value: 12345678901234567000,
      exact: { mantissa: 6172839450617283945n, exponent: 1 },
    });
  });

  test('do not have the hash of user data, but what is written, or an unknown', () => {
    const hash = 'df8eafdcca138dea9d018f82d3148ee07091bf3d';
    const { resources } = read({
      changes: ['plain', 'joined'].map((name) => ({
        address: `aws_instance.${name}`,
        after: { user_data: hash },
      })),
      module: {
        resources: [
          written('aws_instance.plain', { user_data: constant('#!/bin/sh\necho') }),
          written('aws_instance.joined', { user_data: references('local.script') }),
        ],
      },
    });
    expect(resources).toEqual({
      'aws_instance.plain': { user_data: '#!/bin/sh\necho' },
      'aws_instance.joined': { user_data: '?plan-unknown aws_instance.joined.user_data' },
    });
  });

  test('leave to the provider what a variable leaves null, through calls too', () => {
    const { resources } = read({
      changes: [
        { address: 'aws_db_instance.a', after: { engine: 'postgres' }, unknown: { kms_key_id: true } },
        {
          address: 'module.m.aws_db_instance.b',
          after: { engine: 'postgres' },
          unknown: { kms_key_id: true, iops: true },
        },
      ],
      variables: { key: null },
      module: {
        resources: [written('aws_db_instance.a', { engine: constant('postgres'), kms_key_id: references('var.key') })],
        module_calls: {
          m: {
            source: './m',
            expressions: { key: references('var.key') },
            module: {
              variables: { key: {}, iops: { default: 3000 } },
              resources: [
                written('aws_db_instance.b', {
                  engine: constant('postgres'),
                  kms_key_id: references('var.key'),
                  iops: references('var.iops'),
                }),
              ],
            },
          },
        },
      },
    });
    expect(resources).toEqual({
      'aws_db_instance.a': { engine: 'postgres' },
      'module.m.aws_db_instance.b': { engine: 'postgres', iops: '?plan-unknown aws_db_instance.b.iops' },
    });
  });

  test('show one block of an unknown number of them as perhaps more', () => {
    const { value } = read({
      changes: [
        {
          address: 'aws_instance.web',
          after: { ami: 'ami-4711', ebs_block_device: [{}] },
          unknown: { ebs_block_device: [{ device_name: true, encrypted: true }] },
        },
      ],
      module: { resources: [written('aws_instance.web', { ami: constant('ami-4711') })] },
    });
    expect(value('aws_instance.web', 'ebs_block_device')).toMatchObject({
      elements: [],
      rest: { reason: 'plan-unknown', subject: 'aws_instance.web.ebs_block_device' },
    });
  });
});

describe('dynamic blocks over what is not known, as real plans have them', () => {
  const zero = { description: '', ipv6_cidr_blocks: [], prefix_list_ids: [], security_groups: [], self: false };
  const open = { cidr_blocks: true, from_port: true, protocol: true, to_port: true };
  const known = { ...zero, cidr_blocks: ['10.0.0.0/8'], from_port: 443, protocol: 'tcp', to_port: 443 };

  test('as attributes are a list of unknown length, with what stands beside them', () => {
    const { resources } = read({
      changes: [
        { address: 'aws_security_group.gate', after: { ingress: [zero] }, unknown: { ingress: [open], egress: true } },
        {
          address: 'aws_security_group.fence',
          after: { ingress: [zero, known] },
          unknown: { ingress: [open, { cidr_blocks: [false] }] },
        },
        {
          address: 'aws_security_group.hedge',
          after: { ingress: [{ ...zero, from_port: 22, protocol: 'tcp', to_port: 22 }] },
          unknown: { ingress: [{ cidr_blocks: true }] },
        },
      ],
      module: {
        resources: ['gate', 'fence', 'hedge'].map((name) =>
          written(`aws_security_group.${name}`, name === 'fence' ? { ingress: constant([known]) } : {}),
        ),
      },
    });
    expect(resources).toEqual({
      'aws_security_group.gate': { ingress: ['...plan-unknown'] },
      'aws_security_group.fence': {
        ingress: [{ cidr_blocks: ['10.0.0.0/8'], from_port: 443, protocol: 'tcp', to_port: 443 }, '...plan-unknown'],
      },
      'aws_security_group.hedge': {
        ingress: [
          {
            cidr_blocks: '?plan-unknown aws_security_group.hedge.ingress[0].cidr_blocks',
            from_port: 22,
            protocol: 'tcp',
            to_port: 22,
          },
        ],
      },
    });
  });

  test('are not absent, unless the provider computes such blocks', () => {
    const { resources } = read({
      changes: [
        { address: 'aws_wafv2_web_acl.gate', after: { name: 'gate' }, unknown: { rule: true, id: true } },
        { address: 'aws_lb_listener.gate', after: { port: 80 }, unknown: { default_action: true, protocol: true } },
        { address: 'aws_s3_bucket_lifecycle_configuration.gate', unknown: { rule: true, id: true } },
        {
          address: 'aws_s3_bucket_server_side_encryption_configuration.gate',
          after: { rule: [{}] },
          unknown: { rule: [{ apply_server_side_encryption_by_default: true }] },
        },
        { address: 'aws_instance.gate', after: { ami: 'ami-4711' }, unknown: { metadata_options: true } },
      ],
      module: {
        resources: [
          written('aws_wafv2_web_acl.gate', { name: constant('gate') }),
          written('aws_lb_listener.gate', { port: constant(80) }),
          written('aws_s3_bucket_lifecycle_configuration.gate', {}),
          written('aws_s3_bucket_server_side_encryption_configuration.gate', { rule: [{}] }),
          written('aws_instance.gate', { ami: constant('ami-4711') }),
        ],
      },
    });
    expect(resources).toEqual({
      'aws_wafv2_web_acl.gate': { name: 'gate', rule: '?plan-unknown aws_wafv2_web_acl.gate.rule' },
      'aws_lb_listener.gate': { port: 80, default_action: '?plan-unknown aws_lb_listener.gate.default_action' },
      'aws_s3_bucket_lifecycle_configuration.gate': {
        rule: '?plan-unknown aws_s3_bucket_lifecycle_configuration.gate.rule',
      },
      'aws_s3_bucket_server_side_encryption_configuration.gate': {
        rule: [
          {
            apply_server_side_encryption_by_default:
              '?plan-unknown aws_s3_bucket_server_side_encryption_configuration.gate.rule[0].apply_server_side_encryption_by_default',
          },
        ],
      },
      'aws_instance.gate': { ami: 'ami-4711' },
    });
  });

  test('beside written blocks leave these as they are, whatever defaults theirs have', () => {
    const { resources } = read({
      changes: [
        {
          address: 'aws_lb_target_group.t',
          after: { port: 80, health_check: [{ enabled: true, path: '/health' }] },
          unknown: { health_check: [{ matcher: true }] },
        },
        {
          address: 'aws_lb_target_group.u',
          after: { port: 80, health_check: [{ enabled: true, interval: 30 }] },
          unknown: { health_check: [{ matcher: true, path: true }] },
        },
      ],
      module: {
        resources: ['t', 'u'].map((name) => written(`aws_lb_target_group.${name}`, { port: constant(80) })),
      },
    });
    expect(resources).toEqual({
      'aws_lb_target_group.t': {
        port: 80,
        health_check: [
          { enabled: true, matcher: '?plan-unknown aws_lb_target_group.t.health_check[0].matcher', path: '/health' },
        ],
      },
      'aws_lb_target_group.u': { port: 80, health_check: ['...plan-unknown'] },
    });
  });
});

describe('references of a plan', () => {
  const bucketAndMore = (expressions: unknown, more: SamplePlan = {}) =>
    read({
      changes: [
        { address: 'aws_s3_bucket.crates["a"]', after: { bucket: 'crates-a' }, unknown: { id: true, arn: true } },
        { address: 'aws_s3_bucket.crates["b"]', after: { bucket: 'crates-b' }, unknown: { id: true, arn: true } },
        { address: 'aws_s3_bucket_versioning.crates["a"]', unknown: { bucket: true } },
        { address: 'aws_s3_bucket_versioning.crates["b"]', unknown: { bucket: true } },
      ],
      module: {
        resources: [
          written('aws_s3_bucket.crates', { bucket: references('each.key') }),
          written(
            'aws_s3_bucket_versioning.crates',
            { bucket: expressions },
            { for_each_expression: references('aws_s3_bucket.crates') },
          ),
        ],
      },
      ...more,
    });

  test.each([
    ['each.value of a resource', references('each.value.id', 'each.value'), ['aws_s3_bucket.crates["b"].id']],
    ['its own key', references('aws_s3_bucket.crates', 'each.key'), ['aws_s3_bucket.crates["b"].']],
    [
      'a key',
      references('aws_s3_bucket.crates["a"].arn', 'aws_s3_bucket.crates["a"]', 'aws_s3_bucket.crates'),
      ['aws_s3_bucket.crates["a"].arn'],
    ],
    ['all', references('aws_s3_bucket.crates'), ['aws_s3_bucket.crates["a"].', 'aws_s3_bucket.crates["b"].']],
    ['a local', references('local.name'), []],
    ['a local beside another', references('aws_s3_bucket.crates["a"].id', 'local.name'), []],
    ['what is not there', references('aws_s3_bucket.barrels.id', 'aws_s3_bucket.barrels'), []],
  ])('%s', (_, expression, expected) => {
    const { value } = bucketAndMore(expression);
    expect(refersTo(value('aws_s3_bucket_versioning.crates["b"]', 'bucket'))).toEqual(expected);
  });

  test('by an index that is reckoned with are any instance', () => {
    const { value } = read({
      changes: ['aws_subnet.rows[0]', 'aws_subnet.rows[1]', 'aws_nat_gateway.n[0]', 'aws_nat_gateway.n[1]'].map(
        (address) => ({ address, unknown: { id: true, ...(address.includes('nat') ? { subnet_id: true } : {}) } }),
      ),
      module: {
        resources: [
          written('aws_subnet.rows', {}),
          // `aws_subnet.rows[(count.index + 1) % 2].id`
          written('aws_nat_gateway.n', { subnet_id: references('aws_subnet.rows', 'count.index') }),
        ],
      },
    });
    expect(refersTo(value('aws_nat_gateway.n[0]', 'subnet_id'))).toEqual([
      'aws_subnet.rows[0].',
      'aws_subnet.rows[1].',
    ]);
  });

  test.each([
    [
      'are no certain links where it may be a part of another',
      '-2',
      'false',
      '?companion-link-unknown aws_s3_bucket_versioning.v',
    ],
    ['are links where nothing else has it in its name', undefined, 'true', {}],
  ] as const)('that read a name %s; ids that AWS makes up are', (_, suffix, isCertain, versioning) => {
    const others =
      suffix === undefined
        ? []
        : [
            { address: 'aws_s3_bucket.other', after: { bucket: `crates${suffix}` }, unknown: { id: true } },
            { address: 'aws_iam_role.other', after: { name: `press${suffix}` }, unknown: { arn: true } },
          ];
    const names = ['bucket', 'group'] as const;
    const { result } = read({
      changes: [
        { address: 'aws_s3_bucket.bucket', after: { bucket: 'crates' }, unknown: { id: true } },
        { address: 'aws_s3_bucket_versioning.v', unknown: { bucket: true } },
        { address: 'aws_security_group.group', after: { name: 'gate' }, unknown: { id: true } },
        { address: 'aws_network_interface.n', unknown: { security_groups: true } },
        { address: 'aws_iam_role.role', after: { name: 'press' }, unknown: { arn: true } },
        { address: 'aws_lambda_function.f', after: { function_name: 'press' }, unknown: { role: true } },
        { address: 'aws_kms_key.key', unknown: { arn: true, id: true } },
        { address: 'aws_ebs_volume.whole', unknown: { kms_key_id: true } },
        { address: 'aws_ebs_volume.decided', unknown: { kms_key_id: true } },
        ...others,
      ],
      module: {
        resources: [
          ...others.map(({ address }) => written(address, {})),
          ...names.map((name) => written(name === 'bucket' ? 'aws_s3_bucket.bucket' : 'aws_security_group.group', {})),
          // `"${aws_s3_bucket.bucket.id}-logs"` looks no different.
          written('aws_s3_bucket_versioning.v', {
            bucket: references('aws_s3_bucket.bucket.id', 'aws_s3_bucket.bucket'),
          }),
          written('aws_network_interface.n', {
            security_groups: references('aws_security_group.group.id', 'aws_security_group.group'),
          }),
          written('aws_iam_role.role', { name: constant('press') }),
          written('aws_lambda_function.f', { role: references('aws_iam_role.role.arn', 'aws_iam_role.role') }),
          written('aws_kms_key.key', {}),
          written('aws_ebs_volume.whole', { kms_key_id: references('aws_kms_key.key.arn', 'aws_kms_key.key') }),
          // `aws_iam_role.role.arn == "" ? aws_kms_key.key.arn : "another"`
          written('aws_ebs_volume.decided', {
            kms_key_id: references(
              'aws_iam_role.role.arn',
              'aws_iam_role.role',
              'aws_kms_key.key.arn',
              'aws_kms_key.key',
            ),
          }),
        ],
      },
    });
    const { linksFrom, resources } = graphOf(result);
    const links = [...linksFrom.values()].flat().map(({ path, to, isCertain }) => `${path} ${to} ${isCertain}`);
    expect(links.map((link) => link.replace('orchard\0', ''))).toEqual([
      'kms_key_id aws_kms_key.key false',
      'kms_key_id aws_kms_key.key true',
      `role aws_iam_role.role ${isCertain}`,
      'security_groups aws_security_group.group true',
    ]);
    expect(
      toPlain(resources.get('orchard\0aws_s3_bucket.bucket')?.values.entries.get('versioning') ?? nullValue()),
    ).toEqual(versioning);
  });

  test('pass through arguments and outputs of modules', () => {
    const { value } = read({
      changes: [
        { address: 'module.a["x"].aws_s3_bucket.b', after: { bucket: 'b' }, unknown: { id: true } },
        { address: 'module.v.aws_s3_bucket_versioning.v', unknown: { bucket: true } },
      ],
      module: {
        module_calls: {
          a: {
            expressions: {},
            for_each_expression: references('var.names'),
            module: {
              outputs: { id: { expression: references('aws_s3_bucket.b.id', 'aws_s3_bucket.b') } },
              resources: [written('aws_s3_bucket.b', { bucket: constant('b') })],
            },
          },
          v: {
            expressions: { bucket: references('module.a["x"].id', 'module.a["x"]') },
            module: { resources: [written('aws_s3_bucket_versioning.v', { bucket: references('var.bucket') })] },
          },
        },
      },
    });
    expect(refersTo(value('module.v.aws_s3_bucket_versioning.v', 'bucket'))).toEqual([
      'module.a["x"].aws_s3_bucket.b.id',
    ]);
  });

  test('are those of a known value only where it is that value', () => {
    const { value } = read({
      changes: [
        { address: 'aws_s3_bucket.b', after: { bucket: 'crates' } },
        { address: 'aws_s3_bucket_versioning.same', after: { bucket: 'crates' } },
        { address: 'aws_s3_bucket_versioning.joined', after: { bucket: 'crates-logs' } },
      ],
      module: {
        resources: [
          written('aws_s3_bucket.b', { bucket: constant('crates') }),
          written('aws_s3_bucket_versioning.same', { bucket: references('aws_s3_bucket.b.bucket', 'aws_s3_bucket.b') }),
          written('aws_s3_bucket_versioning.joined', {
            bucket: references('aws_s3_bucket.b.bucket', 'aws_s3_bucket.b'),
          }),
        ],
      },
    });
    expect(refersTo(value('aws_s3_bucket_versioning.same', 'bucket'))).toEqual(['aws_s3_bucket.b.bucket']);
    expect(refersTo(value('aws_s3_bucket_versioning.joined', 'bucket'))).toEqual([]);
  });
});

describe('places and scopes of a plan', () => {
  test('a value is where it stands, a resource where its change does', () => {
    const { value, resource } = read({
      changes: [{ address: 'aws_s3_bucket.b', after: { bucket: 'crates', tags: { Fruit: 'apple' } } }],
      module: {
        resources: [written('aws_s3_bucket.b', { bucket: constant('crates'), tags: constant({ Fruit: 'apple' }) })],
      },
    });
    expect(showOrigin(value('aws_s3_bucket.b', 'bucket').origin)).toEqual(['written orchard/plan.json:20:16-20:24']);
    expect(showOrigin(value('aws_s3_bucket.b', 'tags', 'Fruit').origin)).toEqual([
      'written orchard/plan.json:22:16-22:23',
    ]);
    expect(showRange(resource('aws_s3_bucket.b').header)).toBe('orchard/plan.json:9:3-9:4');
    expect(showRange(resource('aws_s3_bucket.b').range)).toBe('orchard/plan.json:9:3-29:4');
  });

  test('a region and an account come from the provider configuration that the resource has', () => {
    const { resource } = read({
      changes: [
        { address: 'aws_s3_bucket.here', after: { bucket: 'here' } },
        { address: 'aws_s3_bucket.there', after: { bucket: 'there' } },
        { address: 'aws_s3_bucket.somewhere', after: { bucket: 'somewhere' } },
      ],
      variables: { region: 'eu-west-1' },
      providers: {
        aws: { name: 'aws', expressions: { region: references('var.region') } },
        'aws.gov': {
          name: 'aws',
          alias: 'gov',
          expressions: {
            region: constant('us-gov-west-1'),
            assume_role: [{ role_arn: constant('arn:aws-us-gov:iam::123456789012:role/press') }],
          },
        },
        'aws.odd': { name: 'aws', alias: 'odd', expressions: { region: references('local.region') } },
      },
      module: {
        resources: [
          written('aws_s3_bucket.here', {}),
          written('aws_s3_bucket.there', {}, { provider_config_key: 'aws.gov' }),
          written('aws_s3_bucket.somewhere', {}, { provider_config_key: 'aws.odd' }),
        ],
      },
    });
    const scopeOf = (address: string) => {
      const { configuration, account, region, partition } = resource(address).scope;
      return [configuration, toPlain(account), toPlain(region), toPlain(partition)];
    };
    expect(scopeOf('aws_s3_bucket.here')).toEqual([
      'provider.aws',
      '?provider-configuration provider.aws account',
      'eu-west-1',
      'aws',
    ]);
    expect(scopeOf('aws_s3_bucket.there')).toEqual(['provider.aws.gov', '123456789012', 'us-gov-west-1', 'aws-us-gov']);
    expect(scopeOf('aws_s3_bucket.somewhere')).toEqual([
      'provider.aws.odd',
      '?provider-configuration provider.aws.odd account',
      '?provider-configuration provider.aws.odd region',
      '?provider-configuration provider.aws.odd partition',
    ]);
  });

  test('what is not written is at its place, and not as written', () => {
    const { value } = read({
      changes: [
        { address: 'aws_instance.old', after: { metadata_options: [{ http_tokens: 'optional' }] }, actions: ['no-op'] },
      ],
      module: { resources: [written('aws_instance.old', {})] },
    });
    expect(value('aws_instance.old', 'metadata_options').origin?.step).toBe('default-of-type');
  });
});
