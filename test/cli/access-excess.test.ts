import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { renderUsageFile } from '../../src/collect/audit-logs/usage-file.js';
import { accountSnapshot, type WrittenRecord } from '../support/account-snapshot.js';
import { event, logPath, session, uuid, writeLogs } from '../support/log-folder.js';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace | undefined;

afterEach(() => here?.remove());

const ACCOUNT = '123456789012';

const allow = (Sid: string, Action: readonly string[], Resource: string) => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
});
const inline = (PolicyName: string, ...Statement: readonly ReturnType<typeof allow>[]) => ({
  PolicyName,
  PolicyDocument: { Version: '2012-10-17', Statement },
});
const trust = (Principal: Readonly<Record<string, string>>) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
});

const RECORDS = [
  {
    type: 'aws_account',
    id: ACCOUNT,
    properties: {},
    live: { credential_report: { generated_at: '2026-11-22T05:00:00Z' } },
  },
  { type: 'aws_region', id: 'eu-west-1', region: 'eu-west-1', properties: {} },
  {
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
        {
          ReadWriteType: 'All',
          IncludeManagementEvents: true,
          ExcludeManagementEventSources: [],
          DataResources: [{ Type: 'AWS::Lambda::Function', Values: ['arn:aws:lambda'] }],
        },
      ],
    },
    live: { home_region: 'eu-west-1', start_logging_time: '2026-01-01T00:00:00Z' },
  },
  {
    type: 'AWS::IAM::Role',
    id: 'baker',
    arn: `arn:aws:iam::${ACCOUNT}:role/apps/baker`,
    properties: {
      RoleName: 'baker',
      Path: '/apps/',
      AssumeRolePolicyDocument: trust({ Service: 'lambda.amazonaws.com' }),
      ManagedPolicyArns: [],
      Policies: [
        inline(
          'bake',
          allow('Objects', ['s3:GetObject', 's3:ListBucket'], '*'),
          allow('Queues', ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:ListQueues', 'sqs:AddPermission'], '*'),
          allow('Run', ['lambda:InvokeFunction'], '*'),
          allow('Pass', ['iam:PassRole'], '*'),
        ),
      ],
    },
    live: { unique_id: 'AROABAKER', create_date: '2025-01-01T00:00:00Z', last_used: '2026-11-20T10:00:00Z' },
  },
  {
    type: 'AWS::IAM::Role',
    id: 'idle',
    arn: `arn:aws:iam::${ACCOUNT}:role/idle`,
    properties: {
      RoleName: 'idle',
      Path: '/',
      AssumeRolePolicyDocument: trust({ AWS: '444455556666' }),
      ManagedPolicyArns: [],
      Policies: [],
    },
    live: { unique_id: 'AROAIDLE', create_date: '2025-01-01T00:00:00Z', last_used: { $none: true } },
  },
  {
    type: 'AWS::IAM::User',
    id: 'ana',
    arn: `arn:aws:iam::${ACCOUNT}:user/ana`,
    properties: { UserName: 'ana', Path: '/', Groups: ['millers'], ManagedPolicyArns: [], Policies: [] },
    live: {
      unique_id: 'AIDAANA',
      create_date: '2025-01-01T00:00:00Z',
      password_enabled: true,
      password_last_used: '2026-11-21T08:00:00Z',
      access_keys: [
        { active: true, last_rotated: '2025-02-01T00:00:00Z', last_used: '2026-02-03T00:00:00Z' },
        { active: false, last_rotated: '2025-02-01T00:00:00Z', last_used: { $none: true } },
      ],
    },
  },
  ...['millers', 'empty'].map((name) => ({
    type: 'AWS::IAM::Group',
    id: name,
    arn: `arn:aws:iam::${ACCOUNT}:group/${name}`,
    properties: { GroupName: name, Path: '/', ManagedPolicyArns: [], Policies: [] },
  })),
] satisfies readonly WrittenRecord[];

