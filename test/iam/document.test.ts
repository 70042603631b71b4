import { describe, expect, test } from 'vitest';
import {
  deniesAll,
  documentAllows,
  documentIsPublic,
  isRestrictedBy,
  statementAllows,
  statementIsPublic,
} from '../../src/iam/index.js';
import { partly, toValue, unknown } from '../support/to-value.js';

const everyone = [{ type: '*', identifiers: ['*'] }];
const account = [{ type: 'AWS', identifiers: ['arn:aws:iam::111122223333:root'] }];
const role = unknown('role', {
  type: { kind: 'string' },
  identity: '.\0data.aws_iam_role.baker.arn',
  refersTo: [{ root: '.', address: 'data.aws_iam_role.baker', attribute: 'arn' }],
});
const oneOf = (...values: unknown[]) =>
  unknown('one of', { type: { kind: 'string' }, alternatives: values.map(toValue) });
const when = (test: string, variable: string, ...values: unknown[]) => [{ test, variable, values }];

describe('a statement allows', () => {
  const cases: [string, object, [string, string], boolean | undefined][] = [
    ['everything', { effect: 'Allow', actions: ['*'], resources: ['*'] }, ['*', '*'], true],
    ['everything, spelt with a colon', { effect: 'Allow', actions: ['*:*'], resources: ['*'] }, ['*', '*'], true],
    ['a service only', { effect: 'Allow', actions: ['s3:*'], resources: ['*'] }, ['*', '*'], false],
    ['by a Deny nothing', { effect: 'Deny', actions: ['*'], resources: ['*'] }, ['*', '*'], false],
    [
      'actions whatever their case',
      { effect: 'Allow', actions: ['S3:getobject'], resources: ['*'] },
      ['s3:GetObject', '*'],
      true,
    ],
    [
      'a wildcard over an action',
      { effect: 'Allow', actions: ['iam:Pass*'], resources: ['*'] },
      ['iam:PassRole', '*'],
      true,
    ],
    [
      'one role only',
      { effect: 'Allow', actions: ['iam:PassRole'], resources: ['arn:aws:iam::1:role/bakery'] },
      ['iam:PassRole', '*'],
      false,
    ],
    [
      'all but what NotAction names',
      { effect: 'Allow', not_actions: ['iam:*'], resources: ['*'] },
      ['s3:GetObject', '*'],
      true,
    ],
    [
      'by NotAction not what it names',
      { effect: 'Allow', not_actions: ['iam:*'], resources: ['*'] },
      ['iam:PassRole', '*'],
      false,
    ],
    ['by NotAction not everything', { effect: 'Allow', not_actions: ['iam:*'], resources: ['*'] }, ['*', '*'], false],
    [
      'perhaps, by an unknown action',
      { effect: 'Allow', actions: ['s3:Get*', unknown('action')], resources: ['*'] },
      ['*', '*'],
      undefined,
    ],
    [
      'certainly not, by a prefix that excludes it',
      { effect: 'Allow', actions: [partly('s3:', unknown('verb'))], resources: ['*'] },
      ['*', '*'],
      false,
    ],
    [
      'certainly, whatever the unknown is',
      { effect: 'Allow', actions: ['*', unknown('action')], resources: ['*'] },
      ['*', '*'],
      true,
    ],
    [
      'perhaps, by an unknown effect',
      { effect: unknown('effect'), actions: ['*'], resources: ['*'] },
      ['*', '*'],
      undefined,
    ],
    [
      'any resource where a trust policy has none',
      { effect: 'Allow', actions: ['sts:AssumeRole'] },
      ['sts:AssumeRole', '*'],
      true,
    ],
  ];
  test.each(cases)('%s', (_, statement, [action, resource], expected) => {
    expect(statementAllows(toValue(statement), action, resource).value).toBe(expected);
  });

  test('names the unknowns that decide', () => {
    const verdict = statementAllows(
      toValue({ effect: 'Allow', actions: [unknown('action')], resources: ['*'] }),
      '*',
      '*',
    );
    expect(verdict.unknowns.map(({ subject }) => subject)).toEqual(['var.action']);
  });
});

describe('a document allows', () => {
  test('what one statement allows and no unconditional Deny takes away', () => {
    const allow = { effect: 'Allow', actions: ['*'], resources: ['*'] };
    const deny = { effect: 'Deny', actions: ['iam:*'], resources: ['*'] };
    const answer = (...statement: object[]) => documentAllows(toValue({ statement }), '*', '*').value;
    expect(answer(allow)).toBe(true);
    expect(answer(allow, deny)).toBe(false);
    expect(answer(allow, { ...deny, condition: when('Bool', 'aws:multifactorauthpresent', 'false') })).toBe(true);
    expect(documentAllows(toValue(unknown('document')), '*', '*').value).toBe(undefined);
  });
});

