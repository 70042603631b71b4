// Making one takes milliseconds, and few texts need it.
let segmenter: Intl.Segmenter | undefined;

/** Each of these characters is one grapheme cluster, whatever is beside it. */
const PLAIN = /^[\t\n\u0020-\u007e]*$/;

/** The grapheme clusters of a text (UAX #29): what `length`, `substr` and `strrev` count. */
export function graphemesOf(text: string): readonly string[] {
  if (PLAIN.test(text)) return [...text];
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), (one) => one.segment);
}

export function countGraphemes(text: string): number {
  return PLAIN.test(text) ? text.length : graphemesOf(text).length;
}
