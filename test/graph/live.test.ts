import { expect, test } from 'vitest';
import { buildGraph } from '../../src/graph/build-graph.js';
import { openTypeOf, type Resource, type ResourceGraph } from '../../src/model/resource.js';
import type { SnapshotRecord } from '../../src/model/snapshot.js';
import type { Value } from '../../src/model/value.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { partsOf, readOrchard, resultOf, sealSnapshot } from '../support/snapshot.js';

const ACCOUNT = '123456789012';

/** The orchard with further records of one region. */
function graphWith(...records: readonly Partial<SnapshotRecord>[]): ResourceGraph {
  const orchard = partsOf(readOrchard());
  const line = orchard.ledger[0];
  if (line === undefined) throw new Error('The orchard has no ledger.');
  const asked = { state: 'collected', permission: null, code: null, message: null, parent: null } as const;
  const parts = {
    ...orchard,
    ledger: [...orchard.ledger, { ...line, ...asked, region: 'me-south-1', operation: 'lambda:GetPolicy' }],
  };
  const lines = records.map((record): SnapshotRecord => {
    const own = { type: 'AWS::S3::Bucket', id: 'figs', arn: null, properties: {}, gaps: [] };
    return { ...own, account: ACCOUNT, region: 'me-south-1', ...record };
  });
  const files = sealSnapshot({
    ...parts,
    records: { ...parts.records, [`resources/${ACCOUNT}/me-south-1.ndjson`]: lines },
  });
  const { resources, extents } = resultOf(files);
  const facts = new Map([['aws_region', { ebs_encryption_by_default: { enabled: true } }]]);
  return buildGraph({ resources, extents, unreadModules: [], schemas: providerSchemas, facts }).graph;
}

function find(graph: ResourceGraph, address: string): Resource | undefined {
  return graph.resources.get(`${ACCOUNT}\0${address}`);
}

function plain(value: Value | undefined): unknown {
  switch (value?.kind) {
    case undefined:
      return 'absent';
    case 'unknown':
      return `? ${value.reason} ${value.subject ?? ''}`.trim();
    case 'list':
      return [...value.elements.map(plain), ...(value.rest === undefined ? [] : [`… ${value.rest.reason}`])];
    case 'object':
      return Object.fromEntries([...value.entries].map(([name, entry]) => [name, plain(entry)]));
    case 'null':
      return null;
    default:
      return value?.value;
  }
}

test('a group without rules has none, and not those that CloudFormation would make', () => {
  const none = { $none: true };
  const graph = graphWith({
    type: 'AWS::EC2::SecurityGroup',
    id: 'sg-9',
    properties: { GroupName: 'shed', SecurityGroupEgress: none, SecurityGroupIngress: none },
  });
  const { values } = find(graph, 'AWS::EC2::SecurityGroup/me-south-1/sg-9') ?? {};
  expect([values?.rest?.reason, plain(values)]).toEqual([
    'not-collected',
    expect.objectContaining({ id: 'sg-9', name: 'shed', ingress: null, egress: null }),
  ]);
});

test('companions stand at their parent, what could not be read as unknown', () => {
  const graph = graphWith();
  const at = (address: string, path: string) => plain(find(graph, address)?.values.entries.get(path));
  expect(at('arn:aws:s3:::apples', 'policy')).toMatchObject({ statement: [{ effect: 'Deny' }] });
  expect(at('arn:aws:s3:::logs', 'policy')).toBe(null);
  expect(at('arn:aws:s3:::pears', 'policy')).toBe('? permission-denied s3:GetBucketPolicy');
  expect(find(graph, 'arn:aws:s3:::apples')?.members.map(({ address, path }) => [address, path])).toEqual([
    ['AWS::S3::BucketPolicy/eu-west-1/apples', 'policy'],
  ]);
});

test('a permission is a statement of a policy that a function has by it alone', () => {
  const graph = graphWith(
    {
      type: 'AWS::Lambda::Function',
      id: 'press',
      properties: { FunctionName: 'press' },
      live: { policy: { $none: true } },
    },
    {
      type: 'AWS::Lambda::Function',
      id: 'shed',
      properties: { FunctionName: 'shed' },
      gaps: [{ path: '@policy', operation: 'lambda:GetPolicy', state: 'denied', permission: null, code: null }],
    },
    {
      type: 'AWS::Lambda::Permission',
      id: 'press/0',
      properties: { FunctionName: 'press', Action: 'lambda:InvokeFunction', Principal: '*' },
    },
  );
  const of = (id: string) => plain(find(graph, `AWS::Lambda::Function/me-south-1/${id}`)?.values.entries.get('policy'));
  const everyone = { type: '*', identifiers: ['*'] };
  expect([of('press'), of('shed')]).toEqual([
    { statement: [{ effect: 'Allow', actions: ['lambda:InvokeFunction'], principals: [everyone] }] },
    { statement: ['… permission-denied'] },
  ]);
});

test('a condition of a permission that could not be read perhaps is not there', () => {
  const gap = {
    path: 'SourceArn',
    operation: 'lambda:GetPolicy',
    state: 'denied' as const,
    permission: null,
    code: null,
  };
  const graph = graphWith(
    {
      type: 'AWS::Lambda::Function',
      id: 'press',
      properties: { FunctionName: 'press' },
      live: { policy: { $none: true } },
    },
    {
      type: 'AWS::Lambda::Permission',
      id: 'press/0',
      properties: { FunctionName: 'press', Action: 'lambda:InvokeFunction', Principal: '*', SourceAccount: ACCOUNT },
      gaps: [gap],
    },
  );
  expect(plain(find(graph, 'AWS::Lambda::Function/me-south-1/press')?.values.entries.get('policy'))).toMatchObject({
    statement: [{ condition: [{ test: 'StringEquals', values: [ACCOUNT] }, '… permission-denied'] }],
  });
});

