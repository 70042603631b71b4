import { describe, expect, it } from 'vitest';
import { raw, reference, toPlain, written } from '../support/raw-resource.js';
import { toValue, unknown } from '../support/to-value.js';
import { build } from './build.js';

const allow = (action: string) => JSON.stringify({ Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
const statement = (action: string) => ({ statement: [{ effect: 'Allow', actions: [action], resources: ['*'] }] });

describe('a role', () => {
  it('has the policies of its own, inline and standalone, in one view; attached ones are judged where they are written', () => {
    const { at, graph } = build([
      raw('aws_iam_role.gardener', {
        name: 'gardener',
        assume_role_policy: JSON.stringify({
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }],
        }),
        inline_policy: [{ name: 'water', policy: allow('s3:GetObject') }],
      }),
      raw('aws_iam_role_policy.prune', {
        role: reference('aws_iam_role.gardener.name'),
        name: 'prune',
        policy: allow('s3:DeleteObject'),
      }),
      raw('aws_iam_policy.admin', { name: 'admin', policy: allow('*') }),
      raw('aws_iam_role_policy_attachment.admin', {
        role: 'gardener',
        policy_arn: reference('aws_iam_policy.admin.arn'),
      }),
      raw('aws_iam_policy_attachment.all', {
        name: 'all',
        roles: [reference('aws_iam_role.gardener.name')],
        users: ['ann'],
        policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
      }),
      raw('aws_iam_user.ann', { name: 'ann' }),
    ]);
    const role = at('aws_iam_role.gardener');
    expect(toPlain(role?.values.entries.get('inline_policy'))).toEqual([
      { name: 'water', policy: statement('s3:GetObject') },
      { name: 'prune', policy: statement('s3:DeleteObject') },
    ]);
    expect(toPlain(role?.values.entries.get('identity_policies'))).toEqual([
      statement('s3:GetObject'),
      statement('s3:DeleteObject'),
    ]);
    expect(written(at('aws_iam_user.ann'))).toEqual({
      name: 'ann',
      policy_attachment: [{ policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
      identity_policies: [],
    });
    expect(toPlain(at('aws_iam_policy.admin')?.values.entries.get('identity_policies'))).toEqual([statement('*')]);
    expect([...graph.linksFrom.values()].flat().map(({ from, path, to }) => [from, path, to])).toEqual([
      ['.\0aws_iam_role.gardener', 'policy_attachment.policy_arn', '.\0aws_iam_policy.admin'],
    ]);
  });

  it('has its deprecated attachments as the companions say them', () => {
    const { at } = build([
      raw('aws_iam_role.gardener', {
        name: 'gardener',
        managed_policy_arns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
      }),
    ]);
    expect(toPlain(at('aws_iam_role.gardener')?.values.entries.get('policy_attachment'))).toEqual([
      { policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    ]);
  });

  it('links a user and its groups both ways', () => {
    const { at } = build([
      raw('aws_iam_user.ann', { name: 'ann' }),
      raw('aws_iam_group.pickers', { name: 'pickers' }),
      raw('aws_iam_group.pressers', { name: 'pressers' }),
      raw('aws_iam_group_membership.a', { name: 'm', group: reference('aws_iam_group.pickers.name'), users: ['ann'] }),
      raw('aws_iam_user_group_membership.b', { user: reference('aws_iam_user.ann.name'), groups: ['pressers'] }),
    ]);
    expect(toPlain(at('aws_iam_user.ann')?.values.entries.get('groups'))).toEqual([
      '?computed-by-provider aws_iam_group.pickers.name',
      'pressers',
    ]);
    expect(toPlain(at('aws_iam_group.pickers')?.values.entries.get('users'))).toEqual(['ann']);
    expect(toPlain(at('aws_iam_group.pressers')?.values.entries.get('users'))).toEqual([
      '?computed-by-provider aws_iam_user.ann.name',
    ]);
  });
});

describe('the account and the region', () => {
  it('have what is declared of them, and what is stated', () => {
    const facts = new Map([['aws_region', { instance_metadata_defaults: { http_tokens: 'required' } }]]);
    const { graph, at } = build(
      [
        raw('aws_s3_account_public_access_block.all', { block_public_acls: true }),
        raw('aws_iam_account_password_policy.all', { minimum_password_length: 16 }),
        raw('aws_ebs_encryption_by_default.all', { enabled: true }),
        raw('aws_ebs_volume.barrel', { availability_zone: 'eu-north-1a', size: 5 }),
      ],
      [],
      facts,
    );
    expect(written(at('aws_account/aws'))).toEqual({
      account_id: '?provider-configuration var.account',
      partition: '?provider-configuration var.partition',
      s3_public_access_block: { block_public_acls: true },
      password_policy: { minimum_password_length: 16 },
    });
    expect(written(at('aws_region/aws/aws'))).toEqual({
      name: '?provider-configuration var.region',
      ebs_encryption_by_default: { enabled: true },
      instance_metadata_defaults: { http_tokens: 'required' },
    });
    expect([...graph.resources.values()].map(({ type }) => type)).toEqual([
      'aws_account',
      'aws_ebs_volume',
      'aws_region',
    ]);
    expect(graph.scopes.get('aws_account')?.get('.\0aws_ebs_volume.barrel')).toBe('.\0aws_account/aws');
  });
});

describe('a function', () => {
  it('has the permissions on it as statements of its policy', () => {
    const { at } = build([
      raw('aws_lambda_function.press', { function_name: 'press', role: 'r', reserved_concurrent_executions: -1 }),
      raw('aws_lambda_permission.bucket', {
        function_name: reference('aws_lambda_function.press.function_name'),
        action: 'lambda:InvokeFunction',
        principal: 's3.amazonaws.com',
        source_arn: 'arn:aws:s3:::orchard',
        statement_id: 'FromBucket',
      }),
      raw('aws_lambda_permission.anyone', { function_name: 'press', action: 'lambda:InvokeFunction', principal: '*' }),
    ]);
    expect(written(at('aws_lambda_function.press'))).toEqual({
      function_name: 'press',
      role: 'r',
      policy: {
        statement: [
          { effect: 'Allow', actions: ['lambda:InvokeFunction'], principals: [{ type: '*', identifiers: ['*'] }] },
          {
            sid: 'FromBucket',
            effect: 'Allow',
            actions: ['lambda:InvokeFunction'],
            principals: [{ type: 'Service', identifiers: ['s3.amazonaws.com'] }],
            condition: [{ test: 'ArnLike', variable: 'aws:sourcearn', values: ['arn:aws:s3:::orchard'] }],
          },
        ],
      },
      resource_policy: expect.anything(),
    });
  });
});

describe('an instance', () => {
  it('inherits what it leaves unset from its launch template, then has the defaults', () => {
    const template = raw('aws_launch_template.picker', {
      name: 'picker',
      metadata_options: [{ http_tokens: 'required' }],
    });
    const { at } = build([
      template,
      raw('aws_instance.a', { launch_template: [{ id: reference('aws_launch_template.picker.id') }] }),
      raw('aws_instance.b', { launch_template: [{ id: unknown('template') }] }),
      raw('aws_instance.c', { metadata_options: [{ http_endpoint: 'disabled' }] }),
    ]);
    const options = ['a', 'b', 'c'].map((name) =>
      toPlain(at(`aws_instance.${name}`)?.values.entries.get('metadata_options')),
    );
    expect(options).toEqual([
      { http_tokens: 'required', http_endpoint: 'enabled', http_protocol_ipv6: 'disabled' },
      '?outside-input var.template',
      { http_endpoint: 'disabled', http_protocol_ipv6: 'disabled', http_tokens: 'optional' },
    ]);
    expect(toPlain(at('aws_instance.c')?.values.entries.get('monitoring'))).toBe(false);
  });
});

describe('other families', () => {
  it('read a network ACL in the words of its rules', () => {
    const { at } = build([
      raw('aws_network_acl.yard', {
        vpc_id: 'vpc-1',
        ingress: [
          {
            action: 'allow',
            rule_no: 100,
            protocol: '6',
            from_port: 22,
            to_port: 22,
            cidr_block: '0.0.0.0/0',
            ipv6_cidr_block: '',
          },
        ],
      }),
      raw('aws_network_acl_rule.out', {
        network_acl_id: reference('aws_network_acl.yard.id'),
        egress: true,
        rule_action: 'deny',
        rule_number: 7,
        protocol: 'all',
      }),
    ]);
    expect(written(at('aws_network_acl.yard'))).toEqual({
      vpc_id: 'vpc-1',
      ingress: [
        {
          rule_action: 'allow',
          rule_number: 100,
          protocol: 'tcp',
          from_port: 22,
          to_port: 22,
          cidr_block: '0.0.0.0/0',
        },
      ],
      egress: [{ rule_action: 'deny', rule_number: 7, protocol: '-1' }],
    });
  });

  it('read containers out of their text, keys recased', () => {
    const { at } = build([
      raw('aws_ecs_task_definition.cider', {
        family: 'cider',
        container_definitions: JSON.stringify([
          { Name: 'press', readonlyRootFilesystem: true, dockerLabels: { Team: 'x' } },
        ]),
      }),
    ]);
    expect(written(at('aws_ecs_task_definition.cider'))).toEqual({
      family: 'cider',
      container_definitions: [{ name: 'press', readonlyRootFilesystem: true, dockerLabels: { Team: 'x' } }],
    });
  });

  it('read a target group alone as forwarding to it, under either name of the type', () => {
    const { at } = build([
      raw('aws_alb_listener.door', {
        load_balancer_arn: 'arn:x',
        default_action: [{ type: 'forward', target_group_arn: 'arn:y' }],
      }),
    ]);
    const listener = at('aws_alb_listener.door');
    expect([listener?.type, written(listener)]).toEqual([
      'aws_lb_listener',
      {
        load_balancer_arn: 'arn:x',
        default_action: [{ type: 'forward', forward: { target_group: [{ arn: 'arn:y' }] } }],
      },
    ]);
  });

  it('read a repository with its documents', () => {
    const { at } = build([
      raw('aws_ecr_repository.apples', { name: 'apples', encryption_configuration: [{ encryption_type: 'KMS' }] }),
      raw('aws_ecr_repository_policy.apples', {
        repository: reference('aws_ecr_repository.apples.name'),
        policy: allow('ecr:*'),
      }),
      raw('aws_ecr_lifecycle_policy.apples', { repository: 'apples', policy: '{"rules":[{"rulePriority":1}]}' }),
    ]);
    expect(written(at('aws_ecr_repository.apples'))).toEqual({
      name: 'apples',
      encryption_configuration: { encryption_type: 'KMS' },
      policy: statement('ecr:*'),
      lifecycle_policy: { policy: { rules: [{ rulePriority: 1 }] } },
      resource_policy: statement('ecr:*'),
    });
  });

  it('keep what is written twice but can mean one thing, and say so', () => {
    const { at, diagnostics } = build([
      raw('aws_ecr_repository.apples', {
        name: 'apples',
        encryption_configuration: [{ encryption_type: 'KMS' }, { encryption_type: 'AES256' }],
      }),
    ]);
    expect(written(at('aws_ecr_repository.apples'))).toEqual({
      name: 'apples',
      encryption_configuration: '?more-than-one',
      native: { encryption_configuration: [{ encryption_type: 'KMS' }, { encryption_type: 'AES256' }] },
    });
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      [
        'more-than-one-block',
        '"encryption_configuration" of "aws_ecr_repository.apples" is written more than once, and can mean only one thing.',
      ],
    ]);
  });

  it('keep the native form of a type that has no table', () => {
    const { at } = build([raw('bakery_oven.big', { heat: 200, door: [{ open: true }] })]);
    const oven = at('bakery_oven.big');
    expect([oven?.hasTable, written(oven)]).toEqual([false, { heat: 200, door: [{ open: true }] }]);
    expect(toValue({ kind: 'x' }).kind).toBe('object');
  });
});
