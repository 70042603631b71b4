import type { UnknownValue, Value } from '../model/value.js';
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
  return matchGlob(pattern, target, (p, t) => p === t || (p === '?' && t !== '*'));
}

/** Greedy glob matching with one point of return: linear in practice, quadratic at worst. */
function matchGlob(pattern: string, target: string, isMatch: (p: string, t: string) => boolean): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < target.length) {
    const character = pattern[p];
    if (character === '*') {
      star = p++;
      resume = t;
    } else if (character !== undefined && isMatch(character, target[t] ?? '')) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** Whether two globs have a text in common, by the table of reachable pairs of positions. */
function overlapsText(a: string, b: string): boolean {
  if (!a.includes('*') && !a.includes('?')) return matchGlob(b, a, (p, t) => p === t || p === '?');
  if (!b.includes('*') && !b.includes('?')) return matchGlob(a, b, (p, t) => p === t || p === '?');
  let row = new Array<boolean>(b.length + 1).fill(false);
  row[0] = true;
  for (let j = 1; j <= b.length; j++) row[j] = row[j - 1] === true && b[j - 1] === '*';
  for (let i = 1; i <= a.length; i++) {
    const x = a[i - 1];
    const next = new Array<boolean>(b.length + 1).fill(false);
    next[0] = row[0] === true && x === '*';
    for (let j = 1; j <= b.length; j++) {
      const y = b[j - 1];
      if (x === '*' || y === '*') next[j] = next[j - 1] === true || row[j] === true;
      else if (x === y || x === '?' || y === '?') next[j] = row[j - 1] === true;
      if ((x === '*' || y === '*') && row[j - 1] === true) next[j] = true;
    }
    row = next;
  }
  return row[b.length] === true;
}
