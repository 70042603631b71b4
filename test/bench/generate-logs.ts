import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** One event of a generated log; what is not given is what most events have. */
export interface GeneratedEvent {
  readonly account: string;
  readonly region: string;
  /** Seconds since 1970. */
  readonly time: number;
  readonly eventSource: string;
  readonly eventName: string;
  readonly userIdentity: unknown;
  readonly requestParameters?: unknown;
  readonly responseElements?: unknown;
  readonly resources?: readonly unknown[] | undefined;
  readonly errorCode?: string | undefined;
  readonly isData?: boolean;
  readonly isReadOnly?: boolean;
  /** A UUID. */
  readonly eventID: string;
  readonly sharedEventID?: string | undefined;
  readonly eventType?: string;
  readonly sourceIPAddress?: string;
}

/** An event with the fields and about the size of CloudTrail's. */
export function eventRecord(event: GeneratedEvent): Record<string, unknown> {
  const { account, region, time, eventSource, eventName, errorCode, resources, sharedEventID } = event;
  return {
    eventVersion: '1.11',
    userIdentity: event.userIdentity,
    eventTime: `${new Date(time * 1000).toISOString().slice(0, 19)}Z`,
    eventSource,
    eventName,
    awsRegion: region,
    sourceIPAddress: event.sourceIPAddress ?? '198.51.100.23',
    userAgent:
      '[Boto3/1.35.21 md/Botocore#1.35.21 ua/2.0 os/linux#6.1 md/arch#x86_64 lang/python#3.12.5 cfg/retry-mode#standard]',
    ...(errorCode === undefined ? {} : { errorCode, errorMessage: `User is not authorized to perform: ${eventName}` }),
    requestParameters: event.requestParameters ?? null,
    responseElements: event.responseElements ?? null,
    additionalEventData: {
      SignatureVersion: 'SigV4',
      CipherSuite: 'TLS_AES_128_GCM_SHA256',
      bytesTransferredIn: 0,
      AuthenticationMethod: 'AuthHeader',
      'x-amz-id-2': 'qN8cX0mZ3pXbW6YH5bq1wqkRz3vTnF4dQO0bS2JmZr9p7aVhUu8yGzQ5kT3xLw1E',
      bytesTransferredOut: 4096,
    },
    requestID: `R${event.eventID.slice(0, 15).toUpperCase()}`,
    eventID: event.eventID,
    readOnly: event.isReadOnly ?? true,
    ...(resources === undefined ? {} : { resources }),
    eventType: event.eventType ?? 'AwsApiCall',
    managementEvent: event.isData !== true,
    recipientAccountId: account,
    ...(sharedEventID === undefined ? {} : { sharedEventID }),
    eventCategory: event.isData === true ? 'Data' : 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${eventSource.replace('.amazonaws.com', '')}.${region}.amazonaws.com`,
    },
  };
}

/** `AWSLogs/ACCOUNT/CloudTrail/REGION/2026/11/22/ACCOUNT_CloudTrail_REGION_20261122T0930Z_….json.gz`; time in seconds. */
export function logFilePath(account: string, region: string, time: number, nth: number, organization = ''): string {
  const at = new Date(time * 1000).toISOString();
  const day = at.slice(0, 10).replaceAll('-', '/');
  const stamp = `${at.slice(0, 10).replaceAll('-', '')}T${at.slice(11, 13)}${at.slice(14, 16)}Z`;
  const name = `${account}_CloudTrail_${region}_${stamp}_${nth.toString(36).padStart(16, 'A')}.json.gz`;
  return join('AWSLogs', organization, account, 'CloudTrail', region, day, name);
}

/** A session of a role, as events have it. */
export function assumedRole(account: string, role: string, session: string, keyId: string): Record<string, unknown> {
  const name = role.split('/').at(-1) ?? '';
  const id = `AROA${Buffer.from(role).toString('hex').toUpperCase().padEnd(17, 'X').slice(-17)}`;
  return {
    type: 'AssumedRole',
    principalId: `${id}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    accountId: account,
    accessKeyId: keyId,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: id,
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: name,
      },
      attributes: { creationDate: '2026-11-22T08:00:00Z', mfaAuthenticated: 'false' },
    },
  };
}

