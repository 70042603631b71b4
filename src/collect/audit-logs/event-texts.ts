/** SAFETY: texts that are longer are none of AWS's, S3's keys included. */
export const maxTextBytes = 4096;

/** Seconds since 1970 of `2026-11-22T09:30:08Z`, or -1. */
export function toSeconds(bytes: Uint8Array, from: number, to: number): number {
  if (to - from !== 20) return -1;
  const year = digitsAt(bytes, from, 4);
  const month = digitsAt(bytes, from + 5, 2);
  const day = digitsAt(bytes, from + 8, 2);
  const hour = digitsAt(bytes, from + 11, 2);
  const minute = digitsAt(bytes, from + 14, 2);
  const second = digitsAt(bytes, from + 17, 2);
  if (year < 1970 || year > 2105 || month < 1 || month > 12 || day < 1 || day > 31) return -1;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return -1;
  return daysSince1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
}

/** Below 0 where there are others than digits. */
function digitsAt(bytes: Uint8Array, from: number, count: number): number {
  let number = 0;
  for (let at = from; at < from + count; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** Of the Gregorian calendar, whose year begins in March here, so that the day that is sometimes there is its last. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = (((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) | 0) + day - 1;
  return y * 365 + ((y / 4) | 0) - ((y / 100) | 0) + ((y / 400) | 0) + dayOfYear - 719_468;
}

/** `2026-11-22T09:30:08Z`. */
export function fromSeconds(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

const HEX = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit++) {
  HEX[digit.toString(16).charCodeAt(0)] = digit;
  HEX[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

/** Writes the 128 bits of a UUID; false where the text is none. */
export function readUuid(bytes: Uint8Array, from: number, to: number, into: Int32Array): boolean {
  if (to - from !== 36) return false;
  let word = 0;
  let digits = 0;
  for (let at = from; at < to; at++) {
    const digit = HEX[bytes[at] ?? 0] ?? -1;
    if (digit === -1) {
      const place = at - from;
      if (bytes[at] !== 0x2d || (place !== 8 && place !== 13 && place !== 18 && place !== 23)) return false;
      continue;
    }
    word = (word << 4) | digit;
    if ((++digits & 7) === 0) into[(digits >> 3) - 1] = word;
  }
  return digits === 32;
}

/** The text of a UUID's bits, which stand in an array from `at` on. */
export function uuidText(words: ArrayLike<number>, at: number): string {
  const hex = [0, 1, 2, 3].map((word) => ((words[at + word] ?? 0) >>> 0).toString(16).padStart(8, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Writes 64 bits of a hash. */
export function hashText(bytes: Uint8Array, from: number, to: number, into: Int32Array): void {
  let one = 0x811c9dc5 | 0;
  let two = 0x2545f491;
  for (let at = from; at < to; at++) {
    one = Math.imul(one ^ (bytes[at] ?? 0), 0x01000193);
    two = Math.imul(two ^ (bytes[at] ?? 0), 0x5bd1e995);
    two ^= two >>> 13;
  }
  into[0] = one ^ (one >>> 16);
  into[1] = two;
}

/** Whether a text is this one, in ASCII. */
export function isText(bytes: Uint8Array, from: number, to: number, wanted: string): boolean {
  if (to - from !== wanted.length) return false;
  for (let at = 0; at < wanted.length; at++) if (bytes[from + at] !== wanted.charCodeAt(at)) return false;
  return true;
}
