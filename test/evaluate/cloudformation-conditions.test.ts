import { describe, expect, test } from 'vitest';
import type { Value } from '../../src/model/value.js';
import { evaluateTemplates } from '../support/evaluate-templates.js';
import { toPlain } from '../support/raw-resource.js';

const PARAMETERS = `Parameters:
  Env: {Type: String, AllowedValues: [dev, test, prod]}
  Size: {Type: String, AllowedValues: [s, l]}
  Fruit: {Type: String}
  Other: {Type: String}
`;

function alternatives(value: Value | undefined): unknown {
  if (value?.kind !== 'unknown') return value === undefined ? 'absent' : toPlain(value);
  return value.alternatives?.map((one) => (one.kind === 'absent' ? 'absent' : toPlain(one))) ?? toPlain(value);
}

/** What a property can be, with these conditions. */
function possible(conditions: string, expression: string, condition = ''): unknown {
  const { result } = evaluateTemplates(`${PARAMETERS}Conditions: {${conditions}}
Resources: {Row: {Type: Custom::Row, ${condition === '' ? '' : `Condition: ${condition}, `}Properties: {P: ${expression}}}}
`);
  return alternatives(result.resources[0]?.values.entries.get('P'));
}

/** Whether a resource with this condition is there. */
function existence(conditions: string, condition: string): unknown {
  const { result } = evaluateTemplates(`${PARAMETERS}Conditions: {${conditions}}
Resources: {Row: {Type: Custom::Row, Condition: ${condition}}}
`);
  const [resource] = result.resources;
  return resource === undefined ? `none, ${result.roots[0]?.notInstantiated} left out` : resource.existence;
}

