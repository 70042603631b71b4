import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePolicies } from '../../../src/access/compare/compare.js';
import { decide } from '../../../src/access/decide.js';
import { deriveContext } from '../../../src/access/derive-context.js';
import type { AccessRequest, PolicyInForce } from '../../../src/access/request.js';
import { toCalls } from '../../../src/access/right-size/calls.js';
import { sizePolicies } from '../../../src/access/right-size/size-policies.js';
import { toSourceStatements } from '../../../src/access/right-size/source-statement.js';
import type { Subject } from '../../../src/access/right-size/subject.js';
import { toPolicyDocument } from '../../../src/graph/policy-document.js';
import { ABSENT, type Caller, expandActions, textOf, toDocument } from '../../../src/iam/index.js';
import { iamActions } from '../../../src/schemas/iam-actions.js';
import { invariant } from '../../../src/source/invariant.js';
import { usageOf, use } from '../../support/right-size.js';
import { toValue } from '../../support/to-value.js';

const ACCOUNT = '123456789012';
const caller: Caller = {
  kind: 'user',
  arn: textOf(`arn:aws:iam::${ACCOUNT}:user/ana`),
  account: textOf(ACCOUNT),
  uniqueId: undefined,
};

function requestOf(action: string, resource: string, identity: readonly PolicyInForce[]): AccessRequest {
  const context = deriveContext(caller, {
    stated: new Map(),
    principalTags: new Map(),
    hasAllTags: true,
    resourceTags: new Map(),
    organization: 'none',
    resourceAccount: textOf(ACCOUNT),
    region: undefined,
    hasKey: () => undefined,
    fallback: () => ABSENT,
  });
  const none = { resource: [], scp: [], rcp: [], kmsGrants: [] };
  return {
    caller,
    action,
    resource: textOf(resource),
    resourceAccount: textOf(ACCOUNT),
    context,
    kindOf: () => 'text',
    isCallerInManagementAccount: false,
    isResourceInManagementAccount: false,
    isBoundByRcps: true,
    policies: { identity, ...none },
  };
}

const TABLE = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table`;
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}`;
const actions = fc.constantFrom(
  '*',
  's3:*',
  's3:Get*',
  's3:GetObject',
  's3:ListBucket',
  's3:PutObject',
  'sqs:*',
  'sqs:SendMessage',
  'dynamodb:*',
  'dynamodb:Query',
  'dynamodb:*Item',
  'iam:PassRole',
  'kms:ListAliases',
);
const resources = fc.constantFrom(
  '*',
  'arn:aws:s3:::a',
  'arn:aws:s3:::a/*',
  'arn:aws:s3:::a*',
  'arn:aws:s3:::b/x/*',
  `${QUEUE}:*`,
  `${QUEUE}:a`,
  `${TABLE}/*`,
  `${TABLE}/a`,
);
const condition = fc.constantFrom(
  undefined,
  undefined,
  { Bool: { 'aws:SecureTransport': 'true' } },
  { StringNotEquals: { 'aws:PrincipalTag/team': 'x' } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } },
  { Null: { 'aws:SourceVpc': 'false' } },
);
const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Deny'),
    fields: fc.constantFrom(
      ['Action', 'Resource'],
      ['Action', 'Resource'],
      ['Action', 'Resource'],
      ['NotAction', 'Resource'],
      ['Action', 'NotResource'],
    ),
    action: fc.uniqueArray(actions, { minLength: 1, maxLength: 3 }),
    resource: fc.uniqueArray(resources, { minLength: 1, maxLength: 3 }),
    condition,
  })
  .map(({ Effect, fields: [a = '', r = ''], action, resource, condition: Condition }) => ({
    Effect,
    [a]: action,
    [r]: resource,
    ...(Condition === undefined ? {} : { Condition }),
  }));
