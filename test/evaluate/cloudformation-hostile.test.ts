import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { suppressionPattern } from '../../src/findings/suppressions.js';
import { evaluateTemplates } from '../support/evaluate-templates.js';
import { toPlain } from '../support/raw-resource.js';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const TOPIC = '{Type: AWS::SNS::Topic}';

/** Codes of diagnostics, each with how often it occurs. */
function codes(diagnostics: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const diagnostic of diagnostics) {
    const code = diagnostic.split(' ')[0] ?? '';
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

describe('hostile templates', () => {
  test('a bomb of aliases is cut off', () => {
    const levels = range(9).map(
      (level) =>
        `l${level + 1}: &l${level + 1} [${range(10)
          .map(() => `*l${level}`)
          .join(', ')}]`,
    );
    const { resources, diagnostics } = evaluateTemplates(`l0: &l0 [x]
${levels.join('\n')}
Resources:
  T: ${TOPIC}
  Row: {Type: Custom::Row, Properties: {P: *l9}}
`);
    // Half of a template would make absent what is present.
    expect(resources).toEqual({});
    expect(codes(diagnostics)).toEqual({ 'limit-reached': 1 });
  });

  test('an anchor that contains itself is no value', () => {
    const { resources, diagnostics } = evaluateTemplates(
      `Resources:\n  Row: {Type: Custom::Row, Properties: {P: &p [*p], Q: 1}}\n`,
    );
    expect(resources).toEqual({ Row: { P: ['?invalid-value'], Q: 1 } });
    expect(codes(diagnostics)).toEqual({ 'yaml-bad-alias': 1 });
  });

  test('conditions over more parameters than are tried may hold or not', () => {
    const parameters = range(40).map((index) => `P${index}: {Type: String, AllowedValues: [a, b]}`);
    const conditions = range(40).map(
      (index) =>
        `C${index}: !${index % 2 === 0 ? 'And' : 'Or'} [!Equals [!Ref P${index}, a], ${index === 0 ? '!Equals [!Ref P39, b]' : `!Condition C${index - 1}`}]`,
    );
    const items = range(40).map((index) => `!If [C${index}, !Ref P${index}, x]`);
    const { value, resource } = evaluateTemplates(`Parameters: {${parameters.join(', ')}}
Conditions:
  ${conditions.join('\n  ')}
Resources:
  Row: {Type: Custom::Row, Condition: C39, Properties: {P: !Join ['-', [start, ${items.join(', ')}, end]], Q: [${items.join(', ')}]}}
`);
    expect(resource('Row').existence).toMatchObject({ kind: 'unknown', subject: 'C39' });
    expect(toPlain(value('Row.P'))).toMatch(/^start-.*-end$/);
  });

  test.each([1, 2, 1000])('a ring of %d conditions and of as many resources ends', (length) => {
    const conditions = range(length).map((index) => `C${index}: !Not [!Condition C${(index + 1) % length}]`);
    const resources = range(length).map(
      (index) =>
        `R${index}: {Type: AWS::S3::Bucket, Condition: C${index}, Properties: {BucketName: !Ref R${(index + 1) % length}}}`,
    );
    const { result, diagnostics } = evaluateTemplates(
      `Conditions:\n  ${conditions.join('\n  ')}\nResources:\n  ${resources.join('\n  ')}\n`,
    );
    expect(result.resources.length).toBe(length);
    const found = codes(diagnostics);
    expect(found['cfn-circular-reference']).toBe(1);
    // A long one is followed in stretches.
    if (length < 1000) expect(found).toEqual({ 'cfn-circular-condition': 1, 'cfn-circular-reference': 1 });
    expect(JSON.stringify(diagnostics).length).toBeLessThan(50_000);
  });

  test('a chain of a thousand resources is followed as far as Trueline goes', () => {
    const resources = range(1000).map(
      (index) =>
        `R${String(index).padStart(4, '0')}: {Type: AWS::S3::Bucket, Properties: {BucketName: ${index === 999 ? 'end' : `!Ref R${String(index + 1).padStart(4, '0')}`}}}`,
    );
    const { value, diagnostics } = evaluateTemplates(`Resources:\n  ${resources.join('\n  ')}\n`);
    expect(value('R0990.BucketName')).toMatchObject({ kind: 'string', value: 'end' });
    expect(Object.keys(codes(diagnostics))).toEqual(['limit-reached']);
  });

  test('a text with 100,000 placeholders is read', () => {
    const text = range(100_000)
      .map((index) => `\${P${index % 3}}`)
      .join('');
    const { value } =
      evaluateTemplates(`Parameters: {P0: {Type: String, Default: a}, P1: {Type: String}, P2: {Type: String, AllowedValues: [x, y]}}
Resources: {Row: {Type: Custom::Row, Properties: {P: !Sub '${text}'}}}
`);
    const found = value('Row.P');
    expect(found.kind === 'unknown' && found.alternatives?.length).toBe(2);
  });

  test('a list of 10,000 undecided elements is joined in part', () => {
    const items = range(10_000).map((index) => `!If [C, a${index}, !Ref 'AWS::NoValue']`);
    const { value } = evaluateTemplates(`Parameters: {P: {Type: String}}
Conditions: {C: !Equals [!Ref P, x]}
Resources: {Row: {Type: Custom::Row, Properties: {P: !Join ['', [${items.join(', ')}]], Q: !Select [9999, [${items.join(', ')}]]}}}
`);
    expect(value('Row.P')).toMatchObject({ kind: 'unknown', reason: 'variable-without-value' });
    expect(value('Row.Q')).toMatchObject({ kind: 'unknown' });
  });

  test('a map with thousands of keys is known where they agree', () => {
    const keys = range(5000).map((index) => `k${index}: {same: x, other: v${index}}`);
    const { value } = evaluateTemplates(`Parameters: {P: {Type: String}}
Mappings: {M: {${keys.join(', ')}}}
Resources: {Row: {Type: Custom::Row, Properties: {A: !FindInMap [M, !Ref P, same], B: !FindInMap [M, !Ref P, other]}}}
`);
    expect(value('Row.A')).toMatchObject({ kind: 'string', value: 'x' });
    expect(value('Row.B')).toMatchObject({ kind: 'unknown', type: { kind: 'string' }, alternatives: undefined });
  });

  test('a parameter with thousands of allowed values is a text', () => {
    const allowed = range(5000).map((index) => `v${index}`);
    const { value, resource } =
      evaluateTemplates(`Parameters: {P: {Type: String, AllowedValues: [${allowed.join(', ')}]}}
Conditions: {C: !Equals [!Ref P, v7], D: !Equals [!Ref P, other]}
Resources:
  Row: {Type: Custom::Row, Properties: {A: !Ref P, B: !If [C, !Ref P, x]}}
  Never: {Type: Custom::Row, Condition: D}
`);
    expect(value('Row.A')).toMatchObject({ kind: 'unknown', notNull: true, alternatives: undefined });
    expect(value('Row.B')).toMatchObject({ alternatives: [{ value: 'v7' }, { value: 'x' }] });
    expect(() => resource('Never')).toThrow();
  });

  test('stacks that nest each other many times over are cut off', () => {
    const nest = (next: string) =>
      `Resources:\n${range(10)
        .map((index) => `  N${index}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${next}}}`)
        .join('\n')}\n`;
    const files = Object.fromEntries(
      range(8).map((level) => [
        `t${level}.yaml`,
        level === 7 ? `Resources: {T: ${TOPIC}}\n` : nest(`t${level + 1}.yaml`),
      ]),
    );
    const { result, diagnostics } = evaluateTemplates(files);
    expect(result.roots.map(({ root }) => root)).toEqual(['t0.yaml']);
    expect(result.resources.length).toBeLessThan(12_000);
    expect(codes(diagnostics)).toMatchObject({ 'limit-reached': 1 });
  });

  test('a samconfig with a line of a megabyte is read', () => {
    const overrides = range(50_000)
      .map((index) => `P${index}=v${index}`)
      .join(' ');
    const { resources } = evaluateTemplates(
      {
        'template.yaml':
          'Parameters: {P49999: {Type: String}}\nResources: {Row: {Type: Custom::Row, Properties: {P: !Ref P49999}}}\n',
        'samconfig.toml': `version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "${overrides}"\n`,
      },
      { templates: ['template.yaml'] },
    );
    expect(resources).toEqual({ Row: { P: 'v49999' } });
  });

  test('names of the language itself are names like others', () => {
    const { resources, diagnostics } =
      evaluateTemplates(`Parameters: {constructor: {Type: String, Default: a}, toString: {Type: String, Default: b}}
Mappings: {__proto__: {hasOwnProperty: {valueOf: c}}}
Conditions: {constructor: !Equals [!Ref constructor, a]}
Resources: {Row: {Type: Custom::Row, Condition: constructor, Properties: {P: !FindInMap [__proto__, hasOwnProperty, valueOf], constructor: !Sub '\${constructor}\${toString}'}}}
Outputs: {constructor: {Value: x}}
`);
    expect(diagnostics).toEqual([]);
    expect(JSON.stringify(resources)).toBe('{"Row":{"P":"c","constructor":"ab"}}');
  });
});

describe('any damage', () => {
  const template = readFileSync('fixtures/evaluate/cloudformation/damage.yaml', 'utf8');

  test('leaves the evaluation standing', () => {
    const evaluate = (text: string) =>
      evaluateTemplates(
        { 'main.yaml': text, 'child.yaml': 'Resources: {T: {Type: AWS::SNS::Topic}}\n' },
        { commentPattern: suppressionPattern },
      );
    expect(evaluate(template).diagnostics).toEqual([]);
    for (let at = 0; at < template.length; at += 37) {
      evaluate(template.slice(0, at));
      evaluate(template.slice(0, at) + template.slice(at + 1));
    }
  });
});
