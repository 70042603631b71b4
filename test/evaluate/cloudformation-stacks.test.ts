import { describe, expect, test } from 'vitest';
import { showOrigin, showRange } from '../support/evaluate-files.js';
import { type EvaluatedTemplates, evaluateTemplates } from '../support/evaluate-templates.js';
import { toPlain } from '../support/raw-resource.js';

const CHILD = `Parameters:
  Name: {Type: String, Default: plums}
  Rows: {Type: CommaDelimitedList, Default: a}
Conditions: {Pears: !Equals [!Ref Name, pears]}
Resources:
  Crates: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref Name, Tags: !If [Pears, [], !Ref AWS::NoValue]}}
  Extra: {Type: AWS::SNS::Topic, Condition: Pears, Properties: {TopicName: !Join ['-', !Ref Rows]}}
Outputs:
  Arn: {Value: !GetAtt Crates.Arn}
  Stack: {Value: !Ref AWS::StackName}
`;

function rootsOf({ result }: EvaluatedTemplates): unknown {
  return result.roots.map(({ root, kind, templates }) => [root, kind, ...templates]);
}

describe('nested stacks', () => {
  test('with a local template are evaluated with what they are given', () => {
    const evaluated = evaluateTemplates({
      'app/main.yaml': `Parameters: {Fruit: {Type: String, AllowedValues: [pears, figs]}}
Resources:
  Store:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./nested/store.yaml
      Parameters: {Name: !Ref Fruit, Rows: !Join [',', [x, y]]}
  Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Select [5, !Split [':', !GetAtt Store.Outputs.Arn]]}}
  Row: {Type: Custom::Row, Properties: {A: !GetAtt Store.Outputs.Stack, B: !GetAtt Store.Outputs.Gone, C: !Ref Store}}
`,
      'app/nested/store.yaml': CHILD,
    });
    expect(rootsOf(evaluated)).toEqual([['app/main.yaml', 'deployment', 'app/main.yaml', 'app/nested/store.yaml']]);
    expect(Object.keys(evaluated.resources)).toEqual(['Policy', 'Row', 'Store', 'Store/Crates', 'Store/Extra?']);
    const name = evaluated.value('Store/Crates.BucketName');
    expect(name.kind === 'unknown' && name.alternatives?.map((one) => one.kind === 'string' && one.value)).toEqual([
      'pears',
      'figs',
    ]);
    expect(evaluated.resources['Store/Extra?']).toEqual({ TopicName: 'x-y' });
    expect(evaluated.resource('Store/Extra').existence).toMatchObject({ subject: 'Pears' });
    expect(evaluated.resource('Store/Extra').calls.map(({ name: call, range }) => [call, showRange(range)])).toEqual([
      ['Store', 'app/main.yaml:3:3-3:8'],
    ]);
    expect(toPlain(evaluated.value('Row.A'))).toBe('{AWS::StackName}-Store-{Store.Ref}');
    expect(evaluated.diagnostics).toEqual([
      'cfn-unknown-reference app/main.yaml:9:84-9:102 The nested stack "Store" has no output "Gone".',
    ]);
  });

  test('lead from an output back to what the parent passed', () => {
    const { value } = evaluateTemplates({
      'main.yaml': `Parameters: {Fruit: {Type: String, Default: pears}}
Resources:
  Store: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: store.yaml, Parameters: {Name: !Ref Fruit}}}
  Row: {Type: Custom::Row, Properties: {A: !GetAtt Store.Outputs.Name}}
`,
      'store.yaml':
        'Parameters: {Name: {Type: String}}\nResources: {A: {Type: AWS::SNS::Topic}}\nOutputs: {Name: {Value: !Ref Name}}\n',
    });
    expect(showOrigin(value('Row.A').origin)).toEqual([
      'resource main.yaml:4:52-4:70',
      'output store.yaml:3:11-3:15',
      'parameter store.yaml:3:30-3:34',
      'argument main.yaml:3:96-3:112',
      'parameter main.yaml:3:107-3:112',
      'variable-default main.yaml:1:45-1:50',
    ]);
  });

  test('what the parent does not give has its default; what is not there is not instantiated', () => {
    const evaluated = evaluateTemplates({
      'main.yaml': `Parameters: {Env: {Type: String, Default: dev}}
Conditions: {Prod: !Equals [!Ref Env, prod]}
Resources:
  Store: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: store.yaml, Parameters: {Name: !If [Prod, x, !Ref AWS::NoValue]}}}
  Other: {Type: AWS::CloudFormation::Stack, Condition: Prod, Properties: {TemplateURL: store.yaml}}
`,
      'store.yaml': CHILD,
    });
    expect(evaluated.resources['Store/Crates']).toEqual({ BucketName: 'plums' });
    expect(evaluated.result.roots).toMatchObject([{ notInstantiated: 2 }]);
  });

  test('by an address are found where its end names one template of the project', () => {
    const main = (url: string, parameters: string) => `Parameters: {Base: {Type: String}}
Resources:
  Store: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${url}, Parameters: ${parameters}}}
`;
    const files = { 'templates/store.yaml': CHILD, 'old/templates/shed.yaml': CHILD, 'templates/shed.yaml': CHILD };
    const evaluate = (url: string, parameters: string) =>
      evaluateTemplates({ 'main.yaml': main(url, parameters), ...files });
    const found = evaluate("!Sub 'https://s3.amazonaws.com/${Base}/v1/templates/store.yaml'", '{Name: pears}');
    expect(Object.keys(found.resources)).toContain('Store/Crates');
    expect(found.resource('Store/Crates').calls).toMatchObject([{ name: 'Store', isAssumed: true }]);
    expect(found.diagnostics).toEqual([]);
    const others = [
      // It needs a parameter that there is none of.
      evaluate('https://x.s3.amazonaws.com/templates/store.yaml', '{Weight: 1}'),
      evaluate("!Sub '${Base}store.yaml'", '{Name: pears}'),
      evaluate('https://x.s3.amazonaws.com/shed.yaml', '{Name: pears}'),
    ];
    for (const other of others) expect(Object.keys(other.resources)).not.toContain('Store/Crates');
    expect(others.map(({ diagnostics }) => diagnostics)).toEqual([
      [
        'cfn-nested-not-read main.yaml:3:3-3:8 The template "templates/store.yaml" of the nested stack "Store" is not in the project.',
      ],
      [
        'cfn-nested-not-read main.yaml:3:3-3:8 The template "{Base}store.yaml" of the nested stack "Store" is not in the project.',
      ],
      [
        'cfn-nested-not-read main.yaml:3:3-3:8 The template "https://x.s3.amazonaws.com/shed.yaml" of the nested stack "Store" is not in the project.',
      ],
    ]);
  });

  test('that are not here are unread, with what flows into them', () => {
    const { result, value, diagnostics } = evaluateTemplates(`Resources:
  Crates: {Type: AWS::S3::Bucket}
  Store: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://s3.amazonaws.com/x/gone.yaml, Parameters: {Bucket: !Ref Crates}}}
  Shed: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./gone.yaml}}
  Beyond: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ../../../etc/passwd}}
  Absolute: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: /etc/passwd}}
  Module: {Type: Orchard::Row::Crates::MODULE, Properties: {Bucket: !Ref Crates}}
  Row: {Type: Custom::Row, Properties: {A: !GetAtt Store.Outputs.X, B: !GetAtt Module.Inner.Arn, C: !Ref Module}}
`);
    expect(
      result.unreadModules.map(({ address, source, arguments: given }) => [address, source, given.map(toPlain)]),
    ).toEqual([
      ['Absolute', '/etc/passwd', []],
      ['Beyond', '../../../etc/passwd', []],
      ['Module', 'Orchard::Row::Crates::MODULE', ['?computed-by-provider Crates.Ref']],
      ['Shed', './gone.yaml', []],
      ['Store', 'https://s3.amazonaws.com/x/gone.yaml', [{ Bucket: '?computed-by-provider Crates.Ref' }]],
    ]);
    expect(['A', 'B', 'C'].map((name) => toPlain(value(`Row.${name}`)))).toEqual([
      '?remote-module Store.Outputs.X',
      '?remote-module Module.Inner.Arn',
      '?remote-module Module.Ref',
    ]);
    expect(diagnostics).toEqual([
      'cfn-nested-not-read main.yaml:3:3-3:8 The template "https://s3.amazonaws.com/x/gone.yaml" of the nested stack "Store" is not in the project.',
      'cfn-nested-not-read main.yaml:4:3-4:7 The template "gone.yaml" of the nested stack "Shed" is not there.',
      'file-outside-root main.yaml:5:3-5:9 The template "../../../etc/passwd" of the nested stack "Beyond" lies outside the project and is not read.',
      'file-outside-root main.yaml:6:3-6:11 The template "/etc/passwd" of the nested stack "Absolute" lies outside the project and is not read.',
    ]);
  });

  test('of a stack set are in accounts and regions of their own', () => {
    const { resource, value } = evaluateTemplates({
      'main.yaml': `Resources:
  Crates: {Type: AWS::SNS::Topic}
  Everywhere:
    Type: AWS::CloudFormation::StackSet
    Properties:
      TemplateURL: store.yaml
      Parameters: [{ParameterKey: Name, ParameterValue: pears}, {ParameterKey: Rows, ParameterValue: a}]
`,
      'store.yaml': CHILD,
    });
    expect(value('Everywhere/Crates.BucketName')).toMatchObject({ kind: 'string', value: 'pears' });
    const [own, inner] = [resource('Crates').scope, resource('Everywhere/Crates').scope];
    expect(inner.configuration).not.toBe(own.configuration);
    expect(inner.account.kind === 'unknown' && inner.account.identity).not.toBe(
      own.account.kind === 'unknown' && own.account.identity,
    );
  });

  test('of a stack set may be written in it', () => {
    const body = `Parameters: {Name: {Type: String}}
Resources:
  Crates: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref Name}}
`;
    const set = (written: string) => `
    Type: AWS::CloudFormation::StackSet
    Properties:
      Parameters: [{ParameterKey: Name, ParameterValue: pears}]
      TemplateBody: ${written}
`;
    const json = JSON.stringify({
      Resources: { Jars: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'jars' } } },
    });
    const indented = body.replace(/^/gm, '        ');
    const { value, resources, diagnostics } = evaluateTemplates(
      `Resources:\n  Literal:${set(`|\n${indented}`)}  Quoted:${set(JSON.stringify(json))}  Made:${set(`!Sub '${json}'`)}  None:${set('5 pears')}`,
    );
    expect(Object.keys(resources)).toEqual(['Literal', 'Literal/Crates', 'Made', 'None', 'Quoted', 'Quoted/Jars']);
    const { kind, origin } = value('Literal/Crates.BucketName');
    expect([kind, showOrigin(origin)]).toEqual([
      'string',
      ['parameter main.yaml:9:73-9:77', 'argument main.yaml:5:20-5:63', 'written main.yaml:5:57-5:62'],
    ]);
    expect(showOrigin(value('Quoted/Jars.TopicName').origin)).toEqual(['written main.yaml:15:21-15:120']);
    expect(diagnostics).toEqual([
      'cfn-nested-not-read main.yaml:20:26-20:111 The template in "TemplateBody" of the stack set "Made" is not read: it is no template that is written there.',
      'cfn-nested-not-read main.yaml:25:21-25:28 The template in "TemplateBody" of the stack set "None" is not read: it is no template that is written there.',
    ]);
  });

  test('in a circle are evaluated once around', () => {
    const nest = (url: string) =>
      `Resources: {Next: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${url}}}, T: {Type: AWS::SNS::Topic}}\n`;
    const self = evaluateTemplates({ 'a.yaml': nest('a.yaml') });
    expect(rootsOf(self)).toEqual([['a.yaml', 'deployment', 'a.yaml']]);
    expect(self.diagnostics).toEqual([
      'cfn-nested-not-read a.yaml:1:13-1:17 The template "a.yaml" is nested in itself.',
    ]);
    const both = evaluateTemplates({ 'a.yaml': nest('b.yaml'), 'b.yaml': nest('a.yaml') });
    expect(rootsOf(both)).toEqual([['a.yaml', 'deployment', 'a.yaml', 'b.yaml']]);
    expect(both.diagnostics).toEqual([
      'cfn-nested-not-read b.yaml:1:13-1:17 The template "a.yaml" is nested in itself.',
    ]);
  });
});

