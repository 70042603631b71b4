import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderUsageFile } from '../../src/collect/audit-logs/usage-file.js';
import { accountSnapshot } from '../support/account-snapshot.js';
import { coverage, eventCount, usageLog } from '../support/usage-log.js';
import { measureNode, medianRun, program, scratchFolder } from './measure.js';

const ACCOUNT = '123456789012';
const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

const TRAIL = {
  type: 'AWS::CloudTrail::Trail',
  id: 'all',
  arn: `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/all`,
  region: 'eu-west-1',
  properties: {
    TrailName: 'all',
    IsLogging: true,
    IsMultiRegionTrail: true,
    IsOrganizationTrail: false,
    IncludeGlobalServiceEvents: true,
    S3BucketName: 'logs',
    AdvancedEventSelectors: [],
    EventSelectors: [
      { ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: [], DataResources: [] },
    ],
  },
  live: { home_region: 'eu-west-1', start_logging_time: '2026-01-01T00:00:00Z' },
};

const role = (name: string, Action: readonly string[]) => ({
  type: 'AWS::IAM::Role',
  id: name,
  arn: roleArn(name),
  properties: {
    RoleName: name,
    Path: '/',
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
    ManagedPolicyArns: [],
    Policies: [
      {
        PolicyName: 'work',
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Sid: 'Work', Effect: 'Allow', Action, Resource: '*' }] },
      },
    ],
  },
  live: { unique_id: `AROA${name.toUpperCase()}`, create_date: '2025-01-01T00:00:00Z' },
});

const ROLES = [role('baker', ['sqs:*', 'sns:*', 'iam:PassRole']), role('admin', ['*'])];
const CALLS = ['CreateQueue', 'DeleteQueue', 'SetQueueAttributes', 'TagQueue'];

/** Policies narrowed by the program, of a role at work and of an administrator: lines of name, measured, limit. */
export function run(): readonly (readonly [string, string, string])[] {
  const folder = scratchFolder('right-size');
  const events = ROLES.flatMap(({ id, arn }) =>
    CALLS.map((name) =>
      eventCount(`sqs ${name}`, {
        account: ACCOUNT,
        principal: { kind: 'role', name: arn, id: `AROA${id.toUpperCase()}` },
        resource: `arn:aws:sqs:eu-west-1:${ACCOUNT}:loaves`,
      }),
    ),
  );
  const covered = ['eu-west-1', 'us-east-1'].map((region) => coverage({ account: ACCOUNT, region }));
  const files = {
    ...accountSnapshot([TRAIL, ...ROLES]),
    'usage.json': [...renderUsageFile(usageLog(events, { coverage: covered }))].join(''),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const bare = medianRun(5, () => measureNode(['-e', '0'], folder));
  return ROLES.map(({ id, arn }) => {
    const args = [program, 'access', 'right-size', arn, '--in', 'snap', '--usage', 'usage.json'];
    const { cpuSeconds, exitCode } = medianRun(5, () => measureNode(args, folder));
    const ratio = (cpuSeconds / bare.cpuSeconds).toFixed(1);
    return [
      id === 'admin' ? 'right-size, an administrator' : 'right-size, a role at work',
      `${cpuSeconds.toFixed(2)} CPU-s, ${ratio} × node -e 0, exit code ${exitCode}`,
      'printed',
    ];
  });
}
