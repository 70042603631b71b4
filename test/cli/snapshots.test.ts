import { afterEach, describe, expect, test } from 'vitest';
import { partsOf, readOrchard, sealSnapshot } from '../support/snapshot.js';
import { bucket, type Workspace, workspace } from './workspace.js';

let here: Workspace | undefined;

function open(files: Readonly<Record<string, string>>): Workspace {
  here = workspace(files);
  return here;
}

afterEach(() => here?.remove());

const ORCHARD = readOrchard();
const EU = 'snap/resources/123456789012/eu-west-1.ndjson';
const GLOBAL = 'snap/resources/123456789012/global.ndjson';

interface JsonFinding {
  readonly policy: string;
  readonly outcome: string;
  readonly attribute: string | null;
  readonly element: string | null;
  readonly resource: {
    readonly address: string;
    readonly account: string;
    readonly region: string;
    readonly arn: string;
  };
  readonly location: { readonly file: string; readonly startLine: number; readonly startColumn: number };
  readonly unknowns: readonly { readonly path: string; readonly reason: string; readonly subject: string }[];
}

async function findingsOf(line: string): Promise<readonly string[]> {
  const { out } = await (here as Workspace).run(`${line} --format json`);
  const { findings }: { findings: readonly JsonFinding[] } = JSON.parse(out);
  return findings.map(({ policy, outcome, attribute, element, resource, location, unknowns }) => {
    const { file, startLine, startColumn } = location;
    const missing = [...new Set(unknowns.map(({ reason, subject }) => ` (${reason} ${subject})`))].join('');
    const place = `${file}:${startLine}:${startColumn}`;
    return `${place} ${outcome} ${policy} ${resource.address} ${attribute ?? element ?? '-'}${missing}`;
  });
}

