// Making one takes milliseconds, and few texts need it.
let segmenter: Intl.Segmenter | undefined;

/** Each of these characters is one grapheme cluster, whatever is beside it. */
const PLAIN = /^[\t\n\u0020-\u007e]*$/;

// SAFETY: the time that the segmenter takes grows with the square of the text's length.
const WINDOW = 4_096;

/** The grapheme clusters of a text (UAX #29): what `length`, `substr` and `strrev` count. */
export function graphemesOf(text: string): readonly string[] {
  if (PLAIN.test(text)) return [...text];
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const clusters: string[] = [];
  for (let at = 0, size = WINDOW; at < text.length; ) {
    // A pair of surrogates is one character: half of it would not join what stands before.
    const isSplit = /[\ud800-\udbff]/.test(text.charAt(at + size - 1));
    const window = text.slice(at, at + size + (isSplit ? 1 : 0));
    const found = Array.from(segmenter.segment(window), (one) => one.segment);
    // The last one may go on behind the window; where a cluster begins, nothing before it matters.
    const last = at + window.length < text.length ? found.pop() : undefined;
    for (const cluster of found) clusters.push(cluster);
    at += window.length - (last?.length ?? 0);
    size = found.length === 0 ? size * 2 : WINDOW;
  }
  return clusters;
}

export function countGraphemes(text: string): number {
  return PLAIN.test(text) ? text.length : graphemesOf(text).length;
}
