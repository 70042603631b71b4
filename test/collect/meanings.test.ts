import { expect, test } from 'vitest';
import { collectServices } from './collect-service.js';
import { errorOf } from './fake-aws.js';

test('an error that means two things is read by its words', async () => {
  const endings = async (message: string) => {
    const { records, ledger } = await collectServices(['securityhub'], ({ client }) =>
      client === 'securityhub' ? errorOf('InvalidAccessException', 401, message) : undefined,
    );
    const lines = ledger.filter(({ operation }) => operation.startsWith('securityhub:'));
    return [
      records.length,
      ...new Set(lines.filter(({ region }) => region === 'eu-central-1').map(({ state }) => state)),
    ];
  };
  expect([
    await endings('Account 123456789012 is not subscribed to AWS Security Hub'),
    await endings('Account 123456789012 is not an administrator for this organization'),
  ]).toEqual([
    [0, 'not-enabled'],
    [0, 'failed'],
  ]);
});

test('a snapshot is public where a list of the public ones has it, and open where that list failed', async () => {
  const shared = async (isFailing: boolean) => {
    const { records } = await collectServices(['ec2'], ({ operation, input }) =>
      isFailing && operation === 'DescribeSnapshots' && input['RestorableByUserIds'] !== undefined
        ? errorOf('UnauthorizedOperation', 403)
        : undefined,
    );
    return records
      .filter(({ type }) => type === 'aws_ebs_snapshot')
      .map(({ id, live, gaps }) => [id, live?.['is_public'], ...gaps.map(({ path, state }) => `${path} ${state}`)]);
  };
  expect(await shared(false)).toEqual([
    ['snap-0own', false],
    ['snap-0pub', true],
  ]);
  expect(await shared(true)).toEqual([
    ['snap-0own', undefined, '$is_public denied'],
    ['snap-0pub', undefined, '$is_public denied'],
  ]);
});

test('that nobody has reported an error of delivery is known only where the status is', async () => {
  const { records } = await collectServices(['cloudtrail'], ({ operation }) =>
    operation === 'GetTrailStatus' ? { kind: 'answer', output: { IsLogging: true } } : undefined,
  );
  expect(records.map(({ live }) => live?.['latest_delivery_error'])).toEqual([{ $none: true }]);
});

test('when an instance was stopped is in a text, and not known where the text is another', async () => {
  const stops = async (state: string, StateTransitionReason: string) => {
    const instance = { InstanceId: 'i-0web', State: { Name: state }, StateTransitionReason };
    const { usage } = await collectServices(['ec2'], ({ operation }) =>
      operation === 'DescribeInstances'
        ? { kind: 'answer', output: { Reservations: [{ Instances: [instance] }] } }
        : undefined,
    );
    return usage.map(({ live, gaps }) => [live['stopped_at'], ...gaps.map(({ path, code }) => `${path} ${code}`)]);
  };
  expect([
    await stops('running', ''),
    await stops('stopped', 'User initiated (2026-01-02 03:04:05 GMT)'),
    await stops('stopped', ''),
  ]).toEqual([[[{ $none: true }]], [['2026-01-02T03:04:05Z']], [[undefined, '$stopped_at NotTold']]]);
});

const RECIPE = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:recipe-AbCdEf';

test('how often a secret is rotated by a schedule is known when it was', async () => {
  const rotation = async (more: object) => {
    const { records } = await collectServices(['secretsmanager'], ({ operation }) =>
      operation === 'ListSecrets'
        ? { kind: 'answer', output: { SecretList: [{ ARN: RECIPE, Name: 'recipe', ...more }] } }
        : undefined,
    );
    const { live, gaps } = records.find(({ id }) => id === 'recipe') ?? {};
    return [live?.['rotation_enabled'], live?.['rotation_days'], ...(gaps ?? []).map(({ path }) => path)];
  };
  const scheduled = { RotationEnabled: true, RotationRules: { ScheduleExpression: 'rate(10 days)' } };
  expect([
    await rotation({}),
    await rotation(scheduled),
    await rotation({
      ...scheduled,
      RotationRules: { ScheduleExpression: 'rate(10 days)', AutomaticallyAfterDays: 10 },
    }),
    await rotation({ PrimaryRegion: 'eu-central-1' }),
    await rotation({ PrimaryRegion: 'us-east-1' }),
  ]).toEqual([
    [false, { $none: true }],
    [true, undefined, '$rotation_days'],
    [true, 10],
    [false, { $none: true }],
    [undefined, undefined, '$rotation_days', '$rotation_enabled', '@rotation'],
  ]);
});

