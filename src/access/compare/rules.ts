import { ANY, COLON, plainText, type Text } from '../../iam/index.js';
import { type Literal, type Literals, RESOURCE, SIMPLE, type Signed } from './literals.js';
import type { ResourcePattern } from './patterns.js';
import type { Assignment, Clause, Conjunction } from './search.js';
import {
  ANY_IN_SEGMENT,
  charactersOf,
  DIGIT,
  isCharacter,
  isRun,
  isSymbol,
  ONE_IN_SEGMENT,
  type Tokens,
} from './tokens.js';

/** What holds between keys of one request, and its resource, by what the keys are. */
export interface Rules {
  /** What has to hold between what is assigned: one alternative of each clause. */
  readonly related: (assignment: Assignment) => readonly Clause[];
  /** Of clauses that excluded something: the rules that they follow, in words. */
  readonly wordsOf: (clauses: readonly Clause[]) => readonly string[];
}

/** What of a comparison rules need. */
interface RuleSetting {
  readonly literals: Literals;
  /** An account and a region that no policy names. */
  readonly account: () => string;
  readonly region: () => string;
}

/** A value that several keys, or parts of ARNs, share. */
interface Shared {
  readonly words: string;
  /** Keys whose value is it, or is absent. */
  readonly keys: readonly string[];
  /** What holds it as a part of an ARN: a key, or the resource (``). */
  readonly arn: string;
  /** Which part. */
  readonly part: number;
  readonly isAccount: boolean;
}

/** IAM User Guide, "AWS global condition context keys". */
const SHARED: readonly Shared[] = [
  {
    words: 'the account of aws:PrincipalArn is aws:PrincipalAccount',
    keys: ['aws:principalaccount', 'kms:calleraccount'],
    arn: 'aws:principalarn',
    part: 4,
    isAccount: true,
  },
  {
    words: 'the account in the ARN of a resource is aws:ResourceAccount',
    keys: ['aws:resourceaccount', 's3:resourceaccount'],
    arn: '',
    part: 4,
    isAccount: true,
  },
  {
    words: 'the region in the ARN of a resource is aws:RequestedRegion',
    keys: ['aws:requestedregion'],
    arn: '',
    part: 3,
    isAccount: false,
  },
  {
    words: 'the account in aws:SourceArn is aws:SourceAccount',
    keys: ['aws:sourceaccount'],
    arn: 'aws:sourcearn',
    part: 4,
    isAccount: true,
  },
];

/** What a request can be by one of its sides: of each alternative what its keys then are. */
interface Cases {
  readonly words: string;
  /** Of how many of its keys there has to be something assigned. */
  readonly atLeast: number;
  readonly alternatives: readonly Readonly<Record<string, Case>>[];
}

/** Absent; there; or, if it is there, of a pattern. */
type Case = 'absent' | 'there' | Tokens;

const ACCOUNT: Tokens = new Array<number>(12).fill(DIGIT);
const SOME: Tokens = [ONE_IN_SEGMENT, ANY_IN_SEGMENT];

/** A pattern out of texts, in which `*` stays within a part of an ARN, `**` does not, and `#` is an account. */
function pattern(text: string): Tokens {
  return text.split(/(\*\*|\*|#|\+)/).flatMap((part): Tokens => {
    if (part === '**') return [ANY];
    if (part === '*') return [ANY_IN_SEGMENT];
    if (part === '+') return SOME;
    return part === '#' ? ACCOUNT : charactersOf(part);
  });
}

