import { describe, expect, test } from 'vitest';
import { parseOverrides } from '../../src/evaluate/cloudformation/parameters/overrides.js';
import { readParameterFile } from '../../src/evaluate/cloudformation/parameters/read-parameters.js';
import { parseToml, type TomlNode } from '../../src/evaluate/cloudformation/parameters/toml.js';
import type { CloudFormationInput } from '../../src/evaluate/cloudformation/result.js';
import { showOrigin } from '../support/evaluate-files.js';
import { evaluateTemplates } from '../support/evaluate-templates.js';

const ROW = 'Resources: {Row: {Type: Custom::Row, Properties: {P: !Ref Fruit, Q: !Ref Crates}}}\n';

/** The values that a text gives, read as a file of this name. */
function read(path: string, text: string): unknown {
  const values = readParameterFile({ path, text });
  return values && Object.fromEntries([...values].map(([name, { value }]) => [name, value]));
}

function given(path: string, text: string): NonNullable<CloudFormationInput['parameters']> {
  const values = readParameterFile({ path, text });
  if (values === undefined) throw new Error('no parameter file');
  return values;
}

describe('parameters', () => {
  test('are split into lists, kept as text, and converted by the property', () => {
    const { resources, diagnostics } = evaluateTemplates(`Parameters:
  Fruit: {Type: Number, Default: 030}
  Crates: {Type: CommaDelimitedList, Default: 'a, b,c'}
Resources:
  Logs: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: !Ref Fruit, LogGroupName: !Ref Fruit}}
  Row: {Type: Custom::Row, Properties: {P: !Ref Fruit, Q: !Ref Crates}}
`);
    expect(diagnostics).toEqual([]);
    expect(resources).toEqual({
      Logs: { RetentionInDays: 24, LogGroupName: '24' },
      Row: { P: '24', Q: ['a', 'b', 'c'] },
    });
  });

  test('of SSM have the name of a parameter for a default, never its value', () => {
    const { resources } = evaluateTemplates(`Parameters:
  Fruit: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /orchard/fruit}
  Crates: {Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: /orchard/crates}
${ROW}`);
    expect(resources).toEqual({ Row: { P: '?data-source ssm:/orchard/fruit', Q: ['...data-source'] } });
  });

  test('that are not echoed are secret wherever they are written', () => {
    const { result, value } = evaluateTemplates(`Parameters:
  Fruit: {Type: String, NoEcho: true, Default: quincequince}
  Crates: {Type: String, NoEcho: true}
${ROW}`);
    expect(value('Row.P')).toMatchObject({ kind: 'string', sensitive: true });
    expect(value('Row.Q')).toMatchObject({ kind: 'unknown', reason: 'variable-without-value', sensitive: true });
    expect(result.secrets.texts).toEqual(['quincequince']);
    expect(result.secrets.ranges.map(({ file, start, end }) => file.text.slice(start, end))).toEqual(['quincequince']);
  });

  test('whose values their declarations refuse are used with a warning', () => {
    const { diagnostics, resources } = evaluateTemplates(`Parameters:
  Fruit: {Type: String, Default: fig, AllowedValues: [pear, plum]}
  Crates: {Type: Number, Default: x}
  Many: {Type: Number, Default: 9, MaxValue: 5}
  Long: {Type: String, Default: abc, MaxLength: 2}
  Form: {Type: String, Default: abc, AllowedPattern: '[0-9]+'}
  Odd: {Type: String, Default: abc, AllowedPattern: '(?<=a)('}
  Hidden: {Type: String, NoEcho: true, Default: abc, MinLength: 8}
Resources: {Row: {Type: Custom::Row, Properties: {P: [!Ref Fruit, !Ref Crates, !Ref Many, !Ref Long, !Ref Form, !Ref Odd, !Ref Hidden]}}}
`);
    expect(resources).toEqual({ Row: { P: ['fig', 'x', '9', 'abc', 'abc', 'abc', 'abc'] } });
    expect(diagnostics).toEqual([
      'cfn-parameter-value main.yaml:2:3-2:8 The value "fig" of the parameter "Fruit" is none of the allowed ones.',
      'cfn-parameter-value main.yaml:3:3-3:9 The value "x" of the parameter "Crates" is no number.',
      'cfn-parameter-value main.yaml:4:3-4:7 The value "9" of the parameter "Many" is out of its range.',
      'cfn-parameter-value main.yaml:5:3-5:7 The value "abc" of the parameter "Long" has another length than is allowed.',
      'cfn-parameter-value main.yaml:6:3-6:7 The value "abc" of the parameter "Form" does not match its pattern.',
      'cfn-parameter-value main.yaml:8:3-8:9 The value of the parameter "Hidden" has another length than is allowed.',
    ]);
  });

  test('are closed by a rule without a condition', () => {
    const { value } = evaluateTemplates(`Parameters: {Fruit: {Type: String}, Crates: {Type: String}}
Rules:
  Known: {Assertions: [{Assert: {Fn::Contains: [[pear, plum], !Ref Fruit]}}]}
  Sometimes: {RuleCondition: !Equals [!Ref Fruit, pear], Assertions: [{Assert: {Fn::Contains: [[a], !Ref Crates]}}]}
${ROW}`);
    expect(value('Row.P')).toMatchObject({ alternatives: [{ value: 'pear' }, { value: 'plum' }] });
    expect(value('Row.Q')).toMatchObject({ alternatives: undefined, notNull: true });
  });

  test('without a value are listed with the place of their declaration', () => {
    const { result } = evaluateTemplates(
      `Parameters: {Fruit: {Type: String}, Crates: {Type: String, Default: a}}\n${ROW}`,
    );
    expect(result.roots).toMatchObject([
      {
        root: 'main.yaml',
        file: 'main.yaml',
        kind: 'deployment',
        declaredParameters: ['Crates', 'Fruit'],
        parametersWithoutValue: [{ name: 'Fruit', range: { start: 13, end: 18 } }],
        templates: ['main.yaml'],
        valueFiles: [],
        notInstantiated: 0,
      },
    ]);
  });
});

