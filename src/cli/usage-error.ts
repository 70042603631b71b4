import type { UsageError } from '../project.js';
import { LineIndex } from '../source/line-index.js';
import { joinPath } from '../source/paths.js';
import type { Terminal } from './terminal.js';
import { useColor } from './terminal.js';

/** `error:` and one sentence; where it is about a place in a file, the place with its line. */
export function renderUsageError(error: UsageError, terminal: Terminal): string {
  const paint = useColor({ ...terminal, isTerminal: terminal.isErrorTerminal }, 'auto');
  const label = paint ? '\u001b[31merror:\u001b[39m' : 'error:';
  if (error.problems.length === 0) return `${label} ${error.message}\n`;
  const blocks = error.problems.map(({ message, range }) => {
    const index = new LineIndex(range.file.text);
    const { line, column } = index.position(range.start);
    const text = range.file.text.slice(index.lineStart(line), index.lineStart(line + 1)).replace(/\r?\n$/, '');
    const end = Math.min(range.end, index.lineStart(line) + text.length);
    const mark = '^'.repeat(Math.max(1, end - range.start));
    const gutter = ' '.repeat(String(line).length);
    return [
      `${label} ${message}`,
      `${gutter} --> ${joinPath(error.startsFrom, range.file.path)}:${line}:${column}`,
      `${gutter} |`,
      `${line} | ${text}`,
      `${gutter} | ${text.slice(0, column - 1).replace(/[^\t]/g, ' ')}${mark}`,
    ].join('\n');
  });
  return `${blocks.join('\n')}\n`;
}
