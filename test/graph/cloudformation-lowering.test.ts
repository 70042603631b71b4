import { describe, expect, it } from 'vitest';
import type { RawResource } from '../../src/model/raw-resource.js';
import type { Value } from '../../src/model/value.js';
import { raw, toPlain, toReference, written } from '../support/raw-resource.js';
import { toValue, unknown } from '../support/to-value.js';
import { build } from './build.js';

function cfn(address: string, type: string, properties: object, details: Partial<RawResource> = {}): RawResource {
  return raw(address, properties, {
    language: 'cloudformation',
    type,
    name: address,
    declaration: address,
    ...details,
  });
}

/** `Ref` or `Fn::GetAtt`, before the stack is there. */
function refer(path: string): Value {
  return unknown(path, { reason: 'computed-by-provider', subject: path, notNull: true, refersTo: [toReference(path)] });
}

/** A list some elements of which are there under a condition. */
function perhaps(elements: readonly unknown[], ...uncertain: readonly number[]): Value {
  const list = toValue(elements);
  if (list.kind !== 'list') throw new Error('a list');
  return { ...list, existence: new Map(uncertain.map((index) => [index, 'perhaps'])) };
}

describe('properties of CloudFormation', () => {
  it('are renamed, lifted, turned into maps, and kept native where there is no word for them', () => {
    const { at } = build([
      cfn('Orchard', 'AWS::S3::Bucket', {
        BucketName: 'orchard',
        AccessControl: 'PublicRead',
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
        },
        LifecycleConfiguration: {
          Rules: [
            {
              Id: 'old',
              Status: 'Enabled',
              ExpirationInDays: 7,
              Transition: { StorageClass: 'GLACIER', TransitionInDays: 3 },
            },
          ],
        },
        MetadataTableConfiguration: { S3TablesDestination: { TableName: 'pears' } },
        Tags: [{ Key: 'team', Value: 'pears' }],
        Typo: 1,
      }),
    ]);
    expect(at('Orchard')?.type).toBe('aws_s3_bucket');
    expect(written(at('Orchard'))).toEqual({
      bucket: 'orchard',
      acl: 'public-read',
      server_side_encryption_configuration: {
        rule: { apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms' } },
      },
      lifecycle_configuration: {
        rule: [
          {
            id: 'old',
            status: 'Enabled',
            expiration: { days: 7 },
            transition: [{ storage_class: 'GLACIER', days: 3 }],
          },
        ],
      },
      tags: { team: 'pears' },
      tagged: { team: 'pears' },
      native: { MetadataTableConfiguration: { S3TablesDestination: { TableName: 'pears' } }, Typo: 1 },
    });
  });

  it('read the canonical spelling where both are written, and keep the other one', () => {
    const { at } = build([
      cfn('Orchard', 'AWS::S3::Bucket', {
        LifecycleConfiguration: {
          Rules: [{ Transition: { TransitionInDays: 3 }, Transitions: [{ TransitionInDays: 9 }] }],
        },
      }),
    ]);
    expect(written(at('Orchard'))).toEqual({
      lifecycle_configuration: { rule: [{ transition: [{ days: 9 }] }] },
      native: { 'LifecycleConfiguration.Rules[0].Transition': { TransitionInDays: 3 } },
    });
  });

  it('with known keys are attributes of their own type; an open list leaves the others unknown', () => {
    const attributes = (list: unknown) =>
      written(
        build([cfn('Lb', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { LoadBalancerAttributes: list })]).at('Lb'),
      ) as Record<string, unknown>;
    const pair = (Key: unknown, Value: unknown) => ({ Key, Value });
    expect(
      attributes([
        pair('routing.http.drop_invalid_header_fields.enabled', 'true'),
        pair('idle_timeout.timeout_seconds', '90'),
        pair('odd', '1'),
      ]),
    ).toEqual({
      drop_invalid_header_fields: true,
      idle_timeout: 90,
      native: { 'LoadBalancerAttributes[2]': { Key: 'odd', Value: '1' } },
    });
    expect(attributes([pair(unknown('key'), 'true')])).toMatchObject({
      drop_invalid_header_fields: '?variable-without-value var.key',
      access_logs: { enabled: '?variable-without-value var.key' },
    });
    expect(attributes(perhaps([pair('routing.http.drop_invalid_header_fields.enabled', 'true')], 0))).toEqual({
      drop_invalid_header_fields: '?uncertain-existence',
    });
  });

  it('of one list go to the attributes that they are for', () => {
    const { at } = build([
      cfn('Oven', 'AWS::EC2::Instance', {
        BlockDeviceMappings: [
          { DeviceName: '/dev/sdf', Ebs: { VolumeSize: 5 } },
          { DeviceName: '/dev/xvda', Ebs: { Encrypted: true } },
          { DeviceName: '/dev/sdg', VirtualName: 'ephemeral0' },
          { DeviceName: unknown('device'), Ebs: { Encrypted: false } },
        ],
        NetworkInterfaces: [{ DeviceIndex: '0', AssociatePublicIpAddress: true, GroupSet: ['sg-1'] }],
        UserData: 'ZWNobyBicmVhZA==',
      }),
    ]);
    expect(written(at('Oven'))).toEqual({
      root_block_device: '?uncertain-existence',
      ebs_block_device: [
        { device_name: '/dev/sdf', volume_size: 5 },
        { perhaps: { device_name: '?variable-without-value var.device', encrypted: false } },
      ],
      ephemeral_block_device: [{ device_name: '/dev/sdg', virtual_name: 'ephemeral0' }],
      associate_public_ip_address: true,
      vpc_security_group_ids: ['sg-1'],
      user_data: 'echo bread',
      native: expect.anything(),
    });
  });

  it('that count their items are lists, and maps with names are lists of named objects', () => {
    const { at } = build([
      cfn('Shop', 'AWS::CloudFront::Distribution', {
        DistributionConfig: {
          OriginGroups: {
            Quantity: 1,
            Items: [
              {
                Id: 'both',
                FailoverCriteria: { StatusCodes: { Quantity: 2, Items: [500, 503] } },
                Members: { Quantity: 2, Items: [{ OriginId: 'a' }, { OriginId: 'b' }] },
              },
            ],
          },
        },
      }),
      cfn('Group', 'AWS::RDS::DBParameterGroup', { Parameters: { 'rds.force_ssl': 1 } }),
    ]);
    expect(written(at('Shop'))).toEqual({
      origin_group: [
        {
          origin_id: 'both',
          failover_criteria: { status_codes: [500, 503] },
          member: [{ origin_id: 'a' }, { origin_id: 'b' }],
        },
      ],
    });
    expect(written(at('Group'))).toEqual({ parameter: [{ name: 'rds.force_ssl', value: '1' }] });
  });

  it('that are documents keep their structure', () => {
    const { at } = build([
      cfn('Task', 'AWS::ECS::TaskDefinition', {
        ContainerDefinitions: [
          { Name: 'oven', Environment: [{ Name: 'HEAT', Value: '200' }], DockerLabels: { Bread: 'yes' } },
        ],
      }),
      cfn('Queue', 'AWS::SQS::Queue', { RedrivePolicy: { maxReceiveCount: 3 } }),
    ]);
    expect(written(at('Task'))).toEqual({
      container_definitions: [
        { name: 'oven', environment: [{ name: 'HEAT', value: '200' }], dockerLabels: { Bread: 'yes' } },
      ],
    });
    expect(written(at('Queue'))).toEqual({ redrive_policy: { maxReceiveCount: 3 } });
  });
});