/** A generator of numbers from 0 to 1 that gives the same ones for a seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

export function randomUuid(random: () => number): string {
  const hex = Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

/** Calls of an account: what of them is in each event differs, as far as it does in real ones. */
const CALLS: readonly {
  readonly source: string;
  readonly name: string;
  readonly request: (nth: number) => unknown;
  readonly resources?: (nth: number) => readonly unknown[];
  readonly isData?: boolean;
}[] = [
  {
    source: 's3.amazonaws.com',
    name: 'GetObject',
    isData: true,
    request: (nth) => ({ bucketName: 'orchard-harvest', Host: 's3.eu-west-1.amazonaws.com', key: `crates/${nth}.csv` }),
    resources: (nth) => [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::orchard-harvest/crates/${nth}.csv` },
      { accountId: ACCOUNT, type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::orchard-harvest' },
    ],
  },
  {
    source: 'kms.amazonaws.com',
    name: 'Decrypt',
    request: (nth) => ({
      encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::orchard-harvest/${nth}` },
    }),
    resources: (nth) => [
      {
        accountId: ACCOUNT,
        type: 'AWS::KMS::Key',
        ARN: `arn:aws:kms:${REGION}:${ACCOUNT}:key/5f1e4a1c-0d2b-4c3d-8e4f-${String(nth % 7).padStart(12, '0')}`,
      },
    ],
  },
  {
    source: 'dynamodb.amazonaws.com',
    name: 'Query',
    isData: true,
    request: (nth) => ({ tableName: `orders-${nth % 5}`, keyConditionExpression: '#k = :v', limit: 100 }),
    resources: (nth) => [
      {
        accountId: ACCOUNT,
        type: 'AWS::DynamoDB::Table',
        ARN: `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders-${nth % 5}`,
      },
    ],
  },
  {
    source: 'lambda.amazonaws.com',
    name: 'GetFunction20150331v2',
    request: (nth) => ({ functionName: `press-${nth % 11}` }),
  },
  {
    source: 'ec2.amazonaws.com',
    name: 'DescribeInstances',
    request: () => ({ maxResults: 1000, instancesSet: {}, filterSet: { items: [{ name: 'tag:team' }] } }),
  },
  { source: 'sqs.amazonaws.com', name: 'GetQueueAttributes', request: (nth) => ({ queueUrl: queueUrl(nth) }) },
  {
    source: 'sts.amazonaws.com',
    name: 'AssumeRole',
    request: (nth) => ({
      roleArn: `arn:aws:iam::${ACCOUNT}:role/apps/app-${nth % 40}`,
      roleSessionName: `run-${nth % 300}`,
      durationSeconds: 3600,
    }),
    resources: (nth) => [
      { accountId: ACCOUNT, type: 'AWS::IAM::Role', ARN: `arn:aws:iam::${ACCOUNT}:role/apps/app-${nth % 40}` },
    ],
  },
  {
    source: 'ssm.amazonaws.com',
    name: 'GetParameter',
    request: (nth) => ({ name: `/press/${nth % 90}`, withDecryption: true }),
  },
];

function queueUrl(nth: number): string {
  return `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/picking-${nth % 9}`;
}

/**
 * Writes so many events of one account in so many files, 5 minutes apart, as S3 has them; of each hundred some are denied,
 * some failed, and one is there twice. Gives how many different events there are.
 */
export function generateLogs(folder: string, events: number, files: number): number {
  const random = seededRandom(20_261_122);
  const began = Date.UTC(2026, 10, 22, 0, 5) / 1000;
  const each = Math.ceil(events / files);
  let written = 0;
  let different = 0;
  for (let file = 0; file < files; file++) {
    const time = began + file * 300;
    const records: string[] = [];
    for (let nth = 0; nth < each && written < events; nth++, written++) {
      const last = records.at(-1);
      if (last !== undefined && random() < 0.01) records.push(last);
      else {
        records.push(JSON.stringify(randomEvent(random, time - 299 + Math.floor(random() * 299))));
        different++;
      }
    }
    const path = join(folder, logFilePath(ACCOUNT, REGION, time, file));
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, gzipSync(`{"Records":[${records.join(',')}]}`, { level: 6 }));
  }
  return different;
}

function randomEvent(random: () => number, time: number): Record<string, unknown> {
  const role = Math.floor(random() ** 2 * 40);
  const nth = Math.floor(random() * 5000);
  const call = CALLS[(role + Math.floor(random() * 4)) % CALLS.length];
  if (call === undefined) throw new Error('no call');
  const ends = random();
  return eventRecord({
    account: ACCOUNT,
    region: REGION,
    time,
    eventSource: call.source,
    eventName: call.name,
    userIdentity: assumedRole(
      ACCOUNT,
      `apps/app-${role}`,
      `run-${nth % 300}`,
      `ASIA${String(nth % 900).padStart(16, 'Q')}`,
    ),
    requestParameters: call.request(nth),
    resources: call.resources?.(nth),
    isData: call.isData === true,
    errorCode: ends < 0.02 ? 'AccessDenied' : ends < 0.04 ? 'ThrottlingException' : undefined,
    eventID: randomUuid(random),
  });
}
