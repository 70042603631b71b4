// SAFETY: a generated file may be one line of megabytes, so ends of lines are looked for no further than they matter.

/** Where the line of an offset ends, before its line break; `limit` where that is nearer. */
export function lineEnd(text: string, at: number, limit: number): number {
  const found = text.slice(at, limit).indexOf('\n');
  return found === -1 ? Math.max(at, Math.min(limit, text.length)) : at + found;
}

/** Where the line of an offset begins; `limit` where that is nearer. */
export function lineStart(text: string, at: number, limit: number): number {
  return limit + text.slice(limit, at).lastIndexOf('\n') + 1;
}
