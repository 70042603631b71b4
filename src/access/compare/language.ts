import { ANY, COLON, lowerCode, SLASH } from '../../iam/index.js';
import type { Budget } from './budget.js';
import { meetingWord } from './meeting-word.js';
import {
  ANY_IN_SEGMENT,
  ANY_OF_NAME,
  charactersOf,
  coversTokens,
  DIGIT,
  FOLDED,
  isCharacter,
  isRun,
  isSymbol,
  matchesWord,
  mayMeet,
  NAME_SYMBOL,
  ONE_IN_SEGMENT,
  ONE_OF_NAME,
  startOf,
  step,
  type Tokens,
  type Word,
} from './tokens.js';

/** Words that match one pattern of each union, and none of some patterns. */
export interface Language {
  readonly allOf: readonly (readonly Tokens[])[];
  readonly noneOf: readonly Tokens[];
  /** The empty word does not count. */
  readonly isNonEmpty: boolean;
}

export const EVERYTHING: Tokens = [ANY];

/** A word of the language, a short one; undefined: there is none. */
export function findWord(language: Language, budget: Budget): Word | undefined {
  const reduced = reduce(language, budget);
  if (reduced === undefined) return undefined;
  return tryWords(reduced, budget) ?? search(reduced, budget);
}

/** Without what says nothing; undefined where a pattern that must not match covers one that must. */
function reduce({ allOf, noneOf, isNonEmpty }: Language, budget: Budget): Language | undefined {
  const unions = meetingOnly(reduceUnions(allOf, budget), budget);
  if (unions.some((union) => union.length === 0)) return undefined;
  const kept: Tokens[] = [];
  for (const pattern of noneOf) {
    budget.spend(unions.length);
    if (unions.some((union) => union.every((one) => coversTokens(pattern, one)))) return undefined;
    if (unions.every((union) => union.some((one) => mayMeet(pattern, one)))) kept.push(pattern);
  }
  return { allOf: unions, noneOf: kept, isNonEmpty };
}

/** SAFETY: patterns of two unions, times each other, that are held against each other. */
const maxMeeting = 20_000;

/** Without patterns that have no text in common with a union that must match too. */
function meetingOnly(unions: readonly (readonly Tokens[])[], budget: Budget): readonly (readonly Tokens[])[] {
  if (unions.length < 2) return unions;
  return unions.map((union) =>
    union.filter((pattern) =>
      unions.every((other) => {
        if (other === union || other.length * union.length > maxMeeting) return true;
        budget.spend(1);
        return other.some((one) => mayMeet(pattern, one));
      }),
    ),
  );
}

/** Unions that others cover are left out; one stays. */
function reduceUnions(allOf: readonly (readonly Tokens[])[], budget: Budget): (readonly Tokens[])[] {
  const kept: (readonly Tokens[])[] = [];
  for (const [index, union] of allOf.entries()) {
    const isCovered = allOf.some((other, place) => {
      if (place === index) return false;
      budget.spend(other.length);
      if (!isCoveredBy(other, union)) return false;
      // Of two that cover each other the first one stays.
      return place < index || !isCoveredBy(union, other);
    });
    if (!isCovered) kept.push(union);
  }
  return kept.length === 0 ? [[EVERYTHING]] : kept;
}

/** SAFETY: larger unions are not held against each other. */
const maxCovering = 64;

function isCoveredBy(union: readonly Tokens[], by: readonly Tokens[]): boolean {
  if (by.length === 1 && by[0]?.length === 1 && by[0][0] === ANY) return true;
  if (union.length * by.length > maxCovering) return false;
  return union.every((one) => by.some((pattern) => coversTokens(pattern, one)));
}

/** Whether unions with symbols leave, beside them, other unions that they must meet: then one value may help. */
export function hasRelatedSymbols({ allOf }: Language, budget: Budget): boolean {
  const unions = reduceUnions(allOf, budget);
  return unions.length > 1 && unions.some((union) => union.some((pattern) => pattern.some(isSymbol)));
}

/** SAFETY: of larger unions only these are tried before the search. */
const maxTried = 8;