const CASES: readonly Cases[] = [
  {
    words: 'aws:PrincipalArn, aws:PrincipalType, aws:userid and aws:username are of one principal',
    atLeast: 1,
    alternatives: [
      {
        'aws:principalarn': pattern('arn:+:iam::#:role/+'),
        'aws:principaltype': pattern('AssumedRole'),
        'aws:userid': pattern('+:+'),
        'aws:username': 'absent',
      },
      {
        'aws:principalarn': pattern('arn:+:iam::#:user/+'),
        'aws:principaltype': pattern('User'),
        'aws:userid': SOME,
        'aws:username': 'there',
      },
      {
        'aws:principalarn': pattern('arn:+:iam::#:root'),
        'aws:principaltype': pattern('Account'),
        'aws:userid': ACCOUNT,
        'aws:username': 'absent',
      },
      {
        'aws:principalarn': pattern('arn:+:sts::#:federated-user/+'),
        'aws:principaltype': pattern('FederatedUser'),
        'aws:userid': pattern('#:+'),
        'aws:username': 'absent',
      },
    ],
  },
  {
    words: 'aws:SourceIp is absent where a request comes through a VPC endpoint',
    atLeast: 2,
    alternatives: [
      { 'aws:vpcsourceip': 'absent', 'aws:sourcevpc': 'absent', 'aws:sourcevpce': 'absent' },
      { 'aws:sourceip': 'absent' },
    ],
  },
  {
    words:
      'aws:MultiFactorAuthPresent is in requests with temporary credentials, aws:MultiFactorAuthAge where it is true',
    atLeast: 2,
    alternatives: [
      { 'aws:multifactorauthpresent': 'absent', 'aws:multifactorauthage': 'absent' },
      {
        'aws:tokenissuetime': 'there',
        'aws:multifactorauthpresent': pattern('false'),
        'aws:multifactorauthage': 'absent',
      },
      { 'aws:tokenissuetime': 'there', 'aws:multifactorauthpresent': pattern('true') },
    ],
  },
  {
    words: 'aws:CalledVia is in requests that a service makes for somebody',
    atLeast: 2,
    alternatives: [
      { 'aws:calledvia': 'absent', 'aws:calledviafirst': 'absent', 'aws:calledvialast': 'absent' },
      { 'aws:viaawsservice': pattern('true') },
    ],
  },
];

/** Keys that say which organization, and where in it: both, or none. */
const ORGANIZATIONS = ['principal', 'resource', 'source'].map((side) => ({
  id: `aws:${side}orgid`,
  paths: `aws:${side}orgpaths`,
}));

/** A rule as a clause, with its words. */
interface Ruled {
  readonly clause: Clause;
  readonly words: string;
}

export function createRules(setting: RuleSetting): Rules {
  const words = new Map<Clause, string>();
  const known = new Map<string, readonly Clause[]>();
  return {
    related: (assignment) => {
      const spaces = assignedSpaces(assignment, setting.literals);
      if (spaces.size === 0) return [];
      const key = [...spaces].map(([name, literals]) => `${name} ${literals.map(({ id }) => id).join()}`).join(' ');
      let clauses = known.get(key);
      if (clauses === undefined) {
        const ruled = [
          ...sharedRules(spaces, setting),
          ...caseRules(spaces, setting),
          ...organizationRules(spaces, setting),
        ];
        for (const one of ruled) words.set(one.clause, one.words);
        clauses = ruled.map(({ clause }) => clause);
        known.set(key, clauses);
      }
      return clauses;
    },
    wordsOf: (clauses) => clauses.flatMap((clause) => words.get(clause) ?? []),
  };
}

/** Literals by the key that they are about, which is `` of resources; with keys whose values are in others. */
type Spaces = ReadonlyMap<string, readonly Literal[]>;

const RULED: ReadonlySet<string> = new Set([
  ...SHARED.flatMap(({ keys, arn }) => [...keys, arn]),
  ...CASES.flatMap(({ alternatives }) => alternatives.flatMap((one) => Object.keys(one))),
  ...ORGANIZATIONS.flatMap(({ id, paths }) => [id, paths]),
]);

function assignedSpaces({ spaces }: Assignment, { symbols }: Literals): Spaces {
  const found = new Map<string, readonly Literal[]>();
  const inOthers = new Set<string>();
  for (const { literals, solution } of spaces.values()) {
    for (const letter of solution.words.flat()) {
      const meaning = isSymbol(letter) ? symbols.meaningOf(letter) : undefined;
      if (meaning?.kind === 'key' && RULED.has(meaning.key)) inOthers.add(meaning.key);
    }
    const space = literals[0]?.literal.space;
    if (space !== undefined && space.kind !== 'opaque' && RULED.has(space.name))
      found.set(
        space.name,
        literals.map(({ literal }) => literal),
      );
  }
  for (const key of inOthers) if (!found.has(key)) found.set(key, []);
  // A resource alone is in no rule.
  return found.size === 1 && found.has('') ? NO_SPACES : found;
}

const NO_SPACES: Spaces = new Map();

function* sharedRules(spaces: Spaces, { literals, account, region }: RuleSetting): Iterable<Ruled> {
  for (const { words, keys, arn, part, isAccount } of SHARED) {
    const own = keys.filter((key) => spaces.has(key));
    const isInArn = spaces.has(arn);
    if (own.length === 0 || own.length + Number(isInArn) < 2) continue;
    const mentioned = mentions(spaces, { keys: own, arn, part });
    const texts = [...mentioned.texts].filter((text) => !isAccount || /^\d{12}$/.test(text));
    const values = [...[isAccount ? account() : region(), ...texts].map(charactersOf), ...mentioned.symbols];
    const alternatives: Conjunction[] = values.map((value) => [
      ...(isInArn ? [like(literals, arn, withPart(part, value))] : []),
      ...own.map((key) => ofPattern(literals, key, value)),
    ]);
    if (isInArn && arn !== 'aws:principalarn')
      alternatives.push([unlike(literals, arn, withPart(part, isAccount ? ACCOUNT : SOME))]);
    if (!mentioned.isWhole) alternatives.push([open(literals, words)]);
    yield { clause: alternatives, words };
  }
}

