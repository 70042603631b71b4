/**
 * Whether a text is what a pattern says: `*` stands for any run of characters, `?` for one. Nothing else in it is special:
 * ARNs are patterns of this kind wherever AWS takes them.
 */
export function matchesWildcards(pattern: string, text: string): boolean {
  let [at, from] = [0, 0];
  // Where the last `*` stands, and the text from which on what follows it was tried: earlier ones need not be tried again.
  let [star, resumed] = [-1, 0];
  while (at < text.length) {
    const sign = pattern[from];
    if (sign === '*') {
      star = from;
      resumed = at;
      from += 1;
    } else if (sign !== undefined && (sign === '?' || sign === text[at])) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      resumed += 1;
      at = resumed;
      from = star + 1;
    } else return false;
  }
  while (pattern[from] === '*') from += 1;
  return from === pattern.length;
}

export function hasWildcards(pattern: string): boolean {
  return /[*?]/.test(pattern);
}
