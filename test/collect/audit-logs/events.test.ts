import { describe, expect, test } from 'vitest';
import { countEventTexts } from '../../../src/collect/audit-logs/read-audit-logs.js';
import { event, session, user, uuid } from '../../support/log-folder.js';

/** Counts one event, and gives of it what is asked for. */
function count(given: Readonly<Record<string, unknown>>) {
  const { events, unread } = countEventTexts([JSON.stringify(event(given))]);
  expect({ unread, events: events.length }).toEqual({ unread: 0, events: 1 });
  const [counted] = events;
  if (counted === undefined) throw new Error('no event');
  return counted;
}

const ACCOUNT = '111122223333';
const ROLE = 'arn:aws:iam::111122223333:role/apps/press';

describe('who it was', () => {
  test.each<[string, unknown, unknown]>([
    [
      'a user',
      user('ana'),
      {
        principal: { kind: 'user', name: `arn:aws:iam::${ACCOUNT}:user/staff/ana`, id: 'AIDAANA' },
        people: [],
        via: undefined,
      },
    ],
    [
      'a user without an ARN',
      { type: 'IAMUser', accountId: ACCOUNT, userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      { principal: { kind: 'unknown', name: '', id: undefined }, people: [], via: undefined },
    ],
    [
      'the root of the account',
      { type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT },
      { principal: { kind: 'root', name: `arn:aws:iam::${ACCOUNT}:root`, id: ACCOUNT }, people: [], via: undefined },
    ],
    [
      'a service for the account',
      { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT, invokedBy: 'ssm.amazonaws.com' },
      { principal: { kind: 'service', name: 'ssm.amazonaws.com', id: undefined }, people: [], via: undefined },
    ],
    [
      'a session of a role, which the ARN of the session does not name with its path',
      session('press', 'run-7'),
      { principal: { kind: 'role', name: ROLE, id: 'AROAPRESS' }, people: ['run-7'], via: undefined },
    ],
    [
      'a service that uses the rights of a session',
      { ...session('press', 'run-7'), invokedBy: 'athena.amazonaws.com' },
      { principal: { kind: 'role', name: ROLE, id: 'AROAPRESS' }, people: ['run-7'], via: 'athena.amazonaws.com' },
    ],
    [
      'a session with the identity that its source stated',
      session('press', 'run-7', {
        sessionContext: {
          sourceIdentity: 'ana@orchard.example',
          sessionIssuer: { type: 'Role', principalId: 'AROAPRESS', arn: ROLE },
        },
      }),
      { principal: { kind: 'role', name: ROLE, id: 'AROAPRESS' }, people: ['ana@orchard.example'], via: undefined },
    ],
    [
      'a session without its issuer, of which the path is not known',
      session('press', 'run-7', { sessionContext: undefined }),
      { principal: { kind: 'role', name: '', id: 'AROAPRESS' }, people: ['run-7'], via: undefined },
    ],
    [
      'a federated session of a user',
      {
        type: 'FederatedUser',
        principalId: `${ACCOUNT}:bob`,
        arn: `arn:aws:sts::${ACCOUNT}:federated-user/bob`,
        accountId: ACCOUNT,
        accessKeyId: 'ASIAX',
        sessionContext: {
          sessionIssuer: { type: 'IAMUser', principalId: 'AIDAANA', arn: `arn:aws:iam::${ACCOUNT}:user/staff/ana` },
        },
      },
      {
        principal: { kind: 'federated-user', name: `arn:aws:iam::${ACCOUNT}:user/staff/ana`, id: 'AIDAANA' },
        people: ['bob'],
        via: undefined,
      },
    ],
    [
      'the subject of a token',
      {
        type: 'WebIdentityUser',
        principalId: 'token.actions.githubusercontent.com:aud:repo:orchard/press:ref:refs/heads/main',
        userName: 'repo:orchard/press:ref:refs/heads/main',
        identityProvider: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
      },
      {
        principal: { kind: 'web-identity', name: 'repo:orchard/press:ref:refs/heads/main', id: undefined },
        people: [],
        via: undefined,
      },
    ],
    [
      'the subject of SAML',
      {
        type: 'SAMLUser',
        principalId: 'abc=:ana@orchard.example',
        userName: 'ana@orchard.example',
        identityProvider: 'abc=',
      },
      { principal: { kind: 'saml', name: 'ana@orchard.example', id: undefined }, people: [], via: undefined },
    ],
    [
      'another account',
      { type: 'AWSAccount', principalId: 'AROAOTHER:x', accountId: '444455556666' },
      { principal: { kind: 'account', name: '444455556666', id: undefined }, people: [], via: undefined },
    ],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' },
      { principal: { kind: 'service', name: 'lambda.amazonaws.com', id: undefined }, people: [], via: undefined },
    ],
    [
      'a service, by an event of its own',
      { accountId: ACCOUNT, invokedBy: 'kms.amazonaws.com' },
      { principal: { kind: 'service', name: 'kms.amazonaws.com', id: undefined }, people: [], via: undefined },
    ],
    [
      'a user of the Identity Center',
      {
        type: 'IdentityCenterUser',
        accountId: ACCOUNT,
        onBehalfOf: { userId: 'a4f8', identityStoreArn: 'arn:aws:identitystore::111122223333:identitystore/d-1' },
      },
      { principal: { kind: 'identity-center-user', name: 'a4f8', id: undefined }, people: [], via: undefined },
    ],
    [
      'nobody known',
      { type: 'Directory', accountId: ACCOUNT },
      { principal: { kind: 'unknown', name: '', id: undefined }, people: [], via: undefined },
    ],
    ['nobody', null, { principal: { kind: 'unknown', name: '', id: undefined }, people: [], via: undefined }],
  ])('%s', (_, userIdentity, expected) => {
    const { principal, people, via } = count({ userIdentity });
    expect({ principal, people, via }).toEqual(expected);
  });

  test('a role that was deleted and made again is another one', () => {
    const again = session('press', 'run-8', {
      principalId: 'AROANEW:run-8',
      sessionContext: { sessionIssuer: { type: 'Role', principalId: 'AROANEW', arn: ROLE } },
    });
    const { events } = countEventTexts(
      [session('press', 'run-7'), again].map((userIdentity, nth) =>
        JSON.stringify(event({ userIdentity, eventID: uuid(nth) })),
      ),
    );
    expect(events.map(({ principal, count, people }) => [principal.id, count, people])).toEqual([
      ['AROANEW', 1, ['run-8']],
      ['AROAPRESS', 1, ['run-7']],
    ]);
  });

  test('a chain of roles leads to the subject of the token with which it began', () => {
    const assume = (userIdentity: unknown, accessKeyId: string, nth: number, eventName = 'AssumeRole') =>
      event({
        userIdentity,
        eventID: uuid(nth),
        eventSource: 'sts.amazonaws.com',
        eventName,
        responseElements: { credentials: { accessKeyId } },
      });
    const { events } = countEventTexts(
      [
        event({ userIdentity: session('press', 'deploy', { accessKeyId: 'ASIASECOND' }) }),
        assume(session('ci', 'GitHubActions', { accessKeyId: 'ASIAFIRST' }), 'ASIASECOND', 2),
        assume(
          { type: 'WebIdentityUser', userName: 'repo:orchard/press' },
          'ASIAFIRST',
          3,
          'AssumeRoleWithWebIdentity',
        ),
      ].map((one) => JSON.stringify(one)),
    );
    expect(events.map(({ principal, eventName, people }) => [principal.name, eventName, people])).toEqual([
      ['arn:aws:iam::111122223333:role/apps/ci', 'AssumeRole', ['repo:orchard/press']],
      [ROLE, 'ListBuckets', ['repo:orchard/press']],
      ['repo:orchard/press', 'AssumeRoleWithWebIdentity', []],
    ]);
  });
});

