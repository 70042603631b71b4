import { describe, expect, test } from 'vitest';
import { operationsOf } from '../../src/collect/aws/collector.js';
import { collectorsOf } from '../../src/collect/aws/collectors.js';
import { collectServices } from './collect-service.js';
import { errorOf, type Fault } from './fake-aws.js';

const HEADER = 'user,arn,password_enabled,password_last_used,password_last_changed,mfa_active,access_key_1_active';
const ARN = 'arn:aws:iam::123456789012:user/people/alma';

/** The report with these rows. */
function report(...rows: readonly string[]): Fault {
  const Content = Buffer.from([HEADER, ...rows].join('\r\n')).toString('base64');
  return ({ operation }) =>
    operation === 'GetCredentialReport'
      ? { kind: 'answer', output: { Content, GeneratedTime: '2026-11-22T08:00:00Z' } }
      : undefined;
}

/** What is known of alma's credentials, with the reason of what is not. */
async function almaBy(fault: Fault) {
  const { records, usage, ledger } = await collectServices(['iam'], fault);
  const record = records.find(({ id }) => id === 'alma');
  const used = usage.find(({ id }) => id === 'alma');
  const { create_date: _, unique_id: __, ...live } = record?.live ?? {};
  const { services_last_accessed: ___, ...usedOf } = used?.live ?? {};
  const gaps = [...(record?.gaps ?? []), ...(used?.gaps ?? [])];
  return {
    live: { ...live, ...usedOf },
    gaps: gaps.map(({ path, operation, state, code }) => `${path} ${operation} ${state} ${code}`),
    lines: ledger
      .filter(({ operation, parent }) => /CredentialReport/.test(operation) && parent === null)
      .map(({ operation, state, attempts }) => `${operation} ${state} ${attempts}`),
  };
}

const PATHS = ['$access_keys', '$mfa_active', '$mfa_devices', '$password_enabled', '$password_last_changed'];

function allGaps(why: string): readonly string[] {
  const gaps = [...PATHS, '$password_last_used'].map((path) => `${path} iam:GetCredentialReport ${why}`);
  const isUsage = (gap: string) => /^\$(access_keys|password_last_used)/.test(gap);
  return [...gaps.filter((gap) => !isUsage(gap)), ...gaps.filter(isUsage)];
}

describe('a report', () => {
  test('that is being made is waited for', async () => {
    const { lines, gaps } = await almaBy(({ operation }, nth) =>
      operation === 'GetCredentialReport' && nth < 4 ? errorOf('ReportInProgress', 404) : undefined,
    );
    expect({ lines, gaps }).toEqual({
      lines: [
        'iam:GenerateCredentialReport collected 1',
        'iam:GetCredentialReport collected 4',
        'iam:GenerateCredentialReport collected 1',
        'iam:GetCredentialReport collected 4',
      ],
      gaps: [],
    });
  });

  test('that is never ready is a gap, and so is one that may not be made or has expired', async () => {
    const late = await almaBy(({ operation }) =>
      operation === 'GetCredentialReport' ? errorOf('ReportInProgress', 404) : undefined,
    );
    const denied = await almaBy(({ operation }) =>
      operation === 'GenerateCredentialReport' ? errorOf('AccessDenied', 403) : undefined,
    );
    const expired = await almaBy(({ operation }) =>
      operation === 'GetCredentialReport' ? errorOf('ReportExpired', 410) : undefined,
    );
    expect([late.gaps, denied.gaps, expired.gaps]).toEqual([
      allGaps('failed JobUnfinished'),
      allGaps('denied AccessDenied'),
      allGaps('failed ReportExpired'),
    ]);
    expect([late.lines[0], denied.lines[0], expired.lines[0]]).toEqual([
      'iam:GenerateCredentialReport collected 1',
      'iam:GenerateCredentialReport denied 1',
      'iam:GenerateCredentialReport collected 1',
    ]);
  });

  test('says nothing of a user that was made after it', async () => {
    const { live, gaps } = await almaBy(report('bela,arn:aws:iam::123456789012:user/bela,false,N/A,N/A,false,false'));
    expect({ live, gaps }).toEqual({ live: {}, gaps: allGaps('failed NotListed') });
  });

  test('is read by the names of its columns, and a row that does not fit them is not', async () => {
    const quoted = await almaBy(
      report(`"al,ma",${ARN},TRUE,2026-01-02T03:04:05+02:00,2025-01-02T03:04:05Z,FALSE,FALSE`),
    );
    const unquoted = await almaBy(report(`al,ma,${ARN},true,N/A,N/A,false,false`));
    expect(quoted).toMatchObject({
      live: {
        access_keys: [],
        mfa_active: false,
        mfa_devices: [],
        password_enabled: true,
        password_last_changed: '2025-01-02T03:04:05Z',
        password_last_used: '2026-01-02T01:04:05Z',
      },
      gaps: [],
    });
    expect(unquoted.gaps).toEqual(allGaps('failed NotListed'));
  });

  test('keeps apart what is not there, what never was used and what nobody noted', async () => {
    const ofPassword = async (used: string, changed: string) => {
      const { live, gaps } = await almaBy(report(`alma,${ARN},true,${used},${changed},false,false`));
      return [live['password_last_used'], live['password_last_changed'], ...gaps];
    };
    expect([
      await ofPassword('N/A', 'N/A'),
      await ofPassword('no_information', '2014-10-20T00:00:00+00:00'),
      await ofPassword('no_information', '2014-10-19T23:59:59+00:00'),
      await ofPassword('not_supported', 'not_supported'),
    ]).toEqual([
      [{ $none: true }, { $none: true }],
      [{ $none: true }, '2014-10-20T00:00:00Z'],
      [undefined, '2014-10-19T23:59:59Z', '$password_last_used iam:GetCredentialReport not-enabled NotTold'],
      [
        undefined,
        undefined,
        '$password_last_changed iam:GetCredentialReport not-enabled NotTold',
        '$password_last_used iam:GetCredentialReport not-enabled NotTold',
      ],
    ]);
  });
});