test('a fact that was denied is not known for that reason, one that nothing tells for none', () => {
  const gap = { operation: 'iam:GetCredentialReport', state: 'denied' as const, permission: null, code: null };
  const graph = graphWith({
    type: 'AWS::IAM::User',
    id: 'ada',
    properties: { UserName: 'ada' },
    live: { password_enabled: true },
    gaps: [{ path: '@mfa_active', ...gap }],
  });
  const { values } = find(graph, 'AWS::IAM::User/me-south-1/ada') ?? {};
  const at = (name: string) => plain(values?.entries.get(name));
  expect([at('password_enabled'), at('mfa_active'), at('password_last_used'), values?.rest?.reason]).toEqual([
    true,
    '? permission-denied iam:GetCredentialReport',
    'absent',
    'not-collected',
  ]);
});

test('a list that could not be read is open, and not a list of one', () => {
  const gap = {
    path: 'ManagedPolicyArns',
    operation: 'iam:ListRoles',
    state: 'denied' as const,
    permission: null,
    code: null,
  };
  const graph = graphWith({ type: 'AWS::IAM::Role', id: 'ada', properties: { RoleName: 'ada' }, gaps: [gap] });
  expect(plain(find(graph, 'AWS::IAM::Role/me-south-1/ada')?.values.entries.get('policy_attachment'))).toEqual([
    '… permission-denied',
  ]);
});

test('a region is complete where only another one could not be asked', () => {
  const of = (scope?: string) => {
    const key = scope === undefined ? undefined : `${ACCOUNT}\0${scope}`;
    return openTypeOf(graphWith(), ACCOUNT, 'aws_security_group', key)?.reason;
  };
  expect({
    anywhere: of(),
    account: of(`aws_account/${ACCOUNT}`),
    asked: of(`aws_region/${ACCOUNT}/eu-west-1`),
    denied: of(`aws_region/${ACCOUNT}/us-east-1`),
  }).toEqual({
    anywhere: 'permission-denied',
    account: 'permission-denied',
    asked: undefined,
    denied: 'permission-denied',
  });
});

test('what is added to a policy piece by piece is in it, and nothing is where nothing was added', () => {
  const functionOf = (id: string, gaps: SnapshotRecord['gaps'] = []) => ({
    type: 'AWS::Lambda::Function',
    id,
    properties: { FunctionName: id },
    gaps,
  });
  const denied = { operation: 'lambda:GetPolicy', state: 'denied', permission: 'lambda:GetPolicy', code: 'x' } as const;
  const graph = graphWith(
    functionOf('sort'),
    functionOf('press', [{ path: '@policy', ...denied }]),
    functionOf('wash'),
    {
      type: 'AWS::Lambda::Permission',
      id: 'sort/all',
      properties: { FunctionName: 'sort', Action: 'lambda:InvokeFunction', Principal: '*' },
    },
  );
  const policyOf = (id: string) =>
    plain(find(graph, `AWS::Lambda::Function/me-south-1/${id}`)?.values.entries.get('policy'));
  expect([policyOf('sort'), policyOf('press'), policyOf('wash')]).toEqual([
    {
      statement: [
        {
          effect: 'Allow',
          actions: ['lambda:InvokeFunction'],
          principals: [{ type: '*', identifiers: ['*'] }],
        },
      ],
    },
    { statement: ['… permission-denied'] },
    null,
  ]);
});

test('a region that nothing was asked of is open, whatever the configuration states', () => {
  const graph = graphWith({});
  const scopeOf = (address: string) => graph.scopes.get('aws_region')?.get(`${ACCOUNT}\0${address}`);
  const key = scopeOf('AWS::S3::Bucket/me-south-1/figs');
  const region = key === undefined ? undefined : graph.resources.get(key);
  expect([region?.address, region?.values.rest?.reason, plain(region?.values)]).toEqual([
    `aws_region/${ACCOUNT}/me-south-1`,
    'not-collected',
    { name: 'me-south-1' },
  ]);
  expect(plain(find(graph, `aws_region/${ACCOUNT}/eu-west-1`)?.values)).toEqual({
    ebs_encryption_by_default: { enabled: true },
    id: 'eu-west-1',
    name: 'eu-west-1',
  });
  expect(scopeOf(`arn:aws:iam::${ACCOUNT}:role/picker`)).toBe(undefined);
});

test('of a type that nobody asked for there may be more, of one that was listed there are no others', () => {
  const graph = graphWith();
  const types = ['aws_s3_bucket', 'aws_security_group', 'aws_flow_log', 'aws_account'];
  expect(types.map((type) => openTypeOf(graph, ACCOUNT, type))).toEqual([
    undefined,
    { reason: 'permission-denied', subject: 'ec2:DescribeSecurityGroups' },
    { reason: 'not-collected', subject: 'aws_flow_log' },
    undefined,
  ]);
  expect(openTypeOf(graph, '.', 'aws_flow_log')).toBe(undefined);
});