describe('roots', () => {
  test('are the templates that no other nests, and those that the configuration names', () => {
    const nest = 'Resources: {A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ../store.yaml}}}\n';
    const files = {
      'app/main.yaml': nest,
      'store.yaml': CHILD,
      'alone.yaml': CHILD,
      'examples/main.yaml': nest,
      'examples/store.yaml': CHILD,
    };
    expect(rootsOf(evaluateTemplates(files))).toEqual([
      ['alone.yaml', 'deployment', 'alone.yaml'],
      ['app/main.yaml', 'deployment', 'app/main.yaml', 'store.yaml'],
      ['examples/main.yaml', 'example', 'examples/main.yaml', 'store.yaml'],
      ['examples/store.yaml', 'example', 'examples/store.yaml'],
    ]);
    const named = [
      { path: 'store.yaml', name: 'north', parameters: new Map() },
      { path: 'store.yaml', name: 'south', parameters: new Map() },
    ];
    expect(
      rootsOf(evaluateTemplates(files, { namedRoots: named, isAskedFor: (path) => path === 'store.yaml' })),
    ).toEqual([
      ['app/main.yaml', 'deployment', 'app/main.yaml', 'store.yaml'],
      ['examples/main.yaml', 'example', 'examples/main.yaml', 'store.yaml'],
      ['store.yaml#north', 'deployment', 'store.yaml'],
      ['store.yaml#south', 'deployment', 'store.yaml'],
    ]);
  });

  test('that only examples nest are roots all the same', () => {
    const nest = 'Resources: {A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ../store.yaml}}}\n';
    expect(rootsOf(evaluateTemplates({ 'examples/main.yaml': nest, 'store.yaml': CHILD }))).toEqual([
      ['examples/main.yaml', 'example', 'examples/main.yaml', 'store.yaml'],
      ['store.yaml', 'deployment', 'store.yaml'],
    ]);
  });
});

