import { describe, expect, test } from 'vitest';
import { showRange } from '../support/evaluate-files.js';
import { type EvaluatedTemplates, evaluateTemplates } from '../support/evaluate-templates.js';

type Data = Readonly<Record<string, unknown>>;

const BUCKET = { Type: 'AWS::S3::Bucket' };

function stackArtifact(file: string, details: Data = {}, properties: Data = {}): Data {
  return {
    type: 'aws:cloudformation:stack',
    environment: 'aws://unknown-account/unknown-region',
    properties: { templateFile: file, ...properties },
    ...details,
  };
}

function assembly(files: Readonly<Record<string, unknown>>): EvaluatedTemplates {
  const texts = Object.entries(files).map(([path, data]) => [
    path,
    typeof data === 'string' ? data : JSON.stringify(data),
  ]);
  return evaluateTemplates(Object.fromEntries(texts), { templates: [], assemblies: ['cdk.out'] });
}

function constructs({ result }: EvaluatedTemplates): unknown {
  return result.resources.map(({ root, address, construct }) => [
    root,
    address,
    construct?.path,
    construct?.created === undefined ? undefined : showRange(construct.created),
  ]);
}

describe('a CDK assembly', () => {
  test('has a root for each stack, in its environment, and stages of the same ids apart', () => {
    const found = assembly({
      'cdk.out/manifest.json': {
        version: '55.0.0',
        artifacts: {
          'Orchard.assets': { type: 'cdk:asset-manifest', properties: { file: 'Orchard.assets.json' } },
          Orchard: stackArtifact('Orchard.template.json', {
            environment: 'aws://111122223333/eu-north-1',
            displayName: 'Orchard',
          }),
          'assembly-Prod': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
          Beyond: { type: 'cdk:cloud-assembly', properties: { directoryName: '../elsewhere' } },
          Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
        },
      },
      'cdk.out/Orchard.template.json': {
        Resources: {
          Crates1: {
            ...BUCKET,
            Properties: { BucketName: { 'Fn::Sub': '${AWS::AccountId}-${AWS::StackName}-${AWS::Region}' } },
          },
        },
      },
      'cdk.out/assembly-Prod/manifest.json': {
        artifacts: {
          ProdOrchard: stackArtifact(
            'ProdOrchard.template.json',
            { displayName: 'Prod/Orchard' },
            { stackName: 'Prod-Orchard' },
          ),
        },
      },
      'cdk.out/assembly-Prod/ProdOrchard.template.json': { Resources: { Crates1: BUCKET } },
      'elsewhere/manifest.json': { artifacts: { Other: stackArtifact('Other.template.json') } },
      'elsewhere/Other.template.json': { Resources: { A: BUCKET } },
    });
    expect(found.result.roots.map(({ root, file, kind }) => [root, file, kind])).toEqual([
      ['cdk.out/Orchard', 'cdk.out/Orchard.template.json', 'deployment'],
      ['cdk.out/Prod/Orchard', 'cdk.out/assembly-Prod/ProdOrchard.template.json', 'deployment'],
    ]);
    expect(found.value('Crates1.BucketName')).toMatchObject({ value: '111122223333-Orchard-eu-north-1' });
    expect(found.result.resources.map(({ root, address }) => [root, address])).toEqual([
      ['cdk.out/Orchard', 'Crates1'],
      ['cdk.out/Prod/Orchard', 'Crates1'],
    ]);
    expect(found.diagnostics).toEqual([]);
  });

  const nestedUrl = {
    'Fn::Join': [
      '',
      ['https://s3.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/cdk-assets/0a1b2c.json'],
    ],
  };
  const nested = (metadata: Data = {}) => ({
    Resources: {
      Crates1: BUCKET,
      StoreNested2: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: nestedUrl, Parameters: {} },
        ...metadata,
      },
    },
  });
  const assets = {
    files: {
      '0a1b2c': {
        source: { path: 'OrchardStore.nested.template.json', packaging: 'file' },
        destinations: { current: { bucketName: 'cdk-assets', objectKey: '0a1b2c.json' } },
      },
    },
  };

  test('finds nested templates by the manifest of assets, and construct paths by a file of metadata', () => {
    const found = assembly({
      'cdk.out/manifest.json': {
        artifacts: {
          'Orchard.assets': { type: 'cdk:asset-manifest', properties: { file: 'Orchard.assets.json' } },
          Orchard: stackArtifact('Orchard.template.json', { additionalMetadataFile: 'Orchard.metadata.json' }),
        },
      },
      'cdk.out/Orchard.assets.json': assets,
      'cdk.out/Orchard.template.json': nested(),
      'cdk.out/OrchardStore.nested.template.json': { Resources: { Crates1: BUCKET } },
      'cdk.out/Orchard.metadata.json': {
        '/Orchard/Crates/Resource': [
          { type: 'aws:cdk:logicalId', data: 'Crates1' },
          {
            type: 'aws:cdk:creationStack',
            data: [
              'new Bucket (file:///build/node_modules/aws-cdk-lib/x.js:1:1)',
              'new Orchard (file:///build/lib/orchard.ts:2:3)',
            ],
          },
        ],
        '/Orchard/Store.NestedStack/Store.NestedStackResource': [{ type: 'aws:cdk:logicalId', data: 'StoreNested2' }],
        '/Orchard/Store/Crates/Resource': [
          { type: 'aws:cdk:logicalId', data: 'Crates1', trace: ['at x (/nowhere/else.ts:1:1)'] },
        ],
      },
      'lib/orchard.ts': 'class Orchard {\n  new Bucket(this);\n}\n',
    });
    expect(constructs(found)).toEqual([
      ['cdk.out/Orchard', 'Crates1', 'Orchard/Crates/Resource', 'lib/orchard.ts:2:3-2:20'],
      ['cdk.out/Orchard', 'StoreNested2', 'Orchard/Store.NestedStack/Store.NestedStackResource', undefined],
      ['cdk.out/Orchard', 'StoreNested2/Crates1', 'Orchard/Store/Crates/Resource', undefined],
    ]);
    expect(found.diagnostics).toEqual([]);
  });

  test('finds them by the metadata of the template, and by that of the manifest', () => {
    const found = assembly({
      'cdk.out/manifest.json': {
        artifacts: {
          Orchard: stackArtifact('Orchard.template.json', {
            metadata: {
              '/Orchard/Crates/Resource': [
                { type: 'aws:cdk:logicalId', data: 'Crates1', trace: ['new Crates (/app/lib/crates.js:1:5)'] },
              ],
            },
          }),
        },
      },
      'cdk.out/Orchard.template.json': nested({
        Metadata: {
          'aws:cdk:path': 'Orchard/Store.NestedStack/Store.NestedStackResource',
          'aws:asset:path': 'OrchardStore.nested.template.json',
        },
      }),
      'cdk.out/OrchardStore.nested.template.json': {
        Resources: {
          Topic3: { Type: 'AWS::SNS::Topic', Metadata: { 'aws:cdk:path': 'Orchard/Store/Topic/Resource' } },
        },
      },
      'app/lib/crates.js': 'new Crates();\n',
    });
    expect(constructs(found)).toEqual([
      ['cdk.out/Orchard', 'Crates1', 'Orchard/Crates/Resource', 'app/lib/crates.js:1:5-1:14'],
      ['cdk.out/Orchard', 'StoreNested2', 'Orchard/Store.NestedStack/Store.NestedStackResource', undefined],
      ['cdk.out/Orchard', 'StoreNested2/Topic3', 'Orchard/Store/Topic/Resource', undefined],
    ]);
  });

  test('finds construct paths in the tree, and exports among its stacks', () => {
    const found = assembly({
      'cdk.out/manifest.json': {
        artifacts: {
          A: stackArtifact('A.template.json'),
          B: stackArtifact('B.template.json'),
          Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
        },
      },
      'cdk.out/tree.json': {
        tree: {
          id: 'App',
          path: '',
          children: {
            A: {
              path: 'A',
              children: {
                Crates: {
                  path: 'A/Crates',
                  children: {
                    Resource: {
                      path: 'A/Crates/Resource',
                      attributes: { 'aws:cdk:cloudformation:logicalId': 'Crates1' },
                    },
                  },
                },
              },
            },
          },
        },
      },
      'cdk.out/A.template.json': {
        Resources: { Crates1: BUCKET },
        Outputs: {
          ExportsOutput: { Value: { 'Fn::GetAtt': ['Crates1', 'Arn'] }, Export: { Name: 'A:ExportsOutputCrates1' } },
        },
      },
      'cdk.out/B.template.json': {
        Resources: { Row: { Type: 'Custom::Row', Properties: { P: { 'Fn::ImportValue': 'A:ExportsOutputCrates1' } } } },
      },
    });
    expect(constructs(found)).toEqual([
      ['cdk.out/A', 'Crates1', 'A/Crates/Resource', undefined],
      ['cdk.out/B', 'Row', undefined, undefined],
    ]);
    expect(found.value('Row.P')).toMatchObject({
      refersTo: [{ root: 'cdk.out/A', address: 'Crates1', attribute: 'Arn' }],
    });
  });

  test('that is damaged has no stacks', () => {
    for (const manifest of [
      '{',
      '[]',
      '{"artifacts": {"A": null, "B": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "../../x.json"}}}}',
    ]) {
      const found = assembly({ 'cdk.out/manifest.json': manifest, 'x.json': { Resources: { A: BUCKET } } });
      expect(found.result.roots).toEqual([]);
    }
  });
});
