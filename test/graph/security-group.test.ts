import { describe, expect, it } from 'vitest';
import { raw, reference, toPlain, unreadModule, written } from '../support/raw-resource.js';
import { partly, unknown } from '../support/to-value.js';
import { build } from './build.js';

/** An inline rule as the provider has it: all nine keys. */
function rule(fields: object) {
  return {
    cidr_blocks: [],
    description: '',
    from_port: 22,
    ipv6_cidr_blocks: [],
    prefix_list_ids: [],
    protocol: 'tcp',
    security_groups: [],
    self: false,
    to_port: 22,
    ...fields,
  };
}

describe('rules of a security group', () => {
  it('are atomic, one source each, inline ones in their written order', () => {
    const { at } = build([
      raw('aws_security_group.bakery', {
        name: 'bakery',
        ingress: [
          rule({ cidr_blocks: ['10.1.0.0/16', '10.2.0.0/16'], ipv6_cidr_blocks: ['::/0'], prefix_list_ids: ['pl-0a'] }),
          rule({ protocol: '6', self: true, security_groups: ['sg-0b'], description: 'ovens' }),
        ],
        egress: [rule({ protocol: 'all', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] })],
      }),
    ]);
    const ssh = { from_port: 22, to_port: 22, ip_protocol: 'tcp' };
    expect(written(at('aws_security_group.bakery'))).toEqual({
      name: 'bakery',
      ingress: [
        { ...ssh, cidr_ipv4: '10.1.0.0/16' },
        { ...ssh, cidr_ipv4: '10.2.0.0/16' },
        { ...ssh, cidr_ipv6: '::/0' },
        { ...ssh, prefix_list_id: 'pl-0a' },
        { ...ssh, description: 'ovens', referenced_security_group_id: 'sg-0b' },
        {
          ...ssh,
          description: 'ovens',
          referenced_security_group_id: '?computed-by-provider aws_security_group.bakery.id',
        },
      ],
      egress: [{ ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' }],
    });
  });

  it('are the same whether inline or in any of the three resources of their own', () => {
    const id = reference('aws_security_group.bakery.id');
    const plain = { name: 'bakery' };
    const groups = [
      build([
        raw('aws_security_group.bakery', {
          ...plain,
          ingress: [rule({ description: null, cidr_blocks: ['0.0.0.0/0'] })],
        }),
      ]),
      build([
        raw('aws_security_group.bakery', plain),
        raw('aws_security_group_rule.ssh', {
          security_group_id: id,
          type: 'ingress',
          protocol: 'TCP',
          from_port: 22,
          to_port: 22,
          cidr_blocks: ['0.0.0.0/0'],
        }),
      ]),
      build([
        raw('aws_security_group.bakery', plain),
        raw('aws_vpc_security_group_ingress_rule.ssh', {
          security_group_id: id,
          ip_protocol: '6',
          from_port: 22,
          to_port: 22,
          cidr_ipv4: '0.0.0.0/0',
        }),
      ]),
    ];
    for (const { at } of groups) {
      expect(written(at('aws_security_group.bakery'))).toEqual({
        name: 'bakery',
        ingress: [{ ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: '0.0.0.0/0' }],
      });
    }
  });

  it('declared by a resource are members, and say where they were declared', () => {
    const { at, graph } = build([
      raw('aws_security_group.bakery', { name: 'bakery' }),
      raw('aws_security_group_rule.out', {
        security_group_id: reference('aws_security_group.bakery.id'),
        type: 'egress',
        protocol: '-1',
        from_port: 0,
        to_port: 0,
        cidr_blocks: ['10.0.0.0/8', '172.16.0.0/12'],
      }),
    ]);
    const group = at('aws_security_group.bakery');
    expect(written(group)).toEqual({
      name: 'bakery',
      egress: [
        { ip_protocol: '-1', cidr_ipv4: '10.0.0.0/8' },
        { ip_protocol: '-1', cidr_ipv4: '172.16.0.0/12' },
      ],
    });
    expect(group?.members.map(({ address, path }) => [address, path])).toEqual([
      ['aws_security_group_rule.out', 'egress[0]'],
      ['aws_security_group_rule.out', 'egress[1]'],
    ]);
    expect([...(group?.declaredIn ?? [])]).toEqual([
      ['egress[0]', 'aws_security_group_rule.out'],
      ['egress[1]', 'aws_security_group_rule.out'],
    ]);
    expect([...graph.resources.values()].map(({ type }) => type)).toEqual([
      'aws_account',
      'aws_region',
      'aws_security_group',
    ]);
  });

  it('of which the source list is open may be more', () => {
    const { at } = build([
      raw('aws_security_group.bakery', {
        ingress: [rule({ cidr_blocks: unknown('cidrs', { type: { kind: 'list', element: { kind: 'string' } } }) })],
      }),
    ]);
    expect(toPlain(at('aws_security_group.bakery')?.values.entries.get('ingress'))).toEqual([
      {
        'any-number': {
          from_port: 22,
          to_port: 22,
          ip_protocol: 'tcp',
          cidr_ipv4: '?variable-without-value var.cidrs',
        },
      },
    ]);
  });

  it('inline and standalone at once are all there, with a diagnostic', () => {
    const { at, diagnostics } = build([
      raw('aws_security_group.bakery', { ingress: [rule({ description: null, cidr_blocks: ['10.1.0.0/16'] })] }),
      raw('aws_vpc_security_group_ingress_rule.web', {
        security_group_id: reference('aws_security_group.bakery.id'),
        ip_protocol: 'tcp',
        from_port: 443,
        to_port: 443,
        cidr_ipv4: '10.2.0.0/16',
      }),
    ]);
    expect(written(at('aws_security_group.bakery'))).toEqual({
      ingress: [
        { ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: '10.1.0.0/16' },
        { ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '10.2.0.0/16' },
      ],
    });
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      [
        'terraform-conflicting-declarations',
        '"ingress" of "aws_security_group.bakery" is declared more than once, also by "aws_vpc_security_group_ingress_rule.web": each apply undoes the other.',
      ],
    ]);
  });

  it('on a group that is not in the input are judged on a stand-in, each at its own place', () => {
    const { graph, at } = build([
      raw('aws_security_group.bakery', { name: 'bakery' }),
      raw('aws_vpc_security_group_ingress_rule.ssh', {
        security_group_id: unknown('sg_id', { type: { kind: 'string' } }),
        ip_protocol: 'tcp',
        from_port: 22,
        to_port: 22,
        cidr_ipv4: '0.0.0.0/0',
      }),
    ]);
    expect([...graph.resources.values()].map(({ address, type, presence }) => [address, type, presence])).toEqual([
      ['aws_account/aws', 'aws_account', 'scope'],
      ['aws_region/aws/aws', 'aws_region', 'scope'],
      ['aws_security_group.bakery', 'aws_security_group', 'written'],
      ['aws_vpc_security_group_ingress_rule.ssh', 'aws_security_group', 'stand-in'],
    ]);
    expect(written(at('aws_vpc_security_group_ingress_rule.ssh'))).toEqual({
      id: '?variable-without-value var.sg_id',
      ingress: [{ ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: '0.0.0.0/0' }],
    });
    // The id of a group of this root cannot have been passed in from outside.
    expect(written(at('aws_security_group.bakery'))).toEqual({ name: 'bakery' });
  });

  it('of unknown number are there any number of times', () => {
    const { at } = build([
      raw('aws_security_group.bakery', { name: 'bakery' }),
      raw(
        'aws_vpc_security_group_ingress_rule.many[*]',
        {
          security_group_id: reference('aws_security_group.bakery.id'),
          ip_protocol: 'tcp',
          from_port: 443,
          to_port: 443,
          cidr_ipv4: unknown('each'),
        },
        { isPrototype: true, existence: { kind: 'unknown', reason: 'variable-without-value', subject: 'var.cidrs' } },
      ),
    ]);
    expect(written(at('aws_security_group.bakery'))).toEqual({
      name: 'bakery',
      ingress: [
        {
          'any-number': {
            ip_protocol: 'tcp',
            from_port: 443,
            to_port: 443,
            cidr_ipv4: '?variable-without-value var.each',
          },
        },
      ],
    });
  });

  it('of unknown direction are perhaps in both lists', () => {
    const { at } = build([
      raw('aws_security_group.bakery', {}),
      raw('aws_security_group_rule.either', {
        security_group_id: reference('aws_security_group.bakery.id'),
        type: unknown('direction'),
        protocol: 'tcp',
        from_port: 22,
        to_port: 22,
        cidr_blocks: ['0.0.0.0/0'],
      }),
    ]);
    const either = { perhaps: { ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: '0.0.0.0/0' } };
    expect(written(at('aws_security_group.bakery'))).toEqual({ ingress: [either], egress: [either] });
  });

  it('may be more where the group is passed to a module that was not read', () => {
    const { at } = build(
      [raw('aws_security_group.bakery', { name: 'bakery' })],
      [unreadModule('module.rules', reference('aws_security_group.bakery.id'))],
    );
    expect(written(at('aws_security_group.bakery'))).toEqual({
      name: 'bakery',
      ingress: ['...remote-module'],
      egress: ['...remote-module'],
    });
  });

  it('of the default group belong to a group named default', () => {
    const { at } = build([
      raw('aws_default_security_group.bakery', { vpc_id: reference('aws_vpc.bakery.id'), ingress: [] }),
      raw('aws_vpc.bakery', { cidr_block: '10.0.0.0/16' }),
    ]);
    const group = at('aws_default_security_group.bakery');
    expect([group?.type, written(group)]).toEqual([
      'aws_security_group',
      { vpc_id: '?computed-by-provider aws_vpc.bakery.id', ingress: [], name: 'default' },
    ]);
  });

  it('link to the groups that they name', () => {
    const { graph } = build([
      raw('aws_security_group.bakery', {}),
      raw('aws_security_group.shop', {
        ingress: [
          rule({
            security_groups: [reference('aws_security_group.bakery.id')],
            description: partly('from ', unknown('x')),
          }),
        ],
      }),
    ]);
    expect([...graph.linksFrom.values()].flat()).toEqual([
      {
        from: '.\0aws_security_group.shop',
        path: 'ingress.referenced_security_group_id',
        to: '.\0aws_security_group.bakery',
        isCertain: true,
      },
    ]);
    expect([...graph.linksTo.keys()]).toEqual(['.\0aws_security_group.bakery']);
  });
});
