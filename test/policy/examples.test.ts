import { describe, expect, test } from 'vitest';
import type { Evaluation, Outcome } from '../../src/findings/evaluation.js';
import type { Value } from '../../src/model/value.js';
import { checkExample, checkExamples, checkExpectedJson, loadPolicies, parseMarkers } from '../../src/policy/index.js';
import { catalogue, graph, list, object, resource, text, toValue } from './orchard.js';

const file = {
  path: 'examples/terraform.tf',
  text: `# expect: pass
resource "aws_s3_bucket" "apples" {
}

// expect: fail at versioning.status
# a remark

resource "aws_s3_bucket" "pears" {
  # expect: unknown
  grant { uri = var.uri }
}
`,
};
const at = (needle: string) => {
  const start = file.text.indexOf(needle);
  return { file, start, end: start + needle.length };
};
const apples = resource('aws_s3_bucket', 'apples', {}, { header: at('resource "aws_s3_bucket" "apples" {') });
const grant = { ...toValue({ uri: 'u' }), origin: { ...at('grant {'), step: 'written' } } as Value;
const pears = resource(
  'aws_s3_bucket',
  'pears',
  { grant: [grant] },
  { header: at('resource "aws_s3_bucket" "pears" {') },
);
const input = graph([apples, pears]);

const evaluation = (key: string, outcome: Outcome, details: Partial<Evaluation> = {}): Evaluation => ({
  policy: 'p',
  severity: 'low',
  resource: key,
  outcome,
  message: '',
  also: [],
  unknowns: [],
  assumed: [],
  errors: [],
  ...details,
});
const place = { resource: pears.key, path: 'versioning.status', block: pears.header };
const element = { path: 'grant[0]', key: 'grant[0]' };

