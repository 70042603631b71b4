import { expect, test } from 'vitest';
import { showRange } from '../../support/evaluate-files.js';
import { evaluateTemplates } from '../../support/evaluate-templates.js';

const API = 'openapi: 3.0.1\npaths:\n  /loaves: &all\n    get: {x-oven: hot}\n  /rolls: *all\n';
const PATHS = { '/loaves': { get: { 'x-oven': 'hot' } }, '/rolls': { get: { 'x-oven': 'hot' } } };

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Shop: {Type: AWS::Serverless::Api, Properties: {StageName: day, DefinitionUri: api/shop.yaml}}
  Menu: {Type: AWS::Serverless::HttpApi, Properties: {DefinitionUri: ./api/shop.yaml}}
  Counter:
    Type: AWS::Serverless::Api
    Properties:
      StageName: day
      DefinitionBody: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: api/shop.yaml}}}
      BinaryMediaTypes: [image~1png]
  Bake: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: bake.asl.json, Role: arn:role}}
  Gone: {Type: AWS::Serverless::Api, Properties: {StageName: day, DefinitionUri: api/gone.yaml}}
  Beyond: {Type: AWS::Serverless::Api, Properties: {StageName: day, DefinitionUri: ../../shop.yaml}}
  Stored: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: s3://bakery/bake.asl.json, Role: arn:role}}
`;

test('definitions in files beside a SAM template are read, at the place that names them', () => {
  const { resources, value } = evaluateTemplates(
    {
      'app/main.yaml': TEMPLATE,
      'app/api/shop.yaml': API,
      'app/bake.asl.json': '{"StartAt": "Knead", "States": {"Knead": {"Type": "Pass", "End": true}}}',
    },
    { templates: ['app/main.yaml'] },
  );
  const properties = (id: string) => resources[id] as Record<string, unknown>;
  expect([properties('Shop')['Body'], properties('Menu')['Body'], properties('Counter')['Body']]).toEqual([
    { openapi: '3.0.1', paths: PATHS },
    { openapi: '3.0.1', paths: PATHS },
    { openapi: '3.0.1', paths: PATHS, 'x-amazon-apigateway-binary-media-types': ['image/png'] },
  ]);
  expect(JSON.parse(String(properties('Bake')['DefinitionString']))).toEqual({
    StartAt: 'Knead',
    States: { Knead: { End: true, Type: 'Pass' } },
  });
  for (const id of ['Gone', 'Beyond']) expect(properties(id)['BodyS3Location']).toEqual({});
  expect(properties('Stored')['DefinitionS3Location']).toEqual({ Bucket: 'bakery', Key: 'bake.asl.json' });
  const { origin } = value('Shop.Body.paths');
  expect(origin === undefined ? undefined : showRange(origin)).toBe('app/main.yaml:3:82-3:95');
});