describe('imports', () => {
  const exporter = (name: string, value: string) =>
    `Parameters: {Env: {Type: String, Default: dev}}\nResources: {Crates: {Type: AWS::S3::Bucket}}\nOutputs: {Out: {Value: ${value}, Export: {Name: ${name}}}}\n`;
  const importer = (name: string) => `Resources: {Row: {Type: Custom::Row, Properties: {P: !ImportValue ${name}}}}\n`;

  test('of what one root exports are its value and refer to it', () => {
    const { value } = evaluateTemplates({
      'a.yaml': exporter("!Sub '${Env}-crates'", '!Ref Crates'),
      'b.yaml': importer('dev-crates'),
    });
    expect(value('Row.P')).toMatchObject({
      kind: 'unknown',
      reason: 'computed-by-provider',
      refersTo: [{ root: 'a.yaml', address: 'Crates', attribute: 'Ref' }],
    });
    expect(showOrigin(value('Row.P').origin)).toEqual([
      'import b.yaml:1:67-1:77',
      'output a.yaml:3:11-3:14',
      'resource a.yaml:3:29-3:35',
    ]);
  });

  test('of what several export have candidates; of what none does are unknown', () => {
    const two = evaluateTemplates({
      'a.yaml': exporter('crates', '!Ref Crates'),
      'c.yaml': exporter('crates', '!Ref Crates'),
      'b.yaml': importer('crates'),
    });
    expect(two.value('Row.P')).toMatchObject({
      reason: 'cross-stack-import',
      subject: 'crates',
      refersTo: [{ root: 'a.yaml' }, { root: 'c.yaml' }],
    });
    const none = evaluateTemplates({
      'a.yaml': exporter("!Sub '${AWS::StackName}-crates'", '!Ref Crates'),
      'b.yaml': importer('crates'),
    });
    expect(none.value('Row.P')).toMatchObject({ reason: 'cross-stack-import', subject: 'crates', refersTo: undefined });
  });

  test('that lead to each other end', () => {
    const { value } = evaluateTemplates({
      'a.yaml': exporter('one', '!ImportValue two'),
      'c.yaml': exporter('two', '!ImportValue one'),
      'b.yaml': importer('one'),
    });
    expect(value('Row.P')).toMatchObject({ kind: 'unknown', reason: 'invalid-expression' });
  });
});