describe('a statement is public', () => {
  const allow = { effect: 'Allow', actions: ['s3:GetObject'], resources: ['*'] };
  const cases: [string, object, boolean | undefined][] = [
    ['with everyone as principal', { ...allow, principals: everyone }, true],
    ['with AWS: *', { ...allow, principals: [{ type: 'AWS', identifiers: ['*'] }] }, true],
    ['not with one account', { ...allow, principals: account }, false],
    ['not with an ARN that is looked up', { ...allow, principals: [{ type: 'AWS', identifiers: [role] }] }, false],
    [
      'perhaps with what a function makes of an ARN',
      { ...allow, principals: [{ type: 'AWS', identifiers: [{ ...role, identity: 'replace\0role' }] }] },
      undefined,
    ],
    [
      'not for the resource that an ARN names',
      { ...allow, principals: everyone, condition: when('ArnLike', 'aws:sourcearn', role) },
      false,
    ],
    ['not when it denies', { ...allow, effect: 'Deny', principals: everyone }, false],
    [
      'not within an organisation',
      { ...allow, principals: everyone, condition: when('StringEquals', 'aws:principalorgid', 'o-orchard') },
      false,
    ],
    [
      'although it demands TLS',
      { ...allow, principals: everyone, condition: when('Bool', 'aws:securetransport', 'true') },
      true,
    ],
    [
      'when the condition may be missing',
      { ...allow, principals: everyone, condition: when('StringEqualsIfExists', 'aws:sourcevpce', 'vpce-1') },
      true,
    ],
    [
      'when the condition is negated',
      { ...allow, principals: everyone, condition: when('StringNotEquals', 'aws:sourcevpce', 'vpce-1') },
      true,
    ],
    [
      'when the pattern matches all',
      { ...allow, principals: everyone, condition: when('StringLike', 'aws:sourcearn', '*') },
      true,
    ],
    [
      'when the addresses are all',
      { ...allow, principals: everyone, condition: when('IpAddress', 'aws:sourceip', '10.0.0.0/8', '0.0.0.0/0') },
      true,
    ],
    [
      'not for some addresses',
      { ...allow, principals: everyone, condition: when('IpAddress', 'aws:sourceip', '10.0.0.0/8') },
      false,
    ],
    [
      'for addresses that are nearly all',
      { ...allow, principals: everyone, condition: when('IpAddress', 'aws:sourceip', '0.0.0.0/1', '128.0.0.0/1') },
      true,
    ],
    [
      'for half of the IPv6 addresses',
      { ...allow, principals: everyone, condition: when('IpAddress', 'aws:sourceip', '2000::/3') },
      true,
    ],
    [
      'not for the local IPv6 addresses',
      { ...allow, principals: everyone, condition: when('IpAddress', 'aws:sourceip', 'fc00::/7') },
      false,
    ],
    [
      'for the roles of every account',
      { ...allow, principals: everyone, condition: when('ArnLike', 'aws:principalarn', 'arn:aws:iam::*:role/baker') },
      true,
    ],
    [
      'for the roles of every account, whatever their unknown name',
      {
        ...allow,
        principals: everyone,
        condition: when('StringLike', 'aws:principalarn', partly('arn:aws:iam::*:role/', unknown('name'))),
      },
      true,
    ],
    [
      'for a name in every account',
      { ...allow, principals: everyone, condition: when('StringLike', 'aws:principalarn', '*:role/baker') },
      true,
    ],
    [
      'not for the roles of one account',
      {
        ...allow,
        principals: everyone,
        condition: when('ArnLike', 'aws:principalarn', 'arn:*:iam::111122223333:role/*', '*:111122223333:role/*'),
      },
      false,
    ],
    [
      'for every bucket of every account',
      { ...allow, principals: everyone, condition: when('ArnLike', 'aws:sourcearn', 'arn:aws:s3:*:*:*') },
      true,
    ],
    [
      'not for one bucket, whose name is of one account only',
      { ...allow, principals: everyone, condition: when('ArnLike', 'aws:sourcearn', 'arn:aws:s3:*:*:bakery') },
      false,
    ],
    [
      'for every network',
      { ...allow, principals: everyone, condition: when('StringLike', 'aws:sourcevpc', 'vpc-*') },
      true,
    ],
    [
      'not for an unknown account',
      { ...allow, principals: everyone, condition: when('StringEquals', 'aws:sourceaccount', unknown('id')) },
      false,
    ],
    [
      'perhaps, for an unknown pattern',
      { ...allow, principals: everyone, condition: when('ArnLike', 'aws:sourcearn', unknown('arn')) },
      undefined,
    ],
    [
      'not for a pattern of which a part is known',
      {
        ...allow,
        principals: everyone,
        condition: when('ArnLike', 'aws:sourcearn', partly('arn:aws:s3:::', unknown('b'))),
      },
      false,
    ],
    [
      'perhaps, with an unknown principal',
      { ...allow, principals: [{ type: 'AWS', identifiers: [unknown('who')] }] },
      undefined,
    ],
    [
      'not with a principal that is an ARN',
      { ...allow, principals: [{ type: 'AWS', identifiers: [partly('arn:aws:iam::', unknown('id'), ':root')] }] },
      false,
    ],
    ['for all but some', { ...allow, not_principals: account }, true],
    ['not for one of two roles', { ...allow, principals: [{ type: 'AWS', identifiers: [oneOf(role, role)] }] }, false],
    [
      'perhaps for a role or all',
      { ...allow, principals: [{ type: 'AWS', identifiers: [oneOf(role, '*')] }] },
      undefined,
    ],
    ['for all, in one of two ways', { ...allow, principals: [{ type: 'AWS', identifiers: [oneOf('*', '*')] }] }, true],
  ];
  test.each(cases)('%s', (_, statement, expected) => {
    expect(statementIsPublic(toValue(statement)).value).toBe(expected);
  });

  test('and so is its document, decided by it', () => {
    const open = { ...allow, sid: 'Open', principals: everyone };
    const document = toValue({ statement: [{ ...allow, principals: account }, open] });
    const verdict = documentIsPublic(document);
    expect(verdict.value).toBe(true);
    expect(verdict.decidedBy).toEqual([toValue(open)]);
  });
});

