import { describe, expect, test } from 'vitest';
import type { Value } from '../../src/model/value.js';
import { showOrigin, showRange } from '../support/evaluate-files.js';
import { evaluateTemplates } from '../support/evaluate-templates.js';
import { toPlain } from '../support/raw-resource.js';

const HEAD = `Transform: AWS::LanguageExtensions
Parameters:
  Orchard: {Type: String}
  Rows: {Type: CommaDelimitedList, Default: 'north, south,east'}
  Empty: {Type: CommaDelimitedList, Default: ''}
  Nets: {Type: 'List<AWS::EC2::Subnet::Id>'}
Mappings: {Kinds: {pear: {sweet: 'yes', crates: [c1, c2]}}}
Conditions: {Big: !Equals [!Ref Orchard, big]}
Resources:
  Crate: {Type: AWS::S3::Bucket}
  Named: {Type: AWS::S3::Bucket, Properties: {BucketName: pears}}
  Row:
    Type: Custom::Row
    Properties:
      P: `;

function evaluate(expression: string): {
  readonly value: Value;
  readonly plain: unknown;
  readonly diagnostics: readonly string[];
} {
  const { value, diagnostics } = evaluateTemplates(`${HEAD}${expression}\n`);
  const found = value('Row.P');
  return { value: found, plain: toPlain(found), diagnostics };
}

/** Everything that a value can be, one after the other. */
function alternatives(value: Value): unknown {
  return value.kind === 'unknown'
    ? value.alternatives?.map((one) => (one.kind === 'absent' ? 'absent' : toPlain(one)))
    : toPlain(value);
}

