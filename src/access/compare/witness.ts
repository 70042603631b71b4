import {
  ABSENT,
  type Answer,
  all,
  any,
  type Caller,
  type Context,
  isHole,
  nameOf,
  plainText,
  type Request,
  type Text,
  type Token,
  textOf,
} from '../../iam/index.js';
import { type DecidingStatement, evaluateNaming, evaluatePolicies } from '../evaluate-policies.js';
import type { GrantingStatement, Witness } from './answer.js';
import type { Assignment } from './search.js';
import type { Asker, Factor, NamedBy } from './sides.js';
import { ANY_VALUE } from './solve.js';
import { answerBy } from './statements.js';
import { ACCOUNT_KEYS, type Symbols } from './symbols.js';
import { isSymbol, type Word } from './tokens.js';

/** A request, its texts with their unknown parts. */
export interface Candidate {
  readonly action: string;
  readonly resource: Text;
  readonly keys: ReadonlyMap<string, readonly Text[]>;
}

/** What stands for symbols. */
export interface Values {
  readonly symbols: Symbols;
  /** The number of an account that no policy names. */
  readonly account: () => string;
  readonly isAlwaysPresent: (key: string) => boolean;
}

/** The request of an assignment: symbols are replaced by the values of their keys. */
export function toCandidate(action: string, { spaces }: Assignment, values: Values): Candidate {
  const words = new Map<string, readonly Word[]>();
  const present: string[] = [];
  let resource: Word = textOf('*') as Word;
  for (const [name, { solution, literals }] of spaces) {
    const kind = literals[0]?.literal.space.kind;
    if (kind === 'key' && solution.words[0] === ANY_VALUE) present.push(name.slice('key '.length));
    else if (kind === 'key') words.set(name.slice('key '.length), solution.words);
    else if (kind === 'resource') resource = solution.words[0] ?? resource;
  }
  const keys = new Map<string, readonly Text[]>();
  const toText = (word: Word, depth: number): Text =>
    word.flatMap((letter): readonly Token[] => {
      if (!isSymbol(letter)) return [letter];
      const meaning = values.symbols.meaningOf(letter);
      if (meaning?.kind === 'hole') return [meaning.hole];
      return meaning === undefined ? [] : textOfKey(meaning.key, depth);
    });
  const textOfKey = (key: string, depth: number): Text => {
    const [word] = words.get(key) ?? [];
    const value = word === undefined || depth > maxDepth ? textOf(freshValue(key, values)) : toText(word, depth + 1);
    if (!words.has(key)) keys.set(key, [value]);
    return value;
  };
  const shown = toText(resource, 0);
  for (const [key, all] of words)
    if (all.length > 0)
      keys.set(
        key,
        all.map((word) => toText(word, 0)),
      );
  for (const key of [...present, ...values.symbols.keys().filter(values.isAlwaysPresent)])
    if (!keys.has(key)) keys.set(key, [textOf(freshValue(key, values))]);
  for (const [key, value] of values.symbols.values) if (!keys.has(key)) keys.set(key, [value]);
  return { action, resource: shown, keys };
}

/** SAFETY: values of keys that name one another. */
const maxDepth = 3;

/** A value that no policy holds, and that no run of `?` matches. */
function freshValue(key: string, { account }: Values): string {
  if (ACCOUNT_KEYS.has(key)) return account();
  return `any-${key.replace(/[^a-z0-9]+/g, '-')}-of-a-caller-that-no-policy-names`;
}

/** What the engine says of a request: whether it is new, and if it does not know, what it depends on. */
export interface Confirmation {
  readonly isNew: Answer;
  readonly statements: readonly GrantingStatement[];
}

/** Evaluates both sides for the request. */
export function confirm(
  { action, resource, keys }: Candidate,
  factors: readonly Factor[],
  asker: Asker | undefined,
): Confirmation {
  const context: Context = (key) => {
    const values = keys.get(key);
    return values === undefined ? ABSENT : { kind: 'known', values };
  };
  const request: Request = {
    caller: asker?.caller ?? NOBODY,
    hasBoundary: false,
    action: textOf(action),
    resource,
    context,
  };
  const evaluate = asker === undefined ? evaluatePolicies : evaluateNamed(asker.by);
  const found: DecidingStatement[] = [];
  const answerOf = (side: 'old' | 'new', deciding: DecidingStatement[]): Answer => {
    const answers = factors.flatMap((factor) => {
      const policies = factor[side];
      return policies === undefined ? [] : [evaluate('identity', policies, request, deciding)];
    });
    return all([...answers.map(({ allows }) => allows), not(any(answers.map(({ denies }) => denies)))]);
  };
  const isAllowed = answerOf('new', found);
  const wasAllowed = isAllowed === false ? false : answerOf('old', []);
  const granting = found.filter(({ effect, applies }) => effect === 'Allow' && applies === 'yes');
  return {
    isNew: all([isAllowed, not(wasAllowed)]),
    statements: granting.map(({ policy, source, attachedBy, assumed }) => ({ policy, source, attachedBy, assumed })),
  };
}

/** Identity policies do not look at it. */
const NOBODY: Caller = { kind: 'anonymous' };

function evaluateNamed(by: NamedBy): typeof evaluatePolicies {
  return (kind, policies, request, found) => {
    const { allows, denies } = evaluateNaming(kind, policies, request, found);
    return { allows: answerBy(allows, by), denies };
  };
}

function not(answer: Answer): Answer {
  return typeof answer === 'boolean' ? !answer : answer;
}

/** The request as people write one: a partition, a region and an account in place of letters that only fill a pattern. */
export function plainer({ action, resource, keys }: Candidate, account: string): Candidate {
  const isBound = (...names: readonly string[]) => names.some((name) => keys.has(name));
  const owner = isBound('aws:resourceaccount', 's3:resourceaccount') ? undefined : account;
  const plainKeys = [...keys].map(([key, texts]) => [key, texts.map((text) => plainArn(text, undefined))] as const);
  return { action, resource: plainArn(resource, owner), keys: new Map(plainKeys) };
}

function plainArn(text: Text, account: string | undefined): Text {
  const plain = plainText(text);
  if (plain?.startsWith('arn:') !== true) return text;
  const [arn = '', partition = '', service = '', region = '', owner = '', ...rest] = plain.split(':');
  const isFilling = (part: string) => /^(.)\1?$/.test(part);
  const ownerOf = () => {
    if (/^\d{12}$/.test(owner)) return account ?? owner;
    return isFilling(owner) ? '' : owner;
  };
  const parts = [
    arn,
    isFilling(partition) ? 'aws' : partition,
    service,
    isFilling(region) ? 'eu-west-1' : region,
    ownerOf(),
    rest.join(':').replace(/\/$/, '/example'),
  ];
  return textOf(parts.join(':'));
}

export function toWitness({ action, resource, keys }: Candidate, name: (action: string) => string): Witness {
  const context = [...keys].sort(([some], [other]) => (some < other ? -1 : 1));
  return {
    action: name(action),
    resource: show(resource),
    context: Object.fromEntries(context.map(([key, texts]) => [key, texts.map(show)])),
  };
}

/** Unknown parts by their names. */
function show(text: Text): string {
  return text
    .map((token) => {
      if (isHole(token)) return `\${${nameOf(token.cause).replace(/ \(.*\)$/, '')}}`;
      return String.fromCharCode(token);
    })
    .join('');
}
