import type { UnknownValue, Value } from '../model/value.js';
import { type Answer, open } from './answer.js';
import { ANY, COLON, causesIn, ONE, SLASH, type Text, type Token } from './text.js';
import type { Ternary } from './verdict.js';

/**
 * A pattern of an IAM policy: `*` is any run of characters, `?` exactly one. The text of a partly unknown value is known
 * only in parts; its widest reading has `*` in their place.
 */
export interface Pattern {
  readonly widest: string;
  readonly isExact: boolean;
}

/** The pattern of a string value; undefined for what is no string (null). Wholly unknown is `*`, not exact. */
export function toPattern(value: Value): Pattern | undefined {
  switch (value.kind) {
    case 'string':
      return { widest: value.value, isExact: true };
    case 'number':
    case 'bool':
      return { widest: String(value.value), isExact: true };
    case 'unknown':
      return { widest: widestText(value), isExact: false };
    default:
      return undefined;
  }
}

function widestText(value: UnknownValue): string {
  if (value.parts === undefined) return '*';
  return value.parts.map((part) => (typeof part === 'string' ? part : widestText(part))).join('');
}

/** Actions are compared without case, and `*:*` is `*`. IAM User Guide, "IAM JSON policy elements: Action". */
export function toActionPattern(value: Value): Pattern | undefined {
  const pattern = toPattern(value);
  if (pattern === undefined) return undefined;
  const widest = pattern.widest.toLowerCase();
  return { widest: widest === '*:*' ? '*' : widest, isExact: pattern.isExact };
}

/** Whether every text that matches `target` also matches `pattern`. */
export function covers(pattern: Pattern, target: Pattern): Ternary {
  if (pattern.isExact) {
    if (coversText(pattern.widest, target.widest)) return true;
    if (target.isExact) return false;
    return overlapsText(pattern.widest, target.widest) ? undefined : false;
  }
  // An unknown part is at most as wide as `*`.
  if (target.isExact && !coversText(pattern.widest, target.widest)) return false;
  return overlapsText(pattern.widest, target.widest) ? undefined : false;
}

/** Whether some text matches both. */
export function overlaps(a: Pattern, b: Pattern): Ternary {
  if (!overlapsText(a.widest, b.widest)) return false;
  if (a.isExact && b.isExact) return true;
  if (a.isExact && a.widest === '*') return true;
  if (b.isExact && b.widest === '*') return true;
  return undefined;
}

/** Glob inclusion: `*` of the target is matched by `*` only, `?` by `?` and `*`. */
function coversText(pattern: string, target: string): boolean {
  return matchGlob(pattern, target, '*', (p, t) => p === t || (p === '?' && t !== '*'));
}

function overlapsText(a: string, b: string): boolean {
  if (!a.includes('*') && !a.includes('?')) return matchGlob(b, a, '*', (p, t) => p === t || p === '?');
  if (!b.includes('*') && !b.includes('?')) return matchGlob(a, b, '*', (p, t) => p === t || p === '?');
  return overlapsTokens(a, b, GLOBS);
}

/**
 * Whether a text of a request matches a pattern; open where unknown parts decide. `*` is any run of characters, `?`
 * exactly one.
 */
export function matches(pattern: Text, text: Text): Answer {
  if (matchGlob(pattern, text, ANY, (p, t) => isSameToken(p, t) || (p === ONE && typeof t === 'number'))) return true;
  const causes = causesIn(pattern, text);
  if (causes.length === 0) return false;
  return overlapsTokens(pattern, text, WITH_HOLES) ? open(...causes) : false;
}

/**
 * Whether a resource matches a pattern of resources. Whether a `*` inside a segment of an ARN runs over colons, the page
 * suggests rather than says (IAM User Guide, "IAM JSON policy elements: Resource"): where both readings give different
 * answers it is open.
 */
export function matchesResource(pattern: Text, resource: Text): Answer {
  const answer = matches(pattern, resource);
  if (answer !== true || !hasWildcardInSegment(pattern)) return answer;
  return matchesInSegments(pattern, resource) || open({ kind: 'construct', name: 'wildcard-across-colon' });
}