describe('intrinsic functions', () => {
  test.each([
    // Fn::Join, Fn::Split, Fn::Select
    ["!Join ['+', [a, !Ref Orchard, c]]", 'a+{Orchard}+c'],
    ["!Join ['+', !Ref Nets]", '?variable-without-value Nets'],
    ['!Select [0, !Ref Nets]', '?variable-without-value Nets'],
    ["!Split ['/', 'a/b/c']", ['a', 'b', 'c']],
    ["!Split ['/', !Sub 'a/b${Orchard}/c']", ['a', '...variable-without-value']],
    ["!Split [':', !GetAtt Named.Arn]", ['arn', 'aws', 's3', '', '', 'pears']],
    [
      "!Select [4, !Split [':', !Sub 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:t']]",
      '?provider-configuration AWS::AccountId',
    ],
    ["!Select ['2', !Ref Rows]", 'east'],
    ['!Select [!Ref Orchard, [a, b]]', '?variable-without-value Orchard'],
    ['!Ref Empty', ['']],
    // Fn::GetAZs
    ["!GetAZs ''", ['...data-source']],
    ['!Select [1, !GetAZs eu-west-1]', 'eu-west-1{Fn::GetAZs}'],
    // Fn::Base64, Fn::ToJsonString, Fn::Length
    ["{Fn::Base64: 'pé'}", 'cMOp'],
    [
      '{Fn::ToJsonString: {b: [1, true, null, "x\\"y"], a: !Ref Crate}}',
      '{"b":[1,true,null,"x\\"y"],"a":"{Crate.Ref}"}',
    ],
    ['{Fn::Length: !Ref Rows}', 3],
    // Fn::Cidr
    ['!Cidr [10.1.2.3/16, 3, 8]', ['10.1.0.0/24', '10.1.1.0/24', '10.1.2.0/24']],
    ["!Cidr ['2001:db8:1:2::/64', '2', 8]", ['2001:db8:1:2::/120', '2001:db8:1:2::100/120']],
    ['!Cidr [!Ref Orchard, 2, 8]', ['?variable-without-value Orchard', '?variable-without-value Orchard']],
    ['!Cidr [10.0.0.0/16, !Ref Orchard, 8]', ['...variable-without-value']],
    // Fn::Sub
    [
      "!Sub '${Named}|${Named.Arn}|${Crate.DomainName}|${!Kept}'",
      'pears|arn:aws:s3:::pears|{Crate.Ref}.s3.amazonaws.com|${Kept}',
    ],
    ["!Sub ['${Orchard}${x}', {Orchard: o, x: !Select [0, !Ref Rows]}]", 'onorth'],
    [
      "!Sub '${AWS::StackId}'",
      'arn:aws:cloudformation:{AWS::Region}:{AWS::AccountId}:stack/{AWS::StackName}/{AWS::StackId}',
    ],
    // Fn::FindInMap
    ['!FindInMap [Kinds, pear, crates]', ['c1', 'c2']],
    ['!FindInMap [Kinds, plum, sweet, {DefaultValue: !Sub "${Orchard}!"}]', '{Orchard}!'],
    ['!FindInMap [Kinds, !Ref Orchard, sweet]', 'yes'],
    // Fn::ImportValue, Fn::GetAtt
    ["!ImportValue {Fn::Sub: '${Orchard}-vpc'}", '?cross-stack-import Orchard'],
    ['!GetAtt [Named, Arn]', 'arn:aws:s3:::pears'],
    ["{Fn::GetAtt: [!Join ['', [Na, med]], Arn]}", 'arn:aws:s3:::pears'],
    // dynamic references
    ["'a{{resolve:ssm:/a/b:3}}b{{resolve:ssm-secure:/c}}'", 'a{ssm:/a/b:3}b{ssm-secure:/c}'],
    ["!Join ['', ['{{resolve:secretsmanager:', !Ref Orchard, ':SecretString:pw}}']]", '?data-source secretsmanager:…'],
    // plain data
    ['[1, 2.50, true, null, 012, 2012-10-17, "${Orchard}"]', [1, 2.5, true, null, 10, '2012-10-17', '${Orchard}']],
    ['{Condition: {Bool: {a: b}}}', { Condition: { Bool: { a: 'b' } } }],
  ])('%s', (expression, expected) => {
    const { plain, diagnostics } = evaluate(expression);
    expect(plain).toEqual(expected);
    expect(diagnostics).toEqual([]);
  });

  test.each([
    ['!Join ["-", [a, !If [Big, b, !Ref "AWS::NoValue"], c]]', ['a-b-c', 'a-c']],
    ['!Select [1, [a, !If [Big, b, !Ref "AWS::NoValue"], c]]', ['b', 'c']],
    ['{Fn::Length: [a, !If [Big, b, !Ref "AWS::NoValue"]]}', [2, 1]],
    ['{Fn::ToJsonString: [a, !If [Big, b, !Ref "AWS::NoValue"]]}', ['["a","b"]', '["a"]']],
    // The condition says what the parameter is.
    ['!If [Big, !Sub "${Orchard}!", small]', ['big!', 'small']],
    ['!If [Big, {a: 1}, !Ref "AWS::NoValue"]', [{ a: 1 }, 'absent']],
    ['!If [Big, 1, "1"]', [1, '1']],
  ])('%s has alternatives', (expression, expected) => {
    const { value, diagnostics } = evaluate(expression);
    expect(alternatives(value)).toEqual(expected);
    expect(diagnostics).toEqual([]);
  });

  test.each([
    [
      "!Join ['+', [!Ref Orchard, !Ref Rows]]",
      'cfn-invalid-intrinsic main.yaml:15:16-15:48 "Fn::Join" takes a list of texts.',
    ],
    ['!Join [a]', 'cfn-invalid-intrinsic main.yaml:15:16-15:19 "Fn::Join" takes a text and a list.'],
    [
      '!Select [3, !Ref Rows]',
      'cfn-invalid-intrinsic main.yaml:15:18-15:32 "Fn::Select" asks for item 3 of a list of 3.',
    ],
    ['!Select [x, [a]]', 'cfn-invalid-intrinsic main.yaml:15:18-15:26 "Fn::Select" takes an index and a list.'],
    [
      "!Split ['', abc]",
      'cfn-invalid-intrinsic main.yaml:15:17-15:26 "Fn::Split" takes a delimiter that is not empty.',
    ],
    [
      '!Cidr [10.0.0.0/24, 1000000000, 4]',
      'cfn-invalid-intrinsic main.yaml:15:16-15:44 "Fn::Cidr" makes 1 to 256 nets.',
    ],
    ['!Cidr [10.0.0.0/30, 8, 1]', 'cfn-invalid-intrinsic main.yaml:15:16-15:35 "Fn::Cidr" cannot divide this block.'],
    ['!Cidr [10.0.0.0/99, 8, 1]', 'cfn-invalid-intrinsic main.yaml:15:16-15:35 "Fn::Cidr" cannot divide this block.'],
    [
      '!Ref Orchart',
      'cfn-unknown-reference main.yaml:15:15-15:22 There is no parameter or resource "Orchart". Did you mean "Orchard"?',
    ],
    ['!Ref [a]', 'cfn-invalid-intrinsic main.yaml:15:15-15:18 "Ref" takes the name of a parameter or resource.'],
    [
      '!GetAtt Named',
      'cfn-invalid-intrinsic main.yaml:15:18-15:23 "Fn::GetAtt" takes the name of a resource and of an attribute.',
    ],
    [
      '!GetAtt Named.Arm',
      'cfn-invalid-intrinsic main.yaml:15:18-15:27 "AWS::S3::Bucket" has no attribute "Arm". Did you mean "Arn"?',
    ],
    ['!GetAtt Nobody.Arn', 'cfn-unknown-reference main.yaml:15:18-15:28 There is no resource "Nobody".'],
    [
      '!GetAtt Orchard.Arn',
      'cfn-unknown-reference main.yaml:15:18-15:29 "Orchard" is a parameter, which has no attributes.',
    ],
    [
      "!Sub '${ Orchard }'",
      'cfn-invalid-intrinsic main.yaml:15:15-15:29 "Fn::Sub" has the placeholder "${ Orchard }", which is no name.',
    ],
    [
      '!Sub [1]',
      'cfn-invalid-intrinsic main.yaml:15:15-15:18 "Fn::Sub" takes a text, or a text and the values of its names.',
    ],
    ["!Sub '${Rows}'", 'cfn-invalid-intrinsic main.yaml:15:15-15:24 "Fn::Sub" takes texts, and "Rows" is none.'],
    [
      '!FindInMap [Kind, a, b]',
      'cfn-missing-mapping main.yaml:15:21-15:33 There is no mapping "Kind". Did you mean "Kinds"?',
    ],
    [
      '!FindInMap [Kinds, pear, sour]',
      'cfn-missing-mapping main.yaml:15:21-15:40 The mapping "Kinds" has no key "pear.sour".',
    ],
    ['!If [Bigger, a, b]', 'cfn-unknown-reference main.yaml:15:15-15:21 There is no condition "Bigger".'],
    [
      '!If [Big, a]',
      'cfn-invalid-intrinsic main.yaml:15:14-15:22 "Fn::If" takes the name of a condition and two values.',
    ],
  ])('%s is refused', (expression, expected) => {
    const { value, diagnostics } = evaluate(expression);
    expect(diagnostics).toEqual([expected]);
    if (!expression.includes('Bigger')) expect(value).toMatchObject({ kind: 'unknown', reason: 'invalid-expression' });
  });

  test('a function that Trueline does not know leaves its value unknown', () => {
    const { plain, diagnostics } = evaluate('[!Foo x, {Fn::Bar: y}, {Fn::If: [Big, 1, 2], Other: z}]');
    expect(plain).toEqual([
      '?unsupported-intrinsic Fn::Foo',
      '?unsupported-intrinsic Fn::Bar',
      { Other: 'z', '...': 'invalid-expression' },
    ]);
    expect(diagnostics).toEqual([
      'cfn-invalid-intrinsic main.yaml:15:16-15:17 "Fn::Foo" is no intrinsic function that Trueline knows.',
      'cfn-invalid-intrinsic main.yaml:15:19-15:31 "Fn::Bar" is no intrinsic function that Trueline knows.',
      'cfn-invalid-intrinsic main.yaml:15:34-15:40 "Fn::If" stands beside other keys, where it is no function.',
    ]);
  });

  test('what needs the extensions of the language is refused without them', () => {
    const { diagnostics } = evaluateTemplates(`Resources:
  Row: {Type: Custom::Row, Properties: {A: {Fn::Length: [1]}, B: {Fn::ToJsonString: {}}, C: !FindInMap [M, a, b, {DefaultValue: c}]}}
`);
    expect(diagnostics).toEqual([
      'cfn-invalid-intrinsic main.yaml:2:44-2:61 "Fn::Length" needs "Transform: AWS::LanguageExtensions".',
      'cfn-invalid-intrinsic main.yaml:2:66-2:88 "Fn::ToJsonString" needs "Transform: AWS::LanguageExtensions".',
      'cfn-invalid-intrinsic main.yaml:2:104-2:132 "Fn::FindInMap" takes a default only as "DefaultValue", with "Transform: AWS::LanguageExtensions".',
    ]);
  });

  test('a macro leaves its place open', () => {
    const { plain, diagnostics } = evaluate('{A: 1, Fn::Transform: {Name: AWS::Include}}');
    expect(plain).toEqual({ A: 1, '...': 'unsupported-intrinsic' });
    expect(diagnostics).toEqual([]);
    expect(evaluate('{Fn::Transform: {Name: AWS::Include}}').plain).toEqual({ '...': 'unsupported-intrinsic' });
    expect(evaluate('{Fn::Transform: {Name: Pruner}}')).toMatchObject({
      plain: '?unsupported-intrinsic Pruner',
      diagnostics: ['cfn-macro main.yaml:15:10-15:41 What the macro "Pruner" makes of its place is not known.'],
    });
  });

  test('what Base64 encodes is kept beside it', () => {
    const { value } = evaluate("{Fn::Base64: !Sub 'password=${Orchard}'}");
    expect(value.kind === 'unknown' && value.encoded && toPlain(value.encoded)).toBe('password={Orchard}');
  });

  test('a document in Fn::Sub has the places of its pieces', () => {
    const { value } = evaluate('!Sub |\n        {\n          "a": "${Orchard}",\n          "b": [1]\n        }');
    const layout = value.kind === 'unknown' ? value.layout : undefined;
    const shown = layout?.segments.map(
      ({ at, start }) => `${at}: ${showRange({ file: layout.file, start, end: start + 1 })}`,
    );
    expect(shown).toEqual([
      '0: main.yaml:16:9-16:10',
      '2: main.yaml:17:9-17:10',
      '10: main.yaml:17:17-17:18',
      '11: main.yaml:17:27-17:28',
      '14: main.yaml:18:9-18:10',
      '25: main.yaml:19:9-19:10',
    ]);
  });

  test('an alias stands where it is written and leads to its anchor', () => {
    const { value } = evaluateTemplates(`Resources:
  A: {Type: Custom::Row, Properties: {Fruit: &fruit {Kind: pear}, Tags: &tags {Name: x}}}
  B:
    Type: Custom::Row
    Properties:
      Fruit: *fruit
      Tags:
        <<: *tags
`);
    expect(showOrigin(value('B.Fruit.Kind').origin)).toEqual([
      'alias main.yaml:6:14-6:20',
      'written main.yaml:2:60-2:64',
    ]);
    expect(showOrigin(value('B.Tags.Name').origin)).toEqual([
      'alias main.yaml:8:9-8:18',
      'written main.yaml:2:86-2:87',
    ]);
  });

  test('JSON gives the same as YAML', () => {
    const { resources, diagnostics } = evaluateTemplates({
      'main.json': JSON.stringify({
        Parameters: { Keep: { Type: 'Number', Default: 30 } },
        Resources: {
          Logs: {
            Type: 'AWS::Logs::LogGroup',
            Properties: { LogGroupName: { 'Fn::Sub': 'orchard-${Keep}' }, RetentionInDays: { Ref: 'Keep' } },
          },
        },
      }),
    });
    expect(diagnostics).toEqual([]);
    expect(resources).toEqual({ Logs: { LogGroupName: 'orchard-30', RetentionInDays: 30 } });
  });
});
