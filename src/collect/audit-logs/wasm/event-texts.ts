/** Times, ids and hashes in the texts of events. */

/** Seconds since 1970 of `2026-11-22T09:30:08Z`, or -1. */
export function toSeconds(from: i32, to: i32): i64 {
  if (to - from !== 20) return -1;
  const year = digitsAt(from, 4);
  const month = digitsAt(from + 5, 2);
  const day = digitsAt(from + 8, 2);
  const hour = digitsAt(from + 11, 2);
  const minute = digitsAt(from + 14, 2);
  const second = digitsAt(from + 17, 2);
  if (year < 1970 || year > 2105 || month < 1 || month > 12 || day < 1 || day > 31) return -1;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return -1;
  return (daysSince1970(year, month, day) as i64) * 86_400 + hour * 3600 + minute * 60 + second;
}

/** Below 0 where there are others than digits. */
function digitsAt(from: i32, count: i32): i32 {
  let number = 0;
  for (let at = from; at < from + count; at++) {
    const digit = (load<u8>(at) as i32) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** Of the Gregorian calendar, whose year begins in March here, so that the day that is sometimes there is its last. */
function daysSince1970(year: i32, month: i32, day: i32): i32 {
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return y * 365 + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468;
}

/** Writes the 128 bits of a UUID, 32 a word; false where the text is none. */
export function readUuid(from: i32, to: i32, into: usize): bool {
  if (to - from !== 36) return false;
  let word = 0;
  let digits = 0;
  for (let at = from; at < to; at++) {
    const digit = hexDigit(load<u8>(at) as i32);
    if (digit === -1) {
      const place = at - from;
      if (load<u8>(at) !== 0x2d || (place !== 8 && place !== 13 && place !== 18 && place !== 23)) return false;
      continue;
    }
    word = (word << 4) | digit;
    if ((++digits & 7) === 0) store<i32>(into + (((digits >> 3) - 1) << 2), word);
  }
  return digits === 32;
}

function hexDigit(byte: i32): i32 {
  const digit = byte - 0x30;
  if ((digit as u32) < 10) return digit;
  const letter = (byte | 0x20) - 0x61;
  return (letter as u32) < 6 ? letter + 10 : -1;
}

/** Writes 64 bits of a hash. */
export function hashText(from: i32, to: i32, into: usize): void {
  let one: u32 = 0x811c9dc5;
  let two: u32 = 0x2545f491;
  for (let at = from; at < to; at++) {
    const byte = load<u8>(at) as u32;
    one = (one ^ byte) * 0x01000193;
    two = (two ^ byte) * 0x5bd1e995;
    two ^= two >> 13;
  }
  store<u32>(into, one ^ (one >> 16));
  store<u32>(into, two, 4);
}