/** Words in which the wildcards of a pattern are filled: most searches end here. */
function tryWords(language: Language, budget: Budget): Word | undefined {
  const fresh = freshLetter(language);
  const [union = [], next] = [...language.allOf].sort((some, other) => longest(other) - longest(some));
  for (const pattern of union.slice(0, maxTried)) {
    for (const filling of [[fresh], [fresh, fresh], []]) {
      const word = fill(pattern, filling, fresh);
      budget.spend(1 + language.noneOf.length);
      if (isWord(language, word)) return word;
    }
  }
  return next === undefined ? undefined : tryMeeting(language, [union, next], { fresh, budget });
}

/** Words that match a pattern of each of two unions. */
function tryMeeting(
  language: Language,
  [union, next]: readonly [readonly Tokens[], readonly Tokens[]],
  { fresh, budget }: { readonly fresh: number; readonly budget: Budget },
): Word | undefined {
  for (const pattern of union.slice(0, maxTried)) {
    for (const other of next.slice(0, maxTried)) {
      for (const filling of [[fresh], [fresh, fresh], []]) {
        budget.spend(2 + language.noneOf.length);
        const word = meetingWord(pattern, other, filling);
        if (word === undefined) break;
        if (isWord(language, word)) return word;
      }
    }
  }
  return undefined;
}

function longest(union: readonly Tokens[]): number {
  return Math.max(0, ...union.map((pattern) => pattern.length));
}

function fill(pattern: Tokens, filling: readonly number[], fresh: number): number[] {
  const word: number[] = [];
  for (const token of pattern) {
    if (isCharacter(token) || isSymbol(token)) word.push(token);
    else if (isRun(token)) word.push(...filling);
    else if (token === DIGIT) word.push(48 + (word.length % 10));
    else word.push(token >= FOLDED ? token - FOLDED : fresh);
  }
  return word;
}

function isWord({ allOf, noneOf, isNonEmpty }: Language, word: Word): boolean {
  if (isNonEmpty && word.length === 0) return false;
  return (
    allOf.every((union) => union.some((pattern) => matchesWord(pattern, word))) &&
    !noneOf.some((pattern) => matchesWord(pattern, word))
  );
}

const PREFERRED = charactersOf('xyzqwjkvuabcdefghilmnoprstXYZ-_.');

/** A letter that no pattern holds. */
function freshLetter({ allOf, noneOf }: Language): number {
  const used = new Set<number>();
  for (const pattern of [...allOf.flat(), ...noneOf])
    for (const token of pattern) used.add(token >= FOLDED && token < NAME_SYMBOL ? token - FOLDED : token);
  const isFree = (letter: number) => !used.has(letter) && !used.has(lowerCode(letter));
  const preferred = PREFERRED.find(isFree);
  if (preferred !== undefined) return preferred;
  let letter = 0x4e00;
  while (!isFree(letter)) letter++;
  return letter;
}

interface State {
  /** The positions in each pattern of each union. */
  readonly unions: readonly (readonly (readonly number[])[])[];
  /** The positions in each pattern that must not match; undefined where it cannot any more. */
  readonly excluded: readonly (readonly number[] | undefined)[];
  readonly letter: number;
  readonly before: State | undefined;
}

/** SAFETY: positions of all patterns together, in one search. */
const maxStates = 20_000;

