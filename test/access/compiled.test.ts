import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluatePolicies } from '../../src/access/evaluate-policies.js';
import type { PolicyInForce } from '../../src/access/request.js';
import { toPolicyDocument } from '../../src/graph/policy-document.js';
import { type Answer, type Context, known, nameOf, type Request, unknownKey } from '../../src/iam/index.js';
import { ANY, ONE, type Text, textOf } from '../../src/iam/text.js';
import { invariant } from '../../src/source/invariant.js';
import { interpretPolicies } from '../support/interpret-policies.js';
import { partly, toValue, unknown } from '../support/to-value.js';

/** Few letters, so that patterns and requests meet. */
const characters = fc.constantFrom('a', 'b', 'A', ':', '/', '*', '?', '*', 'Σ');
const pieces = fc.array(characters, { maxLength: 5 }).map((list) => list.join(''));
const hole = fc.constantFrom('orchard', 'bakery').map((name) => unknown(name, { type: { kind: 'string' } }));
const arn = fc.tuple(pieces, pieces).map(([account, rest]) => `arn:aws:s3::${account}:${rest}`);
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('*', 'arn:aws:s3:::*', '*a*') },
  { weight: 6, arbitrary: pieces },
  { weight: 3, arbitrary: arn },
  { weight: 1, arbitrary: pieces.map((rest) => `\${aws:username}${rest}`) },
  { weight: 1, arbitrary: pieces.map((rest) => `\${aws:userid, 'a'}${rest}`) },
  { weight: 1, arbitrary: pieces.map((rest) => `\${*}${rest}`) },
  { weight: 1, arbitrary: fc.tuple(pieces, hole).map(([known, open]) => partly(known, open)) },
  { weight: 1, arbitrary: hole },
);
const texts = fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 4 }));
const action = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(fc.constantFrom('s3:', 'S3:', 'sqs:', 's*:', ''), pieces).map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: hole },
);
const operators = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'ArnLike',
  'ArnNotEquals',
  'Bool',
  'Null',
  'NumericLessThan',
  'DateGreaterThan',
  'IpAddress',
  'NotIpAddress',
  'BinaryEquals',
  'Orchard',
];
const operator = fc
  .tuple(
    fc.constantFrom('', '', 'ForAllValues:', 'ForAnyValue:'),
    fc.constantFrom(...operators),
    fc.constantFrom('', '', 'IfExists'),
  )
  .map((parts) => parts.join(''));
const conditionValue = fc.oneof(
  text,
  fc.constantFrom('true', 'FALSE', '1', '10.0', '10.0.0.0/8', '2026-01-01T00:00:00Z'),
);
const keys = ['aws:username', 'aws:userid', 's3:prefix', 'aws:tagkeys'];
const condition = fc.dictionary(
  operator,
  fc.dictionary(fc.constantFrom(...keys), fc.oneof(conditionValue, fc.array(conditionValue, { maxLength: 3 })), {
    minKeys: 1,
    maxKeys: 2,
  }),
  { maxKeys: 2 },
);
const statement = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Deny', unknown('effect', { type: { kind: 'string' } })),
    action: fc.oneof(action, fc.array(action, { minLength: 1, maxLength: 4 })),
    isNotAction: fc.integer({ max: 5, min: 0 }),
    resource: texts,
    isNotResource: fc.integer({ max: 5, min: 0 }),
    condition: fc.option(condition, { nil: undefined }),
  })
  .map(({ effect, action: actions, isNotAction, resource, isNotResource, condition: conditions }) => ({
    Effect: effect,
    [isNotAction === 0 ? 'NotAction' : 'Action']: actions,
    [isNotResource === 0 ? 'NotResource' : 'Resource']: resource,
    ...(conditions === undefined ? {} : { Condition: conditions }),
  }));
const policy = fc
  .record({
    Version: fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17'),
    Statement: fc.array(
      fc.oneof({ weight: 9, arbitrary: statement }, { weight: 1, arbitrary: fc.constant(unknown('statement')) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  })
  .map((json): PolicyInForce => {
    const document = toPolicyDocument(toValue(json));
    invariant(document !== undefined, 'not a policy document');
    return { document, name: 'policy' };
  });

const given = fc.oneof(pieces, arn, fc.constantFrom('true', 'false', '1', '10.1.2.3', '2026-06-01T00:00:00Z', ''));
const state = fc.oneof(
  { weight: 5, arbitrary: given.map((value) => known(value)) },
  { weight: 2, arbitrary: fc.array(given, { maxLength: 3 }).map((values) => known(...values)) },
  { weight: 1, arbitrary: fc.constant('absent' as const).map((kind) => ({ kind })) },
  { weight: 1, arbitrary: fc.constantFrom(...keys).map(unknownKey) },
);
const contexts = fc.tuple(state, state, state, state).map((states): Context => {
  const byKey = new Map(keys.map((key, index) => [key, states[index] ?? unknownKey(key)]));
  return (key) => byKey.get(key) ?? unknownKey(key);
});
const tokens = fc
  .array(fc.constantFrom<number>(ANY, ONE, 97, 98, 58, 47), { minLength: 1, maxLength: 4 })
  .map((list): Text => list);
const request = fc.record({
  action: fc
    .tuple(fc.constantFrom('s3:', 'sqs:', ''), pieces)
    .map((parts) => textOf(parts.join('').toLowerCase().replaceAll('ς', 'σ'))),
  resource: fc.oneof(
    { weight: 5, arbitrary: fc.oneof(pieces, arn).map(textOf) },
    { weight: 1, arbitrary: tokens },
    {
      weight: 1,
      arbitrary: fc.constant([
        ...textOf('a:'),
        { identity: 'orchard', cause: { kind: 'construct', name: 'h' }, isName: false },
      ] as Text),
    },
  ),
  context: contexts,
});

/** An answer with its causes' names, each once. */
function shown(answer: Answer): unknown {
  if (typeof answer === 'boolean') return answer;
  return [
    ...new Set(answer.causes.map((cause) => (cause.kind === 'value' ? cause.value.reason : nameOf(cause)))),
  ].sort();
}

test('compiled statements decide as the documentation says, word by word', () => {
  const outcomes = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(policy, { minLength: 1, maxLength: 2 }), request, (policies, asked) => {
      const full: Request = { ...asked, caller: { kind: 'anonymous' }, hasBoundary: false };
      const statements: Parameters<typeof evaluatePolicies>[3] = [];
      const compiled = evaluatePolicies('identity', policies, full, statements);
      const expected = interpretPolicies('identity', policies, full);
      expect({ allows: shown(compiled.allows), denies: shown(compiled.denies) }).toEqual({
        allows: shown(expected.allows),
        denies: shown(expected.denies),
      });
      expect(statements).toEqual(expected.statements);
      for (const answer of [compiled.allows, compiled.denies]) {
        const kind = typeof answer === 'boolean' ? String(answer) : 'open';
        outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 4_000) },
  );
  // A generator whose policies never apply would prove nothing.
  for (const kind of ['true', 'false', 'open']) expect(outcomes.get(kind) ?? 0).toBeGreaterThan(200);
}, 120_000);