describe('expectations in comments', () => {
  test('stand above the next line that says something', () => {
    const { markers, problems } = parseMarkers(file);
    expect(markers.map(({ outcome, at: path, line }) => [outcome, path, line])).toEqual([
      ['pass', undefined, 2],
      ['fail', 'versioning.status', 8],
      ['unknown', undefined, 10],
    ]);
    expect(problems).toEqual([]);
    expect(parseMarkers({ path: 'a.tf', text: '\n# expect: fial' }).problems).toEqual([
      { message: '"# expect: fial" is no expectation.', path: 'a.tf', line: 2 },
    ]);
  });

  test('hold when every evaluation is as they say', () => {
    const evaluations = [
      evaluation(apples.key, 'pass'),
      evaluation(pears.key, 'fail', { place }),
      evaluation(pears.key, 'unknown', { element }),
    ];
    expect(checkExample(file, { graph: input, evaluations })).toEqual([]);
  });

  test('say what differs, what is not marked, and what is marked for nothing', () => {
    const other = resource('aws_s3_bucket', 'plums', {}, { header: at('# a remark') });
    const evaluations = [
      evaluation(apples.key, 'unknown', { unknowns: [{ path: 'acl', reason: 'data-source', subject: 'data.x' }] }),
      evaluation(pears.key, 'fail', { place: { ...place, path: 'acl' } }),
      evaluation(other.key, 'pass'),
    ];
    const problems = checkExample(file, { graph: graph([apples, pears, other]), evaluations });
    expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '6 "aws_s3_bucket.plums" is judged (pass) and has no expectation.',
      '2 "aws_s3_bucket.apples" is unknown (acl data-source data.x), expected pass.',
      '8 "aws_s3_bucket.pears" is fail at "acl", expected at "versioning.status".',
      '10 Nothing that the policy judges stands under this expectation.',
    ]);
  });

  test('belong to the companion that declares what decides; the worst outcome counts', () => {
    const source = {
      path: 'terraform.tf',
      text: '# expect: pass\nbucket {\n}\n# expect: fail at status\nversioning {\n  status = "Suspended"\n}\n# expect: pass\ngroup {\n}\n',
    };
    const within = (needle: string) => {
      const start = source.text.indexOf(needle);
      return { file: source, start, end: start + needle.length };
    };
    const member = {
      address: 'aws_s3_bucket_versioning.plums',
      type: 'aws_s3_bucket_versioning',
      path: 'versioning',
      range: within('versioning {\n  status = "Suspended"\n}'),
      header: within('versioning {'),
      calls: [],
    };
    const status = { ...toValue('Suspended'), origin: { ...within('"Suspended"'), step: 'written' as const } };
    const plums = resource(
      'aws_s3_bucket',
      'plums',
      { versioning: { status } },
      { header: within('bucket {'), members: [member] },
    );
    const group = resource('aws_security_group', 'web', {}, { header: within('group {') });
    const decided = { resource: plums.key, path: 'versioning.status', origin: status.origin };
    const element = (index: number) => ({ element: { path: `ingress[${index}]`, key: '' } });
    const judged = (worst: Outcome) => [
      evaluation(plums.key, 'fail', { place: decided }),
      evaluation(group.key, 'skip', element(0)),
      evaluation(group.key, worst, element(1)),
    ];
    const scan = (worst: Outcome) => checkExample(source, { graph: graph([plums, group]), evaluations: judged(worst) });
    expect([scan('pass'), scan('skip')]).toEqual([[], []]);
    expect(scan('unknown').map(({ line, message }) => `${line} ${message}`)).toEqual([
      '9 "ingress[1]" of "aws_security_group.web" is unknown, expected pass.',
    ]);
  });

  test('of JSON stand in a file beside it', () => {
    const expected = (content: unknown) => ({ path: 'snapshot.expected.json', text: JSON.stringify(content) });
    const evaluations = [evaluation(apples.key, 'pass'), evaluation(pears.key, 'fail', { place, element })];
    const good = { 'aws_s3_bucket.apples': 'pass', 'aws_s3_bucket.pears': { 'grant[0]': 'fail at versioning.status' } };
    expect(checkExpectedJson(expected(good), { graph: input, evaluations })).toEqual([]);
    const bad = { 'aws_s3_bucket.apples': 'fail', 'aws_s3_bucket.plums': 'pass' };
    expect(checkExpectedJson(expected(bad), { graph: input, evaluations }).map(({ message }) => message)).toEqual([
      '"aws_s3_bucket.apples" is pass, expected fail.',
      '"grant[0]" of "aws_s3_bucket.pears" is judged (fail) and has no expectation.',
      'Nothing is judged at "aws_s3_bucket.plums".',
    ]);
    expect(checkExpectedJson(expected([]), { graph: input, evaluations })).toHaveLength(1);
  });

  test('need a pass, a fail and an unknown, or a reason; what is fixed must not fail', () => {
    const shapes = catalogue({ aws_s3_bucket: { acl: text, grant: list(object({ uri: text })) } });
    const source = 'id: a-b\ntitle: A\nseverity: low\nresource: aws_s3_bucket\nassert: resource.acl == "private"';
    const [policy] = loadPolicies([{ path: 'p.yaml', text: source }], shapes).policies;
    if (policy === undefined) throw new Error('the policy loads');
    const excused = {
      path: 'a/terraform.tf',
      text: '# expect: no unknown because it is written\n# expect: pass\nresource',
    };
    const fixed = { path: 'a/terraform.fixed.tf', text: '' };
    const scan = (files: readonly { path: string }[]) => ({
      graph: input,
      evaluations: files[0]?.path === fixed.path ? [evaluation(apples.key, 'fail')] : [],
    });
    expect(checkExamples(policy, [excused, fixed], scan).map(({ message }) => message)).toEqual([
      'Nothing that the policy judges stands under this expectation.',
      '"aws_s3_bucket.apples" still fails.',
      'No example of "a-b" is fail: add one, or a comment "expect: no fail because …".',
    ]);
  });
});
