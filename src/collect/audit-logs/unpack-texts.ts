import type { PackedTexts } from './counted-events.js';

/** Gives texts by their numbers. */
export function unpackTexts({ bytes, starts }: PackedTexts): (id: number) => string {
  const strings: string[] = [];
  return (id) => {
    strings[id] ??= Buffer.from(bytes.subarray(starts[id] ?? 0, starts[id + 1] ?? 0)).toString('utf8');
    return strings[id];
  };
}
