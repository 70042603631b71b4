import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { showOrigin } from '../support/evaluate-files.js';
import { evaluateTemplates } from '../support/evaluate-templates.js';
import { toPlain } from '../support/raw-resource.js';

interface Vector {
  readonly name: string;
  readonly template: string;
  readonly logicalIds: readonly string[];
}

const VECTORS = JSON.parse(
  readFileSync('fixtures/evaluate/cloudformation/for-each-vectors.json', 'utf8'),
) as readonly Vector[];

const LOOPS = 'Transform: AWS::LanguageExtensions\n';

describe('loops', () => {
  test.each(VECTORS)('the measured template: $name', ({ template, logicalIds }) => {
    const { result, diagnostics, resources, resource } = evaluateTemplates(template);
    const wanted = logicalIds.map((id) => id.replace(/ \(.*/, '')).sort();
    expect(result.resources.map(({ address }) => address)).toEqual(wanted);
    expect(diagnostics).toEqual([]);
    expect(resources['Qb']).toEqual({ QueueName: 'b', DelaySeconds: 5, MessageSeconds: 5 });
    expect(resources['Two']).toEqual({ BucketName: 'x-1', DeletionPolicy: 'Delete' });
    expect(resources['S1000024']).toEqual({ CidrBlock: '10.0.0.0/24', VpcId: '?unsupported-intrinsic Fn::ForEach' });
    expect(resource('U*')).toMatchObject({ isPrototype: true, existence: { kind: 'unknown', subject: 'U*' } });
  });

  test('a value leads to the element because of which it is there', () => {
    const { value } = evaluateTemplates(`${LOOPS}Resources:
  Fn::ForEach::Rows:
    - Row
    - [north, south]
    - 'Crates\${Row}': {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub 'pears-\${Row}', Tags: [{Key: row, Value: !Ref Row}]}}
`);
    expect(toPlain(value('Cratessouth.BucketName'))).toBe('pears-south');
    expect(showOrigin(value('Cratessouth.BucketName').origin)).toEqual([
      'written main.yaml:6:77-6:91',
      'for-each main.yaml:5:15-5:20',
    ]);
    expect(showOrigin(value('Cratessouth.Tags.0.Value').origin)).toEqual([
      'written main.yaml:6:123-6:126',
      'for-each main.yaml:5:15-5:20',
    ]);
  });

  test('what is not known of a collection is one that stands for all', () => {
    const { result, resources } =
      evaluateTemplates(`${LOOPS}Parameters: {More: {Type: CommaDelimitedList}, Fruit: {Type: String}}
Resources:
  Fn::ForEach::Rows:
    - Row
    - !Ref More
    - 'Crates\${Row}': {Type: AWS::S3::Bucket, Properties: {BucketName: 'pears-\${Row}', Tags: [{Key: !Ref Row, Value: !Sub '\${Row}!'}]}}
      'Policy\${Row}': {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref {Fn::Sub: 'Crates\${Row}'}}}
  Fn::ForEach::Mixed:
    - Row
    - [known, !Ref Fruit]
    - 'Topic\${Row}': {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Row}}
`);
    expect(resources).toMatchObject({
      'Crates*?': { BucketName: 'pears-{More}', Tags: [{ Key: '?variable-without-value More', Value: '{More}!' }] },
      Topicknown: { TopicName: 'known' },
      'Topic*?': { TopicName: '?variable-without-value Fruit' },
    });
    const [crates, policy] = ['Crates*', 'Policy*'].map((name) =>
      result.resources.find(({ address }) => address === name),
    );
    expect(crates?.keySet).toBeDefined();
    expect(policy?.keySet).toBe(crates?.keySet);
    expect(policy?.existence).toMatchObject({
      condition: crates?.existence.kind === 'unknown' && crates.existence.condition,
    });
  });

  test('that are written wrongly, or without the transform, are reported', () => {
    const loop = (collection: string) => `Resources:
  T: {Type: AWS::SNS::Topic}
  Fn::ForEach::Rows: [Row, ${collection}, {'A\${Row}': {Type: AWS::SNS::Topic}}]
`;
    const without = evaluateTemplates(loop('[a]'));
    expect(Object.keys(without.resources)).toEqual(['T']);
    expect(without.diagnostics).toEqual([
      'cfn-invalid-intrinsic main.yaml:3:3-3:20 "Fn::ForEach::Rows" needs "Transform: AWS::LanguageExtensions"; what it makes is not read.',
    ]);
    const wrong = evaluateTemplates(`${LOOPS}${loop('[a], [b]')}`);
    expect(wrong.diagnostics).toEqual([
      'cfn-invalid-intrinsic main.yaml:4:3-4:20 "Fn::ForEach::Rows" takes a name, a list and a mapping.',
    ]);
    const odd = evaluateTemplates(`${LOOPS}${loop('[b-c, b-c]')}`);
    expect(Object.keys(odd.resources)).toEqual(['Ab-c', 'T']);
    expect(odd.diagnostics).toEqual([
      'yaml-duplicate-key main.yaml:4:41-4:50 A loop makes "Ab-c" more than once, and the last one counts.',
      'cfn-invalid-intrinsic main.yaml:4:41-4:50 The logical id "Ab-c" has other characters than letters and digits.',
    ]);
  });

  test('in properties over an unknown collection leave the properties open', () => {
    const { resources } = evaluateTemplates(`${LOOPS}Parameters: {More: {Type: CommaDelimitedList}}
Resources:
  Row: {Type: Custom::Row, Properties: {A: 1, 'Fn::ForEach::P': [Name, !Ref More, {Fixed: !Ref Name}]}}
`);
    expect(resources).toEqual({ Row: { A: 1, Fixed: '?variable-without-value More', '...': 'unsupported-intrinsic' } });
  });

  test('end at a limit', () => {
    const many =
      evaluateTemplates(`${LOOPS}Parameters: {Rows: {Type: CommaDelimitedList, Default: '${Array.from({ length: 100_000 }, (_, index) => index).join(',')}'}}
Resources:
  T: {Type: AWS::SNS::Topic}
  Fn::ForEach::Rows: [Row, !Ref Rows, {'A\${Row}': {Type: AWS::SNS::Topic}}]
`);
    expect(many.result.resources.length).toBe(10_001);
    expect(many.diagnostics).toEqual([
      'limit-reached main.yaml:5:22-5:76 Loops make more than Trueline reads of one template.',
    ]);
    const rows = `[${Array.from({ length: 10_000 }, (_, index) => index).join(', ')}]`;
    const squared = evaluateTemplates(`${LOOPS}Resources:
  Fn::ForEach::Rows: [Row, &rows ${rows}, {'Fn::ForEach::Trees': [Tree, *rows, {'A\${Row}x\${Tree}': {Type: AWS::SNS::Topic}}]}]
`);
    expect(squared.result.resources.length).toBeLessThanOrEqual(10_000);
    expect(squared.diagnostics.map((one) => one.split(' ')[0])).toEqual(['limit-reached']);
  });
});