describe('what depends on a condition', () => {
  test.each([
    ['P: !Equals [!Ref Env, prod]', '!If [P, a, b]', ['a', 'b']],
    // A condition says what its parameter is, in its branches and in those of what it implies.
    ['P: !Equals [!Ref Env, prod]', '!If [P, !Ref Env, x]', ['prod', 'x']],
    ['P: !Equals [!Ref Env, prod]', '!If [P, x, !Ref Env]', ['x', 'dev', 'test']],
    [
      'P: !Equals [!Ref Env, prod], Q: !Not [!Condition P]',
      '!If [Q, !If [P, never, a], !If [P, b, never]]',
      ['a', 'b'],
    ],
    ['P: !Equals [!Ref Env, prod], Q: !Equals [!Ref Env, dev]', '!If [P, !If [Q, never, a], b]', ['a', 'b']],
    ['P: !Or [!Equals [!Ref Env, prod], !Equals [!Ref Env, dev]]', '!If [P, !Ref Env, x]', ['dev', 'prod', 'x']],
    ['P: !And [!Equals [!Ref Env, prod], !Equals [!Ref Size, l]]', '!If [P, !Sub "${Env}${Size}", x]', ['prodl', 'x']],
    ['P: !Equals [!Ref Fruit, pear]', '!If [P, !Ref Fruit, x]', ['pear', 'x']],
    ['P: !Equals [!Sub "a-${Fruit}", a-pear]', '!If [P, !Ref Fruit, x]', ['pear', 'x']],
    ['P: !Equals [!Ref Fruit, !Ref Fruit]', '!If [P, a, b]', 'a'],
    ['P: !Equals [!Ref Fruit, !Ref Other]', '!If [P, a, b]', ['a', 'b']],
    ['P: !Equals [!Sub "x${Fruit}", y]', '!If [P, a, b]', 'b'],
    [
      'P: !Equals [1, "1"], Q: !Equals [true, "true"], R: !Equals [a, A]',
      '[!If [P, a, b], !If [Q, a, b], !If [R, a, b]]',
      ['a', 'a', 'b'],
    ],
    // Equal alternatives are one.
    ['P: !Equals [!Ref Fruit, pear]', '!If [P, same, same]', 'same'],
    ['P: !Equals [!Ref Fruit, pear]', '!Join ["-", [!If [P, a, b], !If [P, c, d]]]', ['a-c', 'b-d']],
    ['P: !Equals [!Ref Env, prod]', '!Join ["-", [!Ref Env, !Ref Env]]', ['dev-dev', 'test-test', 'prod-prod']],
    ['P: !Equals [a, a]', '!If [P, !Ref "AWS::NoValue", x]', 'absent'],
  ])('%s: %s', (conditions, expression, expected) => {
    expect(possible(conditions, expression)).toEqual(expected);
  });

  test('is assumed in a resource that has the condition', () => {
    expect(possible('P: !Equals [!Ref Env, prod]', '[!Ref Env, !If [P, a, b]]', 'P')).toEqual(['prod', 'a']);
    expect(possible('P: !Not [!Equals [!Ref Env, prod]]', '!Ref Env', 'P')).toEqual(['dev', 'test']);
    expect(
      possible(
        'P: !Or [!Equals [!Ref Env, prod], !Equals [!Ref Size, l]], Q: !Equals [!Ref Env, dev]',
        '!If [Q, !Ref Size, x]',
        'P',
      ),
    ).toEqual(['l', 'x']);
  });

  test('more alternatives than a value keeps leave what they share', () => {
    const { value } = evaluateTemplates(`Parameters: {Row: {Type: String, AllowedValues: [n1, n2, n3, n4, n5]}}
Resources: {Row: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub 'row-\${Row}-pears'}}}
`);
    expect(value('Row.BucketName')).toMatchObject({
      kind: 'unknown',
      type: { kind: 'string' },
      notNull: true,
      reason: 'variable-without-value',
      subject: 'Row',
      alternatives: undefined,
    });
    expect(toPlain(value('Row.BucketName'))).toBe('row-n{Row}-pears');
  });

  test('more combinations than are told apart leave the known parts', () => {
    const names = ['A', 'B', 'C', 'D', 'E'];
    const { value } =
      evaluateTemplates(`Parameters: {${names.map((name) => `${name}: {Type: String, AllowedValues: [x${name}, y${name}]}`).join(', ')}}
Resources: {Row: {Type: Custom::Row, Properties: {P: !Join ['-', [start, ${names.map((name) => `!Ref ${name}`).join(', ')}, end]]}}}
`);
    expect(toPlain(value('Row.P'))).toBe('start-{A}A-{B}B-{C}C-{D}D-{E}E-end');
  });

  test('elements under a condition are perhaps there', () => {
    const { value, resources } =
      evaluateTemplates(`${PARAMETERS}Conditions: {P: !Equals [!Ref Fruit, pear], Q: !Equals [!Ref Size, l]}
Resources:
  Row:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: '22', CidrIp: 0.0.0.0/0}
        - !If [P, {IpProtocol: tcp, FromPort: 80, CidrIp: 10.0.0.0/8}, !Ref AWS::NoValue]
        - !If [P, {IpProtocol: tcp, ToPort: !If [Q, 1, 2]}, {IpProtocol: udp}]
`);
    expect(value('Row.SecurityGroupIngress')).toMatchObject({
      existenceCause: { reason: 'uncertain-existence', subject: 'P' },
    });
    expect(resources).toEqual({
      Row: {
        GroupDescription: 'x',
        SecurityGroupIngress: [
          { IpProtocol: 'tcp', FromPort: 22, CidrIp: '0.0.0.0/0' },
          { perhaps: { IpProtocol: 'tcp', FromPort: 80, CidrIp: '10.0.0.0/8' } },
          '?variable-without-value Fruit',
        ],
      },
    });
  });

  test('an open map is looked up in every way', () => {
    const { value } = evaluateTemplates(`Mappings:
  Images:
    eu-west-1: {x86: ami-1, arm: ami-2}
    eu-north-1: {x86: ami-3, arm: ami-2}
Parameters: {Kind: {Type: String, AllowedValues: [x86, arm]}}
Conditions: {North: !Equals [!Ref AWS::Region, eu-north-1], South: !Equals [!Ref AWS::Region, sa-east-1]}
Resources:
  Row:
    Type: Custom::Row
    Properties:
      A: !FindInMap [Images, !Ref AWS::Region, arm]
      B: !FindInMap [Images, !Ref AWS::Region, x86]
      C: !If [North, !FindInMap [Images, !Ref AWS::Region, x86], none]
      D: !FindInMap [Images, eu-west-1, !Ref Kind]
      E: !FindInMap [Images, !Sub 'eu-\${AWS::AccountId}-1', arm]
`);
    expect(['A', 'B', 'C', 'D', 'E'].map((name) => alternatives(value(`Row.${name}`)))).toEqual([
      'ami-2',
      ['ami-1', 'ami-3'],
      ['ami-3', 'none'],
      ['ami-1', 'ami-2'],
      'ami-2',
    ]);
    expect(value('Row.B')).toMatchObject({ reason: 'provider-configuration', subject: 'AWS::Region' });
  });

  test('all properties under a condition are read one by one', () => {
    const { value, diagnostics } = evaluateTemplates(`${PARAMETERS}Conditions: {P: !Equals [!Ref Fruit, pear]}
Resources:
  Row: {Type: Custom::Row, Properties: !If [P, {A: 1, B: x}, {A: 1, C: y}]}
`);
    expect(['A', 'B', 'C'].map((name) => alternatives(value(`Row.${name}`)))).toEqual([
      1,
      ['x', 'absent'],
      ['absent', 'y'],
    ]);
    expect(diagnostics).toEqual([
      'cfn-invalid-intrinsic main.yaml:8:44-8:75 A function cannot stand for all properties.',
    ]);
  });
});

