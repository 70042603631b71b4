import { describe, expect, test } from 'vitest';
import { expandSam } from '../../../src/evaluate/cloudformation/sam/expand-sam.js';
import type { DataEntry, DataNode } from '../../../src/syntax/data/ast.js';
import { plainValue, templateTree } from '../../support/data-nodes.js';
import { showDiagnostic, showRange } from '../../support/evaluate-files.js';

function expand(text: string, parameters: Record<string, string> = {}, partition?: string) {
  const source = { path: 'main.yaml', text };
  const expanded = expandSam(templateTree(source), {
    source,
    parameters: new Map(Object.entries(parameters)),
    partition,
  });
  const show = (start: number, end: number): string => showRange({ file: source, start, end });
  const entry = (path: string): DataEntry => {
    let node: DataNode = expanded.template;
    let found: DataEntry | undefined;
    for (const key of path.split('.')) {
      if (node.kind === 'sequence') node = node.items[Number(key)] as DataNode;
      else {
        found = node.kind === 'mapping' ? node.entries.get(key) : undefined;
        if (found === undefined) throw new Error(`no ${key} of ${path}`);
        node = found.value;
      }
    }
    return { ...(found as DataEntry), value: node };
  };
  return {
    template: plainValue(expanded.template) as Record<string, Record<string, never>>,
    ids: Object.keys((plainValue(expanded.template) as { Resources: object }).Resources),
    declaredIn: Object.fromEntries(expanded.declaredIn),
    value: (path: string) => plainValue(entry(path).value),
    place: (path: string) => show(entry(path).value.start, entry(path).value.end),
    keyPlace: (path: string) => show(entry(path).keyStart, entry(path).keyEnd),
    diagnostics: expanded.diagnostics.map(showDiagnostic),
  };
}

const BAKE = `Resources:
  Bake:
    Type: AWS::Serverless::Function
    Properties:
      Handler: oven.bake
`;

