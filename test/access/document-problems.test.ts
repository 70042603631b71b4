import { describe, expect, test } from 'vitest';
import { problemsIn, problemsOf } from '../../src/access/document-problems.js';
import { toDocument } from '../../src/iam/index.js';
import { policy } from '../support/policies.js';

const GET = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

function shown(document: unknown): string[] {
  return problemsOf(policy(document).document).map(
    ({ message, isFatal }) => `${isFatal ? 'refused' : 'noted'}: ${message}`,
  );
}

function ofStatement(...Statement: readonly unknown[]): string[] {
  return shown({ Version: '2012-10-17', Statement });
}

describe('what IAM refuses', () => {
  test.each([
    [
      'a version',
      { Version: '2012-10-18', Statement: [GET] },
      'The policy has the Version "2012-10-18", which IAM does not know: 2012-10-17, or 2008-10-17.',
    ],
    ['no statement', { Version: '2012-10-17' }, 'The policy has no Statement.'],
  ])('%s', (_, document, message) => {
    expect(shown(document)).toEqual([`refused: ${message}`]);
  });

  test.each([
    ['no effect', { ...GET, Effect: undefined }, 'has no Effect.'],
    [
      'an effect in lower case',
      { ...GET, Effect: 'allow' },
      'has the Effect "allow", which is neither Allow nor Deny.',
    ],
    [
      'an element of another name',
      { ...GET, Conditions: {} },
      'has "Conditions", which is no element of a statement. Did you mean "Condition"?',
    ],
    ['no action', { Effect: 'Allow', Resource: '*' }, 'has neither Action nor NotAction.'],
    ['an empty list of actions', { ...GET, Action: [] }, 'has neither Action nor NotAction.'],
    ['both kinds of actions', { ...GET, NotAction: 'sqs:*' }, 'has both Action and NotAction.'],
    ['no resource', { Effect: 'Allow', Action: 's3:GetObject' }, 'has neither Resource nor NotResource.'],
    ['both kinds of resources', { ...GET, NotResource: 'arn:aws:s3:::b' }, 'has both Resource and NotResource.'],
    ['a list in a list', { ...GET, Action: [['s3:GetObject']] }, 'has an action that is no text.'],
    ['an object as a resource', { ...GET, Resource: [{ Ref: 'Bucket' }] }, 'has a resource that is no text.'],
    [
      'a resource that is no ARN',
      { ...GET, Resource: 'b/k' },
      'has the resource "b/k", which is neither an ARN nor "*".',
    ],
    [
      'an action without a service',
      { ...GET, Action: 'GetObject' },
      'has the action "GetObject", which names no service.',
    ],
    [
      'an operator without keys',
      { ...GET, Condition: { StringEquals: 'x' } },
      'has a condition that is not of operators with keys.',
    ],
    ['conditions as a list', { ...GET, Condition: 'x' }, 'has a condition that is not of operators with keys.'],
  ])('%s', (_, statement, message) => {
    expect(ofStatement(GET, statement)).toEqual([`refused: Statement 2 ${message}`]);
  });

  test('a statement that is a text', () => {
    expect(ofStatement('x', GET)).toEqual(['refused: Statement 1 is no object.']);
  });
});

test('what IAM takes, and what has no effect then', () => {
  expect(ofStatement({ ...GET, Action: ['s3:GetObjcet', 'S3:getobject', 'ec2:Fly*', '*'] })).toEqual([
    'noted: The action "s3:GetObjcet" does not exist, by the catalogue of actions. Did you mean "s3:GetObject"?',
    'noted: No action matches "ec2:Fly*", by the catalogue of actions.',
  ]);
  expect(ofStatement({ ...GET, Condition: { StringMatches: { 'aws:username': 'x' } } })).toEqual([
    'noted: Statement 1 has the operator "StringMatches", which IAM does not know.',
  ]);
});

test.each([
  [
    'a trust policy has no resource',
    { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
  [
    'every operator, with a set and IfExists',
    {
      ...GET,
      Condition: { 'ForAllValues:StringLikeIfExists': { 'aws:TagKeys': ['a'] }, Null: { 'aws:TagKeys': true } },
    },
  ],
  ['a resource that begins with a variable', { ...GET, Resource: '${aws:PrincipalTag/bucket}' }],
  ['empty conditions', { ...GET, Condition: {} }],
])('nothing is wrong: %s', (_, statement) => {
  expect(ofStatement(statement)).toEqual([]);
});

test('what several policies have is told once for each document, and of contents that are not of the input nothing', () => {
  const wrong = policy({ Version: '2012-10-17', Statement: [{ ...GET, Effect: 'allow' }] });
  const named = { ...wrong, name: 'bake' };
  expect(problemsIn([named, named, { ...wrong, document: { ...wrong.document }, attachedBy: wrong.document }])).toEqual(
    [
      {
        policy: 'bake',
        message: 'Statement 1 has the Effect "allow", which is neither Allow nor Deny.',
        location: null,
      },
    ],
  );
});

test('a condition that IAM refuses is not known, and never none', () => {
  const { document } = policy({ Version: '2012-10-17', Statement: [{ ...GET, Condition: { StringEquals: 'x' } }] });
  expect(toDocument(document).statements.map(({ areConditionsOpen }) => areConditionsOpen)).toEqual([true]);
});
