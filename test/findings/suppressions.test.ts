import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  daysBetween,
  isDate,
  normalizeId,
  parseSuppressions,
  suppressionPattern,
} from '../../src/findings/suppressions.js';

function parse(content: string) {
  const file = { path: 'orchard/main.tf', text: content };
  return parseSuppressions({ file, start: 0, end: content.length, content }).map(({ comment: _, ...rest }) =>
    Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
  );
}

const base = { reach: 'target', reason: null, until: null, owner: null };

describe('our suppressions', () => {
  it('name policies, a reason, a day and an owner', () => {
    expect(
      parse(
        'trueline:ignore aws-s3-bucket-versioning-enabled, CKV_AWS_18 reason="crates live for \\"a day\\"" until=2027-01-31 owner=press',
      ),
    ).toEqual([
      {
        form: 'ours',
        ids: ['aws-s3-bucket-versioning-enabled', 'CKV_AWS_18'],
        reach: 'target',
        reason: 'crates live for "a day"',
        until: '2027-01-31',
        owner: 'press',
      },
    ]);
  });

  it.each([
    ['trueline:ignore', 'invalid', 'This suppression names no policy. Write the id after "trueline:ignore".'],
    [
      'trueline:ignore aws-s3-* reason="x"',
      'invalid',
      'A suppression names policies one by one; "aws-s3-*" is a pattern. List the ids, separated by commas.',
    ],
    ['trueline:ignore a-b', 'no-reason', 'The suppression of "a-b" has no reason and hides nothing. Add reason="…".'],
    [
      'trueline:ignore a-b reason=""',
      'no-reason',
      'The suppression of "a-b" has no reason and hides nothing. Add reason="…".',
    ],
    [
      'trueline:ignore a-b reason="x" until=2027-02-30',
      'invalid',
      '"2027-02-30" is not a date. Write until=YYYY-MM-DD.',
    ],
    [
      'trueline:ignore a-b reason=ripe soon',
      'invalid',
      '"soon" is not part of a suppression. Write reason="…" in quotes; "until" and "owner" may follow.',
    ],
    [
      'trueline:ignore a-b because="x"',
      'invalid',
      '"because="x"" is not part of a suppression. Write reason="…" in quotes; "until" and "owner" may follow.',
    ],
  ])('%s hides nothing and says why', (content, kind, message) => {
    expect(parse(content)[0]?.['problem']).toEqual({ kind, message });
  });
});

describe('the suppressions of others', () => {
  it.each([
    [
      'checkov:skip=CKV_AWS_21:objects live for a day',
      [{ ...base, form: 'checkov', ids: ['CKV_AWS_21'], reach: 'block', reason: 'objects live for a day' }],
    ],
    ['bridgecrew:skip=CKV_AWS_21', [{ ...base, form: 'checkov', ids: ['CKV_AWS_21'], reach: 'block' }]],
    [
      'checkov:skip=CKV_AWS_21,CKV2_AWS_6: both',
      [{ ...base, form: 'checkov', ids: ['CKV_AWS_21', 'CKV2_AWS_6'], reach: 'block', reason: 'both' }],
    ],
    ['trivy:ignore:AVD-AWS-0086', [{ ...base, form: 'trivy', ids: ['AVD-AWS-0086'] }]],
    [
      'tfsec:ignore:aws-s3-enable-versioning:exp:2027-01-31 tfsec:ignore:*',
      [
        { ...base, form: 'tfsec', ids: ['aws-s3-enable-versioning'], until: '2027-01-31' },
        { ...base, form: 'tfsec', ids: ['*'] },
      ],
    ],
    [
      'trivy:ignore:aws-ec2-no-public-ingress-sgr[from_port=3306]:ws:harvest',
      [
        {
          ...base,
          form: 'trivy',
          ids: ['aws-ec2-no-public-ingress-sgr'],
          workspace: 'harvest',
          parameters: [{ name: 'from_port', value: '3306' }],
        },
      ],
    ],
    ['kics-scan ignore-line', [{ ...base, form: 'kics', ids: ['*'], reach: 'line' }]],
    ['kics-scan ignore-block', [{ ...base, form: 'kics', ids: ['*'] }]],
    ['kics-scan ignore', [{ ...base, form: 'kics', ids: ['*'], reach: 'file' }]],
    [
      'kics-scan disable=568a4d22-3517-44a6-a7ad-6a7eed88722c,b',
      [{ ...base, form: 'kics', ids: ['568a4d22-3517-44a6-a7ad-6a7eed88722c', 'b'], reach: 'file' }],
    ],
    ['an orchard has trees', []],
  ])('%s', (content, expected) => {
    expect(parse(content)).toEqual(expected);
    expect(suppressionPattern.test(content)).toBe(expected.length > 0);
  });

  it('have dates that are judged', () => {
    expect(parse('tfsec:ignore:x:exp:2027-13-01')[0]?.['problem']).toEqual({
      kind: 'invalid',
      message: '"2027-13-01" is not a date. Write exp:YYYY-MM-DD.',
    });
  });
});

describe('of comments that are too long', () => {
  const problem = {
    kind: 'invalid',
    message: 'A suppression must stand in the first 4096 characters of its comment.',
  };
  const ours = 'trueline:ignore aws-a reason="ripe"';

  it('hide nothing where they are cut', () => {
    expect(parse(`${ours} ${'x'.repeat(5_000)}`)).toMatchObject([{ ids: ['aws-a'], reason: 'ripe', problem }]);
    expect(parse(`${'x\n'.repeat(2_500)}${ours}`)).toMatchObject([{ ids: ['aws-a'], problem }]);
  });

  it('hold where they are whole', () => {
    const [whole, ...others] = parse(`${ours}\n${'x\n'.repeat(2_500)}`);
    expect([whole?.['ids'], whole?.['problem'], others]).toEqual([['aws-a'], undefined, []]);
  });

  it('name a number of policies that someone may have meant', () => {
    expect(parse(`trueline:ignore ${'a,'.repeat(201)} reason="ripe"`)[0]?.['problem']).toEqual({
      kind: 'invalid',
      message: 'A suppression names at most 200 policies; this one names 201.',
    });
  });
});

describe('dates and ids', () => {
  it('are real days', () => {
    expect(['2028-02-29', '2027-02-29', '2027-1-1', 'soon'].map(isDate)).toEqual([true, false, false, false]);
    expect(daysBetween('2026-11-22', '2027-01-31')).toBe(70);
  });

  it('are compared as people write them', () => {
    expect(['AVD-AWS-0086', 'AWS-0086', 'ckv_aws_21'].map(normalizeId)).toEqual(['aws-0086', 'aws-0086', 'ckv_aws_21']);
  });
});

it('reads any comment without throwing, in time', () => {
  const word = fc.constantFrom(
    'trueline:ignore ',
    'checkov:skip=',
    'A,',
    'reason="',
    '"',
    '\\',
    ':',
    'tfsec:ignore:',
    '[',
    ']',
    'kics-scan ',
    'disable=',
    ',',
    '=',
    '\n',
    'x',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 60 }), (parts) => {
      expect(Array.isArray(parse(parts.join('')))).toBe(true);
    }),
    { numRuns: 300 },
  );
  const hostile = `trueline:ignore ${'a='.repeat(200_000)} checkov:skip=${'A ,'.repeat(200_000)}`;
  const before = performance.now();
  parse(hostile);
  expect(performance.now() - before).toBeLessThan(1_000);
});