describe('where generated resources are written', () => {
  const { place, keyPlace, declaredIn } = expand(`${BAKE}      Tracing: Active
      PermissionsBoundary: arn:fence
      Policies:
        - S3ReadPolicy: {BucketName: cellar}
        - Statement: [{Effect: Allow, Action: '*', Resource: '*'}]
      FunctionUrlConfig:
        AuthType: NONE
      DeadLetterQueue: {Type: SQS, TargetArn: arn:crumbs}
      Events:
        Dawn:
          Type: Schedule
          Properties: {Schedule: rate(1 day), DeadLetterConfig: {Type: SQS}}
        Order: {Type: Api, Properties: {Path: /orders, Method: get, Auth: {Authorizer: AWS_IAM}}}
`);

  test('a role and what is constant in it is at the logical id of its function', () => {
    expect(place('Resources.BakeRole')).toBe('main.yaml:2:3-2:7');
    expect(keyPlace('Resources.BakeRole')).toBe('main.yaml:2:3-2:7');
    expect(place('Resources.BakeRole.Properties.ManagedPolicyArns.0')).toBe('main.yaml:2:3-2:7');
    expect(place('Resources.BakeRole.Properties.AssumeRolePolicyDocument.Statement.0')).toBe('main.yaml:2:3-2:7');
  });

  test('a policy is at the property that needs it', () => {
    expect(place('Resources.BakeRole.Properties.ManagedPolicyArns.1')).toBe('main.yaml:6:7-6:14');
    expect(place('Resources.BakeRole.Properties.Policies.0')).toBe('main.yaml:13:7-13:22');
  });

  test('what is written keeps its place, under its new key too', () => {
    expect(place('Resources.BakeRole.Properties.PermissionsBoundary')).toBe('main.yaml:7:28-7:37');
    expect(keyPlace('Resources.BakeRole.Properties.PermissionsBoundary')).toBe('main.yaml:7:7-7:26');
    expect(place('Resources.Bake.Properties.DeadLetterConfig.TargetArn')).toBe('main.yaml:13:47-13:57');
    expect(place('Resources.Bake.Type')).toBe('main.yaml:3:11-3:36');
    expect(place('Resources.BakeRole.Properties.Policies.2.PolicyDocument.Statement.0.Action')).toBe(
      'main.yaml:10:47-10:50',
    );
  });

  test('the statements of a policy template are at its name, its arguments where they are written', () => {
    const statement = 'Resources.BakeRole.Properties.Policies.1.PolicyDocument.Statement.0';
    expect(place(statement)).toBe('main.yaml:9:11-9:23');
    expect(place(`${statement}.Resource.0.Fn::Sub.1.bucketName`)).toBe('main.yaml:9:38-9:44');
  });

  test('public permissions are at the word that makes them', () => {
    expect(place('Resources.BakeUrlPublicPermissions')).toBe('main.yaml:12:9-12:17');
    expect(place('Resources.BakeUrlPublicPermissions.Properties.FunctionUrlAuthType')).toBe('main.yaml:12:19-12:23');
  });

  test('the resources of an event are at its name, its queue at what asks for it', () => {
    expect(place('Resources.BakeDawn')).toBe('main.yaml:15:9-15:13');
    expect(place('Resources.BakeDawnQueue')).toBe('main.yaml:17:47-17:63');
    expect(place('Resources.ServerlessRestApi')).toBe('main.yaml:18:9-18:14');
    expect(place('Resources.ServerlessRestApi.Properties.Body.paths./orders.get.security')).toBe(
      'main.yaml:18:69-18:73',
    );
  });

  test('each is declared in its SAM resource', () => {
    expect(declaredIn).toEqual({
      Bake: 'Bake',
      BakeUrl: 'Bake',
      BakeUrlPublicPermissions: 'Bake',
      BakeURLInvokeAllowPublicAccess: 'Bake',
      BakeDawnQueue: 'Bake',
      BakeDawnQueuePolicy: 'Bake',
      BakeDawn: 'Bake',
      BakeDawnPermission: 'Bake',
      BakeOrderPermissionProd: 'Bake',
      BakeRole: 'Bake',
      ServerlessRestApi: 'Bake',
      ServerlessRestApiDeployment: 'Bake',
      ServerlessRestApiProdStage: 'Bake',
    });
  });

  test('what Globals give is where they are written', () => {
    const { place: placeOf } = expand(
      `Globals:\n  Function:\n    Timeout: 5\n    Layers: [a]\n${BAKE}      Layers: [b]\n`,
    );
    expect(placeOf('Resources.Bake.Properties.Timeout')).toBe('main.yaml:3:14-3:15');
    expect(placeOf('Resources.Bake.Properties.Layers.0')).toBe('main.yaml:4:14-4:15');
    expect(placeOf('Resources.Bake.Properties.Layers.1')).toBe('main.yaml:10:16-10:17');
  });
});