describe('a snapshot that is named', () => {
  test('is judged by the policies that there are, each at what decides', async () => {
    open(ORCHARD);
    const policies = '--policy aws-s3-* --policy aws-ec2-security-group-* --policy aws-iam-*';
    const role = 'arn:aws:iam::123456789012:role/picker';
    const group = 'arn:aws:ec2:eu-west-1:123456789012:security-group/sg-0a1b2c3d';
    const groups =
      'aws_region/123456789012/us-east-1 aws_security_group[] (permission-denied ec2:DescribeSecurityGroups)';
    const [logs, pears] = ['arn:aws:s3:::logs', 'arn:aws:s3:::pears'];
    const found = await findingsOf(`scan snap ${policies}`);
    expect(found.filter((text) => !text.includes('not-collected aws_'))).toEqual([
      `${GLOBAL}:1:207 fail aws-iam-role-not-assumable-by-everyone ${role} assume_role_policy.statement[0]`,
      `snap/ledger.ndjson:15:1 unknown aws-ec2-security-group-all-ports-not-open ${groups}`,
      `snap/ledger.ndjson:15:1 unknown aws-ec2-security-group-rdp-not-open ${groups}`,
      `snap/ledger.ndjson:15:1 unknown aws-ec2-security-group-ssh-not-open ${groups}`,
      `${EU}:1:288 fail aws-ec2-security-group-ssh-not-open ${group} ingress[0].cidr_ipv4`,
      `${EU}:4:370 fail aws-s3-bucket-public-access-blocked ${logs} public_access_block.block_public_acls`,
      `${EU}:4:1 fail aws-s3-bucket-tls-only ${logs} policy`,
      `${EU}:4:411 fail aws-s3-bucket-versioning-enabled ${logs} versioning.status`,
      `${EU}:5:342 unknown aws-s3-bucket-tls-only ${pears} policy (permission-denied s3:GetBucketPolicy)`,
      `${EU}:5:320 fail aws-s3-bucket-versioning-enabled ${pears} versioning.status`,
      `${GLOBAL}:2:156 fail aws-iam-account-password-length aws_account/123456789012 password_policy.minimum_password_length`,
      `${EU}:4:231 fail aws-s3-bucket-encrypted-with-kms ${logs} server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm`,
      `${EU}:4:287 fail aws-s3-bucket-logging-enabled ${logs} logging.target_bucket`,
      `${EU}:5:467 unknown aws-s3-bucket-encrypted-with-kms ${pears} server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm (not-collected s3:GetBucketEncryption)`,
      `${EU}:5:1 fail aws-s3-bucket-logging-enabled ${pears} logging.target_bucket`,
    ]);
  });

  test('passes where the account has what the policy asks for', async () => {
    open(ORCHARD);
    const found = await findingsOf('scan snap --policy aws-s3-* --include pass');
    expect(found.filter((text) => text.includes('apples')).sort()).toEqual(
      [
        'bucket-encrypted-with-kms',
        'bucket-logging-enabled',
        'bucket-not-public',
        'bucket-public-access-blocked',
        'bucket-tls-only',
        'bucket-versioning-enabled',
      ].map((policy) => `${EU}:3:1 pass aws-s3-${policy} arn:aws:s3:::apples -`),
    );
  });

  test('says in which account and region, and the ARN', async () => {
    const { run } = open(ORCHARD);
    const policy = '--policy aws-ec2-security-group-ssh-not-open';
    const { findings } = JSON.parse((await run(`scan snap ${policy} --format json`)).out);
    expect(findings.at(-1).resource).toEqual({
      root: '123456789012',
      address: 'arn:aws:ec2:eu-west-1:123456789012:security-group/sg-0a1b2c3d',
      type: 'aws_security_group',
      provider: 'aws',
      language: 'live',
      account: '123456789012',
      region: 'eu-west-1',
      arn: 'arn:aws:ec2:eu-west-1:123456789012:security-group/sg-0a1b2c3d',
      existence: 'certain',
    });
    expect((await run('scan snap --policy aws-s3-bucket-versioning-enabled')).out).toContain(
      `  --> ${EU}:4:411\n      arn:aws:s3:::logs (123456789012, eu-west-1)\n`,
    );
  });

  test('says first what was not judged, and is incomplete', async () => {
    const { run } = open(ORCHARD);
    const { out, code, err } = await run('scan snap --policy aws-s3-* --policy aws-ec2-security-group-*');
    expect(out.slice(out.indexOf('NOT JUDGED'), out.indexOf('  start with'))).toBe(
      'NOT JUDGED: 5 of 9 policies (missing: ec2:DescribeSecurityGroups,\n' +
        '  s3:GetBucketPolicy, s3:GetBucketEncryption)\n8 findings: 2 high, 3 medium, 3 low\n',
    );
    expect([code, err]).toEqual([
      3,
      'trueline: 2 files or folders were not read, or not whole; the report is incomplete\n',
    ]);
    expect((await run('scan snap --policy aws-s3-* --allow-incomplete')).code).toBe(1);
    const json = JSON.parse((await run('scan snap --policy aws-s3-* --format json')).out);
    expect(json.summary.notJudged).toEqual({
      policies: 2,
      missing: ['s3:GetBucketPolicy', 's3:GetBucketEncryption'],
    });
  });

  test('counts the policies of a type that was never asked for', async () => {
    const { run } = open(ORCHARD);
    expect(await findingsOf('scan snap --policy aws-sqs-queue-not-public')).toEqual([
      'snap/snapshot.json:15:5 unknown aws-sqs-queue-not-public aws_account/123456789012 aws_sqs_queue[] (not-collected sqs:ListQueues)',
    ]);
    expect((await run('scan snap --policy aws-sqs-queue-not-public')).out).toContain(
      'NOT JUDGED: 1 of 1 policy (missing: sqs:ListQueues)\nNo findings.\n',
    );
  });

  test('leaves open what no operation tells, of a resource and of what refers to it', async () => {
    open(ORCHARD);
    const found = await findingsOf('scan snap --policy aws-lambda-* --policy aws-cloudtrail-account-trail');
    expect(found.filter((text) => !text.includes('[] (not-collected '))).toEqual([
      `${EU}:2:1 unknown aws-lambda-function-not-public arn:aws:lambda:eu-west-1:123456789012:function:pick policy.statement (not-collected lambda:GetPolicy)`,
      `${GLOBAL}:2:1 unknown aws-cloudtrail-account-trail aws_account/123456789012 - (not-collected cloudtrail:DescribeTrails)`,
    ]);
  });

  test('is judged by no facts of the configuration; of a scope without a record it names what is missing', async () => {
    const { header, ledger, records: all } = partsOf(ORCHARD);
    const file = GLOBAL.slice(5);
    const records = { [file]: all[file]?.filter(({ type }) => type !== 'aws_account') ?? [] };
    const facts = 'facts:\n  aws_account:\n    password_policy: {minimum_password_length: 20}\n';
    const operation = 'iam:GetAccountPasswordPolicy';
    const denied = ledger.map((line) =>
      line.operation === operation ? { ...line, state: 'denied' as const, permission: operation } : line,
    );
    open({ ...sealSnapshot({ header, ledger: denied, records }), 'trueline.yaml': facts });
    expect(await findingsOf('scan snap --policy aws-iam-account-password-length --include pass')).toEqual([
      `snap/snapshot.json:15:5 unknown aws-iam-account-password-length aws_account/123456789012 password_policy (permission-denied ${operation})`,
    ]);
  });

  test('is a root of its own beside another of the same account', async () => {
    const { run } = open({
      ...ORCHARD,
      ...Object.fromEntries(Object.entries(ORCHARD).map(([path, text]) => [path.replace('snap', 'later'), text])),
    });
    const { out } = await run('scan snap later --policy aws-s3-bucket-versioning-enabled --format json');
    const { findings }: { findings: readonly { resource: { root: string; arn: string } }[] } = JSON.parse(out);
    expect(findings.map(({ resource }) => `${resource.root} ${resource.arn}`)).toEqual([
      '123456789012#later arn:aws:s3:::logs',
      '123456789012#later arn:aws:s3:::pears',
      '123456789012 arn:aws:s3:::logs',
      '123456789012 arn:aws:s3:::pears',
    ]);
  });

  test('has findings that a later snapshot has as well', async () => {
    const { run, write } = open(ORCHARD);
    const ask = 'scan --policy aws-s3-bucket-versioning-enabled --allow-incomplete';
    expect((await run(`${ask} snap --write-baseline`)).code).toBe(0);
    write(Object.fromEntries(Object.entries(ORCHARD).map(([path, text]) => [path.replace('snap', 'later'), text])));
    expect((await run(`${ask} later`)).code).toBe(0);
    expect((await run(`${ask} later --no-baseline`)).code).toBe(1);
  });
});

