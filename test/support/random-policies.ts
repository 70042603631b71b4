/** A good generator of 32 bits: a weak one repeats itself, and wrong answers pass. */
export function createRandom(seed: number): (limit: number) => number {
  let state = seed | 0;
  return (limit) => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) % limit;
  };
}

/** A statement in AWS's JSON. */
export interface RandomStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export interface RandomPair {
  readonly before: readonly RandomStatement[];
  readonly after: readonly RandomStatement[];
}

type Random = ReturnType<typeof createRandom>;

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random(list.length)] as T;
}

const PARTS = ['a', 'b', ':', '*', '?', 'a', 'b', '*'];
const VARIABLES = ['\u0024{bakery:one}', '\u0024{bakery:two}', "\u0024{bakery:two, 'b'}"];

function text(random: Random, hasVariables: boolean): string {
  const length = 1 + random(4);
  let made = '';
  for (let at = 0; at < length; at++)
    made += hasVariables && random(4) === 0 ? pick(random, VARIABLES) : pick(random, PARTS);
  return made;
}

function texts(random: Random, hasVariables: boolean): string[] {
  return Array.from({ length: 1 + random(2) }, () => text(random, hasVariables));
}

const STRING_TESTS = [
  'StringEquals',
  'StringLike',
  'StringEqualsIgnoreCase',
  'StringNotEquals',
  'StringNotLike',
  'StringNotEqualsIgnoreCase',
];
const NUMBER_TESTS = [
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
];
const DATE_TESTS = [
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
];
const AFFIXES = ['', '', '', 'IfExists'];

/** Operator, key and values of a condition. */
function condition(random: Random, hasVariables: boolean): readonly [string, string, readonly string[]] {
  const suffix = pick(random, AFFIXES);
  switch (random(9)) {
    case 0:
      return [`${pick(random, NUMBER_TESTS)}${suffix}`, 'bakery:count', [pick(random, ['1', '2', '3.0'])]];
    case 1:
      return [
        `${pick(random, DATE_TESTS)}${suffix}`,
        'bakery:day',
        [pick(random, ['2027-01-01T00:00:00Z', '2027-01-03'])],
      ];
    case 2:
      return [
        `${pick(random, ['IpAddress', 'NotIpAddress'])}${suffix}`,
        'bakery:source',
        [pick(random, ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3'])],
      ];
    case 3:
      return [`Bool${suffix}`, 'bakery:flag', [pick(random, ['true', 'false'])]];
    case 4:
      return ['Null', pick(random, ['bakery:one', 'bakery:flag', 'bakery:tags']), [pick(random, ['true', 'false'])]];
    case 5:
    case 6:
      return [
        `${pick(random, ['ForAllValues:', 'ForAnyValue:'])}${pick(random, STRING_TESTS)}`,
        'bakery:tags',
        texts(random, false).map((one) => one.replaceAll(':', 'a')),
      ];
    case 7:
      return [
        `${pick(random, ['ArnLike', 'ArnNotLike'])}${suffix}`,
        'bakery:arn',
        [pick(random, ['a:*:b:*:a:*', 'a:b:*:b:a:b*', '*:*:*:*:*:*'])],
      ];
    default:
      return [
        `${pick(random, STRING_TESTS)}${suffix}`,
        pick(random, ['bakery:one', 'bakery:two']),
        texts(random, hasVariables),
      ];
  }
}

/** All services but the bakery: an exception of everything else would be about the whole catalogue. */
const OTHER_SERVICES = [...'acdefghijklmnopqrstuvwxyz', 'bac', 'bat', 'bc', 'be', 'bi', 'bo', 'br', 'bu'].map(
  (start) => `${start}*`,
);

function statement(random: Random, hasVariables: boolean): RandomStatement {
  const conditions: Record<string, Record<string, readonly string[]>> = {};
  for (let count = random(3); count > 0; count--) {
    const [test, key, values] = condition(random, hasVariables);
    conditions[test] = { ...conditions[test], [key]: values };
  }
  const actions = pick(random, [['bakery:Bake'], ['bakery:Sell'], ['bakery:*'], ['bakery:Bake', 'bakery:Sell']]);
  return {
    Effect: random(3) === 0 ? 'Deny' : 'Allow',
    ...(random(8) === 0 ? { NotAction: [...actions, ...OTHER_SERVICES] } : { Action: actions }),
    ...(random(5) === 0 ? { NotResource: texts(random, hasVariables) } : { Resource: texts(random, hasVariables) }),
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  };
}

/** Two policies that have much in common: statements go, conditions are widened, patterns change. */
export function randomPair(random: Random, hasVariables: boolean): RandomPair {
  const before = Array.from({ length: 1 + random(3) }, () => statement(random, hasVariables));
  const after = before.flatMap((one) => changed(random, one, hasVariables));
  if (random(3) === 0) after.push(statement(random, hasVariables));
  return { before, after };
}

function changed(random: Random, one: RandomStatement, hasVariables: boolean): RandomStatement[] {
  switch (random(8)) {
    case 0:
      return [];
    case 1: {
      const { Condition: _dropped, ...rest } = one;
      return [rest];
    }
    case 2:
      return [{ ...one, Condition: statement(random, hasVariables).Condition ?? {} }];
    case 3:
      return one.Resource === undefined ? [one] : [{ ...one, Resource: texts(random, hasVariables) }];
    case 4:
      return one.Resource === undefined ? [one] : [{ ...one, Resource: [...one.Resource, text(random, hasVariables)] }];
    case 5:
      return [{ ...one, Effect: one.Effect === 'Allow' ? 'Deny' : 'Allow' }];
    default:
      return [one];
  }
}
