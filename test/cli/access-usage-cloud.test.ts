import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workspace, workspace } from './workspace.js';

const GOLDENS = join(import.meta.dirname, '../../fixtures/collect/athena');

let here: Workspace;
beforeEach(() => {
  here = workspace();
});
afterEach(() => here.remove());

const usage = async (line: string) => {
  const { code, out, err } = await here.run(`access usage ${line}`);
  return `${out}${err}exit ${code}`;
};

const ATHENA = '--athena-workgroup auditors --athena-table logs.events';
const TIME = '--from 2026-11-28T12:00:00Z --to 2026-12-01';

test.each([
  ['projection', ''],
  ['console', ' --athena-form console'],
  ['lake', ' --athena-form lake'],
])('the query of the form "%s" is printed, and nothing asked', async (form, flag) => {
  const { code, out } = await here.run(`access usage ${ATHENA} ${TIME} --print-query${flag}`);
  const [first, second, ...rest] = out.split('\n');
  expect([code, first, second?.startsWith('-- Other forms: --athena-form '), rest.join('\n')]).toEqual([
    0,
    `-- For a table of the form "${form}": nothing was asked about "logs.events".`,
    true,
    readFileSync(join(GOLDENS, `${form}.sql`), 'utf8'),
  ]);
});

test('partitions that are named are in the query', async () => {
  const { out } = await here.run(
    `access usage --athena-table events --athena-database logs --athena-partition region=eu-west-1 --athena-partition account=111122223333 ${TIME} --print-query`,
  );
  expect(out).toContain(
    `WHERE "region" = 'eu-west-1'\n    AND "account" = '111122223333'\n    AND "timestamp" BETWEEN`,
  );
});

test('the permissions of both ways are printed', async () => {
  expect(await usage('--lookup-events --print-policy')).toMatchInlineSnapshot(`
    "{
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "TruelineLookupEvents",
          "Effect": "Allow",
          "Action": [
            "cloudtrail:LookupEvents",
            "ec2:DescribeRegions"
          ],
          "Resource": "*"
        }
      ]
    }
    exit 0"
  `);
  const { Statement } = JSON.parse((await here.run(`access usage ${ATHENA} --print-policy`)).out);
  expect(Statement[0].Action).toEqual([
    'athena:GetQueryExecution',
    'athena:GetQueryResults',
    'athena:GetWorkGroup',
    'athena:StartQueryExecution',
    'athena:StopQueryExecution',
    'glue:GetDatabase',
    'glue:GetPartitions',
    'glue:GetTable',
    's3:GetBucketLocation',
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
  ]);
});

test.each([
  ['', '"access usage" needs what to read: --logs DIR, --lookup-events or --athena-table DB.TABLE.'],
  [`--lookup-events ${ATHENA}`, '"--lookup-events" and "--athena-table" are two ways: use one of them.'],
  ['--logs . --yes', '"--yes" needs --lookup-events.'],
  ['--logs . --print-query', '"--print-query" needs --athena-table.'],
  ['--logs . --days 3', '"--days" needs --lookup-events or --athena-table.'],
  ['--athena-workgroup auditors', '"--athena-workgroup" needs a table: --athena-table DB.TABLE.'],
  ['--athena-table logs.events', '"--athena-table" needs a workgroup: --athena-workgroup NAME.'],
  [
    '--athena-workgroup w --athena-table events',
    '"--athena-table events" names no database: use DATABASE.TABLE, or --athena-database.',
  ],
  [
    `--athena-workgroup w --athena-table logs.ev"ents --print-query`,
    '"ev"ents" is not the name of a database or table.',
  ],
  [`${ATHENA} --athena-partition region --print-query`, '"--athena-partition region" is not of the form KEY=VALUE.'],
  [`${ATHENA} --athena-partition region=a'b --print-query`, `"a'b" is no value of a partition that can be asked for.`],
  [`${ATHENA} --athena-max-bytes much`, '"--athena-max-bytes much" is no number of bytes: 50GB, 2TB.'],
  ['--lookup-events --days 0', '"--days 0" is not a number of days.'],
  ['--lookup-events --from 2026-10-01 --days 3', '"--from" and "--days" both say where it begins: use one of them.'],
  ['--lookup-events --from 2026-10-02 --to 2026-10-01', '"--from" is not before "--to".'],
  [
    '--lookup-events --from yesterday',
    '"--from yesterday" is no day and no time in UTC: 2026-10-01, 2026-10-01T08:00:00Z.',
  ],
  ['--lookup-events --quota-share 2', '"--quota-share 2" is not a share: a number above 0, and at most 1.'],
])('"access usage %s" is bad usage', async (line, message) => {
  expect(await usage(line)).toBe(`error: ${message}\nexit 2`);
});

test('a folder for what was read that cannot be made is bad usage', async () => {
  here.write({ taken: '' });
  expect((await usage('--lookup-events --state taken/hours')).replaceAll(here.folder, '.')).toBe(
    'error: "./taken/hours", where hours that were read are kept, cannot be written (ENOTDIR): use --state.\nexit 2',
  );
});