describe('a document that denies outsiders what it allows everyone', () => {
  const bakery = partly('arn:aws:s3:::', unknown('name', { identity: 'bakery' }));
  const loaves = partly('arn:aws:s3:::', unknown('name', { identity: 'bakery' }), '/*');
  const allow = { effect: 'Allow', actions: ['s3:GetObject'], resources: [loaves], principals: everyone };
  const deny = { effect: 'Deny', actions: ['s3:*'], resources: [bakery, loaves], principals: everyone };
  const foreign = when('StringNotEquals', 'aws:principalorgid', 'o-orchard');
  const cases: [string, object, boolean | undefined][] = [
    ['is not public', { ...deny, condition: foreign }, false],
    [
      'is not public for services either',
      {
        ...deny,
        condition: [...foreign, ...when('BoolIfExists', 'aws:principalisawsservice', 'false')],
      },
      false,
    ],
    [
      'is not public outside of some addresses',
      {
        ...deny,
        condition: when('NotIpAddress', 'aws:sourceip', '192.0.2.0/24'),
      },
      false,
    ],
    ['is not public without a condition', deny, false],
    [
      'is, where the denial names nobody',
      { ...deny, condition: when('StringNotLike', 'aws:principalorgid', '*') },
      true,
    ],
    [
      'is, where the denial is for plain HTTP',
      {
        ...deny,
        condition: when('Bool', 'aws:securetransport', 'false'),
      },
      true,
    ],
    [
      'is, where the denial is for plain HTTP from outside',
      {
        ...deny,
        condition: [...foreign, ...when('Bool', 'aws:securetransport', 'false')],
      },
      true,
    ],
    [
      'is, where callers of no organisation are not denied',
      {
        ...deny,
        condition: when('ForAnyValue:StringNotEquals', 'aws:principalorgpaths', 'o-orchard/*'),
      },
      true,
    ],
    ['is, where another action is denied', { ...deny, actions: ['s3:PutObject'], condition: foreign }, true],
    ['is, where one account is denied', { ...deny, principals: account, condition: foreign }, true],
    [
      'perhaps is, where the denial may be for nobody',
      {
        ...deny,
        condition: when('StringNotLike', 'aws:principalorgid', unknown('org')),
      },
      undefined,
    ],
  ];
  test.each(cases)('%s', (_, statement, expected) => {
    expect(documentIsPublic(toValue({ statement: [allow, statement] })).value).toBe(expected);
  });
});

describe('a statement is restricted by a key', () => {
  test('when a positive condition holds it to some values', () => {
    const restricted = (...condition: object[]) => isRestrictedBy(toValue({ condition }), ['STS:ExternalId']).value;
    expect(restricted(...when('StringEquals', 'sts:externalid', 'orchard'))).toBe(true);
    expect(restricted(...when('ForAllValues:StringEquals', 'sts:externalid', 'orchard'))).toBe(false);
    expect(restricted(...when('ForAnyValue:StringLike', 'sts:externalid', 'orch*'))).toBe(true);
    expect(restricted(...when('StringEquals', 'sts:externalid', '*'))).toBe(true);
    expect(restricted(...when('StringLike', 'sts:externalid', '*'))).toBe(false);
    expect(restricted(...when('StringEquals', 'aws:username', 'x'))).toBe(false);
    expect(restricted()).toBe(false);
  });
});