/** An ARN with one part given. */
function withPart(part: number, tokens: Tokens): Tokens {
  const parts = [
    charactersOf('arn'),
    ...[1, 2, 3, 4].map((index) => (index === part ? tokens : [ANY_IN_SEGMENT])),
    [ANY],
  ];
  return parts.flatMap((one, index) => (index === 0 ? one : [COLON, ...one]));
}

function* caseRules(spaces: Spaces, { literals }: RuleSetting): Iterable<Ruled> {
  for (const { words, atLeast, alternatives } of CASES) {
    const keys = new Set(alternatives.flatMap((one) => Object.keys(one)).filter((key) => spaces.has(key)));
    if (keys.size < atLeast) continue;
    yield {
      words,
      clause: alternatives.map((one) =>
        [...keys].flatMap((key): Signed[] => {
          const value = one[key];
          if (value === undefined) return [];
          return [
            typeof value === 'string' ? presence(literals, key, value === 'there') : ofPattern(literals, key, value),
          ];
        }),
      ),
    };
  }
}

function* organizationRules(spaces: Spaces, { literals }: RuleSetting): Iterable<Ruled> {
  for (const { id, paths } of ORGANIZATIONS) {
    if (!spaces.has(id) || !spaces.has(paths)) continue;
    const { texts, isWhole } = mentions(spaces, { keys: [id], arn: paths, part: 0 });
    const words = `${paths} begin with ${id}`;
    const clause: Conjunction[] = [FRESH_ORGANIZATION, ...texts].map((text) => [
      presence(literals, id, true),
      ofPattern(literals, id, charactersOf(text)),
      presence(literals, paths, true),
      ofPattern(literals, paths, [...charactersOf(`${text}/`), ANY], 'all'),
    ]);
    clause.push([presence(literals, id, false), presence(literals, paths, false)]);
    if (!isWhole) clause.push([open(literals, words)]);
    yield { words, clause };
  }
}

const FRESH_ORGANIZATION = 'o-anyorganization';

interface Mentions {
  readonly texts: ReadonlySet<string>;
  /** Values of other keys. */
  readonly symbols: readonly Tokens[];
  /** All other values are alike. */
  readonly isWhole: boolean;
}

/** The values that the literals on some keys, and on a part of an ARN or path, tell from others. */
function mentions(
  spaces: Spaces,
  { keys, arn, part }: { readonly keys: readonly string[]; readonly arn: string; readonly part: number },
): Mentions {
  const texts = new Set<string>();
  const symbols = new Map<number, Tokens>();
  let isWhole = true;
  const separator = part === 0 ? 47 : COLON;
  const add = (tokens: Tokens | undefined) => {
    if (tokens === undefined) isWhole = false;
    else if (tokens.length > 0 && tokens.every(isCharacter)) texts.add(String.fromCharCode(...tokens));
    else if (!isWild(tokens)) {
      isWhole = false;
      const [first = 0, ...more] = tokens;
      if (more.length === 0 && isSymbol(first)) symbols.set(first, tokens);
      else texts.add(filled(tokens));
    }
  };
  for (const key of keys) for (const tokens of patternsOf(spaces.get(key) ?? [])) add(tokens);
  for (const tokens of patternsOf(spaces.get(arn) ?? []))
    add(tokens === undefined ? undefined : partOf(tokens, part, separator));
  return { texts, symbols: [...symbols.values()], isWhole };
}

/** An account that a pattern matches, perhaps. */
function filled(tokens: Tokens): string {
  const runs = tokens.filter(isRun).length;
  const missing = Math.max(0, ACCOUNT.length - (tokens.length - runs));
  let isFirst = true;
  const letters = tokens.map((token) => {
    if (isCharacter(token)) return String.fromCharCode(token);
    if (!isRun(token)) return '7';
    const run = isFirst ? '7'.repeat(missing) : '';
    isFirst = false;
    return run;
  });
  return letters.join('');
}

