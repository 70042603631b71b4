/** `2026-11-22T09:30:08Z`. */
export function fromSeconds(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

/** The text of a UUID's bits, which stand in an array from `at` on. */
export function uuidText(words: ArrayLike<number>, at: number): string {
  const hex = [0, 1, 2, 3].map((word) => ((words[at + word] ?? 0) >>> 0).toString(16).padStart(8, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
