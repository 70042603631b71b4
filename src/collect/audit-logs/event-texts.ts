/** `2026-11-22T09:30:08Z`. */
export function fromSeconds(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

/** The same, each made once. */
export function timeTexts(): (seconds: number) => string {
  const known = new Map<number, string>();
  return (seconds) => {
    const text = known.get(seconds) ?? fromSeconds(seconds);
    known.set(seconds, text);
    return text;
  };
}

/** Of each byte its two digits. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The text of a UUID's bits, which stand in an array from `at` on. */
export function uuidText(words: ArrayLike<number>, at: number): string {
  const half = (word: number, shift: number): string => {
    const bits = (words[at + word] ?? 0) >>> shift;
    return `${HEX[(bits >>> 8) & 255]}${HEX[bits & 255]}`;
  };
  return `${half(0, 16)}${half(0, 0)}-${half(1, 16)}-${half(1, 0)}-${half(2, 16)}-${half(2, 0)}${half(3, 16)}${half(3, 0)}`;
}
