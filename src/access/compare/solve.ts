import type { Budget } from './budget.js';
import { findWord, hasRelatedSymbols, type Language } from './language.js';
import type { ResourceTest, Signed, TextTest } from './literals.js';
import { type Reading, relax } from './patterns.js';
import type { Demand, Solution } from './solution.js';
import { solveFinite } from './solve-finite.js';
import { isRun, isSymbol, type Tokens, type Word } from './tokens.js';

/** What solving needs besides literals. */
export interface Setting {
  readonly budget: Budget;
  readonly reading: Reading;
  /** An account that no policy names, in place of symbols of accounts where ARNs have their forms. */
  readonly account: () => Tokens;
  readonly isAccount: (symbol: number) => boolean;
  /** Keys that are in every request. */
  readonly isAlwaysPresent: (key: string) => boolean;
  /** Whether a key may have several values; undefined where it is not known. */
  readonly isMultivalued: (key: string) => boolean | undefined;
}

/** A value that meets all literals, all of one space; undefined: there certainly is none. */
export function solve(literals: readonly Signed[], setting: Setting): Solution | undefined {
  const [first] = literals;
  if (first === undefined) return { words: [], isRough: false };
  switch (first.literal.space.kind) {
    case 'opaque':
      // Only the contradiction with itself is known, which the search sees.
      return { words: [], isRough: true };
    case 'resource':
      return solveResource(literals, setting);
    case 'key':
      return solveKey(first.literal.space.name, literals, setting);
  }
}

function solveResource(literals: readonly Signed[], setting: Setting): Solution | undefined {
  const { budget, reading } = setting;
  const hasForms = literals.some(({ literal }) => literal.test.kind === 'resource' && literal.test.isForms);
  const typed = (tokens: Tokens) => (hasForms ? withAccount(tokens, setting) : tokens);
  const allOf: (readonly Tokens[])[] = [];
  const noneOf: Tokens[] = [];
  let isOpen = false;
  for (const { literal, isMet } of literals) {
    const test = literal.test as ResourceTest;
    const isIn = isMet !== test.isExcluding;
    if (!isIn) noneOf.push(...test.least.map((pattern) => typed(pattern[reading])));
    else if (test.isOpen) isOpen = true;
    else allOf.push(test.most.map((pattern) => pattern[reading]));
  }
  const language = { allOf: allOf.map((union) => union.map(typed)), noneOf, isNonEmpty: true };
  const tight = hasForms ? findWord(language, budget) : undefined;
  if (tight !== undefined) return { words: [tight], isRough: isOpen };
  const solution = solveLanguage({ ...language, allOf }, false, budget);
  return solution === undefined ? undefined : { ...solution, isRough: solution.isRough || isOpen };
}

function withAccount(tokens: Tokens, { account, isAccount }: Setting): Tokens {
  return tokens.some(isAccount) ? tokens.flatMap((token) => (isAccount(token) ? account() : [token])) : tokens;
}

/**
 * A word of a language with symbols. Where one pattern with symbols has to match, a value that nothing else holds is the
 * worst case; where several have to, or letters of either case, a particular value may help: then they may be anything.
 */
function solveLanguage(language: Language, isLoose: boolean, budget: Budget): Solution | undefined {
  const word = findWord(language, budget);
  if (word !== undefined) return { words: [word], isRough: false };
  if (!isLoose && !hasRelatedSymbols(language, budget)) return undefined;
  const relaxed = { ...language, allOf: language.allOf.map((union) => union.map(relax)) };
  const rough = findWord(relaxed, budget);
  return rough === undefined ? undefined : { words: [rough], isRough: true };
}

/** What literals demand of the values of a key. */
interface Demands {
  /** Of the one value. */
  readonly single: Demand[];
  /** Of each of the values. */
  readonly every: Demand[];
  /** Of some value, each. */
  readonly some: Demand[];
}

function solveKey(key: string, literals: readonly Signed[], setting: Setting): Solution | undefined {
  const present = solvePresent(key, literals, setting);
  if (present !== undefined && !present.isRough) return present;
  if (setting.isAlwaysPresent(key)) return present;
  return solveAbsent(literals) ?? present;
}

function solveAbsent(literals: readonly Signed[]): Solution | undefined {
  let isRough = false;
  for (const signed of literals) {
    const answer = answerOfAbsent(signed);
    if (answer === undefined) isRough = true;
    else if (answer !== signed.isMet) return undefined;
  }
  return { words: [], isRough };
}

/** Whether a literal is met where its key is absent, as `isMet` of `iam` says. */
function answerOfAbsent({ literal: { test } }: Signed): boolean | undefined {
  switch (test.kind) {
    case 'null':
      return test.ofAbsent;
    case 'text':
      return test.ifExists && test.set === 'any'
        ? undefined
        : test.ifExists || test.set === 'all' || (test.set === undefined && test.isNegated);
    case 'finite': {
      const { operator } = test.condition;
      if (operator === undefined || (operator.ifExists && operator.set === 'any')) return undefined;
      const isNegated = operator.base.includes('not');
      return operator.ifExists || operator.set === 'all' || (operator.set === undefined && isNegated);
    }
    default:
      return undefined;
  }
}

