import { describe, expect, it } from 'vitest';
import { encodeCloudFormation } from '../../scripts/generate-cloudformation-schemas.js';
import { BOOL, DYNAMIC, listOf, mapOf, NUMBER, STRING } from '../../src/model/type.js';
import type { CloudFormationSchema } from '../../src/schemas/cloudformation-schema.js';
import { cloudFormationSchemas } from '../../src/schemas/cloudformation-schemas.js';
import { parseCloudFormationTable } from '../../src/schemas/cloudformation-table.js';

const bakery: CloudFormationSchema = {
  type: 'Town::Bakery::Oven',
  properties: new Map([
    ['Celsius', { type: NUMBER, isRequired: true, isCreateOnly: false, enum: undefined }],
    ['Fuel', { type: STRING, isRequired: false, isCreateOnly: true, enum: ['gas', 'wood, dry'] }],
    ['Recipes', { type: mapOf(DYNAMIC), isRequired: false, isCreateOnly: false, enum: undefined }],
    [
      'Trays',
      {
        type: listOf({ kind: 'object', attributes: new Map([['Full', BOOL]]) }),
        isRequired: false,
        isCreateOnly: false,
        enum: undefined,
      },
    ],
  ]),
  attributes: new Map([['Door.Arn', STRING]]),
  ref: ['Fuel', 'Door.Arn'],
};

describe('the table of CloudFormation types', () => {
  it('gives back what was written into it, and knows nothing else', () => {
    const table = parseCloudFormationTable(encodeCloudFormation([bakery]));
    expect(table.resource('Town::Bakery::Oven')).toEqual(bakery);
    expect(table.resourceTypes).toEqual(['Town::Bakery::Oven']);
    expect(table.resource('toString')).toBeUndefined();
  });
});

describe('the schemas of CloudFormation', () => {
  it('tell the properties of a type, what replaces it, and what Ref and GetAtt give', () => {
    const queue = cloudFormationSchemas.resource('AWS::SQS::Queue');
    expect(queue?.properties.get('FifoQueue')).toEqual({
      type: BOOL,
      isRequired: false,
      isCreateOnly: true,
      enum: undefined,
    });
    expect(queue?.properties.get('RedrivePolicy')?.type).toEqual(DYNAMIC);
    expect([...(queue?.attributes.keys() ?? [])]).toEqual(['Arn', 'QueueName', 'QueueUrl']);
    expect(queue?.ref).toEqual(['QueueUrl']);
  });

  it('take the identifier of CloudFormation over the one of the registry', () => {
    expect(cloudFormationSchemas.resource('AWS::ApiGateway::Stage')?.ref).toEqual(['StageName']);
    expect(cloudFormationSchemas.resource('AWS::S3::Bucket')?.ref).toEqual(['BucketName']);
    expect(cloudFormationSchemas.resource('AWS::Events::Rule')?.ref).toEqual(['EventBusName', 'Name']);
  });

  it('have types for definitions, lists that may also be JSON, and are cut where a definition holds itself', () => {
    const table = cloudFormationSchemas.resource('AWS::DynamoDB::Table')?.properties.get('KeySchema');
    expect(table?.type).toEqual(
      listOf({
        kind: 'object',
        attributes: new Map([
          ['AttributeName', STRING],
          ['KeyType', STRING],
        ]),
      }),
    );
    const rules = cloudFormationSchemas.resource('AWS::WAFv2::WebACL')?.properties.get('Rules')?.type;
    const rule = rules?.kind === 'list' && rules.element.kind === 'object' ? rules.element.attributes : undefined;
    const statement = rule?.get('Statement');
    const not = statement?.kind === 'object' ? statement.attributes.get('NotStatement') : undefined;
    expect(not).toEqual({ kind: 'object', attributes: new Map([['Statement', DYNAMIC]]) });
  });

  it('are every type of AWS, and decode', () => {
    const types = cloudFormationSchemas.resourceTypes;
    expect(types.length).toBeGreaterThan(1_800);
    expect(types.filter((type) => cloudFormationSchemas.resource(type) === undefined)).toEqual([]);
    expect(cloudFormationSchemas.resource('AWS::Bakery::Oven')).toBeUndefined();
  });
});
