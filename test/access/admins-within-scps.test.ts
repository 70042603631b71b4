import { describe, expect, test } from 'vitest';
import { escalationsOf } from '../../src/access/escalation/escalations.js';
import type { SnapshotJson } from '../../src/model/snapshot.js';
import { GOVERNED, governedAccount } from '../support/governed-account.js';

const ALL = { Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' };
const deny = (more: Readonly<Record<string, SnapshotJson>>): SnapshotJson => ({
  Effect: 'Deny',
  Resource: '*',
  ...more,
});
const unless = (operator: string, key: string, value: SnapshotJson) => ({
  Condition: { [operator]: { [key]: value } },
});
const BREAK_GLASS = `arn:aws:iam::${GOVERNED}:role/break-glass`;
const FENCE = `arn:aws:iam::${GOVERNED}:policy/fence`;

/** A user of the account with all rights, one that may assume the role for emergencies, and that role; what is found of them. */
function found(denies: readonly SnapshotJson[]): string[] {
  const trust = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { AWS: `arn:aws:iam::${GOVERNED}:role/owner` },
  };
  const { admins, paths } = escalationsOf(
    governedAccount(denies, [
      { name: 'owner', statements: [ALL] },
      { name: 'iam', statements: [{ ...ALL, Action: 'iam:*' }] },
      { name: 'less', statements: [ALL, deny({ Action: ['iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'] })] },
      { name: 'reader', statements: [{ ...ALL, Action: 's3:*' }] },
      { name: 'break-glass', statements: [ALL], trust: [trust] },
    ]),
  );
  const nameOf = (name: string) => name.slice(name.lastIndexOf('/') + 1);
  return [
    ...admins.map(({ principal, dependsOn }) => [nameOf(principal), ...dependsOn].join(' on ')),
    ...paths.map(({ principal, hops }) => `${nameOf(principal)}: ${hops.map(({ technique }) => technique).join(', ')}`),
  ];
}

test.each([
  ['none', []],
  ['leaving the organization', [deny({ Action: 'organizations:LeaveOrganization' })]],
  ['the root user', [deny({ Action: '*', ...unless('StringLike', 'aws:PrincipalArn', 'arn:aws:iam::*:root') })]],
  ['disabling CloudTrail', [deny({ Action: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'] })]],
  [
    'other regions, but for global services',
    [
      {
        ...{ Effect: 'Deny', NotAction: ['iam:*', 'organizations:*', 'sts:*'], Resource: '*' },
        ...unless('StringNotEquals', 'aws:RequestedRegion', ['eu-west-1']),
      },
    ],
  ],
  ['touching one role', [deny({ Action: 'iam:*', Resource: BREAK_GLASS })]],
  ['users and keys', [deny({ Action: ['iam:CreateUser', 'iam:CreateAccessKey'] })]],
  [
    'keys but for the role for emergencies',
    [deny({ Action: 'iam:CreateAccessKey', ...unless('ArnNotLike', 'aws:PrincipalArn', BREAK_GLASS) })],
  ],
  [
    'a policy of AWS',
    [
      deny({
        Action: 'iam:Attach*',
        ...unless('ArnEquals', 'iam:PolicyARN', 'arn:aws:iam::aws:policy/AdministratorAccess'),
      }),
    ],
  ],
] as const)('an SCP that denies %s makes nobody less of an administrator', (_, denies) => {
  expect(found(denies)).toEqual(['break-glass', 'iam', 'owner', 'less: E05']);
});

test('where an SCP leaves IAM to one role, that one is the administrator, and who gets into it has a path', () => {
  const denies = [deny({ Action: 'iam:*', ...unless('ArnNotLike', 'aws:PrincipalArn', BREAK_GLASS) })];
  expect(found(denies)).toEqual(['break-glass', 'owner: E22']);
});

test('where an SCP leaves rights within a boundary only, administrators have all the rest', () => {
  const Action = ['iam:Attach*Policy', 'iam:Put*Policy', 'iam:CreateRole', 'iam:CreateUser'];
  const denies = [deny({ Action, ...unless('StringNotEquals', 'iam:PermissionsBoundary', FENCE) })];
  expect(found(denies)).toEqual(['break-glass', 'owner', 'iam: E21']);
});

test('where an SCP leaves nothing of IAM to anybody, administrators have all the rest', () => {
  const denies = [deny({ Action: '*', ...unless('StringNotEquals', 'aws:RequestedRegion', ['eu-west-1']) })];
  expect(found(denies)).toEqual(['break-glass', 'owner']);
});

test('what depends on the network makes an administrator that depends on it', () => {
  const denies = [deny({ Action: 'iam:*', ...unless('StringNotEquals', 'aws:SourceVpc', 'vpc-1') })];
  expect(found(denies)).toEqual([
    'break-glass on aws:SourceVpc',
    'iam on aws:SourceVpc',
    'owner on aws:SourceVpc',
    'less: E05',
  ]);
});

describe('what control policies leave of one role alone', () => {
  const LAST = `arn:aws:iam::${GOVERNED}:role/z-last`;
  /** Of whom every power is looked for on the one role that is left, among so many others. */
  const among = (count: number) => {
    const others = Array.from({ length: count }, (_, nth) => ({ name: `worker-${nth}`, statements: [] }));
    const { admins, assumed } = escalationsOf(
      governedAccount(
        [{ Effect: 'Deny', Action: 'iam:*', NotResource: LAST }],
        [
          { name: 'half', statements: [ALL, { Effect: 'Deny', Action: 'iam:*', Resource: LAST }] },
          { name: 'owner', statements: [ALL] },
          ...others,
          { name: 'z-last', statements: [] },
        ],
      ),
    );
    const names = admins.map(({ principal }) => principal.slice(principal.lastIndexOf('/') + 1));
    return { names, said: assumed.filter((text) => text.includes('were not tried')) };
  };

  test('whoever may not use it is no administrator', () => {
    expect(among(40)).toEqual({ names: ['owner'], said: [] });
  });

  test('among so many that it was not looked for on all, which is said', () => {
    const { names, said } = among(120);
    expect(names).toEqual(['owner']);
    expect(said).toEqual([
      expect.stringMatching(
        /owner counts as administrator: powers that control policies take were not tried on 23 more users and roles$/,
      ),
    ]);
  });
});
