/**
 * Whether a text matches a glob: `*` and `?` stay within a path segment, `**` crosses them, `[ab]` and `{a,b}` are plain
 * text. A folder's glob (`teams/data/`) holds everything in it.
 */
export function matchesGlob(glob: string, text: string): boolean {
  return toPattern(glob.endsWith('/') ? `${glob}**` : glob).test(text);
}

const patterns = new Map<string, RegExp>();

function toPattern(glob: string): RegExp {
  const known = patterns.get(glob);
  if (known !== undefined) return known;
  // SAFETY: neighbouring stars are one, or a hostile pattern would backtrack without end.
  const source = glob
    .replace(/\*{2,}/g, '**')
    .replace(/(\*\*\/)+/g, '**/')
    .replace(/\*\*\/|\*\*|\*|\?|[^*?]+/g, (part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      if (part === '?') return '[^/]';
      return part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    });
  const pattern = new RegExp(`^${source}$`, 's');
  patterns.set(glob, pattern);
  return pattern;
}