const baker = session('baker', 'dawn', {
  accountId: ACCOUNT,
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      principalId: 'AROABAKER',
      arn: `arn:aws:iam::${ACCOUNT}:role/apps/baker`,
      accountId: ACCOUNT,
      userName: 'baker',
    },
  },
});

function start(records: readonly WrittenRecord[], more: readonly Readonly<Record<string, unknown>>[] = []): Workspace {
  here = workspace(accountSnapshot(records));
  const by = (nth: number, time: string, given: Readonly<Record<string, unknown>>) =>
    event({ userIdentity: baker, recipientAccountId: ACCOUNT, eventID: uuid(nth), eventTime: time, ...given });
  const files = (region: string, events: readonly unknown[]) =>
    Object.fromEntries(
      ['20261119T0000Z', '20261119T1800Z', '20261120T1200Z'].map((time, index) => [
        logPath(time, { account: ACCOUNT, region }),
        index === 1
          ? events
          : [
              by(90 + index, `2026-11-${index === 0 ? 19 : 20}T00:00:00Z`, {
                awsRegion: region,
                eventName: 'ListQueues',
                eventSource: 'sqs.amazonaws.com',
              }),
            ],
      ]),
    );
  writeLogs(join(here.folder, 'logs'), {
    ...files('eu-west-1', [
      by(1, '2026-11-19T17:00:00Z', { eventSource: 'sqs.amazonaws.com', eventName: 'CreateQueue', readOnly: false }),
      by(2, '2026-11-19T17:01:00Z', {
        eventSource: 'sqs.amazonaws.com',
        eventName: 'DeleteQueue',
        readOnly: false,
        errorCode: 'AccessDenied',
      }),
      ...more.map((given, index) => by(10 + index, '2026-11-19T17:02:00Z', given)),
    ]),
    ...files('us-east-1', []),
  });
  return here;
}

test('what is granted and not used, with its evidence, and what logs cannot show', async () => {
  const { code, out, err } = await start(RECORDS).run('access report --in snap --logs logs');
  expect(`${out.slice(out.indexOf('role/apps/baker uses'))}${err}exit ${code}`).toMatchInlineSnapshot(`
    "role/apps/baker uses 2 of 8 actions; 3 not used from
      2026-11-19 to 2026-11-20, 3 not known
      last used    sqs:ListQueues at 2026-11-20T00:00:00Z, event
                   5f1e4a1c-0090-4c3d-8e4f-0123456789ab
      iam: 0 of 1 action used
        not known    PassRole (1 action)
                     It is no operation of its service: it is checked along with
                     others.
      lambda: 0 of 1 action used
        write        InvokeFunction (1 action)
        by           inline policy "bake" of arn:aws:iam::123456789012:role/apps/baker (Run)   snap/resources/123456789012/global.ndjson:2
      s3: 0 of 2 actions used
        not known    GetObject, ListBucket (2 actions)
                     No trail records data events of AWS::S3::Object in eu-west-1.
      sqs: 2 of 4 actions used
        permissions  AddPermission (1 action)
        write        DeleteQueue (1 action)
                     tried and denied: DeleteQueue
        by           inline policy "bake" of arn:aws:iam::123456789012:role/apps/baker (Queues)   snap/resources/123456789012/global.ndjson:2
        not known    on what CreateQueue was used: Of some calls the events do not
                     show the resource.

    Not used at all
      role arn:aws:iam::123456789012:role/idle   snap/resources/123456789012/global.ndjson:3
        The role was never used, as far as IAM tells.
      access-key arn:aws:iam::123456789012:user/ana   snap/resources/123456789012/global.ndjson:4
        Access key 1 was not used for 90 days. It was used last at
        2026-02-03T00:00:00Z.
      group arn:aws:iam::123456789012:group/empty   snap/resources/123456789012/global.ndjson:6
        The group has no members.

    Granted to everybody and to other accounts
      arn:aws:iam::123456789012:role/idle lets 444455556666: sts:AssumeRole
        no event shows it used
        by           trust policy of arn:aws:iam::123456789012:role/idle   snap/resources/123456789012/global.ndjson:3

    3 users and roles, 2 resources with a policy
    0 administrators, 0 can become administrator
    1 user or role with something that is not used, 3 not used at all, 1 grant to
      everybody or other accounts
    whether 3 granted actions are used is not known: some of 1 user or role
    exit 0"
  `);
});

