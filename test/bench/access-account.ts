import { escalationsOf } from '../../src/access/escalation/escalations.js';
import { excessOf } from '../../src/access/excess/excess.js';
import { arnOf } from '../../src/access/excess/principal-excess.js';
import { openGrants } from '../../src/access/rows/open-grants.js';
import type { UsageLog } from '../../src/model/usage.js';
import { sourcesOfSnapshot } from '../support/access-graph.js';
import { coverage, eventCount } from '../support/usage-log.js';
import { accountFiles } from './generate-account.js';

const CALLS = [
  ...['DescribeInstances', 'RunInstances', 'StopInstances', 'DescribeVpcs', 'CreateTags'].map((name) => `ec2 ${name}`),
  ...['GetBucketPolicy', 'PutBucketPolicy', 'ListBuckets', 'CreateBucket', 'GetObject'].map((name) => `s3 ${name}`),
  ...['ListRoles', 'GetRole', 'CreateRole', 'PassRole', 'AttachRolePolicy'].map((name) => `iam ${name}`),
  ...['Decrypt', 'Encrypt', 'DescribeKey', 'ListKeys', 'CreateGrant'].map((name) => `kms ${name}`),
  ...[
    'CreateFunction20150331',
    'ListFunctions20150331',
    'GetPolicy20150331v2',
    'Invoke',
    'AddPermission20150331v2',
  ].map((name) => `lambda ${name}`),
  ...['CreateQueue', 'DeleteQueue', 'ListQueues', 'SetQueueAttributes', 'PurgeQueue'].map((name) => `sqs ${name}`),
];

/** Of an account of so many roles: how long the rows of all take, and then all paths. One line of JSON. */
const roles = Number(process.argv[2] ?? 2_000);
const files = Object.fromEntries([...accountFiles(roles)].map(([name, text]) => [`snap/${name}`, text]));
const sources = sourcesOfSnapshot(files);
/** Milliseconds of the processors, so that others on the machine do not count. */
const now = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;
const began = now();
const grants = openGrants(sources);
const rows = grants.principals.reduce((sum, one) => sum + grants.rowsOf(one).length, 0);
const granted = now();
const { admins, paths } = escalationsOf(sources);
const ended = now();
const log = usageOf(grants.principals.flatMap((principal) => arnOf(grants, principal) ?? []));
const counted = now();
const excess = excessOf(sources, log);
const judged = now();
console.log(
  JSON.stringify({
    roles,
    rows,
    rowsMs: granted - began,
    pathsMs: ended - granted,
    excessMs: judged - counted,
    unused: excess.principals.reduce((sum, { unused }) => sum + unused, 0),
    used: excess.principals.reduce((sum, { used }) => sum + used, 0),
    admins: admins.length,
    paths: paths.length,
    certain: paths.filter(({ state }) => state === 'certain').length,
    mebibytes: process.resourceUsage().maxRSS / 1024,
  }),
);

/** What each of the principals did within the 90 days of the event history: twenty calls of thirty. */
function usageOf(arns: readonly string[]): UsageLog {
  const events = arns.flatMap((arn, nth) =>
    Array.from({ length: 20 }, (_, index) =>
      eventCount(CALLS[(nth * 7 + index) % CALLS.length] ?? '', {
        account: arn.split(':')[4] ?? '',
        principal: { kind: arn.includes(':user/') ? 'user' : 'role', name: arn, id: undefined },
      }),
    ),
  );
  const accounts = [...new Set(arns.map((arn) => arn.split(':')[4] ?? ''))];
  const stretches = accounts.flatMap((account) =>
    ['eu-west-1', 'us-east-1'].map((region) =>
      coverage({ account, region, categories: ['management'], isHistory: true }),
    ),
  );
  return { events, coverage: stretches, gaps: [] };
}