describe('resources of CloudFormation', () => {
  const policy = { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
  const decoded = { statement: [{ effect: 'Allow', actions: ['s3:*'], resources: ['*'] }] };

  it('are one companion for each that they name', () => {
    const { graph, at } = build([
      cfn('Baker', 'AWS::IAM::Role', {}),
      cfn('Shopper', 'AWS::IAM::User', {}),
      cfn('Bake', 'AWS::IAM::Policy', {
        PolicyName: 'bake',
        PolicyDocument: policy,
        Roles: [refer('Baker.Ref'), 'legacy'],
        Users: perhaps([refer('Shopper.Ref')], 0),
      }),
    ]);
    expect(written(at('Baker'))).toMatchObject({ inline_policy: [{ name: 'bake', policy: decoded }] });
    expect(written(at('Shopper'))).toMatchObject({ inline_policy: [{ perhaps: { name: 'bake', policy: decoded } }] });
    expect(
      [...graph.resources.values()]
        .filter(({ presence }) => presence === 'stand-in')
        .map(({ type, address }) => [type, address]),
    ).toEqual([['aws_iam_role', 'Bake']]);
    expect(at('Baker')?.members.map(({ address, path }) => [address, path])).toEqual([['Bake', 'inline_policy[0]']]);
  });

  it('are a policy and its attachments', () => {
    const { graph, at } = build([
      cfn('Baker', 'AWS::IAM::Role', {}),
      cfn('Bake', 'AWS::IAM::ManagedPolicy', { PolicyDocument: policy, Roles: [refer('Baker.Ref')] }),
    ]);
    expect(at('Bake')?.type).toBe('aws_iam_policy');
    expect(written(at('Baker'))).toMatchObject({
      policy_attachment: [{ policy_arn: 'arn:{var.partition}:iam::{var.account}:policy/{Bake.name}' }],
    });
    expect(graph.linksFrom.get(at('Baker')?.key ?? '')).toEqual([
      { from: at('Baker')?.key, path: 'policy_attachment.policy_arn', to: at('Bake')?.key, isCertain: true },
    ]);
  });

  it('are of the type that a property decides', () => {
    const { at } = build([
      cfn('Cluster', 'AWS::RDS::DBCluster', { Engine: 'aurora' }),
      cfn('Member', 'AWS::RDS::DBInstance', { DBClusterIdentifier: refer('Cluster.Ref'), PubliclyAccessible: true }),
      cfn('Alone', 'AWS::RDS::DBInstance', { Engine: 'mysql' }),
      cfn('Log', 'AWS::EC2::FlowLog', { ResourceType: 'Subnet', ResourceId: 'subnet-1' }),
    ]);
    expect([at('Member')?.type, at('Alone')?.type]).toEqual(['aws_rds_cluster_instance', 'aws_db_instance']);
    expect(toPlain(at('Alone')?.values.entries.get('publicly_accessible'))).toBe(
      '?default-not-certain db_subnet_group_name',
    );
    expect(written(at('Log'))).toEqual({ subnet_id: 'subnet-1', native: { ResourceType: 'Subnet' } });
  });

  it('are of both types where what decides is perhaps not there', () => {
    const isClustered = unknown('IsClustered', {
      reason: 'uncertain-existence',
      alternatives: [refer('Cluster.Ref'), { kind: 'absent' }],
    });
    const { graph } = build([
      cfn('Cluster', 'AWS::RDS::DBCluster', { Engine: 'aurora' }),
      cfn('Db', 'AWS::RDS::DBInstance', { DBClusterIdentifier: isClustered }),
      cfn('Given', 'AWS::RDS::DBInstance', { DBClusterIdentifier: unknown('Name', { notNull: true }) }),
    ]);
    const own = [...graph.resources.values()].filter(({ presence }) => presence === 'written');
    const seen = own.map(({ address, type, existence, values }) => [
      address,
      type,
      existence,
      toPlain(values.entries.get('storage_encrypted') ?? values.entries.get('cluster_identifier')),
    ]);
    const perhaps = { kind: 'unknown', reason: 'uncertain-existence', subject: 'var.IsClustered', implies: [] };
    expect(seen).toEqual([
      ['Cluster', 'aws_rds_cluster', { kind: 'certain' }, false],
      ['Db', 'aws_db_instance', perhaps, false],
      ['Db', 'aws_rds_cluster_instance', perhaps, '?computed-by-provider Cluster.Ref'],
      ['Given', 'aws_rds_cluster_instance', { kind: 'certain' }, '?variable-without-value var.Name'],
    ]);
  });

  it('are one type that is written in one of several ways, as far as the ways agree', () => {
    const kind = (is: unknown) =>
      written(
        build([cfn('Log', 'AWS::EC2::FlowLog', { ResourceType: is, ResourceId: 'orchard', TrafficType: 'ALL' })]).at(
          'Log',
        ),
      );
    const either = unknown('Kind', { alternatives: [toValue('VPC'), toValue('Subnet')] });
    expect([kind(either), kind('RegionalNatGateway')]).toEqual([
      {
        vpc_id: '?variable-without-value var.Kind',
        subnet_id: '?variable-without-value var.Kind',
        traffic_type: 'ALL',
        native: { ResourceType: '?variable-without-value var.Kind' },
      },
      { traffic_type: 'ALL', native: { ResourceType: 'RegionalNatGateway' } },
    ]);
  });

  it('are in each list of a split that they may be of', () => {
    const { at } = build([
      cfn('Oven', 'AWS::EC2::Instance', {
        BlockDeviceMappings: [
          {
            DeviceName: '/dev/sdf',
            VirtualName: unknown('Old', { alternatives: [toValue('ephemeral0'), { kind: 'absent' }] }),
            Ebs: { VolumeSize: 9 },
          },
        ],
      }),
    ]);
    const { ephemeral_block_device, ebs_block_device } = written(at('Oven')) as Record<string, unknown>;
    expect([ephemeral_block_device, ebs_block_device]).toEqual([
      [{ perhaps: { device_name: '/dev/sdf', virtual_name: '?variable-without-value var.Old' } }],
      [{ perhaps: { device_name: '/dev/sdf', volume_size: 9 } }],
    ]);
  });

  it('are tags that are perhaps there', () => {
    const tag = (name: string) => ({ Key: name, Value: 'pears' });
    const either = unknown('Tagged', { alternatives: [toValue([tag('team')]), { kind: 'absent' }] });
    const tags = (list: unknown) =>
      build([cfn('Crates', 'AWS::S3::Bucket', { Tags: list })])
        .at('Crates')
        ?.values.entries.get('tags');
    const listed = tags(perhaps([tag('team'), tag('owner')], 1));
    expect(toPlain(listed)).toEqual({ team: 'pears', owner: '?uncertain-existence' });
    const whole = tags(either);
    expect(
      whole?.kind === 'unknown'
        ? whole.alternatives?.map((one) => (one.kind === 'absent' ? one : toPlain(one)))
        : whole,
    ).toEqual([{ team: 'pears' }, { kind: 'absent' }]);
  });

  it('are as encrypted as what they are restored from, where that is known', () => {
    const { graph } = build([
      cfn('Source', 'AWS::RDS::DBCluster', { Engine: 'aurora', StorageEncrypted: true }),
      cfn('Silent', 'AWS::RDS::DBCluster', { Engine: 'aurora' }),
      cfn('OfSource', 'AWS::RDS::DBCluster', { SourceDBClusterIdentifier: refer('Source.Ref') }),
      cfn('OfSilent', 'AWS::RDS::DBCluster', { SourceDBClusterIdentifier: refer('Silent.Ref') }),
      cfn('OfOther', 'AWS::RDS::DBCluster', { SourceDBClusterIdentifier: 'far' }),
      cfn('OfSnapshot', 'AWS::RDS::DBCluster', { SnapshotIdentifier: 'old' }),
      cfn('Replica', 'AWS::RDS::DBInstance', { SourceDBClusterIdentifier: refer('Source.Ref') }),
      cfn('Restored', 'AWS::RDS::DBInstance', { DBSnapshotIdentifier: 'old' }),
      cfn('Disk', 'AWS::EC2::Volume', { Encrypted: true }),
      cfn('Copy', 'AWS::EC2::Volume', { SourceVolumeId: refer('Disk.VolumeId') }),
      cfn('OldDisk', 'AWS::EC2::Volume', { SnapshotId: 'snap-1' }),
    ]);
    const encrypted = [...graph.resources.values()].flatMap(({ address, values, presence }) =>
      presence === 'scope'
        ? []
        : [[address, toPlain(values.entries.get('storage_encrypted') ?? values.entries.get('encrypted'))]],
    );
    expect(Object.fromEntries(encrypted)).toEqual({
      Copy: true,
      Disk: true,
      OfOther: '?outside-input far',
      OfSilent: '?default-not-certain restore_to_point_in_time',
      OfSnapshot: '?default-not-certain snapshot_identifier',
      OfSource: true,
      OldDisk: '?default-not-certain snapshot_id',
      Replica: true,
      Restored: '?default-not-certain snapshot_identifier',
      Silent: false,
      Source: true,
    });
  });

  it('have a definition that is not known where it lies in a bucket', () => {
    const S3 = { Bucket: 'bakery', Key: 'shop.yaml' };
    const { at } = build([
      cfn('Shop', 'AWS::ApiGateway::RestApi', { BodyS3Location: S3 }),
      cfn('Menu', 'AWS::ApiGatewayV2::Api', { BodyS3Location: S3 }),
      cfn('Bake', 'AWS::StepFunctions::StateMachine', { DefinitionS3Location: S3 }),
      cfn('Bare', 'AWS::ApiGateway::RestApi', {}),
    ]);
    const bodies = ['Shop', 'Menu', 'Bake', 'Bare'].map((address) => {
      const entries = at(address)?.values.entries;
      return toPlain(entries?.get('body') ?? entries?.get('definition'));
    });
    expect(bodies).toEqual([
      '?default-not-certain BodyS3Location',
      '?default-not-certain BodyS3Location',
      '?default-not-certain DefinitionS3Location',
      undefined,
    ]);
  });

  it('are companions that add to what the parent says', () => {
    const { at, diagnostics } = build([
      cfn('Group', 'AWS::EC2::SecurityGroup', {
        GroupDescription: 'ovens',
        SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' }],
      }),
      cfn('More', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: refer('Group.GroupId'),
        IpProtocol: '-1',
        FromPort: 0,
        ToPort: 65535,
        CidrIp: '10.0.0.0/8',
      }),
    ]);
    expect(diagnostics).toEqual([]);
    expect(toPlain(at('Group')?.values.entries.get('ingress'))).toEqual([
      { ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: '0.0.0.0/0' },
      { ip_protocol: '-1', cidr_ipv4: '10.0.0.0/8' },
    ]);
  });

  it('have what CloudFormation takes where a property is not there, companions or not', () => {
    const egress = (properties: object, ...others: readonly RawResource[]) =>
      toPlain(
        build([cfn('Group', 'AWS::EC2::SecurityGroup', properties), ...others])
          .at('Group')
          ?.values.entries.get('egress'),
      );
    const all = [
      { ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' },
      { ip_protocol: '-1', cidr_ipv6: '::/0' },
    ];
    const own = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' };
    const lowered = { ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '10.0.0.0/8' };
    expect(egress({})).toEqual(all);
    expect(egress({ SecurityGroupEgress: [] })).toEqual(all);
    expect(egress({ SecurityGroupEgress: [own] })).toEqual([lowered]);
    expect(
      egress({}, cfn('Out', 'AWS::EC2::SecurityGroupEgress', { ...own, GroupId: refer('Group.GroupId') })),
    ).toEqual([...all, lowered]);
  });

  it('log into themselves where they name no bucket', () => {
    const { graph, at } = build([
      cfn('Orchard', 'AWS::S3::Bucket', { LoggingConfiguration: { LogFilePrefix: 'logs/' } }),
    ]);
    expect(graph.linksFrom.get(at('Orchard')?.key ?? '')?.map(({ path, to }) => [path, to])).toEqual([
      ['logging.target_bucket', at('Orchard')?.key],
    ]);
  });

  it('keep their native form where there is no table, and are linked all the same', () => {
    const { graph, at } = build([
      cfn('Queue', 'AWS::SQS::Queue', {}),
      cfn('Thing', 'Custom::Thing', { ServiceToken: 'oven', Target: refer('Queue.Arn') }),
    ]);
    expect([at('Thing')?.type, at('Thing')?.hasTable, toPlain(at('Thing')?.values)]).toEqual([
      'Custom::Thing',
      false,
      { ServiceToken: 'oven', Target: '?computed-by-provider Queue.Arn' },
    ]);
    expect(graph.linksFrom.get(at('Thing')?.key ?? '')?.map(({ to }) => to)).toEqual([at('Queue')?.key]);
  });

  it('are not certain of what only Terraform has a default for', () => {
    const { at } = build([cfn('Thing', 'AWS::EC2::Subnet', { VpcId: 'vpc-1' })]);
    expect(toPlain(at('Thing')?.values.entries.get('enable_dns64'))).toBe('?default-not-certain');
    expect(toPlain(at('Thing')?.values.entries.get('map_public_ip_on_launch'))).toBe(false);
  });

  it('are referred to in the words of the normal form', () => {
    const { at } = build([
      cfn('Queue', 'AWS::SQS::Queue', {}),
      cfn('Topic', 'AWS::SNS::Topic', { TopicName: refer('Queue.QueueName'), KmsMasterKeyId: refer('Queue.Ref') }),
    ]);
    const values = at('Topic')?.values.entries;
    expect([values?.get('name')?.refersTo, values?.get('kms_master_key_id')?.refersTo]).toEqual([
      [{ root: '.', address: 'Queue', attribute: 'name' }],
      [{ root: '.', address: 'Queue', attribute: 'url' }],
    ]);
  });
});