test('the same for programs', async () => {
  const { code, out } = await start(RECORDS).run('access report --in snap --logs logs --format json');
  const { excess } = JSON.parse(out);
  expect(code).toBe(0);
  expect(excess.principals.find(({ arn }: { arn: string }) => arn.endsWith('/baker'))).toMatchInlineSnapshot(`
    {
      "arn": "arn:aws:iam::123456789012:role/apps/baker",
      "granted": 8,
      "lastUse": {
        "action": "sqs:ListQueues",
        "at": "2026-11-20T00:00:00Z",
        "eventIds": [
          "5f1e4a1c-0090-4c3d-8e4f-0123456789ab",
          "5f1e4a1c-0092-4c3d-8e4f-0123456789ab",
        ],
      },
      "principal": "arn:aws:iam::123456789012:role/apps/baker",
      "root": "123456789012",
      "services": [
        {
          "granted": 1,
          "grants": [],
          "lastUse": null,
          "openResources": [],
          "service": "iam",
          "unknown": [
            {
              "actions": [
                "iam:PassRole",
              ],
              "detail": "It is no operation of its service: it is checked along with others.",
              "reason": "never-an-event",
            },
          ],
          "unused": [],
          "used": [],
          "wide": [],
        },
        {
          "granted": 1,
          "grants": [
            {
              "location": {
                "endColumn": 764,
                "endLine": 2,
                "file": "snap/resources/123456789012/global.ndjson",
                "startColumn": 684,
                "startLine": 2,
              },
              "policy": "inline policy "bake" of arn:aws:iam::123456789012:role/apps/baker",
              "sid": "Run",
            },
          ],
          "lastUse": null,
          "openResources": [],
          "service": "lambda",
          "unknown": [],
          "unused": [
            {
              "actions": [
                "lambda:InvokeFunction",
              ],
              "denied": [],
              "level": "Write",
              "risk": "write",
              "window": {
                "by": "logs",
                "from": "2026-11-19T00:00:00Z",
                "to": "2026-11-20T11:00:00Z",
              },
            },
          ],
          "used": [],
          "wide": [],
        },
        {
          "granted": 2,
          "grants": [],
          "lastUse": null,
          "openResources": [],
          "service": "s3",
          "unknown": [
            {
              "actions": [
                "s3:GetObject",
                "s3:ListBucket",
              ],
              "detail": "No trail records data events of AWS::S3::Object in eu-west-1.",
              "reason": "data-event-not-recorded",
            },
          ],
          "unused": [],
          "used": [],
          "wide": [],
        },
        {
          "granted": 4,
          "grants": [
            {
              "location": {
                "endColumn": 683,
                "endLine": 2,
                "file": "snap/resources/123456789012/global.ndjson",
                "startColumn": 551,
                "startLine": 2,
              },
              "policy": "inline policy "bake" of arn:aws:iam::123456789012:role/apps/baker",
              "sid": "Queues",
            },
          ],
          "lastUse": {
            "action": "sqs:ListQueues",
            "at": "2026-11-20T00:00:00Z",
            "eventIds": [
              "5f1e4a1c-0090-4c3d-8e4f-0123456789ab",
              "5f1e4a1c-0092-4c3d-8e4f-0123456789ab",
            ],
          },
          "openResources": [
            {
              "actions": [
                "sqs:CreateQueue",
              ],
              "detail": "Of some calls the events do not show the resource.",
              "reason": "unsure",
            },
          ],
          "service": "sqs",
          "unknown": [],
          "unused": [
            {
              "actions": [
                "sqs:AddPermission",
              ],
              "denied": [],
              "level": "Permissions management",
              "risk": "permissions",
              "window": {
                "by": "logs",
                "from": "2026-11-19T00:00:00Z",
                "to": "2026-11-20T11:00:00Z",
              },
            },
            {
              "actions": [
                "sqs:DeleteQueue",
              ],
              "denied": [
                "sqs:DeleteQueue",
              ],
              "level": "Write",
              "risk": "write",
              "window": {
                "by": "logs",
                "from": "2026-11-19T00:00:00Z",
                "to": "2026-11-20T11:00:00Z",
              },
            },
          ],
          "used": [
            "sqs:CreateQueue",
            "sqs:ListQueues",
          ],
          "wide": [],
        },
      ],
      "unknown": 3,
      "unknownPolicies": [],
      "unused": 3,
      "used": 2,
    }
  `);
});