const policies = fc.array(fc.array(statement, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 2 });
const calls = fc.uniqueArray(
  fc.constantFrom(
    ...['a', 'b', 'ab'].flatMap((bucket) => [
      `s3:ListBucket arn:aws:s3:::${bucket}`,
      `s3:GetBucketTagging arn:aws:s3:::${bucket}`,
      ...['x', 'x/y', 'z'].flatMap((key) => [
        `s3:GetObject arn:aws:s3:::${bucket}/${key}`,
        `s3:PutObject arn:aws:s3:::${bucket}/${key}`,
      ]),
    ]),
    ...['a', 'b', 'c', 'd', 'e', 'f'].flatMap((name) => [
      `sqs:SendMessage ${QUEUE}:${name}`,
      `dynamodb:PutItem ${TABLE}/${name}`,
      `dynamodb:Query ${TABLE}/${name}`,
      `dynamodb:Query ${TABLE}/a/index/${name}`,
    ]),
    'kms:ListAliases *',
    's3:ListAllMyBuckets *',
  ),
  { maxLength: 12 },
);

function inForce(Statement: unknown): PolicyInForce {
  const document = toPolicyDocument(toValue({ Version: '2012-10-17', Statement }));
  invariant(document !== undefined, 'a document');
  return { document };
}

/** The actions of the catalogue that some Allow names. */
function allowedActions(list: readonly PolicyInForce[]): Set<string> {
  const statements = list.flatMap(({ document }) => toDocument(document).statements);
  const allows = statements.filter(({ isAllow, actions: named }) => isAllow === true && named !== undefined);
  const texts = allows.flatMap(({ actions: named }) =>
    (named?.elements ?? []).flatMap(({ options }) =>
      options.flatMap((one) => (one === undefined ? [] : [one.tokens as never])),
    ),
  );
  return expandActions(texts, iamActions());
}

test('whatever the policies and the calls: no call is denied, nothing new is allowed, no action comes', () => {
  const seen = { allowed: 0, narrowed: 0, refused: 0 };
  fc.assert(
    fc.property(policies, calls, (written, made) => {
      const before = written.map(inForce);
      const usage = usageOf(
        made.map((call) => use(call)),
        { 'iam:PassRole': 'never-an-event' },
      );
      const subject: Subject = {
        name: 'ana',
        policies: before,
        calls: toCalls(usage.uses),
        visibilityOf: (action) => usage.visibility({ principal: '', action }),
        requestOf: ({ action, resource }, identity) => requestOf(action, resource ?? '', identity),
      };
      const groups = before.map((policy) => ({
        limit: 6_144,
        most: 2,
        policies: [{ policy, statements: toSourceStatements(policy) ?? [], isManaged: true }],
      }));
      const { drafts, refusal } = sizePolicies({
        subject,
        groups,
        sharers: new Map(),
        compare: comparePolicies,
        narrowsPassRole: false,
      });
      if (refusal !== undefined) {
        seen.refused++;
        return;
      }
      const after = drafts.flatMap(({ documents }) =>
        documents.map(({ value }): PolicyInForce => ({ document: value })),
      );
      for (const { action, resource = '' } of subject.calls) {
        if (decide(requestOf(action, resource, before)).outcome !== 'allowed') continue;
        seen.allowed++;
        expect(decide(requestOf(action, resource, after)).outcome, `${action} ${resource}`).toBe('allowed');
      }
      expect(comparePolicies(before, after).kind).toBe('no');
      const own = allowedActions(before);
      expect([...allowedActions(after)].filter((action) => !own.has(action))).toEqual([]);
      if (drafts.some(({ narrowed }) => narrowed.some(({ kind }) => kind !== 'kept'))) seen.narrowed++;
    }),
    { numRuns: 100, seed: 20_261_201 },
  );
  // Otherwise the property says little.
  expect(seen.refused).toBe(0);
  expect(seen.narrowed).toBeGreaterThan(60);
  expect(seen.allowed).toBeGreaterThan(100);
}, 120_000);