/** Whether two texts without wildcards are equal. */
export function equals(some: Text, other: Text): Answer {
  if (some.length === other.length && some.every((token, index) => isSameToken(token, other[index]))) return true;
  const causes = causesIn(some, other);
  if (causes.length === 0) return false;
  return overlapsTokens(some, other, WITH_HOLES) ? open(...causes) : false;
}

function isSameToken(some: Token, other: Token | undefined): boolean {
  if (typeof some === 'number') return some === other;
  return typeof other === 'object' && some.identity === other.identity;
}

/** Whether a wildcard stands where it is open whether it runs over colons. */
export function hasWildcardInSegment(pattern: Text): boolean {
  return pattern.some((token, index) => token === ONE || (token === ANY && !isAtSegmentEnd(pattern, index)));
}

function isAtSegmentEnd(pattern: Text, index: number): boolean {
  return index === pattern.length - 1 || pattern[index + 1] === COLON;
}

/** Matching in which only a `*` at the end of a segment runs over colons, by the table of reachable positions. */
export function matchesInSegments(pattern: Text, text: Text): boolean {
  const hasColon = (token: Token) => token === COLON || (typeof token === 'object' && !token.isName);
  let row = new Uint8Array(text.length + 1);
  row[0] = 1;
  for (const [index, token] of pattern.entries()) {
    const next = new Uint8Array(text.length + 1);
    if (token === ANY) next.set(row);
    const isBound = token === ANY && !isAtSegmentEnd(pattern, index);
    for (const [at, character] of text.entries()) {
      const isIn =
        token === ANY
          ? next[at] === 1 && !(isBound && hasColon(character))
          : row[at] === 1 &&
            (token === ONE ? typeof character === 'number' && character !== COLON : isSameToken(token, character));
      if (isIn) next[at + 1] = 1;
    }
    row = next;
  }
  return row[text.length] === 1;
}

/** Greedy glob matching with one point of return: linear in practice, quadratic at worst. */
function matchGlob<T>(pattern: ArrayLike<T>, target: ArrayLike<T>, run: T, isMatch: (p: T, t: T) => boolean): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < target.length) {
    const character = pattern[p];
    if (character === run) {
      star = p++;
      resume = t;
    } else if (character !== undefined && isMatch(character, target[t] as T)) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === run) p++;
  return p === pattern.length;
}

interface Meeting<T> {
  readonly isRun: (token: T) => boolean;
  /** Whether a run may hold a token. */
  readonly holds: (run: T, token: T) => boolean;
  /** Whether two tokens that are no runs are the same character. */
  readonly meets: (some: T, other: T) => boolean;
}

const GLOBS: Meeting<string> = {
  isRun: (token) => token === '*',
  holds: () => true,
  meets: (some, other) => some === other || some === '?' || other === '?',
};

/** An unknown part may be any run of characters; a name's holds no delimiter. */
const WITH_HOLES: Meeting<Token> = {
  isRun: (token) => token === ANY || typeof token === 'object',
  holds: (run, token) => typeof run === 'number' || !run.isName || (token !== COLON && token !== SLASH),
  meets: (some, other) => some === other || some === ONE || other === ONE,
};

/** Whether two globs have a text in common, by the table of reachable pairs of positions. */
function overlapsTokens<T>(a: ArrayLike<T>, b: ArrayLike<T>, { isRun, holds, meets }: Meeting<T>): boolean {
  let row = new Array<boolean>(b.length + 1).fill(false);
  row[0] = true;
  for (let j = 1; j <= b.length; j++) row[j] = row[j - 1] === true && isRun(b[j - 1] as T);
  for (let i = 1; i <= a.length; i++) {
    const x = a[i - 1] as T;
    const isRunX = isRun(x);
    const next = new Array<boolean>(b.length + 1).fill(false);
    next[0] = row[0] === true && isRunX;
    for (let j = 1; j <= b.length; j++) {
      const y = b[j - 1] as T;
      const isRunY = isRun(y);
      if (!isRunX && !isRunY) {
        next[j] = row[j - 1] === true && meets(x, y);
        continue;
      }
      // A run is empty, or holds the other's token.
      const isPastX = row[j] === true && (isRunX || holds(y, x));
      const isPastY = next[j - 1] === true && (isRunY || holds(x, y));
      next[j] = isPastX || isPastY;
    }
    row = next;
  }
  return row[b.length] === true;
}