describe('a document denies all plain HTTP', () => {
  const context = new Map([['aws:SecureTransport', 'false']]);
  const bucket = unknown('bucket', { refersTo: [{ root: '.', address: 'aws_s3_bucket.orchard', attribute: 'id' }] });
  const arn = partly('arn:aws:s3:::', bucket);
  const anywhere = (...end: string[]) => partly('arn:', unknown('partition'), ':s3:::', bucket, ...end);
  const either = (...end: string[]) =>
    unknown('either', {
      type: { kind: 'string' },
      alternatives: ['aws', 'aws-cn'].map((partition) => partly(`arn:${partition}:s3:::`, bucket, ...end)),
    });
  const deny = (over: object) => ({
    statement: [
      {
        effect: 'Deny',
        principals: everyone,
        actions: ['s3:*'],
        resources: [arn, partly('arn:aws:s3:::', bucket, '/*')],
        condition: when('Bool', 'aws:securetransport', 'false'),
        ...over,
      },
    ],
  });
  const inSome = (rest: string) =>
    unknown('partition', {
      identity: undefined,
      alternatives: ['aws', 'aws-cn'].map((partition) => partly(`arn:${partition}:s3:::`, bucket, rest)),
    });
  const cases: [string, object, boolean | undefined][] = [
    ['on the bucket and its objects', {}, true],
    ['not on the objects alone', { resources: [partly('arn:aws:s3:::', bucket, '/*')] }, false],
    ['not on the bucket alone', { resources: [arn] }, false],
    ['on everything', { resources: ['*'] }, true],
    ['on the bucket whatever its partition', { resources: [anywhere(), anywhere('/*')] }, true],
    ['on the bucket in one of two partitions', { resources: [either(), either('/*')] }, true],
    ['not on the bucket alone in one of two partitions', { resources: [either(), either()] }, false],
    [
      'not on a folder alone',
      { resources: [partly('arn:aws:s3:::', bucket, '/2024'), partly('arn:aws:s3:::', bucket, '/2024/*')] },
      false,
    ],
    [
      'not on a folder of a bucket that is named',
      { resources: ['arn:aws:s3:::a/2024', 'arn:aws:s3:::a/2024/*'] },
      false,
    ],
    ['not on what begins alike', { resources: ['arn:aws:s3:::a/20*'] }, false],
    ['on all that begins so', { resources: ['arn:aws:s3:::a*'] }, true],
    ['not on a folder, in whichever partition it is', { resources: [inSome('/2024'), inSome('/2024/*')] }, false],
    ['on a bucket that is named', { resources: ['arn:aws:s3:::a', 'arn:aws:s3:::a/*'] }, true],
    [
      'by names that are not known, whatever they are called here',
      { resources: [partly('arn:aws:s3:::', unknown('a/b\0c')), partly('arn:aws:s3:::', unknown('a/b\0c'), '/*')] },
      true,
    ],
    ['in whichever partition it is', { resources: [inSome(''), inSome('/*')] }, true],
    [
      'perhaps on its objects',
      { resources: [inSome(''), unknown('either', { alternatives: [toValue('x/*'), toValue('y/*')] })] },
      undefined,
    ],
    [
      'on its objects, by another partition: there is no other bucket of the name',
      { resources: [inSome(''), unknown('one', { alternatives: inSome('/*').alternatives?.slice(1) })] },
      true,
    ],
    ['not for some actions', { actions: ['s3:GetObject'] }, false],
    ['not for one account', { principals: account }, false],
    [
      'not with a second condition',
      { condition: [...when('Bool', 'aws:securetransport', 'false'), ...when('StringEquals', 'aws:username', 'x')] },
      undefined,
    ],
    ['not for TLS', { condition: when('Bool', 'aws:securetransport', 'true') }, false],
    ['not by an Allow', { effect: 'Allow' }, false],
  ];
  test.each(cases)('%s', (_, over, expected) => {
    expect(deniesAll(toValue(deny(over)), context).value).toBe(expected);
  });

  test('by a TLS version as well', () => {
    const document = deny({ condition: when('NumericLessThan', 's3:tlsversion', '1.2') });
    expect(deniesAll(toValue(document), new Map([['s3:TlsVersion', '1.1']])).value).toBe(true);
    expect(deniesAll(toValue(document), new Map([['s3:TlsVersion', '1.2']])).value).toBe(false);
  });

  test('or is not known, when the document is not', () => {
    expect(deniesAll(toValue(unknown('policy')), context).value).toBe(undefined);
    expect(deniesAll(toValue({ statement: [] }), context).value).toBe(false);
  });
});
