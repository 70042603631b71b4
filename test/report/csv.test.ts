import { expect, test } from 'vitest';
import type { Finding } from '../../src/findings/finding.js';
import type { ReportInput } from '../../src/findings/report-input.js';
import { renderCsv } from '../../src/report/csv.js';
import { REPORT } from './sample-report.js';

const [first] = REPORT.findings as readonly [Finding, ...Finding[]];

const orchard: Finding['resource'] = {
  ...first.resource,
  account: '123456789012',
  region: 'eu-west-1',
  arn: 'arn:aws:s3:::pears',
  address: 'arn:aws:s3:::pears',
  language: 'live',
};

const finding = (details: Partial<Finding>): Finding => ({
  ...first,
  resource: orchard,
  location: null,
  instances: [],
  suppression: null,
  message: 'Bad',
  policy: 'aws-pears',
  severity: 'low',
  ...details,
});

const render = (input: Partial<ReportInput>) => renderCsv({ ...REPORT, diagnostics: [], secrets: undefined, ...input });

const HEAD = 'account,region,arn,resource,policy,severity,outcome,place,message,reason,instances';
const PEARS = '123456789012,eu-west-1,arn:aws:s3:::pears,arn:aws:s3:::pears,aws-pears,low';

test('a finding is a line, with what it is not known for and what could not be seen', () => {
  const unknowns: Finding['unknowns'] = [
    { path: 'policy', reason: 'permission-denied', subject: 's3:GetBucketPolicy' },
    { path: 'policy', reason: 'permission-denied', subject: 's3:GetBucketPolicy' },
    { path: 'acl', reason: 'not-collected', subject: null },
  ];
  const waits: Finding['unknowns'] = [{ path: 'x', reason: 'variable-without-value', subject: 'var.x' }];
  const suppression = { kind: 'config', reason: 'public site', until: null, owner: null, location: null } as const;
  const listed = finding({ outcome: 'unknown', unknowns });
  const findings = [finding({ outcome: 'fail' }), listed, finding({ outcome: 'fail', suppression })];
  const undecided = [listed, finding({ outcome: 'unknown', unknowns: waits, policy: 'aws-other' })];
  const root = orchard.root;
  expect(render({ findings, undecided })).toBe(
    [
      HEAD,
      `${PEARS},fail,${root},Bad,,1`,
      `${PEARS},not-judged,${root},Bad,permission-denied s3:GetBucketPolicy; not-collected,1`,
      `${PEARS},suppressed,${root},Bad,public site,1`,
      `${PEARS.replace('aws-pears,low', 'aws-other,low')},unknown,${root},Bad,variable-without-value var.x,1`,
      '',
    ].join('\r\n'),
  );
});

test('what was not read is a line', () => {
  const diagnostics = [
    { code: 'file-unreadable' as const, message: 'It cannot be read.', path: 'mill/main.tf' },
    { code: 'suppression-unused' as const, message: 'Not this one.', path: 'mill/main.tf' },
  ];
  expect(render({ findings: [], diagnostics }).split('\r\n')[1]).toMatch(
    /^,,,,file-unreadable,,error,.*mill\/main\.tf,It cannot be read\.,,$/,
  );
  expect(render({ findings: [], diagnostics }).split('\r\n')).toHaveLength(3);
});

test.each([
  ['plain', 'plain'],
  ['one, two', '"one, two"'],
  ['say "pear"', '"say ""pear"""'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(1)', "'@SUM(1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\n=1"`],
  ['a\u0007b', 'a\ufffdb'],
])('%j stands as %j', (message, cell) => {
  const rows = render({ findings: [finding({ outcome: 'fail', message })] });
  expect(rows).toBe(`${HEAD}\r\n${PEARS},fail,${orchard.root},${cell},,1\r\n`);
});
