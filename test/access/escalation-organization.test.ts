import { describe, expect, test } from 'vitest';
import { escalationsOf } from '../../src/access/escalation/escalations.js';
import type { SnapshotJson } from '../../src/model/snapshot.js';
import { sourcesOfSnapshot } from '../support/access-graph.js';
import { accountSnapshot, type WrittenRecord } from '../support/account-snapshot.js';

const MEMBER = '123456789012';
const MANAGEMENT = '111122223333';

interface ControlPolicy {
  readonly name: string;
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  readonly statement: SnapshotJson;
}

const scp = (name: string, statement: SnapshotJson): ControlPolicy => ({
  name,
  type: 'SERVICE_CONTROL_POLICY',
  statement,
});
const rcp = (name: string, statement: Readonly<Record<string, SnapshotJson>>): ControlPolicy => ({
  name,
  type: 'RESOURCE_CONTROL_POLICY',
  statement: { ...statement, Principal: '*' },
});

const document = (statement: SnapshotJson): SnapshotJson => ({ Version: '2012-10-17', Statement: [statement] });

function organization(account: string, policies: readonly ControlPolicy[]): WrittenRecord[] {
  const all = [scp('FullAWSAccess', { Effect: 'Allow', Action: '*', Resource: '*' }), ...policies];
  const records: WrittenRecord[] = [
    {
      type: 'AWS::Organizations::Organization',
      id: 'o-mill',
      properties: { FeatureSet: 'ALL' },
      live: {
        management_account_id: MANAGEMENT,
        root_id: 'r-mill',
        enabled_policy_types: ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'],
      },
    },
    ...[MANAGEMENT, MEMBER].map((id) => ({
      type: 'AWS::Organizations::Account',
      id,
      properties: { AccountName: id, ParentIds: ['r-mill'] },
    })),
    ...all.map(({ name, type, statement }) => ({
      type: 'AWS::Organizations::Policy',
      id: `p-${name}`,
      properties: { Name: name, Type: type, Content: document(statement), TargetIds: ['r-mill', account] },
    })),
  ];
  return records.map((one) => ({ ...one, account: MANAGEMENT }));
}

function principals(account: string): WrittenRecord[] {
  const iam = (type: string, kind: string, name: string, properties: WrittenRecord['properties']): WrittenRecord => ({
    ...{ type, id: name, arn: `arn:aws:iam::${account}:${kind}/${name}`, account },
    properties: { Path: '/', ManagedPolicyArns: [], ...properties },
  });
  return [
    iam('AWS::IAM::User', 'user', 'baker', {
      UserName: 'baker',
      Groups: [],
      Policies: [
        {
          PolicyName: 'own',
          PolicyDocument: document({ Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: '*' }),
        },
      ],
    }),
    iam('AWS::IAM::Role', 'role', 'chief', {
      RoleName: 'chief',
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
      }),
      Policies: [{ PolicyName: 'all', PolicyDocument: document({ Effect: 'Allow', Action: '*', Resource: '*' }) }],
    }),
  ];
}

/** The paths of the user `baker` of an account within control policies: techniques, and what they depend on. */
function found(policies: readonly ControlPolicy[], account = MEMBER) {
  const records = [...organization(account, policies), ...principals(account)];
  const { paths } = escalationsOf(sourcesOfSnapshot(accountSnapshot(records)));
  return paths.map(({ hops, dependsOn }) => {
    const chosen = [...new Set(hops.flatMap((hop) => hop.chosen))];
    return [...hops.map(({ technique }) => technique), ...dependsOn, ...chosen.map((key) => `choosing ${key}`)];
  });
}

const DENY = { Effect: 'Deny', Action: 'sts:AssumeRole', Resource: '*' } as const;
const NETWORK = { Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } };
const MFA = { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } };

describe('control policies on a path', () => {
  test('that say nothing of it leave it', () => {
    expect(found([])).toEqual([['E22']]);
    expect(found([scp('other', { ...DENY, Resource: `arn:aws:iam::${MEMBER}:role/other` })])).toEqual([['E22']]);
  });

  test('close it where they deny', () => {
    expect(found([scp('closed', DENY)])).toEqual([]);
    expect(found([scp('closed', { ...DENY, Resource: `arn:aws:iam::${MEMBER}:role/chief` })])).toEqual([]);
  });

  test('bind nobody of the management account', () => {
    expect(found([scp('closed', DENY)], MANAGEMENT)).toEqual([['E22']]);
  });

  test('with a condition leave it open, on what the caller chooses or on what it does not', () => {
    expect(found([scp('mfa', { ...DENY, ...MFA })])).toEqual([['E22', 'choosing aws:multifactorauthpresent']]);
    expect(found([scp('network', { ...DENY, ...NETWORK })])).toEqual([['E22', 'aws:SourceVpce']]);
  });

  test('for resources bind what a trust policy allows', () => {
    expect(found([rcp('closed', DENY)])).toEqual([]);
    expect(found([rcp('mfa', { ...DENY, ...MFA })])).toEqual([['E22', 'choosing aws:multifactorauthpresent']]);
    expect(found([rcp('network', { ...DENY, ...NETWORK })])).toEqual([['E22', 'aws:SourceVpce']]);
    const outsiders = { Condition: { StringNotEquals: { 'aws:PrincipalAccount': MEMBER } } };
    expect(found([rcp('outsiders', { ...DENY, ...outsiders })])).toEqual([['E22']]);
    expect(found([rcp('closed', DENY)], MANAGEMENT)).toEqual([['E22']]);
  });
});