function solvePresent(key: string, literals: readonly Signed[], setting: Setting): Solution | undefined {
  for (const { literal, isMet } of literals) {
    if (literal.test.kind === 'null' && literal.test.ofPresent !== isMet) {
      // A value without a letter counts as absent there, and as a value elsewhere.
      return literal.test.ofAbsent === isMet ? solveEmpty(literals) : undefined;
    }
  }
  const demands = demandsOf(literals);
  const isMixed = demands.single.length > 0 && (demands.some.length > 0 || demands.every.length > 0);
  const found = solveDemands(demands, setting);
  if (found !== undefined && !found.isRough) return found;
  if (demands.single.length === 0 || !(setting.isMultivalued(key) ?? isMixed)) return found ?? solveEmpty(literals);
  // What an operator without a set says of several values is said nowhere.
  const several = solveDemands({ ...demands, single: [] }, setting);
  return (
    found ?? solveEmpty(literals) ?? (several === undefined ? undefined : withAnother(several, demands.every, setting))
  );
}

/** More than one value: what is said of one that is there twice follows. Undefined where there is only one. */
function withAnother({ words }: Solution, every: readonly Demand[], setting: Setting): Solution | undefined {
  const [word, ...more] = words;
  if (word === undefined || more.some((other) => other.join() !== word.join())) return { words, isRough: true };
  const test = { ...ONE_TEXT, most: [word], least: [word] };
  const literal = { id: -1, space: { kind: 'key', name: '' }, test } as const;
  const other = solveValue([...every, { signed: { literal, isMet: false }, passes: false }], setting);
  return other === undefined ? undefined : { words: [word, ...other.words], isRough: true };
}

const ONE_TEXT = {
  kind: 'text',
  isLoose: false,
  isBool: false,
  isNegated: false,
  set: undefined,
  ifExists: false,
} as const;

function demandsOf(literals: readonly Signed[]): Demands {
  const demands: Demands = { single: [], every: [], some: [] };
  for (const signed of literals) {
    const { test } = signed.literal;
    if (test.kind !== 'text' && test.kind !== 'finite') continue;
    const set = test.kind === 'text' ? test.set : test.condition.operator?.set;
    const demand = { signed, passes: signed.isMet };
    if (set === undefined) demands.single.push(demand);
    else if ((set === 'all') === signed.isMet) demands.every.push(demand);
    else demands.some.push(demand);
  }
  return demands;
}

function solveDemands({ single, every, some }: Demands, setting: Setting): Solution | undefined {
  if (single.length > 0 || some.length === 0) return solveValue([...single, ...every, ...some], setting);
  const words: Word[] = [];
  let isRough = false;
  for (const one of some) {
    const solution = solveValue([...every, one], setting);
    if (solution === undefined) return undefined;
    words.push(...solution.words);
    isRough ||= solution.isRough;
  }
  return { words, isRough };
}

/** One value that meets every demand. */
function solveValue(demands: readonly Demand[], { budget }: Setting): Solution | undefined {
  const finite = demands.filter(({ signed }) => signed.literal.test.kind === 'finite');
  if (finite.length === demands.length) return finite.length === 0 ? FRESH : solveFinite(demands, budget);
  const language = languageOf(demands);
  if (finite.length === 0) return solveLanguage(language, isLoose(demands), budget);
  // Operators of several kinds on one key: values of one kind are tried by the others.
  const tried = solveFinite(demands, budget, language);
  if (tried !== undefined && !tried.isRough) return tried;
  const rough = solveLanguage(language, true, budget);
  const others = rough === undefined ? undefined : solveFinite(finite, budget);
  return rough === undefined || others === undefined ? undefined : { ...rough, isRough: true };
}

/** Any value: of a key that only has to be there. */
export const ANY_VALUE: Word = [120];
const FRESH: Solution = { words: [ANY_VALUE], isRough: false };

function isLoose(demands: readonly Demand[]): boolean {
  return demands.some(({ signed: { literal } }) => literal.test.kind === 'text' && literal.test.isLoose);
}

/** The texts that meet all demands of texts among these. */
function languageOf(demands: readonly Demand[]): Language {
  const allOf: (readonly Tokens[])[] = [];
  const noneOf: Tokens[] = [];
  let isBool = true;
  for (const { signed, passes } of demands) {
    const { test } = signed.literal;
    if (test.kind !== 'text') continue;
    isBool &&= test.isBool;
    if (passes !== test.isNegated) allOf.push(test.most);
    else noneOf.push(...test.least);
  }
  if (isBool) allOf.push(BOOLEANS);
  return { allOf, noneOf, isNonEmpty: true };
}

const BOOLEANS: readonly Tokens[] = ['true', 'false'].map((text) => [...text].map((letter) => letter.charCodeAt(0)));

/** The value without a letter: absent for `Null` and for sets, a value for other operators. */
function solveEmpty(literals: readonly Signed[]): Solution | undefined {
  let isRough = false;
  const texts = literals.flatMap(({ literal: { test } }) => (test.kind === 'text' ? [test] : []));
  if (texts.length > 0 && texts.every(({ isBool }) => isBool)) return undefined;
  for (const signed of literals) {
    const { test } = signed.literal;
    if (test.kind === 'finite' && test.condition.operator?.set === undefined) {
      if (solveFinite([{ signed, passes: signed.isMet }], undefined, EMPTY) === undefined) return undefined;
      isRough = true;
      continue;
    }
    const answer = test.kind === 'text' && test.set === undefined ? isEmptyIn(test) : answerOfAbsent(signed);
    if (answer === undefined) isRough = true;
    else if (answer !== signed.isMet) return undefined;
  }
  return { words: [[]], isRough };
}

const EMPTY: Language = { allOf: [[[]]], noneOf: [], isNonEmpty: false };

function isEmptyIn({ most, least, isNegated }: TextTest): boolean | undefined {
  const isPerhaps = most.some((tokens) => tokens.every((token) => isRun(token) || isSymbol(token)));
  const isCertain = least.some((tokens) => tokens.every(isRun));
  if (isPerhaps !== isCertain) return undefined;
  return isCertain !== isNegated;
}
