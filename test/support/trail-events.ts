import { createHash } from 'node:crypto';

/** An event as a trail records it, with what is given in it. */
export interface TrailEvent {
  readonly eventID: string;
  readonly eventTime: string;
  readonly [name: string]: unknown;
}

const ACCOUNT = '111122223333';

/** An id as CloudTrail gives them: one of random bits. */
export function eventId(number: number): string {
  const hex = createHash('sha256').update(String(number)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

export function trailEvent(id: number, over: Readonly<Record<string, unknown>> = {}): TrailEvent {
  const time = new Date(Date.UTC(2026, 10, 20, 8) + id * 61_000);
  return {
    eventVersion: '1.08',
    userIdentity: asRole('baker', 'i-0a1b2c3d'),
    eventTime: time.toISOString().replace('.000Z', 'Z'),
    eventSource: 'dynamodb.amazonaws.com',
    eventName: 'DescribeTable',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '203.0.113.9',
    requestParameters: { tableName: 'orders' },
    responseElements: null,
    eventID: eventId(id),
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    ...over,
  };
}

export function asRole(name: string, session: string, over: Readonly<Record<string, unknown>> = {}): object {
  return {
    type: 'AssumedRole',
    principalId: `AROA${name.toUpperCase()}:${session}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/${session}`,
    accountId: ACCOUNT,
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROA${name.toUpperCase()}`,
        arn: `arn:aws:iam::${ACCOUNT}:role/orchard/${name}`,
        accountId: ACCOUNT,
        userName: name,
      },
      attributes: { creationDate: '2026-11-20T07:00:00Z', mfaAuthenticated: 'false' },
    },
    ...over,
  };
}

export function asUser(name: string): object {
  return {
    type: 'IAMUser',
    principalId: `AIDA${name.toUpperCase()}`,
    arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
    accountId: ACCOUNT,
    accessKeyId: 'AKIAEXAMPLE',
    userName: name,
  };
}

/** Of each kind that a query has to keep apart, some. */
export function variousEvents(): readonly TrailEvent[] {
  let id = 0;
  const made: TrailEvent[] = [];
  const add = (count: number, over: (index: number) => Readonly<Record<string, unknown>> = () => ({})) => {
    for (let index = 0; index < count; index++) made.push(trailEvent(id++, over(index)));
  };
  add(40, (index) => ({ userIdentity: asRole('baker', `i-${index % 9}`) }));
  add(7, () => ({ errorCode: 'AccessDenied', errorMessage: 'not authorized to perform: dynamodb:DescribeTable' }));
  add(3, () => ({ errorCode: 'ResourceNotFoundException', errorMessage: 'no such table' }));
  add(2, () => ({ eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', errorCode: 'Client.DryRunOperation' }));
  add(5, () => ({ userIdentity: asUser('ana') }));
  add(80, (index) => ({
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    eventCategory: 'Data',
    managementEvent: false,
    requestParameters: { bucketName: 'orchard', key: `2026/${index}.csv`, Host: 'orchard.s3.amazonaws.com' },
    resources: [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::orchard/2026/${index}.csv` },
      { accountId: ACCOUNT, type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::orchard' },
    ],
  }));
  add(4, (index) => ({
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    userIdentity: asUser('ana'),
    requestParameters: { bucketName: 'orchard', key: 'rye=1.csv', ...(index < 2 ? { versionId: 'v1' } : {}) },
  }));
  add(6, () => ({
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    userIdentity: asRole('baker', 'session', { invokedBy: 's3.amazonaws.com' }),
    requestParameters: { encryptionContext: { a: 'b' } },
    resources: [{ accountId: ACCOUNT, type: 'AWS::KMS::Key', ARN: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/7f3c` }],
  }));
  add(3, (index) => ({
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    userIdentity: index === 2 ? { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' } : asUser('ana'),
    requestParameters: {
      roleArn: `arn:aws:iam::${ACCOUNT}:role/orchard/baker`,
      roleSessionName: 'ana',
      ...(index === 1 ? { tags: [{ key: 'team', value: 'rye' }], policyArns: [] } : {}),
    },
  }));
  add(2, () => ({
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRoleWithWebIdentity',
    userIdentity: {
      type: 'WebIdentityUser',
      principalId: 'p:a:repo:orchard',
      userName: 'repo:orchard/rye',
      identityProvider: 'p',
    },
    requestParameters: { roleArn: `arn:aws:iam::${ACCOUNT}:role/orchard/baker` },
  }));
  add(2, () => ({
    eventSource: 'lambda.amazonaws.com',
    eventName: 'CreateFunction20150331',
    requestParameters: { functionName: 'mill', role: `arn:aws:iam::${ACCOUNT}:role/mill`, runtime: 'nodejs22.x' },
  }));
  add(2, () => ({
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RunInstances',
    requestParameters: { iamInstanceProfile: { arn: `arn:aws:iam::${ACCOUNT}:instance-profile/mill` } },
  }));
  add(2, () => ({
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    eventType: 'AwsConsoleSignIn',
    userIdentity: asUser('ana'),
    requestParameters: null,
    responseElements: { ConsoleLogin: 'Failure' },
  }));
  add(2, () => ({ userIdentity: { type: 'AWSAccount', principalId: 'AROAOTHER:visitor', accountId: '444455556666' } }));
  return made;
}