describe('how it ended', () => {
  test.each([
    [{}, 'succeeded'],
    [{ errorCode: 'AccessDenied' }, 'denied'],
    [{ errorCode: 'AccessDeniedException' }, 'denied'],
    [{ errorCode: 'Client.UnauthorizedOperation' }, 'denied'],
    [{ errorCode: 'AuthorizationErrorException' }, 'denied'],
    [{ errorCode: 'NoSuchKey' }, 'failed'],
    [{ errorCode: 'ThrottlingException' }, 'failed'],
    [{ errorCode: 'Client.DryRunOperation' }, 'dry-run'],
    [{ errorMessage: 'Failed authentication', eventName: 'ConsoleLogin' }, 'failed'],
    [{ responseElements: { ConsoleLogin: 'Failure' } }, 'failed'],
    [{ responseElements: { ConsoleLogin: 'Success' } }, 'succeeded'],
  ])('%j: %s', (given, outcome) => {
    expect(count(given).outcome).toBe(outcome);
  });
});

describe('on what it was done', () => {
  const object = { type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::pears/rye.csv' };
  const bucket = { type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::pears', accountId: ACCOUNT };
  const key = (nth: number) => ({ type: 'AWS::KMS::Key', ARN: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/${nth}` });
  test.each<[string, Readonly<Record<string, unknown>>, string | undefined]>([
    ['an object rather than its bucket', { resources: [bucket, object] }, object.ARN],
    [
      'none where it was reached through an access point',
      {
        resources: [
          object,
          bucket,
          { type: 'AWS::S3::AccessPoint', ARN: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/pears' },
        ],
      },
      undefined,
    ],
    [
      'the bucket where only a prefix of objects is named',
      { resources: [{ type: 'AWS::S3::Object', ARNPrefix: 'arn:aws:s3:::pears/' }, bucket] },
      bucket.ARN,
    ],
    ['the only resource', { resources: [key(1)] }, key(1).ARN],
    ['one that is named twice', { resources: [key(1), key(1)] }, key(1).ARN],
    ['of several it is not known', { resources: [key(1), key(2)] }, undefined],
    ['nothing', { requestParameters: null }, undefined],
    ['a bucket by the request', { requestParameters: { bucketName: 'pears' } }, 'arn:aws:s3:::pears'],
    [
      'an object by the request',
      { requestParameters: { bucketName: 'pears', key: 'a "b"/\u00e9' } },
      'arn:aws:s3:::pears/a "b"/\u00e9',
    ],
    [
      'in another partition',
      { awsRegion: 'cn-north-1', requestParameters: { bucketName: 'pears' } },
      'arn:aws-cn:s3:::pears',
    ],
    ['no alias of an access point', { requestParameters: { bucketName: 'pears-abc-s3alias' } }, undefined],
    [
      'a function',
      { eventSource: 'lambda.amazonaws.com', requestParameters: { functionName: 'press' } },
      `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:press`,
    ],
    [
      'no version of a function',
      { eventSource: 'lambda.amazonaws.com', requestParameters: { functionName: 'press', qualifier: '7' } },
      undefined,
    ],
    [
      'a table',
      { eventSource: 'dynamodb.amazonaws.com', requestParameters: { tableName: 'orders' } },
      `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`,
    ],
    ['a role that is taken on', { eventSource: 'sts.amazonaws.com', requestParameters: { roleArn: ROLE } }, ROLE],
    [
      'a policy',
      { eventSource: 'iam.amazonaws.com', requestParameters: { policyArn: 'arn:aws:iam::aws:policy/X' } },
      'arn:aws:iam::aws:policy/X',
    ],
    [
      'no policy that is attached',
      {
        eventSource: 'iam.amazonaws.com',
        requestParameters: { policyArn: 'arn:aws:iam::aws:policy/X', roleName: 'press' },
      },
      undefined,
    ],
    [
      'a key by its id',
      { eventSource: 'kms.amazonaws.com', requestParameters: { keyId: '5f1e4a1c-0001-4c3d-8e4f-0123456789ab' } },
      `arn:aws:kms:eu-west-1:${ACCOUNT}:key/5f1e4a1c-0001-4c3d-8e4f-0123456789ab`,
    ],
    [
      'no key by an alias',
      { eventSource: 'kms.amazonaws.com', requestParameters: { keyId: 'alias/pears' } },
      undefined,
    ],
    [
      'a queue by its address',
      {
        eventSource: 'sqs.amazonaws.com',
        requestParameters: { queueUrl: 'https://sqs.eu-west-1.amazonaws.com/444455556666/picking' },
      },
      'arn:aws:sqs:eu-west-1:444455556666:picking',
    ],
    [
      'a name of a caller of another account is none',
      {
        eventSource: 'dynamodb.amazonaws.com',
        requestParameters: { tableName: 'orders' },
        userIdentity: { ...user('ana'), accountId: '444455556666' },
      },
      undefined,
    ],
  ])('%s', (_, given, resource) => {
    expect(count(given).resource).toBe(resource);
  });
});

describe('what a request has', () => {
  test('those of its parameters that decide which actions it needed', () => {
    const requestParameters = {
      versionId: '3',
      tags: [{ key: 'a' }],
      sourceIdentity: 'ana',
      providedContexts: [],
      policyArns: null,
      x: { versionId: 1 },
    };
    expect(count({ requestParameters }).traits).toEqual(['sourceIdentity', 'tags', 'versionId']);
  });

  test.each<[string, Readonly<Record<string, unknown>>, string | undefined]>([
    ['a role for a function', { eventSource: 'lambda.amazonaws.com', requestParameters: { role: ROLE } }, ROLE],
    [
      'the role of a task before that which starts it',
      { requestParameters: { executionRoleArn: ROLE, taskRoleArn: `${ROLE}-task` } },
      `${ROLE}-task`,
    ],
    [
      'an instance profile',
      { requestParameters: { iamInstanceProfile: { arn: `arn:aws:iam::${ACCOUNT}:instance-profile/press` } } },
      `arn:aws:iam::${ACCOUNT}:instance-profile/press`,
    ],
    ['no role by its name', { requestParameters: { role: 'press' } }, undefined],
    ['no role that is taken on', { eventSource: 'sts.amazonaws.com', requestParameters: { roleArn: ROLE } }, undefined],
  ])('%s', (_, given, role) => {
    expect(count(given).passedRole).toBe(role);
  });
});

describe('a call that the logs of two accounts have', () => {
  const shared = '5f1e4a1c-9999-4c3d-8e4f-0123456789ab';
  const callers = event({ eventName: 'GetObject', sharedEventID: shared });
  const owners = event({
    eventName: 'GetObject',
    sharedEventID: shared,
    eventID: uuid(2),
    recipientAccountId: '444455556666',
  });
  const counted = (events: readonly unknown[]) =>
    countEventTexts(events.map((one) => JSON.stringify(one))).events.map(({ account, count, eventIds }) => ({
      account,
      count,
      eventIds,
    }));

  test('counts once, for the caller', () => {
    expect(counted([owners, callers])).toEqual([{ account: ACCOUNT, count: 1, eventIds: [uuid(1)] }]);
    expect(counted([callers, owners])).toEqual([{ account: ACCOUNT, count: 1, eventIds: [uuid(1)] }]);
  });

  test('counts for the owner where the log of the caller is not there', () => {
    expect(counted([owners])).toEqual([{ account: '444455556666', count: 1, eventIds: [uuid(2)] }]);
  });
});
