import { accepts, FOLDED, holds, isCharacter, isRun, isSymbol, type Tokens, type Word } from './tokens.js';

/**
 * A word that matches both patterns, their common runs filled with a text; undefined where none was found this way,
 * which does not say that there is none.
 */
export function meetingWord(some: Tokens, other: Tokens, filling: Word): Word | undefined {
  const width = other.length + 1;
  const failed = new Uint8Array((some.length + 1) * width);
  const word: number[] = [];
  const meet = (i: number, j: number): boolean => {
    if (i === some.length && j === other.length) return true;
    const at = i * width + j;
    if (failed[at] === 1) return false;
    const length = word.length;
    for (const [letters, nextI, nextJ] of stepsOf(some[i], other[j], filling)) {
      word.push(...letters);
      if (meet(i + nextI, j + nextJ)) return true;
      word.length = length;
    }
    failed[at] = 1;
    return false;
  };
  return meet(0, 0) ? word : undefined;
}

type Step = readonly [letters: Word, some: 0 | 1, other: 0 | 1];

/** What may come next at a place of both patterns, what stays in runs first. */
function stepsOf(own: number | undefined, other: number | undefined, filling: Word): readonly Step[] {
  const isOwnRun = own !== undefined && isRun(own);
  const isOtherRun = other !== undefined && isRun(other);
  if (isOwnRun && isOtherRun)
    return [
      [filling, 1, 1],
      [[], 1, 0],
      [[], 0, 1],
    ];
  if (isOwnRun) return [...inRun(own, other, filling).map((letter): Step => [[letter], 0, 1]), [[], 1, 0]];
  if (isOtherRun) return [...inRun(other, own, filling).map((letter): Step => [[letter], 1, 0]), [[], 0, 1]];
  if (own === undefined || other === undefined) return [];
  const letter = lettersOf(own, filling)
    .concat(lettersOf(other, filling))
    .find((one) => accepts(own, one) && accepts(other, one));
  return letter === undefined ? [] : [[[letter], 1, 1]];
}

function inRun(run: number, token: number | undefined, filling: Word): number[] {
  if (token === undefined) return [];
  return lettersOf(token, filling)
    .filter((letter) => accepts(token, letter) && holds(run, letter))
    .slice(0, 1);
}

/** Letters that a token may stand for. */
function lettersOf(token: number, filling: Word): number[] {
  if (isCharacter(token) || isSymbol(token)) return [token];
  return [...filling, DIGIT_ZERO, ...(token >= FOLDED ? [token - FOLDED] : [])];
}

const DIGIT_ZERO = 48;