describe('what parameters decide', () => {
  const preference = `Parameters: {Shift: {Type: String}}
${BAKE}      AutoPublishAlias: live
      DeploymentPreference: {Type: AllAtOnce, Enabled: !Ref Shift}
`;

  test('a preference that is on or off by a known value', () => {
    expect(expand(preference, { Shift: 'true' }).ids).toContain('BakeDeploymentGroup');
    expect(expand(preference, { Shift: 'false' }).ids).not.toContain('BakeDeploymentGroup');
  });

  test('by a parameter without value everything that it decides exists under a condition', () => {
    const { template, value } = expand(preference);
    const condition = 'Bake:DeploymentPreferenceEnabled';
    expect(template['Conditions']).toEqual({ [condition]: { 'Fn::Equals': [{ Ref: 'Shift' }, 'true'] } });
    for (const id of ['BakeDeploymentGroup', 'ServerlessDeploymentApplication', 'CodeDeployServiceRole']) {
      expect(value(`Resources.${id}.Condition`)).toBe(condition);
    }
    expect(value('Resources.BakeAliaslive.UpdatePolicy')).toEqual({
      'Fn::If': [condition, { CodeDeployLambdaAliasUpdate: expect.anything() }, { Ref: 'AWS::NoValue' }],
    });
  });

  test('an authorizer by a parameter without value leaves the security of methods unknown', () => {
    const { value } = expand(`Parameters: {Who: {Type: String}}
Globals: {Api: {Auth: {DefaultAuthorizer: !Ref Who}}}
${BAKE}      Events: {Order: {Type: Api, Properties: {Path: /orders, Method: get}}}
`);
    expect(value('Resources.ServerlessRestApi.Properties.Body.paths./orders.get.security')).toEqual({ Ref: 'Who' });
  });

  test('a key by a parameter without value is needed under a condition', () => {
    const { template, value } = expand(`Parameters: {Keys: {Type: String}}
Globals: {Api: {Auth: {ApiKeyRequired: !Ref Keys}}}
${BAKE}      Events: {Order: {Type: Api, Properties: {Path: /orders, Method: get}}}
`);
    const condition = 'ServerlessRestApi:ApiKeyRequired';
    expect(value('Resources.ServerlessRestApi.Properties.Body.paths./orders.get.security')).toEqual([
      { 'Fn::If': [condition, { api_key: [] }, { Ref: 'AWS::NoValue' }] },
    ]);
    expect(template['Conditions']).toEqual({ [condition]: { 'Fn::Equals': [{ Ref: 'Keys' }, 'true'] } });
  });

  test('a URL by a condition has an authentication that nobody knows', () => {
    const { value, diagnostics } = expand(
      `${BAKE}      FunctionUrlConfig: {Fn::If: [Own, {AuthType: NONE}, !Ref AWS::NoValue]}\n`,
    );
    expect(value('Resources.BakeUrl.Properties.AuthType')).toEqual({ invalid: 'invalid-value' });
    expect(diagnostics).toEqual([
      'sam-invalid main.yaml:6:7-6:24 "FunctionUrlConfig" of "Bake" needs an "AuthType": "AWS_IAM" or "NONE".',
    ]);
  });

  test('notifications and triggers by a condition stay as they are', () => {
    const { value } = expand(`${BAKE}      Events:
        Put: {Type: S3, Properties: {Bucket: !Ref Cellar, Events: 's3:ObjectCreated:*'}}
        Come: {Type: Cognito, Properties: {UserPool: !Ref Guests, Trigger: PreSignUp}}
  Cellar: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {Fn::If: [Own, {}, !Ref AWS::NoValue]}}}
  Guests: {Type: AWS::Cognito::UserPool, Properties: {LambdaConfig: !If [Own, {}, !Ref AWS::NoValue]}}
`);
    const choice = { 'Fn::If': ['Own', {}, { Ref: 'AWS::NoValue' }] };
    expect(value('Resources.Cellar.Properties.NotificationConfiguration')).toEqual(choice);
    expect(value('Resources.Guests.Properties.LambdaConfig')).toEqual(choice);
  });

  test('an alias by a parameter without value has no name in its id', () => {
    const { ids, value } = expand(`Parameters: {Stage: {Type: String}}\n${BAKE}      AutoPublishAlias: !Ref Stage\n`);
    expect(ids).toEqual(['Bake', 'BakeVersion', 'BakeAlias', 'BakeRole']);
    expect(value('Resources.BakeAlias.Properties.Name')).toEqual({ Ref: 'Stage' });
  });

  test('the URL of a function is public by what is written, not by a value', () => {
    const text = `Parameters: {Auth: {Type: String, Default: NONE}}\n${BAKE}      FunctionUrlConfig: {AuthType: !Ref Auth}\n`;
    expect(expand(text, { Auth: 'NONE' }).ids).toEqual(['Bake', 'BakeUrl', 'BakeRole']);
  });

  test('a layer kept by a parameter without value is kept by that parameter', () => {
    const { value } = expand(`Parameters: {Keep: {Type: String}}
Resources:
  Tools: {Type: AWS::Serverless::LayerVersion, Properties: {RetentionPolicy: !Ref Keep}}
`);
    expect(value('Resources.Tools.DeletionPolicy')).toEqual({ Ref: 'Keep' });
  });

  test('managed policies are in the partition of the region', () => {
    const { value } = expand(`${BAKE}      Policies: AmazonS3ReadOnlyAccess\n`, {}, 'aws-cn');
    expect(value('Resources.BakeRole.Properties.ManagedPolicyArns')).toEqual([
      'arn:aws-cn:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
      'arn:aws-cn:iam::aws:policy/AmazonS3ReadOnlyAccess',
    ]);
  });

  test('the opposite of a condition does not clash with one that is written', () => {
    const { template, value } = expand(`Conditions: {Own: !Equals [a, b], NOTOwn: !Equals [c, d]}
${BAKE}      Role: !If [Own, arn:oven, !Ref AWS::NoValue]
`);
    expect(value('Resources.BakeRole.Condition')).toBe('NOT:Own');
    expect(template['Conditions']?.['NOT:Own']).toEqual({ 'Fn::Not': [{ Condition: 'Own' }] });
    expect(template['Conditions']?.['NOTOwn']).toEqual({ 'Fn::Equals': ['c', 'd'] });
  });

  test('a queue is made where the destination of a function is missing by a condition', () => {
    const { value } = expand(`Conditions: {Own: !Equals [a, b]}
${BAKE}      EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS, Destination: !If [Own, arn:crumbs, !Ref AWS::NoValue]}}}
`);
    const queue = { 'Fn::GetAtt': ['BakeEventInvokeConfigOnFailureQueue', 'Arn'] };
    expect(value('Resources.BakeEventInvokeConfigOnFailureQueue.Condition')).toBe('NOTOwn');
    expect(value('Resources.BakeEventInvokeConfig.Properties.DestinationConfig.OnFailure.Destination')).toEqual({
      'Fn::If': ['Own', 'arn:crumbs', queue],
    });
  });
});