/** The patterns of literals; undefined for what has others than of texts. */
function patternsOf(literals: readonly Literal[]): readonly (Tokens | undefined)[] {
  return literals.flatMap(({ test }): (Tokens | undefined)[] => {
    if (test.kind === 'text') return [...test.most, ...test.least];
    if (test.kind === 'resource') return [...test.most, ...test.least].map((one) => one['over-colons']);
    return test.kind === 'null' ? [] : [undefined];
  });
}

/** A part of a pattern of ARNs: empty where it is anything; undefined where that cannot be told. */
function partOf(tokens: Tokens, part: number, separator: number): Tokens | undefined {
  let rest = tokens;
  for (let at = 0; ; at++) {
    const end = rest.indexOf(separator);
    const own = end === -1 ? rest : rest.slice(0, end);
    const isOpen = own.length > 0 && isRun(own[0] ?? 0);
    // What is too short is no ARN, unless its end runs over further parts.
    if (end === -1 && at < part) return own.every(isCharacter) || (isOpen && own.length === 1) ? [] : undefined;
    if (at === part) return own;
    if (!own.every(isCharacter) && !isWild(own)) return undefined;
    rest = rest.slice(end + 1);
  }
}

/** Whether it is any text that is one part. */
function isWild(tokens: Tokens): boolean {
  return (
    tokens.every((token) => token === DIGIT) ||
    (tokens.length === 1 && isRun(tokens[0] ?? 0)) ||
    (tokens.length === 2 && !isCharacter(tokens[0] ?? 0) && !isSymbol(tokens[0] ?? 0) && isRun(tokens[1] ?? 0))
  );
}

function presence(literals: Literals, key: string, isMet: boolean): Signed {
  return { literal: literals.ofPresence(key), isMet };
}

/** That a key is absent, or of a pattern. */
export function ofPattern(literals: Literals, key: string, tokens: Tokens, set?: 'all'): Signed {
  const test = { ...TEXT, most: [tokens], least: [tokens], set };
  const literal = literals.ofRule(`${key} ${set ?? ''} ${tokens.join()}`, { kind: 'key', name: key }, test);
  return { literal, isMet: true };
}

function like(literals: Literals, arn: string, tokens: Tokens): Signed {
  return arn === '' ? resourceRule(literals, tokens, false) : ofPattern(literals, arn, tokens);
}

function unlike(literals: Literals, arn: string, tokens: Tokens): Signed {
  if (arn === '') return resourceRule(literals, tokens, true);
  return isNotPattern(literals, arn, tokens);
}

/** That a key is absent, or not of a pattern. */
export function isNotPattern(literals: Literals, key: string, tokens: Tokens): Signed {
  const test = { ...TEXT, most: [tokens], least: [tokens], isNegated: true };
  const literal = literals.ofRule(`${key} not ${tokens.join()}`, { kind: 'key', name: key }, test);
  return { literal, isMet: true };
}

const TEXT = { kind: 'text', isLoose: false, isBool: false, isNegated: false, set: undefined, ifExists: true } as const;

function resourceRule(literals: Literals, tokens: Tokens, isExcluding: boolean): Signed {
  const both: ResourcePattern = { 'over-colons': tokens, 'in-segment': tokens };
  const test = { ...SIMPLE, most: [both], least: [both], isExcluding };
  return { literal: literals.ofRule(`resource ${isExcluding} ${tokens.join()}`, RESOURCE, test), isMet: true };
}

/** Values of which the rule cannot tell all: the request itself is looked at. */
function open(literals: Literals, words: string): Signed {
  return { literal: literals.opaque(`rule ${words}`, words), isMet: true };
}

/** Rules that a request breaks, in words: it cannot be made. Of values that are not known nothing is said. */
export function brokenRules(keys: ReadonlyMap<string, readonly Text[]>, resource: Text): string[] {
  const textOfKey = (key: string) => {
    const [text, ...more] = key === '' ? [resource] : (keys.get(key) ?? []);
    return text === undefined || more.length > 0 ? undefined : plainText(text);
  };
  return SHARED.flatMap(({ words, keys: own, arn, part, isAccount }) => {
    const parts = textOfKey(arn)?.split(':') ?? [];
    const inArn = parts[0] === 'arn' && parts.length > 5 ? (parts[part] ?? '') : '';
    const values = [...own.flatMap((key) => textOfKey(key) ?? []), ...(isPart(inArn, isAccount) ? [inArn] : [])];
    return new Set(values).size > 1 ? [words] : [];
  });
}

function isPart(text: string, isAccount: boolean): boolean {
  return isAccount ? /^\d{12}$/.test(text) : text !== '';
}