describe('pseudo parameters', () => {
  const P = (expression: string) => `Resources: {Row: {Type: Custom::Row, Properties: {P: ${expression}}}}\n`;

  test('the partition is assumed, and said to be', () => {
    const { value } = evaluateTemplates(P("!Sub 'arn:${AWS::Partition}:iam::aws:policy/X'"));
    expect(value('Row.P')).toMatchObject({ value: 'arn:aws:iam::aws:policy/X' });
    expect(showOrigin(value('Row.P').origin)).toEqual([
      'written main.yaml:1:59-1:100',
      'assumed-default main.yaml:1:59-1:100',
      'assumed-default main.yaml:1:1-1:1',
    ]);
    expect(evaluateTemplates(P("!Ref 'AWS::Partition'")).value('Row.P').origin?.step).toBe('assumed-default');
  });

  test('a template that names regions of other partitions is for all of them', () => {
    const { value } = evaluateTemplates(
      `Mappings: {Images: {cn-north-1: {a: b}}}\n${P("!Sub '${AWS::Partition} ${AWS::URLSuffix}'")}`,
    );
    expect(value('Row.P')).toMatchObject({
      reason: 'provider-configuration',
      subject: 'AWS::Partition',
      alternatives: [{ value: 'aws amazonaws.com' }, { value: 'aws-cn amazonaws.com.cn' }],
    });
  });

  test('what CDK adds to every template names regions for nothing', () => {
    const { value } = evaluateTemplates(
      `Conditions: {CDKMetadataAvailable: !Equals [!Ref 'AWS::Region', cn-north-1]}\n${P("!Ref 'AWS::Partition'")}`,
    );
    expect(value('Row.P')).toMatchObject({ value: 'aws' });
  });

  test('what the configuration says of a root is known in it', () => {
    const { resources, result } = evaluateTemplates(
      P("!Sub '${AWS::Partition} ${AWS::Region} ${AWS::AccountId} ${AWS::StackName}'"),
      {
        namedRoots: [
          {
            path: 'main.yaml',
            name: 'north',
            parameters: new Map(),
            region: 'cn-north-1',
            account: '111122223333',
            stackName: 'orchard',
          },
        ],
      },
    );
    expect(resources).toEqual({ Row: { P: 'aws-cn cn-north-1 111122223333 orchard' } });
    expect(result.resources[0]).toMatchObject({
      root: 'main.yaml#north',
      scope: { account: { value: '111122223333' }, region: { value: 'cn-north-1' }, partition: { value: 'aws-cn' } },
    });
  });
});