const unknownOf = async (records: readonly WrittenRecord[], service: string) => {
  const { out } = await start(records).run('access report --in snap --logs logs --format json');
  const { principals } = JSON.parse(out).excess;
  const { services } = principals.find(({ arn }: { arn: string }) => arn.endsWith('/baker'));
  return services.find((one: { service: string }) => one.service === service).unknown;
};

test('a region without logs, and a trail that is not seen, leave all unknown', async () => {
  const region = { type: 'aws_region', id: 'ap-south-1', region: 'ap-south-1', properties: {} };
  expect(await unknownOf([...RECORDS, region], 'sqs')).toEqual([
    {
      reason: 'not-collected',
      detail: 'There are no logs of 123456789012 in ap-south-1.',
      actions: ['sqs:AddPermission', 'sqs:DeleteQueue'],
    },
  ]);
  here?.remove();
  const without = RECORDS.filter(({ type }) => type !== 'AWS::CloudTrail::Trail');
  expect(await unknownOf(without, 'lambda')).toEqual([
    {
      reason: 'no-trail',
      detail: 'No trail records eu-west-1.',
      actions: ['lambda:InvokeFunction'],
    },
  ]);
});

test('what was not used for some days, as far as that many were seen', async () => {
  const here = start(RECORDS);
  const ofBaker = async (flags: string) => {
    const { out } = await here.run(`access report --in snap --logs logs --format json ${flags}`);
    const [{ unused, unknown, services }] = JSON.parse(out).excess.principals;
    const sqs = services.find(({ service }: { service: string }) => service === 'sqs');
    return {
      unused,
      unknown,
      sqs: sqs.unknown,
      used: sqs.used,
      windows: sqs.unused.map(({ window }: { window: unknown }) => window),
    };
  };
  expect(await ofBaker('--unused-days 1')).toEqual({
    unused: 3,
    unknown: 3,
    sqs: [],
    used: ['sqs:CreateQueue', 'sqs:ListQueues'],
    windows: [1, 2].map(() => ({ from: '2026-11-19T11:00:00Z', to: '2026-11-20T11:00:00Z', by: 'logs' })),
  });
  const detail = 'Uses were seen from 2026-11-19 to 2026-11-20, which is less than 30 days.';
  expect((await ofBaker('--unused-days 30')).sqs).toEqual([
    { reason: 'outside-window', detail, actions: ['sqs:AddPermission', 'sqs:DeleteQueue'] },
  ]);
  expect((await here.run('access report --in snap --logs logs --unused-days 290')).out).toContain(
    'Access key 1 was not used for 290 days.',
  );
  expect((await here.run('access report --in snap --unused-days 30')).err).toBe(
    'error: "--unused-days" says what is unused: give --logs or --usage.\n',
  );
  expect((await here.run('access report --in snap --logs logs --unused-days soon')).err).toBe(
    'error: "--unused-days soon" is not a number of days.\n',
  );
});

