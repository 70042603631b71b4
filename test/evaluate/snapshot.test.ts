import { describe, expect, test } from 'vitest';
import { coverage, indexLedger } from '../../src/evaluate/snapshot/coverage.js';
import { COVERAGE_STATES, type LedgerLine, type SnapshotFeeds, type SnapshotRecord } from '../../src/model/snapshot.js';
import type { Value } from '../../src/model/value.js';
import { LineIndex } from '../../src/source/line-index.js';
import type { SourceRange } from '../../src/source/source-file.js';
import { partsOf, readOrchard, readSnapshot, resultOf, type SnapshotParts, sealSnapshot } from '../support/snapshot.js';

const ORCHARD = readOrchard();
const ACCOUNT = '123456789012';

function placeOf({ file, start }: SourceRange): string {
  const { line, column } = new LineIndex(file.text).position(start);
  return `${file.path}:${line}:${column}`;
}

/** The orchard with something changed in its parts, its header fitting again. */
function orchard(change: (parts: SnapshotParts) => Partial<SnapshotParts>): Record<string, string> {
  const parts = partsOf(ORCHARD);
  return sealSnapshot({ ...parts, ...change(parts) });
}

const line = (operation: string, more: Partial<LedgerLine> = {}): LedgerLine => ({
  account: ACCOUNT,
  region: 'global',
  operation,
  state: 'collected',
  pages: 1,
  items: 1,
  permission: null,
  code: null,
  message: null,
  parent: null,
  attempts: 1,
  at: '2026-11-22T06:00:00Z',
  ...more,
});

const record = (type: string, id: string, more: Partial<SnapshotRecord> = {}): SnapshotRecord => ({
  type,
  id,
  arn: null,
  account: ACCOUNT,
  region: 'eu-west-1',
  properties: {},
  gaps: [],
  ...more,
});

/** Of one resource: the values of its properties in few words. */
function valuesOf(files: Readonly<Record<string, string>>, address: string, feeds?: SnapshotFeeds) {
  const resource = resultOf(files, feeds).resources.find((one) => one.address === address);
  return Object.fromEntries([...(resource?.values.entries ?? [])].map(([name, value]) => [name, show(value)]));
}

function show(value: Value): unknown {
  switch (value.kind) {
    case 'unknown':
      return `? ${value.reason}${value.subject === undefined ? '' : ` ${value.subject}`}`;
    case 'list':
      return [...value.elements.map(show), ...(value.rest === undefined ? [] : [`… ${value.rest.subject}`])];
    case 'object':
      return Object.fromEntries([...value.entries].map(([name, entry]) => [name, show(entry)]));
    case 'null':
      return null;
    default:
      return value.value;
  }
}

