import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../src/access/decide.js';
import type { AccessRequest, PolicyInForce } from '../../src/access/request.js';
import {
  ABSENT,
  type Caller,
  type KeyState,
  known,
  type Text,
  textOf,
  toTemplate,
  unknownKey,
} from '../../src/iam/index.js';
import type { Value } from '../../src/model/value.js';
import { partly, toValue, unknown } from '../support/to-value.js';

const ACCOUNT = textOf('111122223333');
const baker: Caller = {
  kind: 'role-session',
  arn: textOf('arn:aws:sts::111122223333:assumed-role/baker/dawn'),
  roleArn: textOf('arn:aws:iam::111122223333:role/baker'),
  account: ACCOUNT,
  isServiceLinked: false,
};

/** What stands for unknown parts: a name, which takes any of these texts. */
const HOLES = ['a', 'b'] as const;
const FILLINGS = ['', 'x', 'y', 'xy', 'x/y', '*', 'x*'];

interface Written {
  readonly effect: 'Allow' | 'Deny';
  readonly resources: readonly (readonly string[])[];
  readonly isExcepted: boolean;
  readonly conditions: readonly { readonly test: string; readonly key: string; readonly values: readonly string[] }[];
}

interface World {
  readonly holes: Readonly<Record<string, string>> | undefined;
  readonly keys: (key: string) => KeyState;
}

const part = fc.constantFrom('x', 'y', '/', '*', '?', '<a>', '<b>');
const resource = fc.array(part, { minLength: 1, maxLength: 4 });
const condition = fc.oneof(
  fc.record({
    test: fc.constantFrom('StringEquals', 'StringNotEquals', 'StringEqualsIfExists', 'StringLike', 'StringNotLike'),
    key: fc.constantFrom('aws:one', 'aws:two'),
    values: fc.array(fc.constantFrom('x', 'y', 'x*', '*'), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    test: fc.constantFrom('NumericLessThan', 'NumericGreaterThanEqualsIfExists', 'NumericNotEquals', 'NumericEquals'),
    key: fc.constant('aws:count'),
    values: fc.array(fc.constantFrom('1', '2', '5'), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    test: fc.constantFrom('Bool', 'BoolIfExists', 'Null'),
    key: fc.constantFrom('aws:flag', 'aws:one'),
    values: fc.constantFrom(['true'], ['false'], ['true', 'false']),
  }),
);
const statement: fc.Arbitrary<Written> = fc.record({
  effect: fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const),
  resources: fc.array(resource, { minLength: 1, maxLength: 2 }),
  isExcepted: fc.boolean(),
  conditions: fc.array(condition, { maxLength: 2 }),
});
const policies = fc.record({
  identity: fc.array(statement, { minLength: 1, maxLength: 4 }),
  boundary: fc.option(fc.array(statement, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  resource: fc.array(statement, { maxLength: 2 }),
  asked: fc.array(fc.constantFrom('x', 'y', '/', '<a>'), { minLength: 1, maxLength: 3 }),
});

type Policies = typeof policies extends fc.Arbitrary<infer T> ? T : never;

function text(parts: readonly string[], { holes }: World): Value {
  const filled = parts.map((one) => {
    const name = HOLES.find((hole) => one === `<${hole}>`);
    if (name === undefined) return one;
    return holes === undefined ? unknown(name, { type: { kind: 'string' } }) : (holes[name] ?? '');
  });
  return filled.every((one) => typeof one === 'string') ? toValue(filled.join('')) : partly(...filled);
}

function toPolicy(statements: readonly Written[], world: World, isOfResource: boolean): PolicyInForce {
  const written = statements.map(({ effect, resources, isExcepted, conditions }) => ({
    effect,
    actions: ['s3:GetObject'],
    [isExcepted ? 'not_resources' : 'resources']: resources.map((parts) => text(parts, world)),
    condition: conditions.map(({ test: operator, key, values }) => ({ test: operator, variable: key, values })),
    ...(isOfResource && { principals: [{ type: 'AWS', identifiers: ['*'] }] }),
  }));
  return { document: toValue({ version: '2012-10-17', statement: written }) };
}

function decideIn({ identity, boundary, resource: own, asked }: Policies, world: World): string {
  const request: AccessRequest = {
    caller: baker,
    action: 's3:GetObject',
    resource: toTemplate(text(asked, world), false)?.tokens as Text,
    resourceAccount: ACCOUNT,
    context: world.keys,
    kindOf: (key) => KINDS[key],
    isCallerInManagementAccount: false,
    isResourceInManagementAccount: false,
    isBoundByRcps: true,
    policies: {
      identity: [toPolicy(identity, world, false)],
      boundary: boundary === undefined ? undefined : toPolicy(boundary, world, false),
      resource: own.length === 0 ? [] : [toPolicy(own, world, true)],
      scp: [],
      rcp: [],
      kmsGrants: [],
    },
  };
  const { outcome } = decide(request);
  return outcome.endsWith('deny') ? 'denied' : outcome;
}

const KEYS: Readonly<Record<string, readonly KeyState[]>> = {
  'aws:one': [ABSENT, known('x'), known('y'), known('xx'), known('z')],
  'aws:two': [ABSENT, known('x'), known('y'), known('q')],
  'aws:count': [ABSENT, known('0'), known('1'), known('1.5'), known('2'), known('5'), known('9')],
  'aws:flag': [ABSENT, known('true'), known('false')],
};
const KINDS: Readonly<Record<string, 'text' | 'number' | 'bool'>> = {
  'aws:one': 'text',
  'aws:two': 'text',
  'aws:count': 'number',
  'aws:flag': 'bool',
};
const values = fc.record(
  Object.fromEntries(Object.entries(KEYS).map(([key, states]) => [key, fc.constantFrom(...states)])),
);
const fillings = fc.record({ a: fc.constantFrom(...FILLINGS), b: fc.constantFrom(...FILLINGS) });

test('what is decided with unknown keys holds whatever their values are', () => {
  let decided = 0;
  fc.assert(
    fc.property(policies, fillings, fc.array(values, { minLength: 8, maxLength: 8 }), (written, holes, worlds) => {
      const outcome = decideIn(written, { holes, keys: unknownKey });
      if (outcome === 'depends') return;
      decided++;
      for (const keys of worlds) {
        expect(decideIn(written, { holes, keys: (key) => keys[key] ?? ABSENT })).toBe(outcome);
      }
    }),
    { numRuns: 3000, seed: 7 },
  );
  expect(decided).toBeGreaterThan(1000);
});

test('what is decided with unknown parts of texts holds whatever they are', () => {
  let decided = 0;
  fc.assert(
    fc.property(policies, values, fc.array(fillings, { minLength: 8, maxLength: 8 }), (written, keys, worlds) => {
      const state = (key: string) => keys[key] ?? ABSENT;
      const outcome = decideIn(written, { holes: undefined, keys: state });
      if (outcome === 'depends') return;
      decided++;
      for (const holes of worlds) {
        const filled = decideIn(written, { holes, keys: state });
        // Two readings of a wildcard are no matter of what is filled in.
        if (filled !== 'depends') expect(filled).toBe(outcome);
      }
    }),
    { numRuns: 3000, seed: 7 },
  );
  expect(decided).toBeGreaterThan(1000);
});