test('of two buckets one is recorded: there it is not used, of the other it is not known', async () => {
  const records = RECORDS.map((record) => {
    if (record.id === 'all')
      return {
        ...record,
        properties: {
          ...record.properties,
          EventSelectors: [
            {
              ReadWriteType: 'All',
              IncludeManagementEvents: true,
              ExcludeManagementEventSources: [],
              DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::rye/'] }],
            },
          ],
        },
      };
    if (record.id !== 'baker') return record;
    const objects = ['arn:aws:s3:::rye/*', 'arn:aws:s3:::oat/*'].map((resource, index) =>
      allow(`Objects${index}`, ['s3:GetObject'], resource),
    );
    return { ...record, properties: { ...record.properties, Policies: [inline('bake', ...objects)] } };
  });
  const { out } = await start(records).run('access report --in snap --logs logs');
  const from = out.indexOf('role/apps/baker uses');
  expect(out.slice(from, out.indexOf('\n\n', from))).toMatchInlineSnapshot(`
    "role/apps/baker uses 0 of 1 action; 1 not used from
      2026-11-19 to 2026-11-20, 0 not known
      s3: 0 of 1 action used
        read         GetObject (1 action)
                     on arn:aws:s3:::rye/*
        not known    GetObject (1 action)
                     on arn:aws:s3:::oat/*
                     No trail records data events of AWS::S3::Object in eu-west-1.
        by           inline policy "bake" of arn:aws:iam::123456789012:role/apps/baker (Objects0)   snap/resources/123456789012/global.ndjson:2"
  `);
  const json = await here?.run('access report --in snap --logs logs --format json');
  const [{ unused, unknown, services }] = JSON.parse(json?.out ?? '').excess.principals;
  expect([unused, unknown]).toEqual([1, 0]);
  expect(services[0]).toMatchObject({
    unused: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::rye/*'] }],
    unknown: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::oat/*'] }],
    grants: [{ sid: 'Objects0' }],
  });
});

const exitOf = async (line: string) => {
  const { code, err } = (await here?.run(line)) ?? { code: undefined, err: undefined };
  return { code, err };
};

test('where logs tell nothing of a role, or were not all read, nothing is green', async () => {
  const { folder } = start(RECORDS);
  expect(await exitOf('access report --in snap --logs logs --unused-days 30')).toEqual({
    code: 3,
    err: `trueline: what is not used is not all known: of 1 user or role it is not known what they do not use: Uses were seen from 2026-11-19 to 2026-11-20, which is less than 30 days.
`,
  });
  writeFileSync(join(folder, logPath('20261120T1500Z', { account: ACCOUNT }).replace(/^/, 'logs/')), 'no gzip');
  const gap = `trueline: logs were not read, or not whole; the report is incomplete: `;
  const report = await exitOf('access report --in snap --logs logs');
  expect({ ...report, err: report.err?.startsWith(gap) }).toEqual({ code: 3, err: true });
  const scan = await exitOf('scan snap --logs logs --policy aws-iam-principal-no-unused-privileges -f compact');
  expect({ ...scan, err: scan.err?.includes(gap) }).toEqual({ code: 3, err: true });
  const size = await exitOf(`access right-size arn:aws:iam::${ACCOUNT}:role/apps/baker --in snap --logs logs`);
  expect({ ...size, err: size.err?.startsWith(gap) }).toEqual({ code: 3, err: true });
});

test('of an account without logs nothing is known of anybody', async () => {
  const { folder, run } = start(RECORDS);
  writeFileSync(join(folder, 'usage.json'), [...renderUsageFile({ events: [], coverage: [], gaps: [] })].join(''));
  const { code, err, out } = await run('access report --in snap --usage usage.json');
  expect({ code, err, last: out.trimEnd().split('\n').at(-1) }).toEqual({
    code: 3,
    err: `trueline: what is not used is not all known: of 1 user or role it is not known what they do not use: There are no logs of ${ACCOUNT}.\n`,
    last: 'whether 8 granted actions are used is not known: all of 1 user or role',
  });
});

test('a scan asks for the days without a use, too', async () => {
  start(RECORDS);
  const scan = async (flags: string) => {
    const found = await here?.run(
      `scan snap --policy aws-iam-principal-no-unused-privileges --include unknown -f json ${flags}`,
    );
    if (found?.out === '') return found.err;
    const { findings } = JSON.parse(found?.out ?? '');
    return findings.map(({ outcome, element, unknowns }: { outcome: string; element: string; unknowns: unknown[] }) => [
      outcome,
      element,
      unknowns.length,
    ]);
  };
  expect(await scan('--logs logs --unused-days 1')).toEqual([
    ['unknown', null, 1],
    ['fail', 'lambda', 0],
    ['fail', 'sqs', 0],
  ]);
  expect(await scan('--logs logs --unused-days 30')).toEqual([['unknown', null, 1]]);
  expect(await scan('--unused-days 30')).toBe('error: "--unused-days" says what is unused: give --logs or --usage.\n');
});

const INVOKED = {
  eventSource: 'lambda.amazonaws.com',
  eventName: 'Invoke',
  readOnly: false,
  managementEvent: false,
  eventCategory: 'Data',
  resources: [{ type: 'AWS::Lambda::Function', ARN: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:bake` }],
};

test('what is granted on all functions and used on one is told, and found where the policy asks for it', async () => {
  const { run, write } = start(RECORDS, [INVOKED]);
  const { out } = await run('access report --in snap --logs logs');
  const from = out.indexOf('role/apps/baker uses');
  const lambda = out.indexOf('  lambda:', from);
  expect(
    `${out.slice(from, out.indexOf('\n  last', from))}\n${out.slice(lambda, out.indexOf('\n  s3', lambda))}`,
  ).toMatchInlineSnapshot(`
    "role/apps/baker uses 3 of 8 actions; 2 not used from
      2026-11-19 to 2026-11-20, 3 not known, 1 used on less than is granted
      lambda: 1 of 1 action used
        resources    InvokeFunction (1 action)
                     used on arn:aws:lambda:eu-west-1:123456789012:function:bake,
                     granted on *
          by         inline policy "bake" of arn:aws:iam::123456789012:role/apps/baker (Run)   snap/resources/123456789012/global.ndjson:2"
  `);
  write({
    'trueline.yaml': `root: true
policies:
  aws-iam-principal-no-unused-privileges:
    parameters: { wide_resources: true, least_actions: 9 }
`,
  });
  const scan = await run('scan snap --logs logs --policy aws-iam-principal-no-unused-privileges -f compact');
  expect(scan.out).toMatchInlineSnapshot(`
    "snap/resources/123456789012/global.ndjson:2:1: unknown medium aws-iam-principal-no-unused-privileges: Perhaps: arn:aws:iam::123456789012:role/apps/baker did not use (unknown: It is no operation of its service: it is checked along with others.) of what it may do in (unknown: It is no operation of its service: it is checked along with others.): (unknown: It is no operation of its service: it is checked along with others.) [arn:aws:iam::123456789012:role/apps/baker]
    snap/resources/123456789012/global.ndjson:2:684: medium aws-iam-principal-no-unused-privileges: arn:aws:iam::123456789012:role/apps/baker did not use much of what it may do in lambda: lambda:InvokeFunction on *: used on arn:aws:lambda:eu-west-1:123456789012:function:bake only [arn:aws:iam::123456789012:role/apps/baker]
    "
  `);
});

test("policies of one's own tell services with unused rights from those that are only granted on too much", async () => {
  const { run, write } = start(RECORDS, [INVOKED]);
  const servicesIn = async (list: string) => {
    write({
      'own/policy.yaml': `id: orchard-excess
title: Nothing is too much
severity: low
description: Nothing is too much.
resource: aws_iam_role
each: one in ${list}
assert: one.actions < 0
message: "{{ one.service }}: {{ one.actions }}"
remediation: Have less.
`,
    });
    const { out, err } = await run('scan snap --logs logs --policy-dir own --policy orchard-excess --format json');
    if (out === '') return err;
    const { findings } = JSON.parse(out);
    return findings.flatMap((one: { outcome: string; message: string }) => (one.outcome === 'fail' ? one.message : []));
  };
  expect(await servicesIn('access.unused(resource)')).toEqual(['sqs: 2']);
  expect(await servicesIn('access.excess(resource)')).toEqual(['lambda: 0', 'sqs: 2']);
});