test('that root has no virtual device is known where it is said whose each device is', async () => {
  const deviceOf = async (
    ...VirtualMFADevices: readonly { readonly SerialNumber: string; readonly User?: object }[]
  ) => {
    const { records } = await collectServices(['iam'], ({ operation }) =>
      operation === 'ListVirtualMFADevices'
        ? { kind: 'answer', output: { VirtualMFADevices, IsTruncated: false } as never }
        : undefined,
    );
    const { properties, gaps } = records.find(({ type }) => type === 'aws_account') ?? {};
    return [properties?.['root_virtual_mfa'], ...(gaps ?? []).map(({ path, code }) => `${path} ${code}`)];
  };
  const phone = { SerialNumber: 'arn:aws:iam::123456789012:mfa/phone' };
  const alma = { User: { Arn: 'arn:aws:iam::123456789012:user/alma' } };
  const root = { User: { Arn: 'arn:aws:iam::123456789012:root' } };
  expect([
    await deviceOf(),
    await deviceOf({ ...phone, ...alma }),
    await deviceOf({ ...phone, ...root }),
    await deviceOf(phone),
  ]).toEqual([
    [{ $none: true }],
    [{ $none: true }],
    [{ serial_number: phone.SerialNumber }],
    [undefined, 'root_virtual_mfa NotTold'],
  ]);
});

test('permission sets belong to the account and region that own the instance, and to no others', async () => {
  const sets = async (...owners: readonly { readonly [name: string]: string }[]) => {
    const Instances = owners.map((owner) => ({ InstanceArn: 'arn:aws:sso:::instance/ssoins-0orchard', ...owner }));
    const { records, ledger } = await collectServices(['sso'], ({ operation }) =>
      operation === 'ListInstances' ? { kind: 'answer', output: { Instances } } : undefined,
    );
    const listed = ledger.find(
      ({ operation, region }) => operation === 'ssoadmin:ListPermissionSets' && region === 'eu-central-1',
    );
    return [records.length, listed?.state, listed?.pages];
  };
  const OwnerAccountId = '123456789012';
  expect([
    await sets(),
    await sets({ OwnerAccountId: '210987654321' }),
    await sets({ OwnerAccountId, PrimaryRegion: 'eu-south-2' }),
    await sets({ OwnerAccountId, PrimaryRegion: 'eu-central-1' }),
    await sets({}),
  ]).toEqual([
    [0, 'collected', 0],
    [0, 'collected', 0],
    [0, 'collected', 0],
    [2, 'collected', 2],
    [2, 'collected', 2],
  ]);
});

test('a search domain is of the type that its engine has, and of the newer one where none is said', async () => {
  const { records } = await collectServices(['opensearch'], ({ operation }) =>
    operation === 'ListDomainNames'
      ? {
          kind: 'answer',
          output: {
            DomainNames: [{ DomainName: 'harvest' }, { DomainName: 'almanac', EngineType: 'Elasticsearch' }],
          },
        }
      : undefined,
  );
  expect(records.map(({ type, id }) => [type, id])).toEqual([
    ['AWS::OpenSearchService::Domain', 'harvest'],
    ['AWS::Elasticsearch::Domain', 'almanac'],
  ]);
});

test('whether a cluster has a public address is not known where the answer leaves it out', async () => {
  const { records } = await collectServices(['redshift'], ({ operation }) =>
    operation === 'DescribeClusters'
      ? { kind: 'answer', output: { Clusters: [{ ClusterIdentifier: 'ledger' }] } }
      : undefined,
  );
  expect(records.flatMap(({ gaps }) => gaps.map(({ path, state }) => [path, state]))).toEqual([
    ['PubliclyAccessible', 'not-enabled'],
  ]);
});