describe('parameter files', () => {
  test.each([
    [
      'a.json',
      '[{"ParameterKey": "A", "ParameterValue": "1"}, {"ParameterKey": "B", "UsePreviousValue": true}]',
      { A: '1' },
    ],
    ['a.json', '{"Parameters": {"A": 1, "B": ["x", "y"]}, "Tags": {"C": "2"}}', { A: '1', B: ['x', 'y'] }],
    ['a.json', '{"Parameters": [{"ParameterKey": "A", "ParameterValue": "1"}]}', { A: '1' }],
    ['a.yaml', 'A: 010\nB: yes\n', { A: '8', B: 'true' }],
    ['a.json', '["A=1", "B=x y"]', { A: '1', B: 'x' }],
    ['a.yaml', 'template-file-path: ./x.yaml\nparameters: {A: b}\n', { A: 'b' }],
    [
      'samconfig.toml',
      'version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "A=1 B=\\"x y\\""\n',
      { A: '1', B: 'x y' },
    ],
    [
      'samconfig.yaml',
      'version: 0.1\ndefault: {deploy: {parameters: {parameter_overrides: [A=1, B=2]}}}\n',
      { A: '1', B: '2' },
    ],
    ['a.yaml', 'Resources: {A: {Type: x}}\n', undefined],
    ['a.json', '{"compilerOptions": {"target": "ES2022"}}', undefined],
    ['a.json', '{', undefined],
    ['a.toml', 'not toml', undefined],
  ])('%s %s', (path, text, expected) => {
    expect(read(path, text)).toEqual(expected);
  });

  test.each([
    ['A=1 B=2', { A: '1', B: '2' }],
    ['A="v w" B=\'x y\' C=', { A: 'v w', B: 'x y', C: '' }],
    ['"A=v w" ParameterKey=B,ParameterValue=x,y', { A: 'v w', B: 'x,y' }],
    ['ParameterKey=A,ParameterValue="a b"', { A: 'a b' }],
    ['A="say \\"no\\"" noise =1', { A: 'say "no"' }],
  ])('%s', (text, expected) => {
    const overrides = parseOverrides(text);
    expect(Object.fromEntries(overrides.map(({ name, value }) => [name, value]))).toEqual(expected);
  });

  test('flags come before the configuration, that before samconfig, that before the default', () => {
    const template = `Parameters:
  A: {Type: String, Default: default}
  B: {Type: String, Default: default}
  C: {Type: String, Default: default}
  D: {Type: String, Default: default}
Resources: {Row: {Type: Custom::Row, Properties: {P: [!Ref A, !Ref B, !Ref C, !Ref D, !Ref AWS::Region, !Ref AWS::StackName]}}}
`;
    const samconfig = `version = 0.1
[default.global.parameters]
stack_name = "orchard"
[default.deploy.parameters]
region = "eu-west-1"
parameter_overrides = "A=sam B=sam C=sam"
[prod.deploy.parameters]
parameter_overrides = "A=prod"
`;
    const { resources, value, result, diagnostics } = evaluateTemplates(
      { 'app/template.yaml': template, 'app/samconfig.toml': samconfig },
      {
        templates: ['app/template.yaml'],
        namedRoots: [{ path: 'app/template.yaml', parameters: given('roots.json', '{"A": "root", "B": "root"}') }],
        parameters: given('flag.json', '{"A": "flag"}'),
      },
    );
    expect(resources).toEqual({ Row: { P: ['flag', 'root', 'sam', 'default', 'eu-west-1', 'orchard'] } });
    expect(showOrigin(value('Row.P.2').origin)).toEqual([
      'parameter app/template.yaml:6:76-6:77',
      'parameter-file app/samconfig.toml:6:38-6:41',
    ]);
    expect(result.roots).toMatchObject([
      { root: 'app/template.yaml', valueFiles: ['app/samconfig.toml', 'roots.json'] },
    ]);
    expect(diagnostics).toEqual([
      'cfn-parameter-file-not-used app/samconfig.toml "app/samconfig.toml" has further environments ("prod"), of which none is used: give --parameters, or list them under "roots" in trueline.yaml.',
    ]);
  });

  test('samconfig is for the template that it names', () => {
    const template = `Parameters: {Fruit: {Type: String}, Crates: {Type: String}}\n${ROW}`;
    const { resources } = evaluateTemplates(
      {
        'other.yaml': template,
        'template.yaml': template,
        'samconfig.yaml':
          'version: 0.1\ndefault: {deploy: {parameters: {template_file: other.yaml, parameter_overrides: {Fruit: fig, Crates: a}}}}\n',
      },
      { templates: ['other.yaml', 'template.yaml'] },
    );
    expect(resources).toEqual({ Row: { P: '?variable-without-value Fruit', Q: '?variable-without-value Crates' } });
  });

  test('a deployment file of Git sync is a root by its own name, in place of its template', () => {
    const { result, value } = evaluateTemplates(
      {
        'stacks/orchard.yaml': `Parameters: {Fruit: {Type: String}, Crates: {Type: String}}\n${ROW}`,
        'deployments/north.yaml':
          'template-file-path: ./stacks/orchard.yaml\nparameters: {Fruit: pear, Crates: a}\ntags: {Fruit: x}\n',
        'deployments/gone.yaml': 'template-file-path: ../../stacks/orchard.yaml\n',
      },
      { templates: ['stacks/orchard.yaml'], deploymentFiles: ['deployments/north.yaml', 'deployments/gone.yaml'] },
    );
    expect(result.roots.map(({ root, file, templates }) => [root, file, templates])).toEqual([
      ['deployments/north.yaml', 'stacks/orchard.yaml', ['stacks/orchard.yaml']],
    ]);
    expect(showOrigin(value('Row.P').origin)).toEqual([
      'parameter stacks/orchard.yaml:2:59-2:64',
      'parameter-file deployments/north.yaml:2:21-2:25',
    ]);
  });

  test('files that nobody loads are named once for a folder', () => {
    const { diagnostics } = evaluateTemplates(
      {
        'app/main.yaml': `Parameters: {Fruit: {Type: String}, Crates: {Type: String}}\n${ROW}`,
        'app/dev.json': '[{"ParameterKey": "Fruit", "ParameterValue": "pear"}]',
        'app/prod.yaml': 'Fruit: plum\nCrates: b\n',
        'app/package.json': '{"name": "orchard", "version": "1.0.0"}',
        'app/notes.yaml': 'Fruit: x\nA: b\nC: d\nE: f\n',
        'other/dev.json': '[{"ParameterKey": "Fruit", "ParameterValue": "pear"}]',
      },
      { templates: ['app/main.yaml'] },
    );
    expect(diagnostics).toEqual([
      'cfn-parameter-file-not-used app 2 parameter files (first: "app/dev.json") are not loaded by themselves: give --parameters, or list them under "roots" in trueline.yaml.',
    ]);
  });
});

