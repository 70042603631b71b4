import { ANY, ONE, type Text } from './text.js';

/** A test of a whole text, all of which is known. */
export type Matcher = (text: string) => boolean;

const plainTexts = new WeakMap<Text, { readonly plain: string | undefined }>();

/** SAFETY: longer ones are put together in pieces. */
const maxCharacters = 4096;

/** The text as a string, where all of it is characters: undefined where there are wildcards or unknown parts. */
export function knownText(text: Text): string | undefined {
  let made = plainTexts.get(text);
  if (made === undefined) {
    made = { plain: isOfCharacters(text) ? charactersOf(text) : undefined };
    plainTexts.set(text, made);
  }
  return made.plain;
}

/** As `knownText`, of a text that is asked about many times in a row and then not again. */
export function lastKnownText(text: Text): string | undefined {
  if (text !== last.text) last = { text, plain: isOfCharacters(text) ? charactersOf(text) : undefined };
  return last.plain;
}

let last: { readonly text: Text; readonly plain: string | undefined } = { text: [], plain: '' };

function isOfCharacters(text: Text): text is readonly number[] {
  for (let at = 0; at < text.length; at++) {
    const token = text[at];
    if (typeof token !== 'number' || token >= ANY) return false;
  }
  return true;
}

/** Whether all of a pattern is known: characters and wildcards. */
export function isKnownPattern(pattern: readonly unknown[]): boolean {
  for (let at = 0; at < pattern.length; at++) if (typeof pattern[at] !== 'number') return false;
  return true;
}

function charactersOf(codes: readonly number[]): string {
  if (codes.length <= maxCharacters) return String.fromCharCode(...codes);
  let text = '';
  for (let at = 0; at < codes.length; at += maxCharacters)
    text += String.fromCharCode(...codes.slice(at, at + maxCharacters));
  return text;
}

/** A known pattern, taken apart: the texts between its `*`. */
interface Glob {
  readonly first: string;
  readonly middle: readonly string[];
  readonly last: string;
  /** Characters that a matching text has at least. */
  readonly length: number;
}

/** A test by a known pattern: `*` is any run of characters, `?` exactly one. */
export function toMatcher(pattern: Text): Matcher {
  const codes = pattern as readonly number[];
  if (codes.length === 1 && codes[0] === ANY) return isAnything;
  if (codes.includes(ONE)) return (text) => matchesCodes(codes, text);
  const pieces: string[] = [];
  let start = 0;
  for (let at = 0; at <= codes.length; at++) {
    if (at < codes.length && codes[at] !== ANY) continue;
    pieces.push(charactersOf(codes.slice(start, at)));
    start = at + 1;
  }
  const [first = ''] = pieces;
  if (pieces.length === 1) return (text) => text === first;
  const last = pieces[pieces.length - 1] ?? '';
  const middle = pieces.slice(1, -1).filter((piece) => piece !== '');
  if (middle.length === 0 && last === '') return (text) => text.startsWith(first);
  const glob = { first, middle, last, length: pieces.reduce((length, piece) => length + piece.length, 0) };
  return (text) => matchesGlob(glob, text);
}

function isAnything(): boolean {
  return true;
}

function matchesGlob({ first, middle, last, length }: Glob, text: string): boolean {
  if (text.length < length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const piece of middle) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= end;
}

/** Greedy matching with one point of return, for patterns with `?`. */
function matchesCodes(codes: readonly number[], text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const code = codes[p];
    if (code === ANY) {
      star = p++;
      resume = t;
    } else if (code !== undefined && (code === ONE || code === text.charCodeAt(t))) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (codes[p] === ANY) p++;
  return p === codes.length;
}

/** A test by several known patterns, of which one has to match. */
export function toUnionMatcher(patterns: readonly Text[]): Matcher {
  const exact = new Set<string>();
  const globs: Matcher[] = [];
  for (const pattern of patterns) {
    const plain = knownText(pattern);
    if (plain !== undefined) exact.add(plain);
    else globs.push(toMatcher(pattern));
  }
  if (globs.includes(isAnything)) return isAnything;
  const [only] = globs;
  if (exact.size === 0 && globs.length === 1 && only !== undefined) return only;
  if (globs.length === 0) return (text) => exact.has(text);
  return (text) => {
    if (exact.has(text)) return true;
    for (const glob of globs) if (glob(text)) return true;
    return false;
  };
}
