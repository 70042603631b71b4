import { lineStart } from './line-bounds.js';
import type { SourceRange } from './source-file.js';

// SAFETY: comments may stand between a key and its block, but no file is read through for them.
const maxDistance = 4096;

/**
 * The key that an indented block hangs on: of the mapping below `spec:`, that line without its colon. Undefined where the
 * block begins on the line of its key, in a list, or at the start of the text.
 */
export function hangingKey({ file, start }: SourceRange): SourceRange | undefined {
  const { text } = file;
  const limit = Math.max(0, start - maxDistance);
  let line = lineStart(text, start, limit);
  const indentation = start - line;
  if (text.slice(line, start).trim() !== '') return undefined;
  while (line > limit) {
    const end = line - 1;
    line = lineStart(text, end, limit);
    const above = text.slice(line, end).trimEnd();
    if (/^\s*(?:#|$)/.test(above)) continue;
    const key = /^(?<before>\s*(?:- +)*)(?<name>[^\s#].*?):(?:\s+[&!]\S+)*(?:\s+#.*)?$/.exec(above)?.groups;
    const { before = '', name } = key ?? {};
    if (name === undefined || before.length >= indentation) return undefined;
    return { file, start: line + before.length, end: line + before.length + name.length };
  }
  return undefined;
}