describe('a snapshot', () => {
  test('becomes resources with their account, region and line', () => {
    const { resources, accounts } = resultOf(ORCHARD);
    const scopeText = (value: Value) => (value.kind === 'string' ? value.value : value.kind);
    expect(
      resources.map(({ type, address, root, scope, header }) =>
        [type, address, root, scopeText(scope.account), scopeText(scope.region), placeOf(header)].join(' '),
      ),
    ).toEqual([
      `AWS::EC2::SecurityGroup arn:aws:ec2:eu-west-1:${ACCOUNT}:security-group/sg-0a1b2c3d ${ACCOUNT} ${ACCOUNT} eu-west-1 snap/resources/${ACCOUNT}/eu-west-1.ndjson:1:1`,
      `AWS::Lambda::Function arn:aws:lambda:eu-west-1:${ACCOUNT}:function:pick ${ACCOUNT} ${ACCOUNT} eu-west-1 snap/resources/${ACCOUNT}/eu-west-1.ndjson:2:1`,
      `AWS::S3::Bucket arn:aws:s3:::apples ${ACCOUNT} ${ACCOUNT} eu-west-1 snap/resources/${ACCOUNT}/eu-west-1.ndjson:3:1`,
      `AWS::S3::Bucket arn:aws:s3:::logs ${ACCOUNT} ${ACCOUNT} eu-west-1 snap/resources/${ACCOUNT}/eu-west-1.ndjson:4:1`,
      `AWS::S3::Bucket arn:aws:s3:::pears ${ACCOUNT} ${ACCOUNT} eu-west-1 snap/resources/${ACCOUNT}/eu-west-1.ndjson:5:1`,
      `AWS::S3::BucketPolicy AWS::S3::BucketPolicy/eu-west-1/apples ${ACCOUNT} ${ACCOUNT} eu-west-1 snap/resources/${ACCOUNT}/eu-west-1.ndjson:6:1`,
      `aws_region aws_region/${ACCOUNT}/eu-west-1 ${ACCOUNT} ${ACCOUNT} eu-west-1 snap/resources/${ACCOUNT}/eu-west-1.ndjson:7:1`,
      `AWS::IAM::Role arn:aws:iam::${ACCOUNT}:role/picker ${ACCOUNT} ${ACCOUNT} null snap/resources/${ACCOUNT}/global.ndjson:1:1`,
      `aws_account aws_account/${ACCOUNT} ${ACCOUNT} ${ACCOUNT} null snap/resources/${ACCOUNT}/global.ndjson:2:1`,
      `aws_region aws_region/${ACCOUNT}/us-east-1 ${ACCOUNT} ${ACCOUNT} us-east-1 snap/snapshot.json:15:5`,
    ]);
    expect(accounts).toEqual([
      {
        root: ACCOUNT,
        files: [
          'snap/snapshot.json',
          'snap/ledger.ndjson',
          `snap/resources/${ACCOUNT}/eu-west-1.ndjson`,
          `snap/resources/${ACCOUNT}/global.ndjson`,
        ],
      },
    ]);
  });

  test('says what there is, what there is not, and what is not known', () => {
    expect(valuesOf(ORCHARD, 'arn:aws:s3:::logs')).toEqual({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      BucketName: 'logs',
      LifecycleConfiguration: null,
      LoggingConfiguration: null,
      OwnershipControls: null,
      PublicAccessBlockConfiguration: null,
      Tags: null,
      VersioningConfiguration: {},
    });
    expect(valuesOf(ORCHARD, 'arn:aws:s3:::pears')).toMatchObject({
      BucketEncryption: '? not-collected s3:GetBucketEncryption',
      LoggingConfiguration: null,
    });
    const pears = resultOf(ORCHARD).resources.find(({ address }) => address === 'arn:aws:s3:::pears');
    expect(pears?.values.rest).toEqual({ reason: 'not-collected', subject: undefined, element: undefined });
    const gaps = [...(pears?.live?.gaps ?? [])].map(([path, { reason, subject, origin }]) => {
      return [path, reason, subject, origin && placeOf(origin)];
    });
    expect(gaps).toEqual([
      ['policy', 'permission-denied', 's3:GetBucketPolicy', `snap/resources/${ACCOUNT}/eu-west-1.ndjson:5:342`],
    ]);
    expect([...(pears?.live?.facts ?? [])].map(([path, value]) => [path, show(value)])).toEqual([
      ['id', 'pears'],
      ['arn', 'arn:aws:s3:::pears'],
      ['acl', null],
      ['grant', null],
    ]);
  });

  test('keeps a secret apart: it is there, not known, and equal to itself', () => {
    const lambda = resultOf(ORCHARD).resources.find(({ name }) => name === 'pick');
    const environment = lambda?.values.entries.get('Environment');
    const variables = environment?.kind === 'object' ? environment.entries.get('Variables') : undefined;
    const key = variables?.kind === 'object' ? variables.entries.get('KEY') : undefined;
    expect(key).toMatchObject({
      kind: 'unknown',
      reason: 'secret-withheld',
      notNull: true,
      sensitive: true,
      identity: 'secret\0k1:9f0c2a71b3d4e5f60718',
    });
  });

  test('has values of the types of their properties', () => {
    const files = orchard(() => ({
      records: {
        'resources/123456789012/eu-west-1.ndjson': [
          record('AWS::RDS::DBInstance', 'ledger', {
            properties: {
              AllocatedStorage: 20,
              MultiAZ: 'true',
              BackupRetentionPeriod: '7',
              VPCSecurityGroups: 'sg-1',
            },
          }),
        ],
      },
    }));
    expect(valuesOf(files, 'AWS::RDS::DBInstance/eu-west-1/ledger')).toEqual({
      AllocatedStorage: '20',
      BackupRetentionPeriod: 7,
      MultiAZ: true,
      VPCSecurityGroups: '? invalid-value',
    });
  });

  test('opens a list of which an operation has not told its part', () => {
    const feeds: SnapshotFeeds = new Map([
      ['ec2:DescribeRules', [{ type: 'AWS::EC2::SecurityGroup', path: 'SecurityGroupIngress' }]],
      ['ec2:DescribeGroups', [{ type: 'AWS::EC2::SecurityGroup', path: null }]],
    ]);
    const files = orchard(({ ledger }) => ({
      ledger: [...ledger, line('ec2:DescribeRules', { region: 'eu-west-1', state: 'truncated' })],
    }));
    const group = `arn:aws:ec2:eu-west-1:${ACCOUNT}:security-group/sg-0a1b2c3d`;
    expect(valuesOf(files, group, feeds)['SecurityGroupIngress']).toEqual([
      { CidrIp: '0.0.0.0/0', FromPort: 22, IpProtocol: 'tcp', ToPort: 22 },
      { CidrIp: '10.0.0.0/8', FromPort: 3389, IpProtocol: 'tcp', ToPort: 3389 },
      '… ec2:DescribeRules',
    ]);
  });
});