describe('what a principal has used', () => {
  const of = async (fault: Fault) => {
    const { usage, ledger } = await collectServices(['iam'], fault);
    const web = usage.find(({ id }) => id === 'web');
    const lines = ledger.filter(({ operation }) => operation.endsWith('ServiceLastAccessedDetails'));
    return {
      services: web?.live['services_last_accessed'],
      gaps: web?.gaps.map(({ path, state, code }) => `${path} ${state} ${code}`),
      lines: [...new Set(lines.map(({ operation, state }) => `${operation} ${state}`))],
    };
  };
  const status =
    (JobStatus: string, until = Number.POSITIVE_INFINITY): Fault =>
    ({ operation }, nth) =>
      operation === 'GetServiceLastAccessedDetails' && nth <= until
        ? { kind: 'answer', output: { JobStatus, ServicesLastAccessed: [] } }
        : undefined;

  test('is asked for until the job is done, and read to its last page', async () => {
    expect(await of(status('IN_PROGRESS', 9))).toEqual({
      services: [
        {
          service: 's3',
          last_accessed: '2026-11-02T03:04:05Z',
          actions: [
            { name: 'PutBucketPolicy', last_accessed: '2026-11-02T03:04:05Z' },
            { name: 'DeleteBucket', last_accessed: { $none: true } },
          ],
        },
        { service: 'sqs', last_accessed: { $none: true } },
      ],
      gaps: [],
      lines: ['iam:GetServiceLastAccessedDetails collected', 'iam:GenerateServiceLastAccessedDetails collected'],
    });
  });

  test.each([
    ['FAILED', 'JobFailed'],
    ['IN_PROGRESS', 'JobUnfinished'],
  ])('is a gap, and not nothing, where the job ends %s', async (ended, code) => {
    expect(await of(status(ended))).toEqual({
      services: undefined,
      gaps: [`$services_last_accessed failed ${code}`],
      lines: ['iam:GetServiceLastAccessedDetails failed', 'iam:GenerateServiceLastAccessedDetails collected'],
    });
  });

  test('is not asked for without a request', () => {
    const callsOf = (isDeep: boolean) =>
      collectorsOf([], [], isDeep)
        .flatMap(operationsOf)
        .map(({ call }) => call);
    const shallow = new Set(callsOf(false));
    expect([...new Set(callsOf(true))].filter((call) => !shallow.has(call)).sort()).toEqual([
      'ec2:DescribeImageAttribute',
      'ec2:DescribeInstanceAttribute',
      'ec2:DescribeSnapshotAttribute',
      'eks:ListAssociatedAccessPolicies',
      'iam:GenerateServiceLastAccessedDetails',
      'iam:GetServiceLastAccessedDetails',
    ]);
  });
});
