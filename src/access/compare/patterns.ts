import { ANY, COLON, lowerCode, ONE } from '../../iam/index.js';
import { casesOf } from './language.js';
import { ANY_IN_SEGMENT, FOLDED, isCharacter, isSymbol, ONE_IN_SEGMENT, SYMBOL, type Tokens } from './tokens.js';

/** How a `*` inside a segment of an ARN is read: over colons, or within its segment. */
export type Reading = 'over-colons' | 'in-segment';

/** A pattern of resources in both readings. */
export type ResourcePattern = Readonly<Record<Reading, Tokens>>;

/** Both readings of a pattern, see `matchesResource` of `iam`. */
export function toResourcePattern(tokens: Tokens): ResourcePattern {
  let hasBound = false;
  const inSegment = tokens.map((token, index) => {
    const isBound = token === ONE || (token === ANY && index < tokens.length - 1 && tokens[index + 1] !== COLON);
    if (!isBound) return token;
    hasBound = true;
    return token === ONE ? ONE_IN_SEGMENT : ANY_IN_SEGMENT;
  });
  return { 'over-colons': tokens, 'in-segment': hasBound ? inSegment : tokens };
}

/** Texts that are compared whole: a `*` is an asterisk. */
export function toExact(tokens: Tokens): Tokens {
  return tokens.map((token) => (token === ANY ? 42 : token === ONE ? 63 : token));
}

/** Texts that are compared without case. */
export function toFolded(tokens: Tokens): Tokens {
  return toExact(tokens).map((token) => {
    if (!isCharacter(token)) return token;
    const lower = lowerCode(token);
    const hasCases = lower < 128 ? lower >= 97 && lower <= 122 : casesOf(lower).length > 1;
    return hasCases ? FOLDED + lower : lower;
  });
}

/**
 * Patterns of ARNs, whose wildcards stay in their part but for the last one; undefined for what has no six parts and
 * matches nothing.
 */
export function toArnPattern(tokens: Tokens): Tokens | undefined {
  let colons = 0;
  const bound = tokens.map((token) => {
    if (token === COLON) colons++;
    if (colons >= 5) return token;
    return token === ANY ? ANY_IN_SEGMENT : token === ONE ? ONE_IN_SEGMENT : token;
  });
  return colons >= 5 ? bound : undefined;
}

/** Whether the value of a symbol may hold colons, so that the parts of an ARN are others. */
export function mayBeDividedOtherwise(tokens: Tokens): boolean {
  return tokens.some((token) => token >= SYMBOL);
}

/** With anything in place of symbols: for patterns that have to match, when values may be chosen. */
export function relax(tokens: Tokens): Tokens {
  return tokens.some(isSymbol) ? tokens.map((token) => (isSymbol(token) ? ANY : token)) : tokens;
}