describe('the ledger', () => {
  const feeds: SnapshotFeeds = new Map([
    ['s3:List', [{ type: 'Bucket', path: null }]],
    ['s3:GetTags', [{ type: 'Bucket', path: 'Tags' }]],
    ['s3:Get', [{ type: 'Bucket', path: '*' }]],
    ['s3:GetUrl', [{ type: 'Url', path: null }]],
  ]);
  const range = { file: { path: 'ledger.ndjson', text: '' }, start: 0, end: 0 };
  const ask = (lines: readonly LedgerLine[], path: string | null, id?: string, type = 'Bucket') => {
    const entries = lines.map((one) => ({
      ...one,
      permission: one.permission ?? undefined,
      parent: one.parent ?? undefined,
      range,
    }));
    const covered = coverage(indexLedger(entries, feeds), {
      account: ACCOUNT,
      region: 'eu-west-1',
      type,
      path,
      id,
    });
    return covered === 'complete'
      ? covered
      : `${covered.reason} ${covered.subject}${covered.isSelected ? '' : ' left out'}`;
  };

  test('proves by its states', () => {
    expect(
      COVERAGE_STATES.map((state) => [
        state,
        ask([line('s3:List', { state, permission: 's3:ListAllMyBuckets' })], null),
      ]),
    ).toEqual([
      ['collected', 'complete'],
      ['denied', 'permission-denied s3:ListAllMyBuckets'],
      ['throttled', 'not-collected s3:List'],
      ['truncated', 'not-collected s3:List'],
      ['failed', 'not-collected s3:List'],
      ['not-enabled', 'complete'],
      ['not-opted-in', 'complete'],
      ['not-selected', 'not-collected s3:List left out'],
      ['unsupported-here', 'complete'],
      ['unreachable', 'not-collected s3:List'],
    ]);
  });

  test('proves nothing by silence, and nothing of another region', () => {
    expect(ask([], null)).toBe('not-collected s3:List');
    expect(ask([line('s3:List', { region: 'us-east-1' })], null)).toBe('not-collected s3:List');
    expect(ask([line('s3:List', { region: 'eu-west-1' })], null)).toBe('complete');
  });

  test('is asked by the operation that tells a path, and of one resource by its own line first', () => {
    const lines = [line('s3:Get'), line('s3:GetTags'), line('s3:GetTags', { state: 'denied', parent: 'pears' })];
    expect([ask(lines, 'Tags'), ask(lines, 'Tags', 'pears'), ask(lines, 'Name', 'pears')]).toEqual([
      'complete',
      'permission-denied s3:GetTags',
      'complete',
    ]);
    expect(ask([line('s3:GetTags', { parent: 'pears' })], 'Tags', 'apples')).toBe('not-collected s3:GetTags');
  });

  test('does not prove that all is there which stands beside others where it could not be asked of one of them', () => {
    const lines = [line('s3:GetUrl'), line('s3:GetUrl', { parent: 'apples' })];
    const denied = line('s3:GetUrl', { state: 'denied', permission: 's3:GetUrl', parent: 'pears' });
    expect([ask(lines, null, undefined, 'Url'), ask([...lines, denied], null, undefined, 'Url')]).toEqual([
      'complete',
      'permission-denied s3:GetUrl',
    ]);
  });

  test('of an account that could not be reached proves nothing at all', () => {
    expect(ask([line('s3:List'), line('sts:AssumeRole', { state: 'unreachable' })], null)).toBe(
      'not-collected sts:AssumeRole',
    );
  });
});