test('a trail is written where its home is, that of the organization in its members too', async () => {
  const trail = (Name: string, HomeRegion: string, account: string, isOrganizations: boolean) => ({
    Name,
    TrailARN: `arn:aws:cloudtrail:${HomeRegion}:${account}:trail/${Name}`,
    HomeRegion,
    S3BucketName: 'orchard-logs',
    IsMultiRegionTrail: true,
    IsOrganizationTrail: isOrganizations,
  });
  const own = trail('orchard', 'us-east-1', '123456789012', false);
  const organizations = trail('estate', 'eu-central-1', '210987654321', true);
  const { records } = await collectServices(['cloudtrail'], ({ operation, input }) => {
    const Regions = ['eu-central-1', 'us-east-1'].map((RegionName) => ({ RegionName, OptInStatus: 'opted-in' }));
    if (operation === 'DescribeRegions') return { kind: 'answer', output: { Regions } };
    if (operation !== 'DescribeTrails') return undefined;
    const shadows = input['includeShadowTrails'] === false ? [] : [own, organizations];
    return { kind: 'answer', output: { trailList: shadows } };
  });
  expect(records.map(({ id, region, arn, account }) => [id, region, arn, account])).toEqual([
    ['estate', 'eu-central-1', organizations.TrailARN, '123456789012'],
    ['orchard', 'us-east-1', own.TrailARN, '123456789012'],
  ]);
});

test('variables that could not be decrypted are not known to be none', async () => {
  const { records } = await collectServices(['lambda'], ({ operation }) => {
    const Environment = { Error: { ErrorCode: 'AccessDeniedException', Message: 'The key of the orchard is closed.' } };
    const FunctionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:press';
    return operation === 'ListFunctions'
      ? { kind: 'answer', output: { Functions: [{ FunctionName: 'press', FunctionArn, Environment }] } }
      : undefined;
  });
  const { properties, gaps } = records.find(({ id }) => id === 'press') ?? {};
  expect([properties?.['Environment'], gaps]).toEqual([
    undefined,
    [
      {
        path: 'Environment',
        operation: 'lambda:ListFunctions',
        state: 'denied',
        permission: 'kms:Decrypt',
        code: 'AccessDeniedException',
      },
    ],
  ]);
});

test('a network that another account shares is not the account’s own', async () => {
  const networks = async (Vpcs: readonly { readonly VpcId: string; readonly OwnerId?: string }[]) => {
    const { records } = await collectServices(['ec2'], ({ operation }) =>
      operation === 'DescribeVpcs' ? { kind: 'answer', output: { Vpcs } as never } : undefined,
    );
    return records.filter(({ type }) => type === 'AWS::EC2::VPC').map(({ id }) => id);
  };
  expect(
    await networks([
      { VpcId: 'vpc-0own', OwnerId: '123456789012' },
      { VpcId: 'vpc-0lent', OwnerId: '210987654321' },
      { VpcId: 'vpc-0bare' },
    ]),
  ).toEqual(['vpc-0own', 'vpc-0bare']);
});

test('an endpoint that is deleted is none, however the word is written', async () => {
  const states = ['available', 'Available', 'deleted', 'Deleted'];
  const { records } = await collectServices(['ec2'], ({ operation }) =>
    operation === 'DescribeVpcEndpoints'
      ? { kind: 'answer', output: { VpcEndpoints: states.map((State) => ({ VpcEndpointId: `vpce-${State}`, State })) } }
      : undefined,
  );
  expect(records.filter(({ type }) => type === 'AWS::EC2::VPCEndpoint').map(({ id }) => id)).toEqual([
    'vpce-available',
    'vpce-Available',
  ]);
});

test('tags of a table come in pages', async () => {
  const { records } = await collectServices(['dynamodb'], ({ operation, input }) => {
    if (operation !== 'ListTagsOfResource') return undefined;
    const isFirst = input['NextToken'] === undefined;
    const Tags = [isFirst ? { Key: 'crop', Value: 'pears' } : { Key: 'team', Value: 'pickers' }];
    return { kind: 'answer', output: { Tags, ...(isFirst ? { NextToken: 'second' } : {}) } };
  });
  expect(records[0]?.properties['Tags']).toEqual([
    { Key: 'crop', Value: 'pears' },
    { Key: 'team', Value: 'pickers' },
  ]);
});