describe('what is no whole snapshot', () => {
  test('is counted where it is met and not named', async () => {
    const { run } = open({ ...ORCHARD, 'main.tf': bucket('apples') });
    const { out } = await run('scan . --policy aws-s3-bucket-versioning-enabled --format json');
    const { findings, diagnostics } = JSON.parse(out);
    expect([findings.length, diagnostics]).toEqual([
      1,
      [
        {
          severity: 'info',
          code: 'input-not-judged',
          message: '"snap" is a snapshot of live accounts; it is not read. Name it to have it judged.',
          file: 'snap',
          location: null,
        },
      ],
    ]);
  });

  test.each([
    ['made by a newer version', { minReader: 2 }, 3, 'was made by a newer version'],
    [
      'of another kind',
      { kind: 'trueline-usage' },
      2,
      '"snap" holds a "trueline-usage", which this release does not read.',
    ],
  ])('but one %s', async (_name, change, code, message) => {
    const header = JSON.parse(ORCHARD['snap/snapshot.json'] ?? '');
    const { run } = open({ ...ORCHARD, 'snap/snapshot.json': JSON.stringify({ ...header, ...change }) });
    const said = await run('scan snap');
    expect([said.code, `${said.out}${said.err}`.replace(/\s+/g, ' ')]).toEqual([
      code,
      expect.stringContaining(message),
    ]);
  });

  test('but is unfinished', async () => {
    const { 'snap/snapshot.json': _, ...unfinished } = ORCHARD;
    const { run } = open(unfinished);
    const { code, out } = await run('scan snap');
    expect([code, out]).toEqual([
      3,
      expect.stringContaining('error  The snapshot "snap" is unfinished: finish it with --resume.'),
    ]);
  });

  test('is named by its header alone', async () => {
    const { run } = open(ORCHARD);
    const { code, err } = await run('scan snap/snapshot.json');
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('"snap/snapshot.json" is the header of a snapshot: name its folder.'),
    ]);
  });

  test('has no earlier version', async () => {
    const { run } = open(ORCHARD);
    const { code, err } = await run('scan snap --since HEAD');
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('"--since" compares with an earlier version, and "snap" has none'),
    ]);
  });
});
