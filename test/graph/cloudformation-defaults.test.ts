import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType, SpecDatabase } from '@aws-cdk/service-spec-types';
import { expect, test } from 'vitest';
import { cloudFormationModels } from '../../src/graph/cloudformation-model.js';
import { cloudFormationTypes } from '../../src/graph/cloudformation-sides.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { mappingOf } from './mapping.js';

/** Certain although the property's own text names no default: the page says it elsewhere, or by what the property is. */
const SAID_OTHERWISE: Readonly<Record<string, string>> = {
  'AWS::CodeBuild::Project Artifacts.EncryptionDisabled': 'true turns encryption off',
  'AWS::EC2::Instance Monitoring': 'true turns detailed monitoring on, "otherwise, basic monitoring is enabled"',
  'AWS::ECS::Service EnableExecuteCommand': 'true turns it on',
  'AWS::Kinesis::Stream StreamEncryption.EncryptionType': 'without StreamEncryption nothing is encrypted',
  'AWS::SNS::Topic FifoTopic': 'true makes a FIFO topic',
};

const SAYS_DEFAULT = /\bdefaults?\b|if you don't specify|if you omit/i;

/** The text of a property by its path. */
function textOf(db: SpecDatabase, type: string, path: string): string | undefined {
  let properties: Readonly<Record<string, Property>> | undefined = db
    .lookup('resource', 'cloudFormationType', 'equals', type)
    .only().properties;
  let found: Property | undefined;
  for (const name of path.split('.')) {
    found = properties?.[name];
    properties = found === undefined ? undefined : fieldsOf(db, found.type);
  }
  return found && `${found.documentation ?? ''} ${found.defaultValue === undefined ? '' : 'default'}`;
}

function fieldsOf(db: SpecDatabase, type: PropertyType): Readonly<Record<string, Property>> | undefined {
  if (type.type === 'array' || type.type === 'map') return fieldsOf(db, type.element);
  if (type.type === 'ref') return db.get('typeDefinition', type.reference.$ref).properties;
  if (type.type !== 'union') return undefined;
  return type.types.map((one) => fieldsOf(db, one)).find((fields) => fields !== undefined);
}

test('a default of CloudFormation is certain only where its documentation says so', () => {
  const db = loadAwsServiceSpecSync();
  const silent = new Set<string>();
  for (const type of cloudFormationTypes()) {
    for (const { table, plan } of cloudFormationModels(providerSchemas, type)) {
      for (const { native, normal } of mappingOf(plan)) {
        const value = table?.defaults?.[normal?.replaceAll('[]', '') ?? '']?.cloudformation;
        const isCertain = typeof value === 'object' && 'certainty' in value && value.certainty === 'certain';
        // Of attributes that are pairs the documentation is that of the pair.
        if (!isCertain || native.includes('[')) continue;
        if (!SAYS_DEFAULT.test(textOf(db, type, native) ?? '')) silent.add(`${type} ${native}`);
      }
    }
  }
  expect([...silent].sort()).toEqual(Object.keys(SAID_OTHERWISE));
});