/** Types that are open, with their scope, and those of which all is there. */
function extentsOf(files: Readonly<Record<string, string>>): string[] {
  return resultOf(files).extents.flatMap(({ types }) =>
    types.map(({ type, unseen }) =>
      unseen === undefined
        ? `${type} complete`
        : `${type} ${unseen.scope} ${unseen.reason} ${unseen.subject}${unseen.isSelected ? '' : ' left out'} ${placeOf(unseen.range)}`,
    ),
  );
}

describe('which resources of a type there are', () => {
  const open = `AWS::EC2::SecurityGroup aws_region/${ACCOUNT}/us-east-1 permission-denied ec2:DescribeSecurityGroups snap/ledger.ndjson:15:1`;

  test('is known where it was listed', () => {
    expect(extentsOf(ORCHARD)).toEqual([open, 'AWS::S3::Bucket complete', 'AWS::IAM::Role complete']);
  });

  test('is not known where no line says anything', () => {
    const without = orchard(({ ledger }) => ({
      ledger: ledger.filter(({ operation }) => !operation.startsWith('iam:')),
    }));
    expect(extentsOf(without)).toEqual([
      open,
      `AWS::IAM::Role aws_account/${ACCOUNT} not-collected iam:GetAccountAuthorizationDetails snap/snapshot.json:15:5`,
      'AWS::S3::Bucket complete',
    ]);
    expect(diagnosticsOf(without).at(-1)).toBe(
      `snapshot-gap snap/snapshot.json Nothing proves that all resources of AWS::IAM::Role of account ${ACCOUNT} are in the snapshot.`,
    );
  });

  test('is left out where the region was', () => {
    const chosen = orchard(({ header }) => ({
      header: { ...header, selection: { ...header.selection, regions: ['eu-west-1'] } },
    }));
    expect(extentsOf(chosen)[0]).toBe(
      `AWS::EC2::SecurityGroup aws_region/${ACCOUNT}/us-east-1 permission-denied ec2:DescribeSecurityGroups left out snap/ledger.ndjson:15:1`,
    );
  });

  test('is not known of an account that could not be reached', () => {
    const unreachable = orchard(({ ledger }) => ({
      ledger: [...ledger, line('sts:AssumeRole', { state: 'unreachable' })],
    }));
    expect(extentsOf(unreachable)).toEqual(
      ['AWS::S3::Bucket', 'AWS::EC2::SecurityGroup', 'AWS::IAM::Role'].map(
        (type) => `${type} aws_account/${ACCOUNT} not-collected sts:AssumeRole snap/ledger.ndjson:23:1`,
      ),
    );
  });
});

function diagnosticsOf(files: Readonly<Record<string, string>>): string[] {
  return resultOf(files).diagnostics.map(({ code, range, path, message }) => {
    return `${code} ${range === undefined ? path : placeOf(range)} ${message}`;
  });
}

const GAPS = [
  `snapshot-gap snap/ledger.ndjson:11:1 "s3:GetBucketEncryption" was answered by "too many requests" in account ${ACCOUNT} of "pears": what it tells is not known.`,
  `snapshot-gap snap/ledger.ndjson:12:1 "s3:GetBucketPolicy" was denied in account ${ACCOUNT} of "pears": the permission "s3:GetBucketPolicy" is missing.`,
  `snapshot-gap snap/ledger.ndjson:15:1 "ec2:DescribeSecurityGroups" was denied in account ${ACCOUNT}, us-east-1: the permission "ec2:DescribeSecurityGroups" is missing.`,
];

