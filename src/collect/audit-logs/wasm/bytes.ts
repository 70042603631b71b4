/** Looks at bytes sixteen at a time. INVARIANT: what is given has `PADDING` bytes behind it that may be read. */

/** The bytes end before what was to be read. */
export const MORE: i32 = -1;
/** What is there is no JSON. */
export const BAD: i32 = -2;

export const QUOTE: i32 = 0x22;
export const BACKSLASH: i32 = 0x5c;
export const COMMA: i32 = 0x2c;
export const COLON: i32 = 0x3a;
export const SLASH: i32 = 0x2f;
export const BLANK: i32 = 0x20;
export const OPEN: i32 = 0x7b;
export const CLOSE: i32 = 0x7d;
export const OPEN_LIST: i32 = 0x5b;
export const CLOSE_LIST: i32 = 0x5d;
/** `[` and `]` with this bit are `{` and `}`. */
export const BRACKET_BIT: i32 = 0x20;

/** Sixteen bytes of ones, and sixteen of zeros: from `MASKS + 16 - n` on the first n bytes of sixteen. */
const MASKS: usize = memory.data<u8>([
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0,
]);

/** The first of sixteen bytes, up to sixteen of them, and zeros. */
export function firstOf(at: usize, length: i32): v128 {
  return v128.and(v128.load(at), v128.load(MASKS + 16 - length));
}

export function byteAt(at: i32): i32 {
  return load<u8>(at) as i32;
}

/** The place of the quote that ends the string whose text begins at `from`, or `MORE`. */
export function endOfString(from: i32, end: i32): i32 {
  let at = from;
  while (at < end) {
    const block = v128.load(at);
    const found = i8x16.bitmask(
      v128.or(i8x16.eq(block, i8x16.splat(QUOTE as i8)), i8x16.eq(block, i8x16.splat(BACKSLASH as i8))),
    );
    if (found === 0) {
      at += 16;
      continue;
    }
    at += ctz(found);
    if (at >= end) return MORE;
    if (byteAt(at) === QUOTE) return at;
    at += 2;
  }
  return MORE;
}

/** The place of the next byte that is neither blank nor one of JSON's line ends; `end` where there is none. */
export function skipBlanks(from: i32, end: i32): i32 {
  let at = from;
  while (at < end && byteAt(at) <= BLANK) at++;
  return at;
}

/** The place of the next byte of a kind, or -1. */
export function findByte(from: i32, end: i32, byte: i32): i32 {
  for (let at = from; at < end; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(byte as i8)));
    if (found === 0) continue;
    const place = at + ctz(found);
    return place < end ? place : -1;
  }
  return -1;
}

/** The place after the value that begins at `at`, or `MORE` or `BAD`. */
export function skipValue(at: i32, end: i32): i32 {
  const first = byteAt(at);
  if (first === QUOTE) {
    const close = endOfString(at + 1, end);
    return close < 0 ? close : close + 1;
  }
  return (first | BRACKET_BIT) === OPEN ? skipNested(at + 1, end) : endOfLiteral(at, end);
}

function skipNested(from: i32, end: i32): i32 {
  let at = from;
  let depth = 1;
  while (at < end) {
    const block = v128.load(at);
    const level = v128.or(block, i8x16.splat(BRACKET_BIT as i8));
    const found = i8x16.bitmask(
      v128.or(
        i8x16.eq(block, i8x16.splat(QUOTE as i8)),
        v128.or(i8x16.eq(level, i8x16.splat(OPEN as i8)), i8x16.eq(level, i8x16.splat(CLOSE as i8))),
      ),
    );
    if (found === 0) {
      at += 16;
      continue;
    }
    at += ctz(found);
    if (at >= end) return MORE;
    const byte = byteAt(at++);
    if (byte === QUOTE) {
      const close = endOfString(at, end);
      if (close < 0) return close;
      at = close + 1;
    } else if ((byte | BRACKET_BIT) === OPEN) depth++;
    else if (--depth === 0) return at;
  }
  return MORE;
}

/** Of a number, `true`, `false`, `null`. */
function endOfLiteral(from: i32, end: i32): i32 {
  for (let at = from; at < end; at++) {
    const byte = byteAt(at);
    if (byte === COMMA || byte <= BLANK || (byte | BRACKET_BIT) === CLOSE) return at === from ? BAD : at;
    if (byte === QUOTE || byte === COLON || (byte | BRACKET_BIT) === OPEN) return BAD;
  }
  return MORE;
}

export function isSame(a: usize, b: usize, length: i32): bool {
  if (length < 16) return !v128.any_true(v128.xor(firstOf(a, length), firstOf(b, length)));
  const last = length - 16;
  for (let at = 0; at < last; at += 16) if (v128.any_true(v128.xor(v128.load(a + at), v128.load(b + at)))) return false;
  return !v128.any_true(v128.xor(v128.load(a + last), v128.load(b + last)));
}

/** Whether the bytes are those of a word in ASCII; `from` is -1 where there are none. */
export function isWord(from: i32, to: i32, word: string): bool {
  if (to - from !== word.length) return false;
  for (let at = 0; at < word.length; at++)
    if ((load<u8>(from + at) as u16) !== load<u16>(changetype<usize>(word) + (at << 1))) return false;
  return true;
}

/** Below 0 where the first comes first. */
export function compareBytes(a: usize, lengthOfA: i32, b: usize, lengthOfB: i32): i32 {
  const length = min(lengthOfA, lengthOfB);
  for (let at = 0; at < length; at += 16) {
    const same = i8x16.bitmask(i8x16.eq(v128.load(a + at), v128.load(b + at)));
    if (same === 0xffff) continue;
    const place = at + ctz(~same);
    if (place >= length) break;
    return (load<u8>(a + place) as i32) - (load<u8>(b + place) as i32);
  }
  return lengthOfA - lengthOfB;
}

/** Odd, of 53 bits. */
const MIX: u64 = 0x1e3779b97f4a7d;

export function hashBytes(at: usize, length: i32): i32 {
  let hash: u64 = (length as u64) * MIX;
  let from = at;
  const end = at + length;
  while (from + 8 <= end) {
    hash = (hash ^ load<u64>(from)) * MIX;
    hash ^= hash >> 32;
    from += 8;
  }
  if (from < end) {
    const rest = load<u64>(from) & (((1 as u64) << (((end - from) as u64) << 3)) - 1);
    hash = (hash ^ rest) * MIX;
    hash ^= hash >> 32;
  }
  hash *= MIX;
  return (hash >> 32) as i32;
}
