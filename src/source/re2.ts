import { RE2JS } from 're2js';

/** A compiled regular expression in RE2 syntax, which matches in linear time. */
export type Re2 = RE2JS;

/** Throws for what is not RE2 syntax; a `RangeError` where it is too large. With `dotAll`, `.` matches the end of a line too. */
export function compileRe2(pattern: string, options: { readonly dotAll?: boolean } = {}): Re2 {
  return RE2JS.compile(pattern, options.dotAll === true ? RE2JS.DOTALL : 0);
}

/** The pattern that matches the text and nothing else. */
export function quoteRe2(text: string): string {
  return RE2JS.quote(text);
}
