import { describe, expect, test } from 'vitest';
import { loadPolicies } from '../../src/policy/index.js';
import { LineIndex } from '../../src/source/line-index.js';
import { bool, catalogue, list, map, number, object, set, text } from './orchard.js';

const shapes = catalogue(
  {
    aws_s3_bucket: {
      bucket: text,
      arn: text,
      versioning: object({ status: text, mfa_delete: text }),
      force_destroy: bool,
      size: number,
      grant: list(object({ uri: text })),
      regions: set(text),
      tags: map(text),
      logging: object({ target_bucket: { ...text, unanswered: true } }),
    },
    aws_s3_bucket_versioning: { status: text },
    aws_account: { id: text },
    aws_cloudtrail: { s3_bucket_name: text },
  },
  {
    aws_s3_bucket_versioning: { companionOf: { type: 'aws_s3_bucket', path: 'versioning' } },
    aws_account: { isScope: true },
    aws_s3_bucket: { views: ['tagged'] },
  },
);

const policy = (lines: string) => `id: aws-s3-bucket-orchard
title: Buckets of the orchard
severity: medium
${lines.includes('resource:') || lines.includes('view:') ? '' : 'resource: aws_s3_bucket\n'}${lines}`;

/** Every diagnostic with its place: `3:9-3:20 message`, and the text there. */
function problems(source: string, options = {}): string[] {
  const file = { path: 'policies/aws/s3/orchard/policy.yaml', text: source };
  const index = new LineIndex(source);
  return loadPolicies([file], shapes, options).diagnostics.map(({ code, message, range }) => {
    if (range === undefined) return message;
    const from = index.position(range.start);
    const place = `${from.line}:${from.column}`;
    const kind = code === 'policy-doubtful' ? 'warning ' : '';
    return `${kind}${place} [${source.slice(range.start, range.end)}] ${message}`;
  });
}

const inAssert = (expression: string) =>
  problems(policy(`assert: ${JSON.stringify(expression)}`)).map((text) =>
    text.replace(/^\S* ?\d+:\d+ /, (place) => (place.startsWith('warning') ? 'warning ' : '')),
  );