describe('whether a resource is there', () => {
  test.each([
    ['P: !Equals [a, a]', { kind: 'certain' }],
    ['P: !Equals [a, b]', 'none, 1 left out'],
    ['Q: !Equals [!Ref Fruit, a], P: !And [!Condition Q, !Not [!Condition Q]]', 'none, 1 left out'],
    ['Q: !Equals [!Ref Fruit, a], P: !Or [!Condition Q, !Not [!Condition Q]]', { kind: 'certain' }],
    ['P: !Or [!Equals [!Ref Env, dev], !Equals [!Ref Env, test], !Equals [!Ref Env, prod]]', { kind: 'certain' }],
    ['P: !And [!Equals [!Ref Env, dev], !Equals [!Ref Env, test]]', 'none, 1 left out'],
    ['P: !Equals [!Ref Env, staging]', 'none, 1 left out'],
    ['P: !Equals [!FindInMap [M, !Ref Env, x], y]', { kind: 'unknown', reason: 'uncertain-existence', subject: 'P' }],
    ['P: !Equals [!Ref Fruit, a]', { kind: 'unknown', reason: 'uncertain-existence', subject: 'P', implies: [] }],
  ])('%s', (conditions, expected) => {
    const found = existence(conditions, 'P');
    if (typeof expected === 'string') expect(found).toBe(expected);
    else expect(found).toMatchObject(expected);
  });

  test('a condition that implies another is said to', () => {
    const { resource } = evaluateTemplates(`${PARAMETERS}Conditions:
  Prod: !Equals [!Ref Env, prod]
  Large: !And [!Condition Prod, !Equals [!Ref Size, l]]
  NotDev: !Not [!Equals [!Ref Env, dev]]
  Same: !Not [!Not [!Condition Prod]]
Resources:
  A: {Type: AWS::S3::Bucket, Condition: Prod}
  B: {Type: AWS::S3::Bucket, Condition: Large}
  C: {Type: AWS::S3::Bucket, Condition: NotDev}
  D: {Type: AWS::S3::Bucket, Condition: Same}
`);
    const of = (address: string) => {
      const { existence } = resource(address);
      return existence.kind === 'unknown' ? existence : undefined;
    };
    const condition = (address: string) => of(address)?.condition;
    expect(condition('D')).toBe(condition('A'));
    expect(of('A')?.implies).toEqual([condition('C')]);
    expect(of('B')?.implies).toEqual([condition('A'), condition('C')]);
    expect(of('C')?.implies).toEqual([]);
  });

  test('a condition that is not declared may hold or not', () => {
    const { resource, diagnostics } = evaluateTemplates('Resources: {Row: {Type: Custom::Row, Condition: Nobody}}\n');
    expect(resource('Row').existence).toMatchObject({ kind: 'unknown', subject: 'Nobody' });
    expect(diagnostics).toEqual(['cfn-unknown-reference main.yaml:1:49-1:55 There is no condition "Nobody".']);
  });

  test('conditions in a circle may hold or not', () => {
    const { resource, diagnostics } = evaluateTemplates(`Conditions:
  A: !Not [!Condition B]
  B: !And [!Condition C, !Equals [a, a]]
  C: !Or [!Condition A, !Condition A]
  D: !Not [!Condition D]
Resources:
  Row: {Type: Custom::Row, Condition: A, Properties: {P: !If [D, 1, 2]}}
`);
    expect(resource('Row').existence).toMatchObject({ kind: 'unknown', subject: 'A' });
    expect(diagnostics).toEqual([
      'cfn-circular-condition main.yaml:2:3-2:4 Conditions refer to each other in a circle: "A", "B", "C".',
      'cfn-circular-condition main.yaml:5:3-5:4 Conditions refer to each other in a circle: "D".',
    ]);
  });

  test('a circle is told also where nothing asks for it', () => {
    const { diagnostics } = evaluateTemplates(`Conditions:
  A: !Not [!Condition B]
  B: !Not [!Condition A]
Resources:
  Row: {Type: Custom::Row}
`);
    expect(diagnostics).toEqual([
      'cfn-circular-condition main.yaml:2:3-2:4 Conditions refer to each other in a circle: "A", "B".',
    ]);
  });

  test('what is no condition may hold or not', () => {
    const { diagnostics } = evaluateTemplates(`Conditions:
  A: true
  B: !Equals [a]
  C: !Not [!Equals [a, b], !Equals [a, b]]
  D: !And []
  E: !Ref x
  F: !Equals [!GetAtt Row.Arn, x]
Resources:
  Row: {Type: AWS::S3::Bucket, Properties: {Tags: [!If [A, 1, 2], !If [B, 1, 2], !If [C, 1, 2], !If [D, 1, 2], !If [E, 1, 2], !If [F, 1, 2]]}}
`);
    expect(diagnostics.slice(0, 5)).toEqual([
      'cfn-invalid-intrinsic main.yaml:2:6-2:10 "Conditions" is not what a condition can be made of.',
      'cfn-invalid-intrinsic main.yaml:3:14-3:17 "Fn::Equals" is not what a condition can be made of.',
      'cfn-invalid-intrinsic main.yaml:4:11-4:43 "Fn::Not" is not what a condition can be made of.',
      'cfn-invalid-intrinsic main.yaml:5:11-5:13 "Fn::And" is not what a condition can be made of.',
      'cfn-invalid-intrinsic main.yaml:6:11-6:12 "Ref" is not what a condition can be made of.',
    ]);
  });
});
