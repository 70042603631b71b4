import { comparePolicies } from '../../src/access/compare/compare.js';
import { evaluatePolicies } from '../../src/access/evaluate-policies.js';
import type { PolicyInForce } from '../../src/access/request.js';
import { ABSENT, type KeyState, known, textOf } from '../../src/iam/index.js';
import { policy } from './policies.js';
import { createRandom, randomPair } from './random-policies.js';

const RESOURCES = ['a', 'b'];
for (let length = 1, last = ['a', 'b', ':']; length < 4; length++) {
  RESOURCES.push(...last);
  last = last.flatMap((text) => ['a', 'b', ':'].map((letter) => text + letter));
}
const TEXTS: readonly KeyState[] = [
  ABSENT,
  ...['a', 'b', 'ab', 'ba', 'A', 'a:', '', '*', 'c'].map((text) => known(text)),
];
const KEYS: Readonly<Record<string, readonly KeyState[]>> = {
  'bakery:one': TEXTS,
  'bakery:two': TEXTS,
  'bakery:count': [ABSENT, ...['0', '1', '1.5', '2', '2.5', '3', '4', 'x'].map((text) => known(text))],
  'bakery:day': [
    ABSENT,
    ...['2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04'].map((text) => known(text)),
  ],
  'bakery:source': [
    ABSENT,
    ...['9.9.9.9', '10.0.0.1', '10.1.0.0', '10.1.2.3', '10.2.0.0', '::1'].map((text) => known(text)),
  ],
  'bakery:flag': [ABSENT, known('true'), known('false')],
  'bakery:tags': [
    ABSENT,
    known('a'),
    known('b'),
    known('c'),
    known('a', 'b'),
    known('aa', 'c'),
    known('ab', 'ba'),
    known('A', 'b'),
  ],
  'bakery:arn': [ABSENT, known('a:b:b:b:a:b'), known('a:a:b:a:a:a'), known('a:b:c:b:a:bc:d'), known('x')],
};

interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly keys: Readonly<Record<string, KeyState>>;
}

function isAllowed(policies: readonly PolicyInForce[], { action, resource, keys }: Asked): boolean | undefined {
  const { allows, denies } = evaluatePolicies(
    'identity',
    policies,
    {
      caller: { kind: 'anonymous' },
      hasBoundary: false,
      action: textOf(action.toLowerCase()),
      resource: textOf(resource),
      context: (key) => keys[key] ?? ABSENT,
    },
    [],
  );
  if (denies === true || allows === false) return false;
  return denies === false && allows === true ? true : undefined;
}

function isNew(before: readonly PolicyInForce[], after: readonly PolicyInForce[], asked: Asked): boolean {
  return isAllowed(after, asked) === true && isAllowed(before, asked) === false;
}

/** An action that the catalogue lacks is looked at where it is named. */
const NAMED = { Effect: 'Deny', Action: ['bakery:Bake', 'bakery:Sell'], Resource: 'none' };

/**
 * Compares random pairs, and holds each answer against requests of the same letters. Gives the answers by kind, how many
 * pairs were different ones, and what is wrong.
 */
export function compareByBruteForce(count: number, hasVariables: boolean, seed: number) {
  const random = createRandom(seed);
  const seen = new Set<string>();
  const wrong: string[] = [];
  const answers = { no: 0, yes: 0, unknown: 0 };
  while (seen.size < count) {
    const pair = randomPair(random, hasVariables);
    const key = JSON.stringify(pair);
    if (seen.has(key)) continue;
    seen.add(key);
    const [before, after] = [pair.before, pair.after].map((Statement) => [
      policy({ Version: '2012-10-17', Statement: [...Statement, NAMED] }),
    ]);
    if (before === undefined || after === undefined) continue;
    const answer = comparePolicies(before, after);
    answers[answer.kind]++;
    if (answer.kind === 'yes') {
      const { action, resource, context } = answer.witness;
      const keys = Object.fromEntries(Object.entries(context).map(([name, values]) => [name, known(...values)]));
      if (!isNew(before, after, { action, resource, keys })) wrong.push(`a wrong yes: ${key}`);
    }
    if (answer.kind !== 'no') continue;
    const names = Object.keys(KEYS).filter((name) => key.includes(name));
    for (let tries = 0; tries < 250; tries++) {
      const keys = Object.fromEntries(names.map((name) => [name, KEYS[name]?.[random(KEYS[name].length)] ?? ABSENT]));
      const asked = {
        action: random(2) === 0 ? 'bakery:Bake' : 'bakery:Sell',
        resource: RESOURCES[random(RESOURCES.length)] ?? 'a',
        keys,
      };
      if (isNew(before, after, asked)) wrong.push(`a wrong no: ${key} ${JSON.stringify(asked)}`);
    }
  }
  return { ...answers, wrong };
}
