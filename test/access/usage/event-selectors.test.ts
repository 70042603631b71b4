import { describe, expect, test } from 'vitest';
import {
  type ActionEvents,
  type BasicSelector,
  type EventSelectors,
  type FieldSelector,
  type FieldTest,
  recordedBy,
} from '../../../src/access/usage/event-selectors.js';

const management: ActionEvents = { dataTypes: [], sources: ['kms.amazonaws.com'], names: ['Encrypt'] };
const objects: ActionEvents = {
  dataTypes: ['AWS::S3::Object'],
  sources: ['s3.amazonaws.com', 's3-control.amazonaws.com'],
  names: ['GetObject', 'HeadObject'],
};

function basic(given: Partial<BasicSelector>): EventSelectors {
  const selector = { readWriteType: 'All', includesManagement: true, excludedSources: [], dataResources: [] } as const;
  return { kind: 'basic', selectors: [{ ...selector, ...given }] };
}

function advanced(
  ...selectors: readonly (readonly (readonly [string, FieldTest['operator'], ...string[]])[])[]
): EventSelectors {
  return {
    kind: 'advanced',
    selectors: selectors.map((fields) =>
      fields.map(([field, operator, ...values]): FieldSelector => ({ field, tests: [{ operator, values }] })),
    ),
  };
}

const DATA = ['eventCategory', 'equals', 'Data'] as const;
const MANAGEMENT = ['eventCategory', 'equals', 'Management'] as const;
const OBJECTS = ['resources.type', 'equals', 'AWS::S3::Object'] as const;

describe('basic selectors', () => {
  test.each([
    ['all management events', {}, 'all', 'none'],
    ['those that write', { readWriteType: 'WriteOnly' }, 'none', 'none'],
    ['none of a source', { excludedSources: ['kms.amazonaws.com'] }, 'none', 'none'],
    ['those of another source', { excludedSources: ['rdsdata.amazonaws.com'] }, 'all', 'none'],
    ['no management events', { includesManagement: false }, 'none', 'none'],
    ['objects of all buckets', { dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] }, 'all', 'all'],
    ['objects of China', { dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws-cn:s3:::'] }] }, 'all', 'all'],
    [
      'objects of a bucket',
      { dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3:::rye/'] }] },
      'all',
      'some',
    ],
    ['functions', { dataResources: [{ type: 'AWS::Lambda::Function', values: ['arn:aws:lambda'] }] }, 'all', 'none'],
    [
      'objects that are read',
      { readWriteType: 'ReadOnly', dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] },
      'none',
      'none',
    ],
  ] satisfies [string, Partial<BasicSelector>, string, string][])('record %s', (_, given, ofKms, ofObjects) => {
    expect([recordedBy(basic(given), management), recordedBy(basic(given), objects)]).toEqual([ofKms, ofObjects]);
  });

  test('of which one reads and one writes record both', () => {
    const both: EventSelectors = {
      kind: 'basic',
      selectors: (['ReadOnly', 'WriteOnly'] as const).map((readWriteType) => ({
        readWriteType,
        includesManagement: true,
        excludedSources: [],
        dataResources: [],
      })),
    };
    expect(recordedBy(both, management)).toBe('all');
  });
});

describe('advanced selectors', () => {
  test.each([
    ['management events', advanced([MANAGEMENT]), 'all', 'none'],
    ['data events of objects', advanced([DATA, OBJECTS]), 'none', 'all'],
    ['both', advanced([MANAGEMENT], [DATA, OBJECTS]), 'all', 'all'],
    ['all but a source', advanced([MANAGEMENT, ['eventSource', 'not_equals', 'kms.amazonaws.com']]), 'none', 'none'],
    [
      'all but two other sources',
      advanced([MANAGEMENT, ['eventSource', 'not_equals', 'rdsdata.amazonaws.com']]),
      'all',
      'none',
    ],
    ['those of a source', advanced([DATA, OBJECTS, ['eventSource', 'equals', 's3.amazonaws.com']]), 'none', 'all'],
    ['those that write', advanced([DATA, OBJECTS, ['readOnly', 'equals', 'false']]), 'none', 'none'],
    [
      'those that write and those that read, apart',
      advanced([DATA, OBJECTS, ['readOnly', 'equals', 'false']], [DATA, OBJECTS, ['readOnly', 'equals', 'true']]),
      'none',
      'all',
    ],
    ['one of two names', advanced([DATA, OBJECTS, ['eventName', 'equals', 'GetObject']]), 'none', 'none'],
    [
      'names apart',
      advanced(
        [DATA, OBJECTS, ['eventName', 'equals', 'GetObject']],
        [DATA, OBJECTS, ['eventName', 'starts_with', 'Head']],
      ),
      'none',
      'all',
    ],
    ['names but others', advanced([DATA, OBJECTS, ['eventName', 'not_ends_with', 'Acl']]), 'none', 'all'],
    ['a bucket', advanced([DATA, OBJECTS, ['resources.ARN', 'starts_with', 'arn:aws:s3:::rye/']]), 'none', 'some'],
    [
      'all but a bucket',
      advanced([DATA, OBJECTS, ['resources.ARN', 'not_starts_with', 'arn:aws:s3:::rye/']]),
      'none',
      'some',
    ],
    [
      'all buckets by name',
      advanced([DATA, OBJECTS, ['resources.ARN', 'starts_with', 'arn:aws:s3:::']]),
      'none',
      'all',
    ],
    [
      'those of somebody',
      advanced([MANAGEMENT, ['userIdentity.arn', 'not_equals', 'arn:aws:iam::1:root']]),
      'some',
      'none',
    ],
    ['what has a field that is not known', advanced([MANAGEMENT, ['flavour', 'equals', 'rye']]), 'some', 'none'],
  ] as const)('record %s', (_, selectors, ofKms, ofObjects) => {
    expect([recordedBy(selectors, management), recordedBy(selectors, objects)]).toEqual([ofKms, ofObjects]);
  });

  test('have to ask for all types of an action', () => {
    const two: ActionEvents = { ...objects, dataTypes: ['AWS::S3::Object', 'AWS::S3::AccessPoint'] };
    const accessPoints = ['resources.type', 'equals', 'AWS::S3::AccessPoint'] as const;
    expect(recordedBy(advanced([DATA, OBJECTS]), two)).toBe('none');
    expect(recordedBy(advanced([DATA, OBJECTS], [DATA, accessPoints]), two)).toBe('all');
  });
});
