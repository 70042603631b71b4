import type { UnknownValue, Value } from '../model/value.js';

// Of two texts that are not wholly known it can be known that they are the same, or that they are not: `${App}-logs` is
// itself wherever it is written, and never `${App}-logs-copy`.

type Part = string | UnknownValue;
type Parts = readonly Part[];

/** What equal unknowns have in common: their identity, or for a text the identities of its parts. */
export function identityOf(value: UnknownValue): string | undefined {
  if (value.identity !== undefined || value.parts === undefined) return value.identity;
  const parts: string[] = [];
  for (const part of value.parts) {
    if (typeof part !== 'string' && part.identity === undefined) return undefined;
    parts.push(typeof part === 'string' ? JSON.stringify(part) : `${part.identity}`);
  }
  return `text\0${parts.join('\0')}`;
}

/**
 * Whether what is known of two texts excludes that they are equal. `isOneEach`: neither stands for several instances, of
 * which one may have what is another's.
 */
export function areDifferentTexts(a: Value, b: Value, isOneEach: boolean): boolean {
  const [left, right] = [partsOf(a), partsOf(b)];
  if (left === undefined || right === undefined) return false;
  const [ownLeft, ownRight] = [[...left], [...right]];
  const isSame = (one: Part, other: Part) => isOneEach && isSameUnknown(one, other);
  if (!dropCommon(ownLeft, ownRight, 'start', isSame) || !dropCommon(ownLeft, ownRight, 'end', isSame)) return true;
  return (ownLeft.length === 0 && hasText(ownRight)) || (ownRight.length === 0 && hasText(ownLeft));
}

function partsOf(value: Value): Parts | undefined {
  if (value.kind === 'string') return [value.value];
  return value.kind === 'unknown' ? value.parts : undefined;
}

function hasText(parts: Parts): boolean {
  return parts.some((part) => typeof part === 'string' && part !== '');
}

/** Takes from both what is the same at one end; false where they differ there. */
function dropCommon(a: Part[], b: Part[], end: 'start' | 'end', isSame: (one: Part, other: Part) => boolean): boolean {
  const take = (parts: Part[]) => (end === 'start' ? parts.shift() : parts.pop());
  const put = (parts: Part[], part: Part) => (end === 'start' ? parts.unshift(part) : parts.push(part));
  for (;;) {
    const [one, other] = [take(a), take(b)];
    if (typeof one === 'string' && typeof other === 'string') {
      const length = Math.min(one.length, other.length);
      const [inner, outer] = end === 'start' ? [0, length] : [-length, undefined];
      if (length > 0 && one.slice(inner, outer) !== other.slice(inner, outer)) return false;
      const rest = (text: string) => (end === 'start' ? text.slice(length) : text.slice(0, text.length - length));
      if (one.length > length) put(a, rest(one));
      if (other.length > length) put(b, rest(other));
    } else if (one === undefined || other === undefined || !isSame(one, other)) {
      if (one !== undefined) put(a, one);
      if (other !== undefined) put(b, other);
      return true;
    }
  }
}

function isSameUnknown(one: Part, other: Part): boolean {
  if (typeof one === 'string' || typeof other === 'string') return false;
  return one.identity !== undefined && one.identity === other.identity;
}