describe('what is wrong with a snapshot is said:', () => {
  const RECORDS = `snap/resources/${ACCOUNT}/eu-west-1.ndjson`;

  test('what could not be collected', () => {
    expect(diagnosticsOf(ORCHARD)).toEqual(GAPS);
  });

  test('a gap that only a record has, and one reason once', () => {
    const gap = {
      path: '@policy',
      operation: 's3:GetBucketPolicy',
      state: 'denied',
      permission: null,
      code: null,
    } as const;
    const files = orchard(() => ({
      ledger: [],
      records: { [RECORDS.slice(5)]: ['apples', 'pears'].map((id) => record('AWS::S3::Bucket', id, { gaps: [gap] })) },
    }));
    expect(diagnosticsOf(files)[0]).toBe(
      `snapshot-gap ${RECORDS}:1:122 "s3:GetBucketPolicy" was denied in account ${ACCOUNT}, eu-west-1 of "apples" and 1 more of its calls: the permission "s3:GetBucketPolicy" is missing.`,
    );
  });

  test('a file that was cut', () => {
    const cut = { ...ORCHARD, [RECORDS]: ORCHARD[RECORDS]?.slice(0, -40) ?? '' };
    expect(diagnosticsOf(cut)).toEqual([
      `snapshot-changed ${RECORDS} "${RECORDS}" is not as it was written: there may have been more in it.`,
      expect.stringMatching(new RegExp(`^json-invalid-syntax ${RECORDS}:7:`)),
      ...GAPS,
      `snapshot-gap snap/snapshot.json Nothing proves that all resources of AWS::EC2::SecurityGroup, AWS::IAM::Role, AWS::S3::Bucket of account ${ACCOUNT} are in the snapshot.`,
    ]);
    expect(resultOf(cut).resources.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['sg-0a1b2c3d', 'apples', 'logs', 'pears']),
    );
    expect(extentsOf(cut)).toContain(
      `AWS::S3::Bucket aws_region/${ACCOUNT}/eu-west-1 not-collected ${RECORDS} snap/snapshot.json:15:5`,
    );
  });

  test('a file that is missing, and one that was put there', () => {
    const { [RECORDS]: moved = '', ...others } = ORCHARD;
    const more = `snap/resources/${ACCOUNT}/eu-north-1.ndjson`;
    expect(diagnosticsOf({ ...others, [more]: moved }).slice(0, 2)).toEqual([
      `snapshot-changed ${more} "${more}" is not in the list of its files: there may have been more in it.`,
      `snapshot-changed ${RECORDS} "${RECORDS}" belongs to the snapshot and is missing.`,
    ]);
  });

  test('a ledger that was changed, which proves nothing then', () => {
    const files = {
      ...ORCHARD,
      'snap/ledger.ndjson': ORCHARD['snap/ledger.ndjson']?.replace('"denied"', '"collected"') ?? '',
    };
    expect(extentsOf(files).filter((text) => text.endsWith('complete'))).toEqual([]);
    expect(valuesOf(files, 'arn:aws:s3:::apples')['LifecycleConfiguration']).toBe(
      '? not-collected s3:GetBucketLifecycleConfiguration',
    );
  });

  test('lines that are no records, records twice or of another account', () => {
    const files = orchard(() => ({
      records: {
        [RECORDS.slice(5)]: [
          record('AWS::S3::Bucket', 'figs'),
          record('AWS::S3::Bucket', 'figs'),
          record('AWS::S3::Bucket', 'plums', { account: '210987654321' }),
          { type: 'AWS::S3::Bucket' } as SnapshotRecord,
          [] as unknown as SnapshotRecord,
        ],
      },
    }));
    expect(diagnosticsOf(files).slice(0, 4)).toEqual([
      `snapshot-invalid ${RECORDS}:2:1 "AWS::S3::Bucket/eu-west-1/figs" is in the snapshot twice; the first one is judged.`,
      `snapshot-invalid ${RECORDS}:3:1 The record is of account "210987654321", which is not the one of its file.`,
      `snapshot-invalid ${RECORDS}:4:1 The line is no record of a resource; the others are read.`,
      `snapshot-invalid ${RECORDS}:5:1 The line holds no object; the others are read.`,
    ]);
  });

  test('a header of a newer version, of another kind, broken or absent', () => {
    const header = (text: string) => readSnapshot({ ...ORCHARD, 'snap/snapshot.json': text });
    const says = (text: string) => {
      const reading = header(text);
      return 'result' in reading ? [reading.result.resources.length, ...reading.result.diagnostics] : reading;
    };
    const own = ORCHARD['snap/snapshot.json'] ?? '';
    const path = 'snap/snapshot.json';
    expect(says(own.replace('"minReader": 1', '"minReader": 2'))).toEqual([
      0,
      {
        code: 'snapshot-newer',
        message: `The snapshot "${path}" was made by a newer version: it needs a reader of schema 2, and this release reads 1.`,
        path,
      },
    ]);
    expect(says(own.replace('trueline-snapshot', 'trueline-usage'))).toEqual({ unknownKind: 'trueline-usage' });
    expect(says('{}')).toEqual([
      0,
      {
        code: 'snapshot-invalid',
        message: `The header "${path}" lacks what a snapshot says of itself; nothing of it is read.`,
        path,
      },
    ]);
    expect(says('{"kind"')).toMatchObject([0, { code: 'json-invalid-syntax' }]);
    const { [path]: _, ...unfinished } = ORCHARD;
    expect(resultOf(unfinished).diagnostics).toEqual([
      {
        code: 'snapshot-unfinished',
        message: 'The snapshot "snap" is unfinished: finish it with --resume.',
        path: 'snap',
      },
    ]);
  });

  test('never by throwing, wherever a file ends', () => {
    for (const [path, text] of Object.entries(ORCHARD))
      for (let end = 0; end < text.length; end += 97)
        expect(() => readSnapshot({ ...ORCHARD, [path]: text.slice(0, end) })).not.toThrow();
  });
});

