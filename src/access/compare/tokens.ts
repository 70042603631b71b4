import { ANY, COLON, lowerCode, ONE, SLASH } from '../../iam/index.js';

/**
 * A pattern of a comparison: code units, wildcards, folded letters, and symbols that stand for the value of a policy
 * variable or of an unknown part.
 */
export type Tokens = readonly number[];

/** A text of a comparison: code units and symbols. */
export type Word = readonly number[];

/** Any run without a colon. */
export const ANY_IN_SEGMENT = 0x11_0002;
/** One character that is no colon. */
export const ONE_IN_SEGMENT = 0x11_0003;
/** Any run with neither colon nor slash. */
export const ANY_OF_NAME = 0x11_0004;
/** One character that is neither colon nor slash. */
export const ONE_OF_NAME = 0x11_0005;
export const DIGIT = 0x11_0006;
/** A letter in either case: this and its code unit in lower case. */
export const FOLDED = 0x20_0000;
/** A symbol whose value holds no colon: this and its number. */
export const NAME_SYMBOL = 0x40_0000;
/** A symbol of any value. */
export const SYMBOL = 0x50_0000;

export function isSymbol(token: number): boolean {
  return token >= NAME_SYMBOL;
}

export function isCharacter(token: number): boolean {
  return token < ANY;
}

/** Whether a token stands for a run of characters, and no single one. */
export function isRun(token: number): boolean {
  return token === ANY || token === ANY_IN_SEGMENT || token === ANY_OF_NAME;
}

/** Whether a run may hold a letter of a word. */
export function holds(run: number, letter: number): boolean {
  if (run === ANY) return true;
  if (letter === COLON) return false;
  return run === ANY_IN_SEGMENT ? letter < SYMBOL : letter !== SLASH;
}

/** Whether a token that is no run is a letter of a word. */
export function accepts(token: number, letter: number): boolean {
  if (token < ANY || token >= NAME_SYMBOL) return token === letter;
  switch (token) {
    case ONE:
      return letter < ANY;
    case ONE_IN_SEGMENT:
      return letter < ANY && letter !== COLON;
    case ONE_OF_NAME:
      return letter !== COLON && letter !== SLASH;
    case DIGIT:
      return letter >= 48 && letter <= 57;
    default:
      return letter < ANY && lowerCode(letter) === token - FOLDED;
  }
}

/** Adds a position of a pattern, and those that its runs may be left for at once. */
function addPosition(positions: number[], tokens: Tokens, position: number): void {
  for (let at = position; ; at++) {
    const token = tokens[at];
    if (token === ANY) {
      // Whatever an earlier position leads to, the run may hold.
      positions.length = 0;
    } else if (positions.includes(at)) return;
    positions.push(at);
    if (token === undefined || !isRun(token)) return;
  }
}

/** The positions at which a pattern begins. */
export function startOf(tokens: Tokens): number[] {
  const positions: number[] = [];
  addPosition(positions, tokens, 0);
  return positions;
}

/** The positions after a letter, in ascending order. */
export function step(tokens: Tokens, positions: readonly number[], letter: number): number[] {
  const next: number[] = [];
  for (const at of positions) {
    const token = tokens[at];
    if (token === undefined) continue;
    if (isRun(token)) {
      if (holds(token, letter)) addPosition(next, tokens, at);
    } else if (accepts(token, letter)) addPosition(next, tokens, at + 1);
  }
  return next;
}

/** Whether a word matches a pattern. */
export function matchesWord(tokens: Tokens, word: Word): boolean {
  let start = 0;
  for (; start < tokens.length && !isRun(tokens[start] ?? 0); start++) {
    const letter = word[start];
    if (letter === undefined || !accepts(tokens[start] ?? 0, letter)) return false;
  }
  if (start === tokens.length) return word.length === start;
  if (start === tokens.length - 1 && tokens[start] === ANY) return true;
  let positions: number[] = [];
  addPosition(positions, tokens, start);
  for (let at = start; at < word.length; at++) {
    positions = step(tokens, positions, word[at] ?? 0);
    if (positions.length === 0) return false;
  }
  return positions.includes(tokens.length);
}

