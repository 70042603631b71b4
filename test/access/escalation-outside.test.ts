import { describe, expect, test } from 'vitest';
import { escalationsOf } from '../../src/access/escalation/escalations.js';
import type { SnapshotJson } from '../../src/model/snapshot.js';
import { GOVERNED, governedAccount } from '../support/governed-account.js';

const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const GITHUB = 'token.actions.githubusercontent.com';

function trustOf(principal: SnapshotJson, conditions: SnapshotJson = {}, action = 'sts:AssumeRole'): SnapshotJson {
  return { Sid: 'Trust', Effect: 'Allow', Action: action, Principal: principal, Condition: conditions };
}

const federated = (issuer: string, conditions: SnapshotJson) =>
  trustOf(
    {
      Federated:
        issuer.includes('.com/') || issuer === GITHUB ? `arn:aws:iam::${GOVERNED}:oidc-provider/${issuer}` : issuer,
    },
    conditions,
    'sts:AssumeRoleWithWebIdentity',
  );

/** Who gets into a role with all rights that trusts so: `any repository of GitHub certain`. */
function outsiders(...trust: readonly SnapshotJson[]): string[] {
  const { outside } = escalationsOf(governedAccount([], [{ name: 'deploy', statements: [ALL], trust }]));
  return outside.map(({ who, state, dependsOn }) => [who, state, ...dependsOn].join(' '));
}

describe('tokens of GitHub', () => {
  const github = (subject: SnapshotJson, audience: SnapshotJson = { [`${GITHUB}:aud`]: 'sts.amazonaws.com' }) =>
    outsiders(federated(GITHUB, { StringEquals: audience, ...(subject as object) }));
  const like = (...subjects: readonly string[]) => github({ StringLike: { [`${GITHUB}:sub`]: [...subjects] } });
  const OPEN = ['any repository of GitHub certain'];

  test.each([
    ['no subject', () => github({})],
    ['any subject', () => like('*')],
    ['any repository', () => like('repo:*')],
    ['any repository, on one branch', () => like('repo:*:ref:refs/heads/main')],
    ['any owner of a name', () => like('repo:*/deploy:*')],
    ['owners whose names begin alike', () => like('repo:orchard/pears:*', 'repo:orchard-*')],
  ])('open to all: %s', (_, found) => expect(found()).toEqual(OPEN));

  test.each([
    ['the repositories of an owner', () => like('repo:orchard/*')],
    ['one repository', () => like('repo:orchard/pears:ref:refs/heads/*')],
    ['one owner by its claim', () => github({ StringEquals: { [`${GITHUB}:repository_owner`]: 'orchard' } })],
    ['one subject', () => github({ 'ForAllValues:StringEquals': { [`${GITHUB}:sub`]: ['repo:orchard/pears:x'] } })],
  ])('closed: %s', (_, found) => expect(found()).toEqual([]));

  test('a claim of which nothing is known', () => {
    expect(github({ StringEquals: { [`${GITHUB}:enterprise`]: 'orchard' } })).toEqual([
      `any repository of GitHub depends ${GITHUB}:enterprise`,
    ]);
  });
});

test('of clusters and of issuers of an organization nobody is outside', () => {
  expect(
    outsiders(federated('oidc.eks.eu-west-1.amazonaws.com/id/ABC', {}), federated('login.orchard.com/x', {})),
  ).toEqual([]);
});

test('guests of an identity pool', () => {
  const key = 'cognito-identity.amazonaws.com';
  const guests = (amr: string) =>
    outsiders(
      federated(key, { StringEquals: { [`${key}:aud`]: 'pool' }, 'ForAnyValue:StringLike': { [`${key}:amr`]: amr } }),
    );
  expect(guests('unauthenticated')).toEqual([
    'any guest of an identity pool depends whether its identity pool lets in guests',
  ]);
  expect(guests('authenticated')).toEqual([]);
});

describe('other accounts', () => {
  test('any account', () => {
    expect(outsiders(trustOf('*'))).toEqual(['any AWS account certain']);
    expect(outsiders(trustOf({ AWS: '*' }, { StringEquals: { 'sts:ExternalId': 'pear' } }))).toEqual([
      'any AWS account depends sts:ExternalId',
    ]);
    expect(outsiders(trustOf('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-orchard' } }))).toEqual([]);
    expect(outsiders(trustOf('*', { StringEquals: { 'aws:PrincipalAccount': '999988887777' } }))).toEqual([]);
  });

  test('one that is neither in the input nor in the organization', () => {
    const root = (account: string) => trustOf({ AWS: `arn:aws:iam::${account}:root` });
    expect(outsiders(root('999988887777'))).toEqual(['account 999988887777 certain']);
    expect(outsiders(root('111122223333'), root(GOVERNED))).toEqual([]);
    const named = { AWS: 'arn:aws:iam::999988887777:role/auditor' };
    expect(outsiders(trustOf(named, { StringEquals: { 'sts:ExternalId': 'pear' } }))).toEqual([
      'account 999988887777 certain',
    ]);
  });
});

test('an external id is taken to be known, which is said', () => {
  const titlesOf = (condition?: Record<string, Record<string, string>>) => {
    const trust = [trustOf({ AWS: 'arn:aws:iam::999988887777:root' }, condition)];
    const statements = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
    const { outside } = escalationsOf(governedAccount([], [{ name: 'deploy', statements, trust }]));
    return outside.map(({ hops }) => hops[0]?.title);
  };
  const title = 'assumes the role from an account that is not in the input';
  expect(titlesOf({ StringEquals: { 'sts:ExternalId': 'pear' } })).toEqual([
    `${title}, by an external id that it knows`,
  ]);
  expect(titlesOf()).toEqual([title]);
});

test('a role that can become administrator is one step more', () => {
  const statements = [{ Effect: 'Allow', Action: 'iam:PutRolePolicy', Resource: '*' }];
  const { outside } = escalationsOf(governedAccount([], [{ name: 'deploy', statements, trust: [trustOf('*')] }]));
  expect(outside.map(({ role, hops }) => [role, hops.map(({ technique, from }) => `${technique} ${from}`)])).toEqual([
    [`arn:aws:iam::${GOVERNED}:role/deploy`, ['E22 any AWS account', `E08 arn:aws:iam::${GOVERNED}:role/deploy`]],
  ]);
});