describe('a policy that does not load says why, and where', () => {
  test('misspelt names', () => {
    expect(problems(policy('assert: resource.versionning.status == "Enabled"\nmesage: Bad'))).toEqual([
      '6:1 [mesage] A policy has no key "mesage". Did you mean "message"?',
      '5:18 [versionning] "aws_s3_bucket" has no attribute "versionning". Did you mean "versioning"?',
    ]);
    expect(
      problems(policy('assert: >-\n  resource.bucket == "a"\n  && resource.versioning.statsu == "Enabled"')),
    ).toEqual(['7:26 [statsu] "versioning" of "aws_s3_bucket" has no attribute "statsu". Did you mean "status"?']);
    expect(inAssert('resource.bucket.startWith("a")')).toEqual([
      '[startWith] The function "startWith" is not known. Did you mean "startsWith"?',
    ]);
    expect(
      problems(
        policy('variables: { block: resource.versioning }\nassert: variables.blok.status == "a" && parameters.x == 1'),
      ),
    ).toEqual([
      '6:19 [blok] There is no variable "blok". Did you mean "block"?',
      '6:52 [x] There is no parameter "x".',
    ]);
  });

  test.each([
    ['!resource.force_destroy', '"!" needs a boolean, and the attribute may not be set: write "== true".'],
    ['resource.grant == null', 'A list or map is never null, an unset one is empty: ask for its "size()".'],
    ['resource.tags == null', 'A list or map is never null, an unset one is empty: ask for its "size()".'],
    ['resource.regions == ["a"]', 'The attribute is a set, whose order means nothing: write "sets.equivalent(a, b)".'],
    ['resource.size < null', 'null has no order: compare with "==" or "!=".'],
    ['resource.size == "7"', 'number and string are never equal.'],
    ['resource.bucket', '"assert" needs a boolean, not string.'],
    ['resource.versioning.exists(v, true)', '"exists" needs a list or a map, not a single block.'],
    ['resource.bucket.matches("(")', 'The regular expression is not in RE2 syntax.'],
    ['resource.bucket.matches(resource.arn)', 'A regular expression is a constant or a parameter.'],
    [
      'resource.related("aws_cloudtrial").size() > 0',
      'There is no resource type "aws_cloudtrial". Did you mean "aws_cloudtrail"?',
    ],
    ['resource.related("aws_cloudtrail", "s3_bucket").size() > 0', '"aws_cloudtrail" has no attribute "s3_bucket".'],
    [
      'target(resource.arn, "aws_s3_bucket_versioning") == null',
      '"aws_s3_bucket_versioning" is read as part of "aws_s3_bucket": see "versioning" there.',
    ],
    ['scope("aws_cloudtrail") == null', '"aws_cloudtrail" is no scope.'],
    ['resource.bucket ==', 'The expression ends too early.'],
    ['resource.bucket == "a', 'The string is not closed.'],
    ['1 / 0 == "a"', 'int and string are never equal.'],
  ])('%s', (expression, message) => {
    expect(inAssert(expression).map((line) => line.replace(/^\[.*?\] (?=[A-Z"n1i])/, ''))).toEqual(
      expect.arrayContaining([expect.stringContaining(message)]),
    );
    expect(inAssert(expression)).toHaveLength(1);
  });

  test('absence that would pass is a warning, and the policy loads', () => {
    const source = policy('assert: "!(resource.size < 5) && !resource.bucket.matches(\'^a\')"');
    const { policies, diagnostics } = loadPolicies([{ path: 'p.yaml', text: source }], shapes);
    expect(policies).toHaveLength(1);
    expect(diagnostics.map(({ code, message }) => [code, message.slice(0, 44)])).toEqual([
      ['policy-doubtful', 'A comparison with an attribute that is not s'],
      ['policy-doubtful', '"matches" is false for an attribute that is '],
    ]);
  });

  test('companions, unknown types and views', () => {
    expect(problems(policy('resource: aws_s3_bucket_versioning\nassert: "true"'))).toEqual([
      '4:11 [aws_s3_bucket_versioning] "aws_s3_bucket_versioning" is judged as part of "aws_s3_bucket": write "resource: aws_s3_bucket" and read "versioning".',
    ]);
    expect(problems(policy('resource: aws_s3_buckets\nassert: "true"'))).toEqual([
      '4:11 [aws_s3_buckets] There is no resource type "aws_s3_buckets". Did you mean "aws_s3_bucket"?',
    ]);
    expect(problems(policy('view: pod\nassert: "true"'))).toEqual([
      '4:7 [pod] No resource type offers the view "pod".',
    ]);
    expect(problems(policy('view: tagged\nassert: resource.tags.size() > 0'))).toEqual([]);
  });

  test('what is missing, and severities', () => {
    expect(problems('id: aws-orchard\nseverity: hihg\nassert: "true"')).toEqual([
      '1:1 [id] The policy has no "title".',
      '1:1 [id] A policy names either a "resource" or a "view".',
      '2:11 [hihg] There is no severity "hihg": it is one of critical, high, medium, low, info. Did you mean "high"?',
    ]);
  });

  test('fixes whose paths or values do not fit', () => {
    const fix = (content: string) =>
      problems(policy(`assert: "true"\nfix: ${content}`)).map((line) => line.replace(/^\d+:\d+ /, ''));
    expect(fix('{ set: { versioning.statsu: Enabled } }')).toEqual([
      '[versioning.statsu] the block "versioning" has no attribute "statsu". Did you mean "status"?',
    ]);
    expect(fix('{ set: { force_destroy: "yes" } }')).toEqual(['["yes"] The value is no bool.']);
    expect(fix('{ append: { bucket: a } }')).toEqual(['[bucket] "append" needs a list, not string.']);
    expect(fix('{ append: { grant: { url: "{{ resource.arn }}" } } }')).toEqual([
      '[url] the block "grant" has no attribute "url". Did you mean "uri"?',
    ]);
    expect(fix('{}')).toEqual(['[{}] A fix sets, appends or removes something, or says "none" with a reason.']);
    expect(fix('{ set: { "grant[uri=a].uri": b }, unsafe: readers are cut off }')).toEqual([]);
  });

  test('shipped policies need more', () => {
    const source = policy(
      'assert: resource.logging.target_bucket != null\ncontrols: { cis: ["1.1", "9.9"], nist: [] }',
    );
    expect(problems(source, { isShipped: true, frameworks: new Map([['cis', new Set(['1.1'])]]) })).toEqual([
      '1:1 [id] The policy has no "since".',
      '1:1 [id] The policy has no "description".',
      '1:1 [id] The policy has no "message".',
      '1:1 [id] The policy has no "remediation".',
      '1:1 [id] The policy has no "fix".',
      '6:18 [["1.1", "9.9"]] "cis" has no control "9.9".',
      '6:34 [nist] There is no framework "nist".',
      '5:26 [target_bucket] Nothing is known of "logging.target_bucket" of "aws_s3_bucket" where it is not set: the type\'s table needs an answer.',
    ]);
  });
});

test('a policy is read whole', () => {
  const source = `id: aws-s3-bucket-orchard
title: Buckets keep apples
severity: high
since: "1.0"
description: Apples rot.
resource: aws_s3_bucket
live: true
parameters: { max: 10, names: { type: list(string), default: [], description: Names } }
variables: { block: resource.versioning }
each: g in resource.grant
when: g.uri != null
assert: variables.block.status == "Enabled" || g.uri in parameters.names
message: Grant {{ g.uri }} of {{ resource }}
remediation: Enable versioning.
references: [https://example.com/apples]
controls: { cis: ["1.1"] }
aliases: CKV_AWS_21
renamed-from: [aws-old]
notes: Differs.
fix: { set: { versioning.status: Enabled }, append: { grant: { uri: "{{ resource.arn }}/x" } }, remove: g, unsafe: readers }
`;
  const path = 'policies/aws/s3/orchard/policy.yaml';
  const { policies, diagnostics } = loadPolicies([{ path, text: source }], shapes);
  expect(diagnostics).toEqual([]);
  const [loaded] = policies;
  expect(loaded?.metadata).toEqual({
    id: 'aws-s3-bucket-orchard',
    title: 'Buckets keep apples',
    severity: 'high',
    since: '1.0',
    description: 'Apples rot.',
    remediation: 'Enable versioning.',
    references: ['https://example.com/apples'],
    controls: new Map([['cis', ['1.1']]]),
    aliases: ['CKV_AWS_21'],
    resource: { types: ['aws_s3_bucket'] },
    assert: 'variables.block.status == "Enabled" || g.uri in parameters.names',
    when: 'g.uri != null',
    isByDefault: true,
    isOnlyLive: true,
    isFixable: true,
    fixNote: 'readers',
    notes: 'Differs.',
    deprecated: undefined,
    renamedFrom: ['aws-old'],
    provider: 'aws',
    service: 's3',
    file: path,
  });
  expect(loaded?.fix.remove).toEqual([{ text: 'g', root: 'g', steps: [] }]);
  expect(loaded?.parameters.map(({ name, type }) => `${name}: ${type}`)).toEqual([
    'max: number',
    'names: list(string)',
  ]);
});