describe('local files', () => {
  test('code and definitions that are packaged later are somewhere, nobody knows where', () => {
    const { value, diagnostics } = expand(`${BAKE}      CodeUri: ./oven
  Tools: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: tools/}}
  Day: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: day.asl.json}}
  Shop: {Type: AWS::Serverless::Api, Properties: {StageName: prod, DefinitionUri: shop.yaml}}
`);
    expect(value('Resources.Bake.Properties.Code')).toEqual({});
    expect(value('Resources.Tools.Properties.Content')).toEqual({});
    expect(value('Resources.Day.Properties.DefinitionS3Location')).toEqual({});
    expect(value('Resources.Shop.Properties.BodyS3Location')).toEqual({});
    expect(diagnostics).toEqual([]);
  });

  test('an application of this folder is a nested stack, one of the repository is not at hand', () => {
    const { value } = expand(`Resources:
  Cellar: {Type: AWS::Serverless::Application, Properties: {Location: ./cellar.yaml}}
  Repository: {Type: AWS::Serverless::Application, Properties: {Location: {ApplicationId: arn:app, SemanticVersion: 1.0.0}}}
`);
    expect(value('Resources.Cellar')).toEqual({
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: './cellar.yaml' },
    });
    expect(value('Resources.Repository.Properties.TemplateURL')).toEqual({
      'Fn::Join': ['@', ['serverlessrepo:', 'arn:app', '1.0.0']],
    });
  });
});