/** Whether every text that matches `target` matches `pattern`, as far as a simulation of one by the other shows. */
export function coversTokens(pattern: Tokens, target: Tokens): boolean {
  let positions = startOf(pattern);
  for (const token of target) {
    const next: number[] = [];
    for (const at of positions) {
      const own = pattern[at];
      if (own === undefined) continue;
      if (isRun(own)) {
        if (includes(own, token)) addPosition(next, pattern, at);
      } else if (!isRun(token) && includes(own, token)) addPosition(next, pattern, at + 1);
    }
    positions = next;
    if (positions.length === 0) return false;
  }
  return positions.includes(pattern.length);
}

/** Whether a token stands for every letter that another one stands for. */
function includes(own: number, token: number): boolean {
  if (own === token || own === ANY) return true;
  if (isCharacter(token) || isSymbol(token)) return isRun(own) ? holds(own, token) : accepts(own, token);
  const isName = token === ANY_OF_NAME || token === ONE_OF_NAME;
  switch (own) {
    case ANY_IN_SEGMENT:
      // A name may be a symbol of any value.
      return token === ONE_IN_SEGMENT || token === DIGIT || (token >= FOLDED && token !== FOLDED + COLON);
    case ANY_OF_NAME:
      return isName || token === DIGIT;
    case ONE:
      return token === ONE_IN_SEGMENT || token === DIGIT || token >= FOLDED;
    case ONE_IN_SEGMENT:
      return token === DIGIT;
    case ONE_OF_NAME:
      return token === DIGIT;
    default:
      return false;
  }
}

/** Whether two patterns may have a text in common; false only where they certainly have none. */
export function mayMeet(some: Tokens, other: Tokens): boolean {
  if (!mayMeetAtStart(some, other) || !mayMeetAtEnd(some, other)) return false;
  let positions: readonly number[] = withEmptyRuns([0], other);
  for (const own of some) {
    positions = withEmptyRuns(isRun(own) ? throughRun(own, positions, other) : past(own, positions, other), other);
    if (positions.length === 0) return false;
  }
  return positions[positions.length - 1] === other.length;
}

/** The positions, in ascending order, with those behind runs that may be empty. */
function withEmptyRuns(positions: readonly number[], tokens: Tokens): number[] {
  const all: number[] = [];
  for (const position of positions) {
    if (position <= (all[all.length - 1] ?? -1)) continue;
    let at = position;
    all.push(at);
    while (isRun(tokens[at] ?? 0)) all.push(++at);
  }
  return all;
}

/** The positions in a pattern after a token that is no run. */
function past(own: number, positions: readonly number[], tokens: Tokens): number[] {
  const next: number[] = [];
  const add = (position: number) => {
    if (next[next.length - 1] !== position) next.push(position);
  };
  for (const at of positions) {
    const behind = tokens[at - 1];
    const token = tokens[at];
    if (behind !== undefined && isRun(behind) && mayBeIn(behind, own)) add(at);
    if (token !== undefined && !isRun(token) && mayBeSame(own, token)) add(at + 1);
  }
  return next;
}

/** The positions in a pattern before, in and after a run of another. */
function throughRun(own: number, positions: readonly number[], tokens: Tokens): number[] {
  const next: number[] = [];
  for (const position of positions) {
    if (position <= (next[next.length - 1] ?? -1)) continue;
    for (let at = position; at <= tokens.length; at++) {
      next.push(at);
      const token = tokens[at];
      if (token === undefined || (!isRun(token) && !mayBeIn(own, token))) break;
    }
  }
  return next;
}

function mayBeIn(run: number, token: number): boolean {
  return !isCharacter(token) || holds(run, token);
}

function mayBeSame(some: number, other: number): boolean {
  if (isCharacter(some) || isSymbol(some)) return accepts(other, some);
  if (isCharacter(other) || isSymbol(other)) return accepts(some, other);
  return some < FOLDED || other < FOLDED || some === other;
}

function mayMeetAtStart(some: Tokens, other: Tokens): boolean {
  for (let at = 0; ; at++) {
    const [a, b] = [some[at], other[at]];
    if (a === undefined || b === undefined) return a === b || (a ?? b) === undefined || isRun(a ?? b ?? 0);
    if (isRun(a) || isRun(b)) return true;
    if (!mayBeSame(a, b)) return false;
  }
}

function mayMeetAtEnd(some: Tokens, other: Tokens): boolean {
  for (let at = 1; ; at++) {
    const [a, b] = [some[some.length - at], other[other.length - at]];
    if (a === undefined || b === undefined || isRun(a) || isRun(b)) return true;
    if (!mayBeSame(a, b)) return false;
  }
}

export function charactersOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}
