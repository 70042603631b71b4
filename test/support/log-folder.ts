import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readAuditLogs } from '../../src/collect/audit-logs/read-audit-logs.js';

/** What is in a log file: events as CloudTrail has them, or the bytes themselves. */
export type LogContent = readonly unknown[] | string | Uint8Array;

/** Writes log files into a folder of their own, reads them, and removes them. Paths that end with `.gz` are compressed. */
export async function readLogs(files: Readonly<Record<string, LogContent>>) {
  const folder = mkdtempSync(join(tmpdir(), 'trueline-logs-'));
  try {
    writeLogs(folder, files);
    return await readAuditLogs({ paths: [folder], show: (path) => path.slice(folder.length + 1) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function writeLogs(folder: string, files: Readonly<Record<string, LogContent>>): void {
  for (const [path, content] of Object.entries(files)) {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, toBytes(path, content));
  }
}

function toBytes(path: string, content: LogContent): Uint8Array {
  if (content instanceof Uint8Array) return content;
  const text = typeof content === 'string' ? content : JSON.stringify({ Records: content });
  return path.endsWith('.gz') ? gzipSync(text) : Buffer.from(text, 'utf8');
}

/** `AWSLogs/…` of an account's file at a time, `20261122T0930Z`. */
export function logPath(
  time: string,
  { account = '111122223333', region = 'eu-west-1', prefix = '', nth = 1 } = {},
): string {
  const day = `${time.slice(0, 4)}/${time.slice(4, 6)}/${time.slice(6, 8)}`;
  const name = `${account}_CloudTrail_${region}_${time}_${String(nth).padStart(16, 'A')}.json.gz`;
  return join(prefix, 'AWSLogs', account, 'CloudTrail', region, day, name);
}

const ACCOUNT = '111122223333';

/** An event of a user who lists buckets, with what is given in its place. */
export function event(given: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    eventVersion: '1.11',
    userIdentity: user('ana'),
    eventTime: '2026-11-22T09:30:08Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '198.51.100.23',
    userAgent: 'aws-cli/2.17',
    requestParameters: { Host: 's3.eu-west-1.amazonaws.com' },
    responseElements: null,
    requestID: 'QX1',
    eventID: uuid(1),
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    ...given,
  };
}

export function uuid(nth: number): string {
  return `5f1e4a1c-${String(nth).padStart(4, '0')}-4c3d-8e4f-0123456789ab`;
}

export function user(name: string): Record<string, unknown> {
  return {
    type: 'IAMUser',
    principalId: `AIDA${name.toUpperCase()}`,
    arn: `arn:aws:iam::${ACCOUNT}:user/staff/${name}`,
    accountId: ACCOUNT,
    accessKeyId: `AKIA${name.toUpperCase()}`,
    userName: name,
  };
}

/** A session of a role under `/apps/`. */
export function session(
  role: string,
  name: string,
  given: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const id = `AROA${role.toUpperCase()}`;
  return {
    type: 'AssumedRole',
    principalId: `${id}:${name}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
    accountId: ACCOUNT,
    accessKeyId: `ASIA${role.toUpperCase()}`,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: id,
        arn: `arn:aws:iam::${ACCOUNT}:role/apps/${role}`,
        accountId: ACCOUNT,
        userName: role,
      },
      attributes: { creationDate: '2026-11-22T08:00:00Z', mfaAuthenticated: 'false' },
    },
    ...given,
  };
}