describe('references', () => {
  test('to a resource are what it is called, and refer to it', () => {
    const { value } = evaluateTemplates(`Parameters: {Name: {Type: String, Default: ''}}
Conditions: {HasName: !Not [!Equals [!Ref Name, '']]}
Resources:
  Named: {Type: AWS::S3::Bucket, Properties: {BucketName: pears}}
  Unnamed: {Type: AWS::S3::Bucket}
  Perhaps: {Type: AWS::S3::Bucket, Properties: {BucketName: !If [HasName, !Ref Name, !Ref AWS::NoValue]}}
  Database: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceIdentifier: Pears}}
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: figs}}
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: picker, Path: /row/}}
  Row:
    Type: Custom::Row
    Properties:
      A: [!Ref Named, !Ref Unnamed, !Ref Perhaps, !Ref Database, !Ref Topic, !GetAtt Role.Arn]
`);
    expect(toPlain(value('Row.A'))).toEqual([
      'pears',
      '?computed-by-provider Unnamed.Ref',
      '?computed-by-provider Perhaps.Ref',
      'pears',
      'arn:aws:sns:{AWS::Region}:{AWS::AccountId}:figs',
      'arn:aws:iam::{AWS::AccountId}:role/row/picker',
    ]);
    expect([0, 1, 4, 5].map((index) => value(`Row.A.${index}`).refersTo)).toEqual([
      [{ root: 'main.yaml', address: 'Named', attribute: 'Ref' }],
      [{ root: 'main.yaml', address: 'Unnamed', attribute: 'Ref' }],
      [{ root: 'main.yaml', address: 'Topic', attribute: 'Ref' }],
      [{ root: 'main.yaml', address: 'Role', attribute: 'Arn' }],
    ]);
  });

  test('to a provider of identities are its ARN, in which a URL stands without its scheme', () => {
    const { value } = evaluateTemplates(`Parameters: {Issuer: {Type: String}, Host: {Type: String}}
Resources:
  Github: {Type: AWS::IAM::OIDCProvider, Properties: {Url: 'https://token.actions.githubusercontent.com'}}
  Hosted: {Type: AWS::IAM::OIDCProvider, Properties: {Url: !Sub 'https://\${Host}/bakery'}}
  Asked: {Type: AWS::IAM::OIDCProvider, Properties: {Url: !Ref Issuer}}
  People: {Type: AWS::IAM::SAMLProvider, Properties: {Name: bakers}}
  Row:
    Type: Custom::Row
    Properties:
      A: [!Ref Github, !GetAtt Github.Arn, !Ref Hosted, !Ref Asked, !Ref People, !GetAtt People.Arn]
`);
    expect(toPlain(value('Row.A'))).toEqual([
      'arn:aws:iam::{AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com',
      'arn:aws:iam::{AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com',
      'arn:aws:iam::{AWS::AccountId}:oidc-provider/{Host}/bakery',
      'arn:aws:iam::{AWS::AccountId}:oidc-provider/{Issuer}',
      'arn:aws:iam::{AWS::AccountId}:saml-provider/bakers',
      'arn:aws:iam::{AWS::AccountId}:saml-provider/bakers',
    ]);
  });

  test('in a circle are reported once for each ring, and all are judged', () => {
    const { diagnostics, resources } = evaluateTemplates(`Resources:
  A: {Type: AWS::S3::Bucket, Properties: {BucketName: !GetAtt B.Arn}}
  B: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref A}}
  C: {Type: AWS::SNS::Topic, DependsOn: D}
  D: {Type: AWS::SNS::Topic, DependsOn: [E]}
  E: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetAtt C.TopicName}}
  F: {Type: AWS::SNS::Topic, DependsOn: F}
  G: {Type: AWS::SNS::Topic, DependsOn: [A, C]}
`);
    expect(Object.keys(resources)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
    expect(diagnostics).toEqual([
      'cfn-circular-reference main.yaml:2:3-2:4 Resources depend on each other in a circle: "A", "B".',
      'cfn-circular-reference main.yaml:4:3-4:4 Resources depend on each other in a circle: "C", "D", "E".',
      'cfn-circular-reference main.yaml:7:3-7:4 The resource "F" depends on itself.',
    ]);
  });
});

describe('what a template has beside its resources', () => {
  test('a macro leaves open what is not written', () => {
    const { resources, diagnostics } = evaluateTemplates(`Transform: [AWS::SecretsManager-2020-07-23, Pruner]
Resources: {Crates: {Type: AWS::S3::Bucket, Properties: {BucketName: pears}}}
`);
    expect(resources).toEqual({ Crates: { BucketName: 'pears', '...': 'unsupported-intrinsic' } });
    expect(diagnostics).toEqual([
      'cfn-macro main.yaml:1:1-1:10 What the macro "Pruner" makes of the template is not known: what is not written may be there.',
    ]);
  });

  test('what a function makes of the resources is not read', () => {
    const { resources, diagnostics } = evaluateTemplates(`Resources:
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://orchard/more.yaml}}
  T: {Type: AWS::SNS::Topic}
`);
    expect(Object.keys(resources)).toEqual(['T']);
    expect(diagnostics).toEqual([
      'cfn-macro main.yaml:2:3-2:16 What "Fn::Transform" makes of the resources is not known, and not read.',
    ]);
  });

  test('policies of deletion and update stand beside the properties', () => {
    const { resources } = evaluateTemplates(`Transform: AWS::LanguageExtensions
Conditions: {Keep: !Equals [a, a]}
Resources:
  Crates:
    Type: AWS::S3::Bucket
    DeletionPolicy: !If [Keep, Retain, Delete]
    UpdateReplacePolicy: Snapshot
    UpdatePolicy: {AutoScalingReplacingUpdate: {WillReplace: 'true'}}
`);
    expect(resources).toEqual({
      Crates: {
        DeletionPolicy: 'Retain',
        UpdatePolicy: { AutoScalingReplacingUpdate: { WillReplace: 'true' } },
        UpdateReplacePolicy: 'Snapshot',
      },
    });
  });

  test('a resource without a type is not read', () => {
    const { resources, diagnostics } = evaluateTemplates(`AWSTemplateFormatVersion: '2010-09-09'
Resources:
  A: {Properties: {}}
  B: text
  constructor: {Type: AWS::SNS::Topic}
  __proto__: {Type: AWS::SNS::Topic}
  C-1: {Type: Custom::Row, Properties: {constructor: 1, __proto__: 2}}
`);
    expect(Object.keys(resources)).toEqual(['C-1', '__proto__', 'constructor']);
    expect(diagnostics).toEqual([
      'cfn-not-a-mapping main.yaml:3:3-3:4 The resource "A" has no "Type", and is not read.',
      'cfn-not-a-mapping main.yaml:4:3-4:4 The resource "B" is no mapping, and is not read.',
      'cfn-invalid-intrinsic main.yaml:6:3-6:12 The logical id "__proto__" has other characters than letters and digits.',
      'cfn-invalid-intrinsic main.yaml:7:3-7:6 The logical id "C-1" has other characters than letters and digits.',
    ]);
  });

  test('a template without resources is refused, unless a macro may make some', () => {
    const { diagnostics } = evaluateTemplates({
      'a.yaml': "AWSTemplateFormatVersion: '2010-09-09'\nResuorces: {T: {Type: AWS::SNS::Topic}}\n",
      'b.yaml': "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n",
      'c.yaml': "AWSTemplateFormatVersion: '2010-09-09'\nResources: [{Type: AWS::SNS::Topic}]\n",
      'd.yaml': "AWSTemplateFormatVersion: '2010-09-09'\nTransform: Baker\n",
    });
    const why = 'has no "Resources": CloudFormation refuses a template without any.';
    expect(diagnostics).toEqual([
      `cfn-no-resources a.yaml:1:1-1:25 "a.yaml" ${why} Did you mean "Resources"?`,
      `cfn-no-resources b.yaml:2:1-2:10 "b.yaml" ${why}`,
      `cfn-no-resources c.yaml:2:1-2:10 "c.yaml" ${why}`,
      'cfn-macro d.yaml:2:1-2:10 What the macro "Baker" makes of the template is not known: what is not written may be there.',
    ]);
  });

  test('a file that is no mapping or cannot be read is said to be none', () => {
    const { diagnostics, resources } = evaluateTemplates({
      'list.yaml': '- a\n',
      'broken.yaml': 'Resources:\n  A: {Type: AWS::SNS::Topic\n  B: [\n',
      'utf16.yaml': new Uint8Array([0xff, 0xfe, 0x41, 0x00]),
      'good.yaml': 'Resources: {T: {Type: AWS::SNS::Topic}}\n',
    });
    expect(Object.keys(resources)).toEqual(['T']);
    expect(diagnostics.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
      expect.stringMatching(/^yaml-\S+ broken\.yaml:/),
      'cfn-not-a-mapping list.yaml:1:1-2:1',
      'file-not-utf8 utf16.yaml',
    ]);
  });
});