/** Breadth first through the product of all patterns, so that a shortest word is found. */
function search(language: Language, budget: Budget): Word | undefined {
  const fresh = freshLetter(language);
  const special = specialLetters(language);
  const first: State = {
    unions: language.allOf.map((union) => union.map(startOf)),
    excluded: language.noneOf.map(startOf),
    letter: -1,
    before: undefined,
  };
  const queue: State[] = [first];
  const seen = new Set([keyOf(first)]);
  for (let at = 0; at < queue.length; at++) {
    const state = queue[at] as State;
    if (isAccepted(language, state)) return wordOf(state);
    for (const letter of lettersOf(language, state, [fresh, ...special])) {
      budget.spend(1 + ((language.noneOf.length + language.allOf.length) >> 2));
      const next = advance(language, state, letter);
      if (next === undefined) continue;
      const key = keyOf(next);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
    if (queue.length > maxStates) budget.spend(Number.POSITIVE_INFINITY);
  }
  return undefined;
}

function isAccepted({ allOf, noneOf, isNonEmpty }: Language, { unions, excluded, before }: State): boolean {
  if (isNonEmpty && before === undefined) return false;
  const isAtEnd = (positions: readonly number[] | undefined, pattern: Tokens) =>
    positions?.includes(pattern.length) === true;
  return (
    allOf.every((union, index) => union.some((pattern, place) => isAtEnd(unions[index]?.[place], pattern))) &&
    !noneOf.some((pattern, index) => isAtEnd(excluded[index], pattern))
  );
}

/** Undefined where no word can come of it. */
function advance({ allOf, noneOf }: Language, state: State, letter: number): State | undefined {
  const unions: (readonly (readonly number[])[])[] = [];
  for (const [index, union] of allOf.entries()) {
    const positions = union.map((pattern, place) => step(pattern, state.unions[index]?.[place] ?? [], letter));
    if (positions.every((some) => some.length === 0)) return undefined;
    unions.push(positions);
  }
  const excluded: (readonly number[] | undefined)[] = [];
  for (const [index, pattern] of noneOf.entries()) {
    const before = state.excluded[index];
    const positions = before === undefined ? [] : step(pattern, before, letter);
    // From its last run on it matches whatever follows.
    if (pattern[pattern.length - 1] === ANY && positions.includes(pattern.length)) return undefined;
    excluded.push(positions.length === 0 ? undefined : positions);
  }
  return { unions, excluded, letter, before: state };
}

function keyOf({ unions, excluded }: State): string {
  return `${unions.map((union) => union.join(';')).join('|')}!${excluded.map((one) => one ?? '').join(';')}`;
}

function wordOf(state: State): Word {
  const word: number[] = [];
  for (let one: State | undefined = state; one?.before !== undefined; one = one.before) word.push(one.letter);
  return word.reverse();
}

/** Letters that some token can tell from others without being written. */
function specialLetters({ allOf, noneOf }: Language): number[] {
  const tokens = new Set([...allOf.flat(), ...noneOf].flat());
  const isDivided = [ANY_IN_SEGMENT, ONE_IN_SEGMENT, ANY_OF_NAME, ONE_OF_NAME].some((token) => tokens.has(token));
  const letters = isDivided ? [COLON, SLASH] : [];
  if (tokens.has(DIGIT)) {
    const digit = charactersOf('4567890123').find((letter) => !tokens.has(letter));
    if (digit !== undefined) letters.push(digit);
  }
  return letters;
}

/** The letters that lead from a state to different ones: those at its positions, and one for all others. */
function lettersOf({ allOf, noneOf }: Language, { unions, excluded }: State, others: readonly number[]): Set<number> {
  const letters = new Set(others);
  const add = (pattern: Tokens, positions: readonly number[] | undefined) => {
    for (const at of positions ?? []) {
      const token = pattern[at];
      if (token === undefined) continue;
      if (isCharacter(token) || isSymbol(token)) letters.add(token);
      else if (token >= FOLDED) for (const letter of casesOf(token - FOLDED)) letters.add(letter);
    }
  };
  for (const [index, union] of allOf.entries())
    for (const [place, pattern] of union.entries()) add(pattern, unions[index]?.[place]);
  for (const [index, pattern] of noneOf.entries()) add(pattern, excluded[index]);
  return letters;
}

let cases: ReadonlyMap<number, readonly number[]> | undefined;

/** All code units that have one lower case. */
export function casesOf(lower: number): readonly number[] {
  if (cases === undefined) {
    const all = new Map<number, number[]>();
    for (let code = 0; code <= 0xff_ff; code++) {
      const own = lowerCode(code);
      if (own !== code) all.set(own, [...(all.get(own) ?? [own]), code]);
    }
    cases = all;
  }
  return cases.get(lower) ?? [lower];
}