describe('what the service would refuse', () => {
  test('policies beside a role have no effect', () => {
    const { diagnostics, ids } = expand(`${BAKE}      Role: arn:oven\n      Policies: AdministratorAccess\n`);
    expect(ids).toEqual(['Bake']);
    expect(diagnostics).toEqual([
      'sam-policies-ignored main.yaml:7:7-7:15 "Policies" of "Bake" have no effect, because it has a "Role".',
    ]);
  });

  test('wrong parameters of policy templates', () => {
    const { diagnostics, value } = expand(`${BAKE}      Policies:
        - S3ReadPolicy: {Bucket: cellar}
        - VPCAccessPolicy:
        - S3ReedPolicy: {BucketName: cellar}
        - S3ReadPolicy: {BucketName: cellar}
          SQSPollerPolicy: {QueueName: crumbs}
        - 5
        - DynamoDBReadPolicy: {TableName: loaves, Shelf: top}
`);
    expect(diagnostics).toEqual([
      'sam-policy-template main.yaml:7:11-7:23 The policy template "S3ReadPolicy" needs "BucketName".',
      'sam-policy-template main.yaml:7:26-7:32 The policy template "S3ReadPolicy" has no parameter "Bucket".',
      'sam-policy-template main.yaml:8:11-8:26 The policy template "VPCAccessPolicy" needs a map of its parameters, "{}" where it has none.',
      'sam-policy-template main.yaml:9:11-9:45 There is no policy template "S3ReedPolicy". Did you mean "S3ReadPolicy"?',
      'sam-policy-template main.yaml:10:11-11:47 Each policy template must be an item of its own: "S3ReadPolicy", "SQSPollerPolicy".',
      'sam-policy-template main.yaml:12:11-12:12 A policy of "Bake" is neither a name, a document nor a template.',
      'sam-policy-template main.yaml:13:51-13:56 The policy template "DynamoDBReadPolicy" has no parameter "Shelf".',
    ]);
    expect(value('Resources.BakeRole.Properties.Policies.0.PolicyDocument.Statement.0.Resource.0')).toEqual({
      'Fn::Sub': ['arn:${AWS::Partition}:s3:::${bucketName}', { bucketName: { invalid: 'invalid-value' } }],
    });
    expect(value('Resources.BakeRole.Properties.Policies.2')).toEqual({ invalid: 'invalid-value' });
  });

  test('lists and mixed sorts of policies in one condition are read one by one', () => {
    const { diagnostics, value } =
      expand(`${BAKE}      Policies: !If [Own, [AmazonS3ReadOnlyAccess, {Statement: []}], !Ref AWS::NoValue]
  Sell: {Type: AWS::Serverless::Function, Properties: {Policies: [!If [Own, AmazonS3ReadOnlyAccess, {Statement: []}]]}}
`);
    expect(diagnostics).toEqual([
      'sam-policy-template main.yaml:6:21-6:88 A list of policies cannot stand inside "Fn::If"; give each policy its own.',
      'sam-policy-template main.yaml:7:71-7:117 Both branches of "Fn::If" in "Policies" must be policies of one sort.',
    ]);
    const none = { Ref: 'AWS::NoValue' };
    const arn = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
    expect(value('Resources.BakeRole.Properties.ManagedPolicyArns.1')).toEqual({ 'Fn::If': ['Own', arn, none] });
    expect(value('Resources.SellRole.Properties.Policies')).toEqual([
      { 'Fn::If': ['Own', none, { PolicyName: 'SellRolePolicy0', PolicyDocument: { Statement: [] } }] },
    ]);
  });

  test('properties, types, events and Globals that there are not', () => {
    const { diagnostics, ids } = expand(`Globals:
  Function: {Policies: AdministratorAccess, Timeout: 5}
  Funktion: {}
Resources:
  Bake: {Type: AWS::Serverless::Function, Properties: {Handlr: oven.bake, Events: {Order: {Type: Apy}, Loaf: {Properties: {}}, Crumb: 5}}}
  Shop: {Type: AWS::Serverless::Funktion}
  Cellar: {Type: AWS::Serverless::Function, Properties: [oven]}
  Sweep: {Type: AWS::Serverless::Function, Properties: {Events: [Order]}}
  Shelf: 5
`);
    expect(diagnostics).toEqual([
      'sam-invalid main.yaml:2:14-2:22 "Policies" cannot stand in "Globals" of "Function".',
      'sam-invalid main.yaml:3:3-3:11 "Globals" have no section "Funktion". Did you mean "Function"?',
      'sam-invalid main.yaml:5:56-5:62 "Bake" has no property "Handlr". Did you mean "Handler"?',
      'sam-invalid main.yaml:6:3-6:7 There is no type "AWS::Serverless::Funktion". Did you mean "Function"?',
      'sam-invalid main.yaml:7:3-7:9 "Properties" of "Cellar" must be a map.',
      'sam-invalid main.yaml:5:104-5:108 The event "Loaf" of "Bake" needs a "Type".',
      'sam-invalid main.yaml:5:128-5:133 The event "Crumb" of "Bake" needs a "Type".',
      'sam-invalid main.yaml:5:84-5:89 "Apy" is no type of event that "Bake" can have. Did you mean "Api"?',
      'sam-invalid main.yaml:8:57-8:63 "Events" of "Sweep" must be a map of events.',
    ]);
    expect(ids).toEqual(['Bake', 'Shop', 'Cellar', 'Sweep', 'Shelf', 'BakeRole', 'CellarRole', 'SweepRole']);
  });

  test('events under a condition, which are expanded under it all the same', () => {
    const { diagnostics, value, ids } = expand(`Conditions: {Open: !Equals [a, b]}
Resources:
  Bake:
    Type: AWS::Serverless::Function
    Condition: Open
    Properties:
      Events:
        Order: !If [Late, {Type: SQS, Properties: {Queue: arn:queue}}, {Type: SNS, Properties: {Topic: arn:topic}}]
        Rest: !If [Late, !Ref AWS::NoValue, {Type: Schedule, Properties: {Schedule: rate(1 day)}}]
`);
    expect(diagnostics).toEqual([
      'sam-invalid main.yaml:8:9-8:14 The event "Order" of "Bake" depends on a condition, which SAM refuses: give the condition to a function.',
      'sam-invalid main.yaml:9:9-9:13 The event "Rest" of "Bake" depends on a condition, which SAM refuses: give the condition to a function.',
    ]);
    expect(ids.map((id) => [id, (value(`Resources.${id}`) as { Condition?: string }).Condition])).toEqual([
      ['Bake', 'Open'],
      ['BakeOrder', 'BakeOrderCondition'],
      ['BakeOrderElsePermission', 'BakeOrderElseCondition'],
      ['BakeOrderElse', 'BakeOrderElseCondition'],
      ['BakeRestElse', 'BakeRestElseCondition'],
      ['BakeRestElsePermission', 'BakeRestElseCondition'],
      ['BakeRole', 'Open'],
    ]);
    expect(value('Conditions.BakeOrderElseCondition')).toEqual({
      'Fn::And': [{ Condition: 'Open' }, { Condition: 'NOTLate' }],
    });
    expect(value('Resources.BakeRole.Properties.ManagedPolicyArns')).toEqual([
      'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
      {
        'Fn::If': [
          'BakeOrderCondition',
          'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole',
          { Ref: 'AWS::NoValue' },
        ],
      },
    ]);
  });

  test('events without what they need', () => {
    const { diagnostics } = expand(`Resources:
  Bake:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Queue: {Type: SQS}
        Put: {Type: S3, Properties: {Bucket: cellar, Events: 's3:ObjectCreated:*'}}
        Come: {Type: Cognito, Properties: {UserPool: !Ref Bake, Trigger: PreSignUp}}
        Order: {Type: Api, Properties: {Path: /orders}}
        Ask: {Type: HttpApi, Properties: {Path: /ask}}
        Ring: {Type: SNS, Properties: {Topic: arn:bell, SqsSubscription: {QueueArn: arn:q}}}
        Dawn: {Type: Schedule, Properties: {Schedule: rate(1 day), DeadLetterConfig: {Type: SNS}}}
        Doors: {Type: Kinesis, Properties: {Stream: arn:s, DestinationConfig: {OnFailure: {Type: Bin, Destination: arn:b}}}}
        Broker: {Type: MQ, Properties: {Broker: arn:b}}
        Mill: {Type: SelfManagedKafka, Properties: {}}
`);
    expect(diagnostics).toEqual([
      'sam-invalid main.yaml:6:9-6:14 The event "Queue" of "Bake" needs "Queue".',
      'sam-invalid main.yaml:7:9-7:12 "Bucket" of the event "Put" must be the "Ref" of a resource "AWS::S3::Bucket" of this template.',
      'sam-invalid main.yaml:8:9-8:13 "UserPool" of the event "Come" must be the "Ref" of a resource "AWS::Cognito::UserPool" of this template.',
      'sam-invalid main.yaml:9:9-9:14 The event "Order" of "Bake" needs a "Path" and a "Method".',
      'sam-invalid main.yaml:10:9-10:12 The event "Ask" of "Bake" needs both "Path" and "Method", or neither.',
      'sam-invalid main.yaml:11:57-11:72 "SqsSubscription" of the event "Ring" needs "QueueArn" and "QueueUrl", or is "true".',
      'sam-invalid main.yaml:12:68-12:84 "DeadLetterConfig" of the event "Dawn" needs an "Arn", or the "Type" "SQS".',
      'sam-invalid main.yaml:13:92-13:96 "OnFailure" of the event "Doors" needs a "Type" that is written: SQS, SNS, S3, Kafka.',
      'sam-invalid main.yaml:14:9-14:15 The event "Broker" of "Bake" needs "SourceAccessConfigurations" to sign in with.',
      'sam-invalid main.yaml:15:9-15:13 The event "Mill" of "Bake" needs "SourceAccessConfigurations" to sign in with.',
    ]);
  });

  test('settings of functions that need others', () => {
    const { diagnostics, value } = expand(`Resources:
  Bake: {Type: AWS::Serverless::Function, Properties: {DeadLetterQueue: {Type: !Ref AWS::Region, TargetArn: arn:q}, DeploymentPreference: {Type: AllAtOnce}, ProvisionedConcurrencyConfig: {}, FunctionUrlConfig: {Cors: {}}, Tags: [a], EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: Bin}, OnSuccess: {Type: Lambda}}}}}
  Sell: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: !If [Own, a, b]}}
`);
    expect(diagnostics.map((line) => line.replace(/ main\.yaml:\S+/, ''))).toEqual([
      'sam-invalid "Tags" of "Bake" must be a map of names and values.',
      'sam-invalid "DeadLetterQueue" of "Bake" needs a "TargetArn" and a "Type" that is written: "SQS" or "SNS".',
      'sam-invalid "ProvisionedConcurrencyConfig" of "Bake" needs "AutoPublishAlias".',
      'sam-invalid "DeploymentPreference" of "Bake" needs "AutoPublishAlias".',
      'sam-invalid "FunctionUrlConfig" of "Bake" needs an "AuthType": "AWS_IAM" or "NONE".',
      'sam-invalid "OnSuccess" of "Bake" needs a "Destination".',
      'sam-invalid "OnFailure" of "Bake" needs a "Type" that is written: SQS, SNS, Lambda, EventBridge, S3Bucket.',
      'sam-invalid "AutoPublishAlias" of "Sell" must be a text or the "Ref" of a parameter.',
    ]);
    expect(value('Resources.BakeRole.Properties.Policies.0')).toEqual({ invalid: 'invalid-value' });
    expect(value('Resources.Bake.Properties.Tags')).toEqual({ invalid: 'invalid-value' });
  });

  test('APIs whose settings do not fit', () => {
    const { diagnostics } = expand(`Resources:
  Shop: {Type: AWS::Serverless::Api, Properties: {StageName: prod, Domain: {DomainName: shop.example}, Auth: {UsagePlan: {}, ResourcePolicy: {IpRangeDenylist: [192.0.2.7]}}}}
  Ask: {Type: AWS::Serverless::HttpApi, Properties: {Domain: {}, Auth: {Authorizers: {Token: {OpenIdConnectUrl: x}}}}}
  Bake: {Type: AWS::Serverless::Function, Properties: {Events: {Order: {Type: Api, Properties: {Path: /o, Method: get, RestApiId: !Ref Shop, Auth: {Authorizer: Guests}}}, Again: {Type: Api, Properties: {Path: /o, Method: GET, RestApiId: !Ref Shop}}}}}
  Loaves: {Type: AWS::Serverless::SimpleTable, Properties: {PrimaryKey: {Name: loaf, Type: Text}}}
  Day: {Type: AWS::Serverless::StateMachine}
`);
    expect(diagnostics.map((line) => line.replace(/ main\.yaml:\S+/, ''))).toEqual([
      'sam-invalid The method "get" of "/o" is given by more than one event of "Shop".',
      'sam-invalid "PrimaryKey" of "Loaves" needs a "Type": "String", "Number" or "Binary".',
      'sam-invalid "Day" needs a "Definition" or a "DefinitionUri".',
      'sam-invalid "Shop" has no authorizer "Guests" for the event "Order".',
      'sam-invalid "ResourcePolicy" of "Shop" has no list "IpRangeDenylist": it has no effect. Did you mean "IpRangeBlacklist"?',
      'sam-invalid "Domain" of "Shop" needs "DomainName" and "CertificateArn".',
      'sam-invalid "UsagePlan" of "Shop" needs "CreateUsagePlan": "PER_API", "SHARED" or "NONE".',
      'sam-invalid The authorizer "Token" of "Ask" needs "JwtConfiguration" or "FunctionArn".',
      'sam-invalid "Domain" of "Ask" needs "DomainName" and "CertificateArn".',
    ]);
  });

  test('connectors between what cannot be connected', () => {
    const { diagnostics, value } = expand(`Resources:
  Bake: {Type: AWS::Serverless::Function, Properties: {Role: arn:oven}}
  Loaves: {Type: AWS::DynamoDB::Table}
  Crumbs: {Type: AWS::SQS::Queue}
  Wrong: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Loaves}, Destination: {Id: Crumbs}, Permissions: [Read]}}
  Missing: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Loafs}, Destination: {Id: Crumbs}, Permissions: [Read]}}
  Much: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Loaves}, Destination: {Id: Bake}, Permissions: [Read, Write]}}
  Roleless: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Bake}, Destination: {Id: Crumbs}, Permissions: [Write]}}
  Empty: {Type: AWS::Serverless::Connector, Properties: {}}
`);
    expect(diagnostics).toEqual([
      'sam-invalid main.yaml:5:3-5:8 There is no connector from "AWS::DynamoDB::Table" to "AWS::SQS::Queue".',
      'sam-invalid main.yaml:6:3-6:10 "Missing" names a resource "Loafs", which there is not. Did you mean "Loaves"?',
      'sam-invalid main.yaml:7:3-7:7 "Permissions" of "Much" from "AWS::DynamoDB::Table" to "AWS::Lambda::Function" must be Read.',
      'sam-invalid main.yaml:8:3-8:11 "Roleless" does not say the "RoleName" of its source.',
      'sam-invalid main.yaml:9:3-9:8 "Empty" needs a source and a destination with an "Id", or with a "Type".',
    ]);
    expect(value('Resources.RolelessPolicy.Properties.Roles')).toEqual([{ invalid: 'invalid-value' }]);
  });

  test('what is not expanded is said', () => {
    const { diagnostics } = expand(`Resources:
  Menu: {Type: AWS::Serverless::GraphQLApi, Properties: {SchemaInline: x, DataSources: {}}}
  Chat: {Type: AWS::Serverless::WebSocketApi, Properties: {Routes: {}}}
`);
    expect(diagnostics).toEqual([
      'sam-not-expanded main.yaml:2:75-2:86 What "DataSources" of "Menu" becomes is not known here: its resources are not judged.',
      'sam-not-expanded main.yaml:3:60-3:66 What "Routes" of "Chat" becomes is not known here: its resources are not judged.',
    ]);
  });
});
