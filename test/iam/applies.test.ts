import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Answer, nameOf } from '../../src/iam/answer.js';
import { allowNaming, fits, isDenyFor, type Request, toDocument } from '../../src/iam/applies.js';
import { ABSENT, known, unknownKey } from '../../src/iam/context.js';
import { matches, matchesResource } from '../../src/iam/pattern.js';
import type { Caller } from '../../src/iam/principal.js';
import { type Text, textOf, toLowerCase, toTemplate } from '../../src/iam/text.js';
import { partly, toValue, unknown } from '../support/to-value.js';

const account = unknown('account', {
  type: { kind: 'string' },
  reason: 'provider-configuration',
  subject: 'provider.aws account',
});
const bucket = unknown('bucket', { type: { kind: 'string' } });
const baker: Caller = {
  kind: 'role-session',
  arn: textAs(partly('arn:aws:sts::', account, ':assumed-role/baker/dawn')),
  roleArn: textAs(partly('arn:aws:iam::', account, ':role/baker')),
  account: textAs(account),
  isServiceLinked: false,
};

function textAs(value: unknown): Text {
  return toTemplate(toValue(value), false)?.tokens as Text;
}

function pattern(text: string): Text {
  return toTemplate(toValue(text), false)?.tokens as Text;
}

/** An answer by the names of its causes. */
function shown(answer: Answer): boolean | string[] {
  return typeof answer === 'boolean' ? answer : [...new Set(answer.causes.map(nameOf))];
}

function ask(statement: object, request: Partial<{ action: string; resource: unknown; keys: Record<string, string> }>) {
  const { action = 's3:GetObject', resource = 'arn:aws:s3:::orders/rye', keys = {} } = request;
  const asked: Request = {
    caller: baker,
    hasBoundary: false,
    action: toLowerCase(textOf(action)),
    resource: textAs(resource),
    context: (key) => {
      const value = keys[key];
      return value === undefined ? ABSENT : value === '?' ? unknownKey(key) : known(value);
    },
  };
  const [first] = toDocument(toValue({ version: '2012-10-17', statement: [statement] })).statements;
  if (first === undefined) throw new Error('no statement');
  const naming = allowNaming(first, asked);
  return {
    fits: shown(fits(first, asked)),
    direct: shown(naming.direct),
    role: shown(naming.role),
    account: shown(naming.account),
    isDenied: shown(isDenyFor(first, asked)),
  };
}

const why = ['var.bucket (variable-without-value)'];

