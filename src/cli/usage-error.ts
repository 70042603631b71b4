import type { ConfigurationProblem } from '../configuration-reader.js';
import type { UsageError } from '../project.js';
import { LineIndex } from '../source/line-index.js';
import { joinPath } from '../source/paths.js';
import type { Terminal } from './terminal.js';
import { useColor } from './terminal.js';

// SAFETY: a configuration may be wrong in every line, and its lines of any length.
const MAX_PROBLEMS = 20;
const MAX_TEXT = 120;

/** `error:` and one sentence; where it is about a place in a file, the place with its line. */
export function renderUsageError(error: UsageError, terminal: Terminal): string {
  const paint = useColor({ ...terminal, isTerminal: terminal.isErrorTerminal }, 'auto');
  const label = paint ? '\u001b[31merror:\u001b[39m' : 'error:';
  const shown = error.problems.slice(0, MAX_PROBLEMS);
  const blocks = shown.map((problem) => renderProblem(problem, label, error.startsFrom));
  // Mostly the first of the problems is all that there is to say.
  if (!shown.some(({ message }) => message === error.message)) blocks.unshift(`${label} ${printable(error.message)}`);
  const more = error.problems.length - shown.length;
  return `${[...blocks, ...(more > 0 ? [`${label} ${more} more of them`] : [])].join('\n')}\n`;
}

function renderProblem({ message, range }: ConfigurationProblem, label: string, startsFrom: string): string {
  const index = new LineIndex(range.file.text);
  const { line, column } = index.position(range.start);
  const start = Math.max(index.lineStart(line), range.start - MAX_TEXT);
  const rest = range.file.text.slice(start, Math.min(index.lineStart(line + 1), range.start + MAX_TEXT));
  const text = rest.replace(/\r?\n$/, '');
  const before = text.slice(0, range.start - start);
  const mark = '^'.repeat(Math.max(1, Math.min(range.end, start + text.length) - range.start));
  const gutter = ' '.repeat(String(line).length);
  return [
    `${label} ${printable(message)}`,
    `${gutter} --> ${printable(joinPath(startsFrom, range.file.path))}:${line}:${column}`,
    `${gutter} |`,
    `${line} | ${printable(text)}`,
    `${gutter} | ${before.replace(/[^\t]/g, ' ')}${mark}`,
  ].join('\n');
}

/** Control characters move cursors and change colours. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
}