describe('usage', () => {
  const path = `usage/${ACCOUNT}/global.ndjson`;
  const ROLE = `arn:aws:iam::${ACCOUNT}:role/picker`;
  const gap = { operation: 'iam:ListRoles', state: 'denied', permission: 'iam:ListRoles', code: 'AccessDenied' };
  const used = (more: object) => ({
    type: 'AWS::IAM::Role',
    id: 'picker',
    account: ACCOUNT,
    region: 'global',
    live: {},
    gaps: [],
    ...more,
  });
  const withUsage = (...lines: readonly object[]) =>
    orchard(({ records }) => ({ records: { ...records, [path]: lines as never } }));
  const factsOf = (files: Readonly<Record<string, string>>) => {
    const { live } = resultOf(files).resources.find(({ address }) => address === ROLE) ?? {};
    return Object.fromEntries([...(live?.facts ?? [])].map(([name, value]) => [name, show(value)]));
  };
  const own = { id: 'picker', arn: ROLE };

  test('is of the record of the same name, with what is missing', () => {
    const keys = [{ active: true, last_used: { $none: true } }, { active: false }];
    const files = withUsage(
      used({
        live: { keys, last_used: { $none: true } },
        gaps: [
          { path: '$keys.1.last_used', ...gap },
          { path: '$seen', ...gap },
        ],
      }),
    );
    expect(factsOf(files)).toEqual({
      ...own,
      keys: [
        { active: true, last_used: null },
        { active: false, last_used: '? permission-denied iam:ListRoles' },
      ],
      last_used: null,
      seen: '? permission-denied iam:ListRoles',
    });
    const value = resultOf(files)
      .resources.find(({ address }) => address === ROLE)
      ?.live?.facts.get('keys');
    expect(placeOf(value?.origin as SourceRange)).toBe(`snap/${path}:1:98`);
  });

  test('of a file that was changed nothing is believed', () => {
    const files = withUsage(used({ live: { last_used: { $none: true } } }));
    const name = `snap/${path}`;
    const changed = { ...files, [name]: `${files[name]}\n` };
    const { [name]: _, ...missing } = files;
    expect([factsOf(files), factsOf(changed), factsOf(missing)]).toEqual([{ ...own, last_used: null }, own, own]);
    expect(resultOf(missing).diagnostics.filter(({ code }) => code === 'snapshot-changed')).toEqual([
      { code: 'snapshot-changed', message: `"${name}" belongs to the snapshot and is missing.`, path: name },
    ]);
  });

  test('of another place, of no record or said twice is not read', () => {
    const files = withUsage(
      used({ live: { last_used: '2026-01-02T03:04:05Z' } }),
      used({ live: { last_used: { $none: true } } }),
      used({ region: 'eu-west-1' }),
    );
    expect(factsOf(files)).toEqual({ ...own, last_used: '2026-01-02T03:04:05Z' });
    const said = resultOf(files).diagnostics.filter(({ code }) => code === 'snapshot-invalid');
    expect(said.map(({ range }) => range && placeOf(range))).toEqual([`snap/${path}:2:1`, `snap/${path}:3:1`]);
  });

  test('that the header does not name is not read', () => {
    const files = {
      ...orchard(() => ({})),
      [`snap/${path}`]: `${JSON.stringify(used({ live: { last_used: 'x' } }))}\n`,
    };
    expect(factsOf(files)).toEqual(own);
    expect(resultOf(files).diagnostics.map(({ message }) => message)).toContain(
      `"snap/${path}" is not in the list of its files: there may have been more in it.`,
    );
  });
});