describe('unknown parts of a statement', () => {
  const read = { effect: 'Allow', actions: ['s3:GetObject'] };
  const cases: [string, object, object, boolean | string[]][] = [
    [
      'a name that is not known may be the one',
      { ...read, resources: [partly('arn:aws:s3:::', bucket, '/*')] },
      {},
      why,
    ],
    [
      'a name that is not known is itself',
      { ...read, resources: [partly('arn:aws:s3:::', bucket, '/*')] },
      { resource: partly('arn:aws:s3:::', bucket, '/rye') },
      true,
    ],
    ['a part that is known decides', { ...read, resources: [partly('arn:aws:s3:::', bucket, '/wheat/*')] }, {}, false],
    ['the star is anything', { ...read, resources: ['*'] }, { resource: bucket }, true],
    ['another action is another', { ...read, resources: [bucket] }, { action: 's3:PutObject' }, false],
    ['an action that is not known', { effect: 'Allow', actions: [bucket], resources: ['*'] }, {}, why],
    ['a known resource beside an unknown one', { ...read, resources: [bucket, 'arn:aws:s3:::orders/*'] }, {}, true],
    ['NotResource of an unknown one', { ...read, not_resources: [bucket] }, {}, why],
    [
      'one of two resources, both of which fit',
      { ...read, resources: [unknown('x', { alternatives: [toValue('*'), toValue('arn:aws:s3:::orders/*')] })] },
      {},
      true,
    ],
    [
      'one of two resources, one of which fits',
      { ...read, resources: [unknown('x', { alternatives: [toValue('*'), toValue('arn:aws:s3:::cellar/*')] })] },
      {},
      ['var.x (variable-without-value)'],
    ],
    [
      'resources that are not known',
      { ...read, resources: unknown('list') },
      {},
      ['var.list (variable-without-value)'],
    ],
    [
      'a condition of unknown values',
      { ...read, resources: ['*'], condition: [{ test: 'StringEquals', variable: 'x:a', values: [bucket] }] },
      { keys: { 'x:a': 'rye' } },
      why,
    ],
    [
      'a condition of unknown values on a key that is absent',
      { ...read, resources: ['*'], condition: [{ test: 'StringEquals', variable: 'x:a', values: [bucket] }] },
      {},
      false,
    ],
    [
      'a range that is not known',
      { ...read, resources: ['*'], condition: [{ test: 'IpAddress', variable: 'aws:sourceip', values: [bucket] }] },
      { keys: { 'aws:sourceip': '203.0.113.7' } },
      why,
    ],
    [
      'an ARN whose account is not known',
      {
        ...read,
        resources: ['*'],
        condition: [
          { test: 'ArnLike', variable: 'aws:sourcearn', values: [partly('arn:aws:sns:*:', bucket, ':bells')] },
        ],
      },
      { keys: { 'aws:sourcearn': 'arn:aws:sns:eu-west-1:111122223333:bells' } },
      why,
    ],
    ['conditions that are not known', { ...read, resources: ['*'], condition: unknown('when') }, {}, ['condition']],
  ];
  test.each(cases)('%s', (_, statement, request, expected) => {
    expect(ask(statement, request).fits).toEqual(expected);
  });
});

describe('unknown principals', () => {
  const named = (identifiers: unknown[], type: unknown = 'AWS') => ({
    effect: 'Allow',
    actions: ['*'],
    principals: [{ type, identifiers }],
  });
  const nobody = { direct: false, role: false, account: false, isDenied: false };
  const whose = ['provider.aws account (provider-configuration)'];
  const cases: [string, object, object][] = [
    [
      'a role in the same unknown account is that role',
      named([partly('arn:aws:iam::', account, ':role/baker')]),
      { ...nobody, role: true, isDenied: true },
    ],
    [
      'the same unknown account is that account',
      named([partly('arn:aws:iam::', account, ':root')]),
      { ...nobody, account: true, isDenied: true },
    ],
    ['another role in it is another', named([partly('arn:aws:iam::', account, ':role/miller')]), nobody],
    [
      'a role in a known account may be that role',
      named(['arn:aws:iam::111122223333:role/baker']),
      { ...nobody, role: whose, isDenied: whose },
    ],
    [
      'a principal that is not known may be anybody',
      named([bucket]),
      { direct: [...why, ...whose], role: [...why, ...whose], account: [...why, ...whose] },
    ],
    ['a service is no role', named([bucket], 'Service'), nobody],
  ];
  test.each(cases)('%s', (_, statement, expected) => {
    expect(ask(statement, {})).toMatchObject(expected);
  });
});

test('a pattern matches what the same expression matches', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 7 });
  const globs = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 6 });
  fc.assert(
    fc.property(globs, letters, (glob, text) => {
      const expression = (star: string, one: string) =>
        new RegExp(
          `^${glob
            .replace(/\*+/g, '*')
            .replace(/\*(?=:|$)/g, '{')
            .replace(/\*/g, star)
            .replace(/\{/g, '.*')
            .replace(/\?/g, one)}$`,
        );
      const isPlain = expression('.*', '.').test(text);
      const isInSegments = expression('[^:]*', '[^:]').test(text);
      expect(matches(pattern(glob), textOf(text))).toBe(isPlain);
      expect(shown(matchesResource(pattern(glob), textOf(text)))).toEqual(
        isPlain && !isInSegments ? ['wildcard-across-colon'] : isPlain,
      );
    }),
    { numRuns: 3000 },
  );
});