describe('TOML', () => {
  const plain = (node: TomlNode | undefined): unknown => {
    if (node === undefined) return undefined;
    if (node.kind === 'table') return Object.fromEntries([...node.entries].map(([key, one]) => [key, plain(one)]));
    if (node.kind === 'array') return node.items.map(plain);
    return node.kind === 'string' ? node.value : { text: node.text };
  };

  test.each([
    ['a = 1 # one\n"b c".d = true\n', { a: { text: '1' }, 'b c': { d: { text: 'true' } } }],
    ['[a.b]\nc = "x\\ty\\u00e9\\\\"\n[a]\nd = \'\\raw\'\n', { a: { b: { c: 'x\tyé\\' }, d: '\\raw' } }],
    ["a = \"\"\"\none \\\n   two\"\"\"\nb = '''x'y'''\n", { a: 'one two', b: "x'y" }],
    [
      'a = [1, # one\n "b",\n]\nb = {c = 1, d.e = []}\n',
      { a: [{ text: '1' }, 'b'], b: { c: { text: '1' }, d: { e: [] } } },
    ],
    ['[[a]]\nb = 1\n[[a]]\nb = 2\n', { a: [{ b: { text: '1' } }, { b: { text: '2' } }] }],
    ['a = 2024-01-02 03:04:05\r\n', { a: { text: '2024-01-02 03:04:05' } }],
    ['\ufeff\n', {}],
    ['a = 1\na = 2\n', undefined],
    ['a = "x\n', undefined],
    ['a = [1\n', undefined],
    ['= 1', undefined],
    [`a = ${'['.repeat(200)}`, undefined],
  ])('%j', (text, expected) => {
    expect(plain(parseToml(text))).toEqual(expected);
  });
});
